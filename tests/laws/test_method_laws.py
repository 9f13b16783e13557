"""Laws of every method of weighing, and the published examples that it reproduces."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.weighing.method import USUAL, Floats, Method, Tuning, known_weights
from koppelkans.weighing.methods import METHODS
from koppelkans.weighing.methods.electre_i import ELECTRE_I, discordance
from koppelkans.weighing.methods.electre_iii import ELECTRE_III, credibility, distilled
from koppelkans.weighing.methods.promethee_ii import PROMETHEE_II
from koppelkans.weighing.methods.topsis import TOPSIS
from koppelkans.weighing.methods.weighted_product import WEIGHTED_PRODUCT
from koppelkans.weighing.methods.weighted_sum import WEIGHTED_SUM
from koppelkans.weighing.sampling import totals_of
from koppelkans.weighing.scoring import scores as linear

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


def test_the_five_projects_of_electre_iii_come_out():
    """Input of the help page of the R package OutrankingTools (Electre3_SimpleThresholds); the matrices were worked out apart."""
    measures, weights, tuning = five_projects()
    concordance, credible, _ = credibility(measures, weights, tuning)
    agreed = [
        [1.0, 0.8, 1.0, 0.8, 1.0],
        [0.6, 1.0, 0.8, 0.8, 0.6667],
        [0.6, 0.6, 1.0, 0.6, 0.8],
        [0.6, 0.8, 0.8, 1.0, 0.75],
        [0.6667, 0.8, 0.8, 0.8, 1.0],
    ]
    believed = [
        [1.0, 0.0, 1.0, 0.8, 1.0],
        [0.0, 1.0, 0.0, 0.8, 0.6667],
        [0.6, 0.0, 1.0, 0.6, 0.8],
        [0.2143, 0.8, 0.5714, 1.0, 0.75],
        [0.6667, 0.0, 0.8, 0.8, 1.0],
    ]
    np.testing.assert_allclose(concordance, agreed, atol=1e-4)
    np.testing.assert_allclose(credible, believed, atol=1e-4)


def test_the_distillations_of_the_five_projects_are_those_of_the_hand():
    """Level 1, then 0.8: only 1 over 3 and 1 over 5 are believed enough, so 1 is best and 3 and 5 are worst.

    Best first, 2, 3, 4 and 5 are left: at 0.6 only 2 over 5 counts (0.67 against 0): 2 is next; then nothing tells 3, 4 and 5
    apart. Worst first, 1, 2 and 4 are left: at 0.21 only 1 over 4 counts (0.8 against 0.21): 4 is next; 1 and 2 are left.
    """
    measures, weights, tuning = five_projects()
    credible = credibility(measures, weights, tuning)[1]
    assert distilled(credible, best_first=True).tolist() == [0, 1, 2, 2, 2]
    assert distilled(credible, best_first=False).tolist() == [0, 0, 2, 1, 2]
    # project 1: all 4 others below it, and 3 + half of 1: (1 + 3.5 / 4) / 2; project 2: (3 + 3.5) / 8
    totals = ELECTRE_III.combine(measures, weights, tuning).totals
    assert totals.tolist() == [0.9375, 0.8125, 0.1875, 0.375, 0.1875]


def test_the_five_projects_come_out_as_a_second_program_has_them():
    """Credibility and both orders as they stand in the tests of ELECTRE-Methods (github.com/PatrykHub, tests/outranking).

    That program does not print its input: its credibility (two digits) is that of the five projects with a preference of 30
    instead of 20 on the last criterion. Levels fall to 0.8: 1 over 3 and 5; then 2, and 4 as the last but two.
    """
    measures, weights, tuning = five_projects()
    preference = np.array([50.0, 24.0, 1.0, 24.0, 30.0])
    wider = Tuning(tuning.indifference, preference, tuning.veto_gap)
    held = [
        [1.0, 0.0, 1.0, 0.8, 1.0],
        [0.0, 1.0, 0.0, 0.9, 0.67],
        [0.6, 0.0, 1.0, 0.6, 0.8],
        [0.25, 0.8, 0.67, 1.0, 0.85],
        [0.67, 0.0, 0.8, 0.8, 1.0],
    ]
    credible = credibility(measures, weights, wider)[1]
    np.testing.assert_allclose(credible, held, atol=0.005)
    for matrix in (credible, np.array(held)):
        assert classes(matrix, best_first=True) == [[1], [2], [3, 4, 5]]
        assert classes(matrix, best_first=False) == [[1, 2], [4], [3, 5]]


def test_twelve_actions_are_distilled_as_a_second_program_does():
    """Credibility of twelve actions and both orders as they stand in the tests of ELECTRE-Methods (github.com/PatrykHub, tests/outranking)."""
    credible = np.array(
        [
            [1.0, 1.0, 0.9977, 0.606, 1.0, 0.9977, 0.8175, 1.0, 0.803, 0.8775, 0.548, 0.5318],
            [1.0, 1.0, 0.9977, 0.4047, 0.9973, 0.9816, 0.7762, 1.0, 0.6612, 0.8775, 0.4951, 0.443],
            [0.7734, 0.8946, 1.0, 0.2775, 0.8041, 0.8014, 0.6083, 0.916, 0.499, 0.8775, 0.382, 0.3598],
            [0.85, 0.85, 0.9317, 1.0, 0.85, 0.9317, 0.7739, 0.916, 0.8742, 0.8775, 0.7464, 0.7912],
            [0.9786, 0.9854, 0.9977, 0.5903, 1.0, 0.9816, 0.7184, 1.0, 0.7288, 0.8775, 0.4546, 0.3839],
            [0.8946, 0.9014, 1.0, 0.5999, 0.916, 1.0, 0.7488, 0.916, 0.7128, 0.8775, 0.464, 0.464],
            [1.0, 1.0, 1.0, 0.691, 1.0, 1.0, 1.0, 1.0, 0.803, 0.8775, 0.6875, 0.6875],
            [0.5299, 0.7279, 0.7849, 0.2795, 0.7057, 0.5066, 0.3148, 1.0, 0.3638, 0.8118, 0.2394, 0.1979],
            [0.8692, 0.934, 1.0, 0.773, 0.9352, 0.9352, 0.7297, 1.0, 1.0, 0.8775, 0.7647, 0.8393],
            [0.5803, 0.8033, 0.9186, 0.3486, 0.7385, 0.5779, 0.4384, 0.916, 0.5775, 1.0, 0.4959, 0.3625],
            [0.8692, 0.934, 0.9317, 0.773, 0.8692, 0.8669, 0.8669, 1.0, 0.9688, 1.0, 1.0, 0.9977],
            [0.8692, 0.934, 0.9537, 0.7835, 0.8822, 0.8822, 0.8692, 1.0, 0.993, 1.0, 1.0, 1.0],
        ]
    )
    assert classes(credible, best_first=True) == [[11, 12], [4, 7], [9], [1, 6], [5], [2], [3, 8, 10]]
    assert classes(credible, best_first=False) == [[4, 11, 12], [7, 9], [1], [2, 5, 6], [10], [3], [8]]


def test_the_eleven_strategies_for_waste_in_print_come_out():
    """Wang and Triantaphyllou (2008), Omega 36(1): 45-63, section 3.2: data of Rogers, Bruen and Maystre (1999), no veto.

    Read in a public card that quotes the tables (pages 51-53). Where a threshold is a share, it is of the value of the first of
    the two, so each row of credibility is reckoned with its own.
    """
    credible = waste([125, 866, 9.81, 218, 1.41, 542, 483, 23, 1.5, 1, 1])
    first = [1.0, 0.74, 0.71, 0.71, 0.71, 0.71, 0.74, 0.74, 0.71, 0.68, 0.71]
    ninth = [0.35, 0.78, 0.85, 0.85, 0.74, 0.73, 0.67, 0.97, 1.0, 0.94, 0.89]
    np.testing.assert_allclose(credible[[0, 8]], [first, ninth], atol=0.005)
    assert classes(credible, best_first=True) == [[9], [4], [7], [10], [3, 5, 8, 11], [1], [2], [6]]
    assert classes(credible, best_first=False) == [[1, 7], [9], [4], [10], [2, 5], [3, 11], [8], [6]]


def test_a_worse_strategy_turns_the_two_best_round_as_in_print():
    """The same paper, page 53: with a worse first strategy 7 comes before 9. It prints 1 before 2 where we find them equal."""
    credible = waste([2125, 866, 9.81, 218, 1.41, 452, 483, 23, 1.5, 1, 1])
    best_first = classes(credible, best_first=True)
    assert best_first[:4] == [[7], [9], [4], [10]]
    assert best_first[4:] == [[3, 5, 8, 11], [1, 2], [6]]
    assert classes(credible, best_first=False) == [[7], [1, 9], [4], [10], [2, 5], [3, 11], [8], [6]]


def waste(first: list[float]) -> Floats:
    """Return the credibility of the eleven strategies, of which the first has these measures."""
    others = [
        [11980, 900, 11.45, 189, 1.45, 452, 303, 12, 1.5, 6, 6],
        [31054, 883, 9.86, 172, 1.82, 341, 311, 0, 0, 3, 3],
        [28219, 840, 10.38, 171, 1.95, 339, 318, 0, 0, 3, 3],
        [31579, 903, 10.74, 165, 1.7, 312, 281, 0, 0, 5, 5],
        [39364, 922, 13.87, 167, 1.65, 287, 269, 0, 0, 8, 7],
        [125, 769, 9.33, 182, 1.64, 458, 180, 0, 1.5, 1, 1],
        [8075, 896, 9.82, 172, 1.7, 408, 121, 0, 1.5, 6, 6],
        [3089, 770, 9.39, 177, 1.9, 430, 228, 0, 1, 2, 2],
        [6449, 766, 7.22, 172, 1.65, 401, 157, 0, 1, 4, 4],
        [12074, 897, 10.61, 169, 1.65, 378, 162, 0, 1, 7, 6],
    ]
    measures = np.array([first, *others], dtype=float)
    upward = measures * [-1, 1, -1, -1, -1, 1, 1, -1, -1, -1, -1]
    weights = np.array([0.16, 0.033, 0.033, 0.097, 0.097, 0.16, 0.097, 0.16, 0.033, 0.033, 0.097])
    fixed = np.array([1000, 0, 0, 5, 0, 0, 0, 2, 0.2, 0, 0])
    share = np.array([0, 0.1, 0.1, 0, 0.1, 0.1, 0.1, 0, 0, 0, 0])
    rows = []
    for row, own in enumerate(measures):
        indifference = fixed + share * own
        preference = np.where(indifference == 0, 1.0, 2 * indifference)  # twice the indifference; 1 where that is 0
        rows.append(credibility(upward, weights, Tuning(indifference, preference))[1][row])
    return np.array(rows)


def classes(credible: Floats, *, best_first: bool) -> list[list[int]]:
    """Return the numbers of the works in each class of a distillation, the best class first."""
    found = distilled(credible, best_first=best_first)
    return [(np.flatnonzero(found == at) + 1).tolist() for at in range(found.max() + 1)]


def five_projects() -> tuple[Floats, Floats, Tuning]:
    """Return measures, weights and thresholds of the five projects."""
    measures = np.array(
        [
            [-14.0, 90.0, 0.0, 40.0, 100.0],
            [129.0, 100.0, 0.0, 0.0, 0.0],
            [-10.0, 50.0, 0.0, 10.0, 100.0],
            [44.0, 90.0, 0.0, 5.0, 20.0],
            [-14.0, 100.0, 0.0, 20.0, 40.0],
        ]
    )
    indifference, preference = np.array([25.0, 16.0, 0.0, 12.0, 10.0]), np.array([50.0, 24.0, 1.0, 24.0, 20.0])
    return measures, np.full(5, 0.2), Tuning(indifference, preference, np.array([100.0, 60.0, 2.0, 48.0, 90.0]))


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
