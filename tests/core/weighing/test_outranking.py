"""What the ELECTRE methods share, by hand."""

import numpy as np
import pytest

from koppelkans.weighing.methods.electre_i import layers
from koppelkans.weighing.methods.electre_iii import distilled
from koppelkans.weighing.outranking import agreement, cut, falling, share_below

NAN = float("nan")
NONE = np.zeros(2)


def test_concordance_counts_only_what_is_known_for_both():
    scores = np.array([[0.9, 0.1], [0.5, NAN], [NAN, NAN]])
    found, mean = agreement(scores, np.array([3.0, 1.0]), indifference=NONE, preference=NONE)
    assert found[0].tolist() == [1, 1, 0]
    assert found[1].tolist() == [0, 1, 0]  # on the first alone
    assert mean[:, 0].tolist() == [1, 0, 1]  # nobody is known beside the third


def test_agreement_falls_between_the_thresholds():
    assert falling(np.array([0.05, 0.125, 0.2, NAN]), 0.05, 0.2).tolist() == pytest.approx(
        [1, 0.5, 0, NAN], nan_ok=True
    )
    assert falling(np.array([0.1, 0.11]), 0.1, 0.1).tolist() == [1, 0]


def test_the_share_below_counts_half_of_its_own_class():
    assert share_below(np.array([0, 1, 1, 2])).tolist() == pytest.approx([1, 0.5, 0.5, 0])
    assert share_below(np.array([0, 0])).tolist() == [0.5, 0.5]
    assert share_below(np.array([0])).tolist() == [0.5]


def test_a_total_is_cut_by_agreement_and_by_weight_where_nothing_agrees():
    parts = cut(np.array([0.8, 0.6]), np.array([[0.5, 0.5], [0.25, 0.75]]), np.array([[1.0, 3.0], [0.0, 0.0]]))
    assert parts.tolist() == [pytest.approx([0.2, 0.6]), pytest.approx([0.15, 0.45])]


def test_a_ring_of_works_that_outrank_each_other_shares_a_layer():
    over = np.zeros((4, 4), dtype=bool)
    over[0, 1] = over[1, 2] = over[2, 3] = over[3, 1] = True
    assert layers(over).tolist() == [0, 1, 1, 1]


def test_works_that_cannot_be_told_apart_share_a_class():
    assert distilled(np.ones((3, 3)), best_first=True).tolist() == [0, 0, 0]
    assert distilled(np.eye(3), best_first=False).tolist() == [0, 0, 0]
