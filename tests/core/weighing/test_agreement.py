"""Kendall's W and reversed pairs, against published numbers and counting."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.weighing.groups import chance_of_w, kendall_w, reversals

ranking = st.lists(st.integers(1, 5), min_size=6, max_size=6)


def test_three_executives_and_six_applicants_of_siegel_come_out():
    """Ascribed to Siegel (1956), Nonparametric statistics for the behavioral sciences, not checked against the print: W = 0.16."""
    ranks = np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]], dtype=float)
    assert kendall_w(ranks) == pytest.approx(0.16, abs=0.005)


def test_three_rankings_with_ties_of_siegel_come_out():
    """Ascribed to Siegel (1956), not checked against the print: sums of ranks 5.5 to 26.5, s = 591, ties 1, 1.5 and 7: W = 591 / (742.5 - 3 x 9.5) = 0.828."""
    ranks = np.array(
        [
            [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
            [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
            [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
        ]
    )
    assert kendall_w(ranks) == pytest.approx(0.828, abs=0.0005)
    # chi-square of 3 x 9 x 0.828 = 22.35 with 9 degrees of freedom lies between the 0.5 % (23.59) and 1 % (21.67) points
    assert 0.005 < chance_of_w(kendall_w(ranks), 3, 10) < 0.01


def test_rankings_that_are_the_same_agree_wholly_whatever_their_ties():
    assert kendall_w(np.array([[1, 2, 2, 4]] * 3, dtype=float)) == pytest.approx(1.0)


def test_nothing_to_compare_is_undefined_and_not_zero():
    assert np.isnan(kendall_w(np.ones((1, 5))))
    assert np.isnan(kendall_w(np.ones((3, 5))))
    assert np.isnan(chance_of_w(float("nan"), 3, 5))
    assert np.isnan(reversals(np.ones(3), np.arange(3.0))[1])
    assert reversals(np.ones(1), np.ones(1))[0] == 0


@settings(max_examples=40, deadline=None)
@given(one=ranking, other=ranking)
def test_reversed_pairs_are_those_that_counting_finds(one: list[int], other: list[int]):
    found, tau = reversals(np.array(one, dtype=float), np.array(other, dtype=float))
    counted = sum((one[a] - one[b]) * (other[a] - other[b]) < 0 for a, b in combinations(range(len(one)), 2))
    assert found == counted or np.isnan(tau)
    assert np.isnan(tau) or -1 <= tau <= 1


def test_four_raters_of_strawberries_of_eight_farms_come_out():
    """influentialpoints.com/Training/coefficient_of_concordance.htm: sums of ranks 31, 12, 12, 15, 22, 5, 22, 25; W = 500 / 672 = 0.744."""
    ranks = np.array(
        [[8, 4, 2, 3, 5, 1, 6, 7], [7, 3, 1, 4, 5, 2, 6, 8], [8, 2, 5, 6, 7, 1, 4, 3], [8, 3, 4, 2, 5, 1, 6, 7]]
    )
    assert ranks.sum(axis=0).tolist() == [31, 12, 12, 15, 22, 5, 22, 25]
    assert kendall_w(ranks) == pytest.approx(500 / 672)
    assert round(kendall_w(ranks), 3) == 0.744
