"""ELECTRE III: worked examples that others published, and what follows by hand."""

import numpy as np

from koppelkans.weighing.method import Floats, Tuning
from koppelkans.weighing.methods.electre_iii import ELECTRE_III, credibility, distilled


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
