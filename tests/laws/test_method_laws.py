"""Laws of every method of weighing, and the published examples that it reproduces."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.weighing.method import USUAL, Floats, Method, Tuning, known_weights
from koppelkans.weighing.methods import METHODS
from koppelkans.weighing.methods.electre_i import ELECTRE_I, discordance
from koppelkans.weighing.methods.electre_iii import credibility
from koppelkans.weighing.methods.promethee_ii import PROMETHEE_II
from koppelkans.weighing.methods.topsis import TOPSIS
from koppelkans.weighing.methods.weighted import WEIGHTED_PRODUCT, WEIGHTED_SUM
from koppelkans.weighing.sampling import totals_of
from koppelkans.weighing.valuing import scores as linear

every_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
quick = settings(max_examples=25, deadline=None)
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
@pytest.mark.parametrize(
    "tuning", [USUAL, Tuning(0.0, 0.0, 0.3, "vector"), Tuning(0.1, 0.1, 0.9)], ids=["usual", "strict", "step"]
)
@quick
@given(table=tables(), data=st.data())
def test_a_work_that_is_nowhere_worse_never_stands_lower(
    method: Method, tuning: Tuning, table: tuple[Floats, Floats], data: st.DataObject
):
    scores, weights = table
    gains = data.draw(st.lists(st.floats(0, 1), min_size=len(weights), max_size=len(weights)))
    better = scores[0] + (1.0 - scores[0]) * np.array(gains)
    totals = method.combine(np.vstack([scores, better]), weights, tuning).totals
    assert np.isnan(totals[0]) or totals[-1] >= totals[0] - 1e-9


@every_method
@quick
@given(table=tables(), data=st.data())
def test_many_weightings_at_once_order_the_works_as_one_by_one(
    method: Method, table: tuple[Floats, Floats], data: st.DataObject
):
    scores, weights = table
    other = weights * data.draw(st.floats(0.1, 5)) + 0.5
    found = totals_of(scores, np.array([weights, other]) / weights.sum(), method, USUAL)
    for row, one in zip(found, (weights, other), strict=True):
        totals = method.combine(scores, one).totals
        assert (np.isnan(row) == np.isnan(totals)).all()
        above = totals[:, None] > totals[None, :] + 1e-9
        assert (row[:, None] > row[None, :])[above].all()


@every_method
@quick
@given(table=tables())
def test_an_unknown_criterion_counts_as_if_it_were_not_there(method: Method, table: tuple[Floats, Floats]):
    scores, weights = table
    wider = np.hstack([scores, np.full((len(scores), 1), NAN)])
    one, other = method.combine(scores, weights), method.combine(wider, np.append(weights, 5.0))
    np.testing.assert_allclose(other.totals, one.totals, rtol=1e-12)


@pytest.mark.parametrize("method", [one for one in METHODS if not one.relative], ids=lambda method: method.name)
@quick
@given(table=tables(), score=st.floats(0.01, 1))
def test_the_same_score_everywhere_is_the_total(method: Method, table: tuple[Floats, Floats], score: float):
    scores, weights = table
    made = method.combine(np.full(scores.shape, score), weights)
    np.testing.assert_allclose(made.totals, score, rtol=1e-9)


@pytest.mark.parametrize("method", [one for one in METHODS if one.relative], ids=lambda method: method.name)
def test_works_that_are_told_apart_by_nothing_stand_in_the_middle(method: Method):
    made = method.combine(np.full((3, 2), 0.8), np.ones(2))
    np.testing.assert_allclose(made.totals, 0.5)


def test_known_weights_leave_unknown_scores_out():
    found = known_weights(np.array([[0.1, NAN, 0.3], [NAN, NAN, NAN]]), np.array([1.0, 5.0, 3.0]))
    np.testing.assert_allclose(found, [[0.25, NAN, 0.75], [NAN, NAN, NAN]])


def test_a_method_is_named_as_its_file():
    files = [method.combine.__module__.rpartition(".")[2] for method in METHODS]
    assert files == ["weighted", "weighted", *(method.name for method in METHODS[2:])]


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


def test_the_topsis_example_of_tzeng_and_huang_2011_comes_out():
    """Tzeng and Huang (2011), Multiple attribute decision making, CRC Press: columns divided by their length."""
    measures = np.array([[5.0, 8.0, 4.0], [7.0, 6.0, 8.0], [8.0, 8.0, 6.0], [7.0, 4.0, 6.0]])
    weights, tuning = np.array([0.3, 0.4, 0.3]), Tuning(scale="vector")
    totals = TOPSIS.combine(measures, weights, tuning).totals
    np.testing.assert_allclose(totals, [0.5037, 0.6581, 0.7482, 0.3340], atol=1e-4)
    assert (np.argsort(np.argsort(-totals)) + 1).tolist() == [3, 2, 1, 4]
    np.testing.assert_allclose(totals_of(measures, weights[None], TOPSIS, tuning)[0], totals, rtol=1e-12)


def test_the_mountain_of_opricovic_and_tzeng_2004_comes_out():
    """Opricovic and Tzeng (2004), EJOR 156: 445-455: risk (less is better) and altitude (more is better), scored 0-1."""
    measures = np.array([[1.0, 3000.0], [2.0, 3750.0], [5.0, 4500.0]])
    scored = linear(measures, np.array([5.0, 3000.0]), np.array([1.0, 4500.0]))
    totals = TOPSIS.combine(scored, np.array([0.5, 0.5])).totals
    np.testing.assert_allclose(totals, [0.5, 0.617, 0.5], atol=1e-3)


def test_the_promethee_example_of_zhao_peng_and_li_2013_comes_out():
    """Zhao, Peng and Li (2013), Procedia Computer Science 17: 181-188: any difference is a preference."""
    measures = np.array([[4.0, 3.0, 2.0], [3.0, 2.0, 4.0], [5.0, 1.0, 3.0]])
    totals = PROMETHEE_II.combine(measures, np.array([0.5, 0.3, 0.2]), Tuning(0.0, 0.0)).totals
    np.testing.assert_allclose(2.0 * totals - 1.0, [0.1, -0.3, 0.2], atol=1e-9)


def test_the_electre_i_example_of_gomez_cebrian_and_porcar_2009_comes_out():
    """Gómez Cebrián and Porcar (2009), Revista de Métodos Cuantitativos 7: 31-56: columns that add up to 1, the third to be low."""
    measures = np.array(
        [[6, 5, 28, 5, 5], [4, 2, 25, 10, 9], [5, 7, 35, 9, 6], [6, 1, 27, 6, 7], [6, 8, 30, 7, 9], [5, 6, 26, 4, 8]]
    ).astype(float)
    upward = measures / measures.sum(axis=0) * [1, 1, -1, 1, 1]
    weights = np.array([0.25, 0.25, 0.1, 0.2, 0.2])
    concordance = credibility(upward, weights, Tuning(0.0, 0.0))[0]
    agreed = [
        [NAN, 0.50, 0.35, 0.50, 0.35, 0.45],
        [0.50, NAN, 0.50, 0.75, 0.50, 0.50],
        [0.65, 0.50, NAN, 0.45, 0.20, 0.70],
        [0.75, 0.25, 0.55, NAN, 0.35, 0.45],
        [0.90, 0.70, 0.80, 0.90, NAN, 0.90],
        [0.55, 0.50, 0.55, 0.55, 0.10, NAN],
    ]
    against = [
        [NAN, 0.5052, 0.4042, 0.1883, 0.42857, 0.2825],
        [0.4286, NAN, 0.7143, 0.2589, 0.8571, 0.5714],
        [0.1696, 0.2825, NAN, 0.1938, 0.2825, 0.2180],
        [0.5714, 0.4042, 0.8571, NAN, 1.0, 0.7143],
        [0.0485, 0.3031, 0.2021, 0.0727, NAN, 0.0969],
        [0.1295, 0.6063, 0.5052, 0.2021, 0.3031, NAN],
    ]
    off = ~np.eye(6, dtype=bool)
    np.testing.assert_allclose(concordance[off], np.array(agreed)[off], atol=1e-3)
    np.testing.assert_allclose(discordance(upward)[off], np.array(against)[off], atol=1e-3)
    assert np.flatnonzero(ELECTRE_I.combine(upward, weights).totals == 1.0).tolist() == [4]  # the kernel


@quick
@given(table=tables())
def test_net_flows_are_those_of_comparing_every_two_works(table: tuple[Floats, Floats]):
    scores, _ = table
    found = PROMETHEE_II.terms(scores, USUAL)
    for j, column in enumerate(scores.T):
        known = np.flatnonzero(~np.isnan(column))
        for i in known:
            gaps = np.array([column[i] - column[h] for h in known if h != i])
            flow = np.clip((gaps - 0.05) / 0.15, 0, 1) - np.clip((-gaps - 0.05) / 0.15, 0, 1)
            assert found[i, j] == pytest.approx(0.5 + 0.5 * (flow.mean() if len(gaps) else 0.0), abs=1e-9)
