"""Laws of every method of weighing, and the published examples that it reproduces."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.weighing.method import Floats, Method, known_weights
from koppelkans.weighing.methods import METHODS
from koppelkans.weighing.methods.weighted_product import WEIGHTED_PRODUCT
from koppelkans.weighing.methods.weighted_sum import WEIGHTED_SUM

every_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
quick = settings(max_examples=50, deadline=None)
NAN = float("nan")


@st.composite
def tables(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """Draw scores that may be unknown and weights that may be zero, of which one at least is not."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    score = st.one_of(st.just(NAN), st.floats(0, 1))
    scores = [draw(st.lists(score, min_size=columns, max_size=columns)) for _ in range(rows)]
    weights = draw(st.lists(st.one_of(st.just(0.0), st.floats(0.001, 10)), min_size=columns, max_size=columns))
    weights[0] = weights[0] or 1.0
    return np.array(scores, dtype=float), np.array(weights, dtype=float)


@every_method
@quick
@given(table=tables())
def test_totals_are_finite_and_in_range_where_anything_is_known(method: Method, table: tuple[Floats, Floats]):
    scores, weights = table
    totals = method.combine(scores, weights).totals
    known = (~np.isnan(scores) & (weights > 0)).any(axis=1)
    assert (np.isnan(totals) == ~known).all()
    assert ((totals[known] >= 0) & (totals[known] <= 1 + 1e-12)).all()


@every_method
@quick
@given(table=tables())
def test_contributions_add_up_to_the_total_and_are_unknown_where_the_score_is(
    method: Method, table: tuple[Floats, Floats]
):
    scores, weights = table
    made = method.combine(scores, weights)
    known = ~np.isnan(made.totals)
    np.testing.assert_allclose(np.nansum(made.contributions[known], axis=1), made.totals[known], atol=1e-9)
    assert np.isnan(made.contributions[np.isnan(scores)]).all()
    assert not np.isnan(made.contributions[known][~np.isnan(scores[known])]).any()


@every_method
@quick
@given(table=tables(), data=st.data())
def test_the_order_of_works_and_criteria_changes_nothing(
    method: Method, table: tuple[Floats, Floats], data: st.DataObject
):
    scores, weights = table
    rows = data.draw(st.permutations(range(len(scores))))
    columns = data.draw(st.permutations(range(len(weights))))
    made = method.combine(scores[rows][:, columns], weights[columns])
    np.testing.assert_allclose(made.totals, method.combine(scores, weights).totals[rows], rtol=1e-9)


@every_method
@quick
@given(table=tables(), scale=st.floats(0.01, 1000))
def test_the_scale_of_the_weights_changes_nothing(method: Method, table: tuple[Floats, Floats], scale: float):
    scores, weights = table
    one, other = method.combine(scores, weights), method.combine(scores, weights * scale)
    np.testing.assert_allclose(other.totals, one.totals, rtol=1e-9)
    np.testing.assert_allclose(other.contributions, one.contributions, atol=1e-9)


@every_method
@quick
@given(table=tables(), data=st.data())
def test_a_work_that_is_nowhere_worse_never_stands_lower(
    method: Method, table: tuple[Floats, Floats], data: st.DataObject
):
    scores, weights = table
    gains = data.draw(st.lists(st.floats(0, 1), min_size=len(weights), max_size=len(weights)))
    better = scores + (1.0 - scores) * np.array(gains)
    worse_total, better_total = method.combine(scores, weights).totals, method.combine(better, weights).totals
    known = ~np.isnan(worse_total)
    assert (better_total[known] >= worse_total[known] - 1e-12).all()


@every_method
@quick
@given(table=tables())
def test_an_unknown_criterion_counts_as_if_it_were_not_there(method: Method, table: tuple[Floats, Floats]):
    scores, weights = table
    wider = np.hstack([scores, np.full((len(scores), 1), NAN)])
    one, other = method.combine(scores, weights), method.combine(wider, np.append(weights, 5.0))
    np.testing.assert_allclose(other.totals, one.totals, rtol=1e-12)


@every_method
@quick
@given(table=tables(), score=st.floats(0.01, 1))
def test_the_same_score_everywhere_is_the_total(method: Method, table: tuple[Floats, Floats], score: float):
    scores, weights = table
    made = method.combine(np.full(scores.shape, score), weights)
    np.testing.assert_allclose(made.totals, score, rtol=1e-9)


def test_known_weights_leave_unknown_scores_out():
    found = known_weights(np.array([[0.1, NAN, 0.3], [NAN, NAN, NAN]]), np.array([1.0, 5.0, 3.0]))
    np.testing.assert_allclose(found, [[0.25, NAN, 0.75], [NAN, NAN, NAN]])


def test_a_method_is_named_as_its_file():
    assert [method.combine.__module__.rpartition(".")[2] for method in METHODS] == [method.name for method in METHODS]


def test_the_weighted_sum_of_kracka_brauers_zavadskas_2010_comes_out():
    """Kracka, Brauers and Zavadskas (2010), Ranking heating losses in a building, Inzinerine Ekonomika 21(4): 352-359."""
    measures = np.array(
        [
            [33.95, 23.78, 11.45, 39.97, 29.44, 167.10, 3.852],
            [38.90, 4.17, 6.32, 0.01, 4.29, 132.52, 25.184],
            [37.59, 9.36, 8.23, 4.35, 10.22, 136.71, 10.845],
            [30.44, 37.59, 13.91, 74.08, 45.10, 198.34, 2.186],
            [36.21, 14.79, 9.17, 17.77, 17.06, 148.30, 6.610],
            [37.80, 8.55, 7.97, 2.35, 9.25, 134.83, 11.935],
        ]
    )
    more = np.array([False, False, False, False, True, False, True])
    upward = np.where(more, measures, 1.0 / measures)  # less is better: the inverse
    totals = WEIGHTED_SUM.combine(upward / upward.sum(axis=0), np.ones(7)).totals
    published = [0.12040426, 0.34582350, 0.13838192, 0.12841246, 0.12346084, 0.14351701]
    np.testing.assert_allclose(totals, published, atol=1e-6)
    assert (np.argsort(np.argsort(-totals)) + 1).tolist() == [6, 1, 3, 4, 5, 2]


def test_the_weighted_product_example_of_wikipedia_comes_out():
    """Wikipedia, Weighted product model, revision 1015567716."""
    measures = np.array([[25.0, 20.0, 15.0, 30.0], [10.0, 30.0, 20.0, 30.0], [30.0, 10.0, 30.0, 10.0]])
    totals = WEIGHTED_PRODUCT.combine(measures / measures.sum(axis=0), np.array([20.0, 15.0, 40.0, 25.0])).totals
    np.testing.assert_allclose(np.log10(totals), [-0.50128589, -0.50448471, -0.52947246], atol=1e-7)
    assert np.argsort(-totals).tolist() == [0, 1, 2]
