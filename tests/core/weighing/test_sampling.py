"""Many weightings: draws, ranks and acceptability against closed forms and counting."""

import numpy as np
import pandas as pd
import pytest

from koppelkans.ground.settings import Sensitivity
from koppelkans.weighing.method import USUAL, Method
from koppelkans.weighing.methods import METHODS
from koppelkans.weighing.methods.electre_i import ELECTRE_I
from koppelkans.weighing.methods.weighted import WEIGHTED_SUM
from koppelkans.weighing.ranking import ranks
from koppelkans.weighing.sampling import acceptability, draw, rank_rows, sample

ANY = Sensitivity(samples=4000, around="any", seed=3)


def test_draws_add_up_to_one_keep_zeros_and_repeat_with_their_seed():
    weights = np.array([0.5, 0.3, 0.2, 0.0])
    made = draw(weights, Sensitivity(samples=4000, closeness=100))
    assert made.shape == (4000, 4)
    np.testing.assert_allclose(made.sum(axis=1), 1.0)
    assert (made[:, 3] == 0).all()
    np.testing.assert_allclose(made.mean(axis=0), weights, atol=0.005)
    # a Dirichlet share strays by the root of w (1 - w) / (closeness + 1)
    np.testing.assert_allclose(made.std(axis=0), np.sqrt(weights * (1 - weights) / 101), atol=0.003)
    np.testing.assert_array_equal(made, draw(weights, Sensitivity(samples=4000, closeness=100)))
    assert (made != draw(weights, Sensitivity(samples=4000, closeness=100, seed=2))).any()


def test_all_weightings_are_as_likely_where_any_may_be():
    made = draw(np.array([0.9, 0.1]), ANY)
    assert np.quantile(made[:, 0], [0.25, 0.5, 0.75]).tolist() == pytest.approx([0.25, 0.5, 0.75], abs=0.03)


def test_the_share_of_first_places_is_the_length_of_the_weights_that_give_it():
    """Two criteria: a (1, 0), b (0, 1), c (0.6, 0.6). a is first from w = 0.6 on, b up to 0.4, c between: 0.4, 0.4, 0.2."""
    scores = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.6]])
    drawn = sample(scores, np.array([0.5, 0.5]), WEIGHTED_SUM, USUAL, ANY)
    names = pd.Index(["a", "b", "c"])
    table = acceptability(names, drawn, top=0.1).set_index("work")
    assert table["first_share"].tolist() == pytest.approx([0.4, 0.4, 0.2], abs=0.03)
    assert table.loc["a", ["best_rank", "worst_rank"]].tolist() == [1, 3]
    assert table["first_share"].sum() == pytest.approx(1.0)
    # the central weighting of SMAA-2: the mean of the weightings under which a work is first
    middle = [drawn.weightings[drawn.ranks[:, at] == 1, 0].mean() for at in range(3)]
    # the means of 0.6-1, 0-0.4 and 0.4-0.6
    assert middle == pytest.approx([0.8, 0.2, 0.5], abs=0.02)


def test_a_work_that_is_best_on_everything_is_first_whatever_the_weights():
    drawn = sample(np.array([[0.9, 0.8], [0.5, 0.7], [np.nan, 0.1]]), np.array([0.5, 0.5]), WEIGHTED_SUM, USUAL, ANY)
    table = acceptability(pd.Index(["a", "b", "c"]), drawn, top=0.5)
    assert table["first_share"].tolist() == [1, 0, 0]
    assert table["expected_rank"].tolist() == [1, 2, 3]
    assert table["top_share"].tolist() == [1, 1, 0]  # half of three works is two places


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.name)
def test_ranks_of_each_draw_are_those_of_the_method(method: Method):
    draws = np.random.default_rng(5)
    scores = draws.random((12, 3))
    scores[draws.random(scores.shape) < 0.2] = np.nan
    how = Sensitivity(samples=6)
    drawn = sample(scores, np.array([0.5, 0.3, 0.2]), method, USUAL, how)
    nobody = pd.Series([None] * 12, dtype="str")
    for weights, found in zip(drawn.weightings, drawn.ranks, strict=True):
        assert found.tolist() == ranks(method.combine(scores, weights).totals, nobody).tolist()


def test_equal_totals_share_a_rank_and_the_unknown_comes_last():
    found = rank_rows(np.array([[0.3, 0.1 + 0.2, 0.9, np.nan], [0.1, 0.2, 0.3, 0.4]]))
    assert found.tolist() == [[2, 2, 1, 4], [4, 3, 2, 1]]


def test_a_method_that_compares_pairs_gets_fewer_draws_and_says_so():
    drawn = sample(
        np.random.default_rng(1).random((500, 2)), np.array([0.5, 0.5]), ELECTRE_I, USUAL, Sensitivity(samples=500)
    )
    assert (len(drawn.weightings), drawn.asked) == (4, 500)


def test_no_draws_and_no_works_give_empty_tables():
    none = sample(np.ones((2, 2)), np.array([0.5, 0.5]), WEIGHTED_SUM, USUAL, Sensitivity(samples=0))
    assert acceptability(pd.Index(["a", "b"]), none, top=0.1).empty
