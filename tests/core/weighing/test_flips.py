"""The first change of a weight that makes two works change places: by hand, and against trying."""

import numpy as np
import pandas as pd
import pytest

from koppelkans.weighing.flips import can_flip, closed, flip_table, flips, moved, neighbours, searched
from koppelkans.weighing.method import USUAL
from koppelkans.weighing.methods import METHODS
from koppelkans.weighing.methods.topsis import TOPSIS
from koppelkans.weighing.methods.weighted import WEIGHTED_SUM
from koppelkans.weighing.sampling import totals_of

NAMES = pd.Index(["a", "b", "c"])


def test_two_criteria_flip_where_the_hand_says():
    """a (1, 0) and b (0, 0.6) with 0.6 and 0.4: 0.6 against 0.24. Equal at x = 0.6 (1 - x), so at 0.375: a change of -0.225."""
    scores, weights, pairs = np.array([[1.0, 0.0], [0.0, 0.6]]), np.array([0.6, 0.4]), np.array([[0, 1]])
    criterion, weight = flips(scores, weights, pairs, method=WEIGHTED_SUM, tuning=USUAL)
    assert (criterion.tolist(), weight.tolist()) == ([0], pytest.approx([0.375]))
    table = flip_table(NAMES, pairs, (criterion, weight), criteria=["x", "y"], weights=weights)
    assert table.iloc[0].tolist() == ["a", "b", "x", 0.6, pytest.approx(0.375), pytest.approx(-0.225)]


def test_a_work_that_is_better_on_everything_is_never_overtaken():
    scores, pairs = np.array([[1.0, 0.9], [0.2, 0.6]]), np.array([[0, 1]])
    criterion, weight = flips(scores, np.array([0.5, 0.5]), pairs, method=WEIGHTED_SUM, tuning=USUAL)
    assert (criterion.tolist(), np.isnan(weight).tolist()) == ([-1], [True])
    table = flip_table(NAMES, pairs, (criterion, weight), criteria=["x", "y"], weights=np.ones(2))
    assert table[["criterion", "flip_weight", "change"]].isna().all(axis=None)


@pytest.mark.parametrize("unknown", [0.0, 0.3])
@pytest.mark.parametrize("name", ["weighted_sum", "weighted_product", "promethee_ii"])
def test_the_closed_form_finds_what_searching_finds_and_both_are_equal_there(name: str, unknown: float):
    method = next(one for one in METHODS if one.name == name)
    draws = np.random.default_rng(4)
    scores = draws.random((8, 4))
    scores[draws.random(scores.shape) < unknown] = np.nan
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    totals = method.combine(scores, weights).totals
    pairs = neighbours(pd.Index([f"w{at}" for at in range(8)]), np.argsort(np.argsort(-totals)) + 1.0, most=7)
    terms = method.terms(scores, USUAL)
    exact, tried = closed(terms, weights, pairs), searched(scores, weights, pairs, method=method, tuning=USUAL)
    # every place that searching finds is a root, and none lies nearer
    found = ~np.isnan(tried)
    assert found.any()
    np.testing.assert_allclose(exact[found], tried[found], atol=1e-6)
    for pair, criterion in np.argwhere(~np.isnan(exact)):
        at = totals_of(scores, moved(weights, criterion, exact[pair, [criterion]]), method, USUAL)[0]
        assert at[pairs[pair, 0]] == pytest.approx(at[pairs[pair, 1]], abs=1e-8)


def test_topsis_is_searched_and_turns_where_it_says():
    scores = np.array([[1.0, 0.2, 0.5], [0.4, 0.9, 0.6], [0.0, 0.0, 1.0]])
    weights, pairs = np.array([0.6, 0.3, 0.1]), np.array([[0, 1]])
    (criterion,), (weight,) = flips(scores, weights, pairs, method=TOPSIS, tuning=USUAL)
    step = 1e-6 * np.sign(weight - weights[criterion])
    before, after = (
        TOPSIS.combine(scores, moved(weights, criterion, np.array([at]))[0]).totals
        for at in (weight - step, weight + step)
    )
    assert before[0] > before[1]
    assert after[0] < after[1]


def test_neighbours_that_share_a_rank_are_no_pair():
    assert neighbours(NAMES, np.array([1.0, 1.0, 3.0]), most=5).tolist() == [[1, 2]]
    assert neighbours(NAMES, np.array([3.0, 2.0, 1.0]), most=1).tolist() == [[2, 1]]
    assert neighbours(NAMES[:1], np.array([1.0]), most=1).tolist() == []


def test_only_a_method_that_compares_all_pairs_is_not_searched_in_a_large_town():
    assert {one.name for one in METHODS if not can_flip(one, 500)} == {"electre_i", "electre_iii"}
    assert all(can_flip(one, 50) for one in METHODS)
