"""From measures to scores, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.valuing import criteria_table, ends_of, scores

MORE = replace(CRITERIA[0], better="more", ends=None)
LESS = replace(CRITERIA[0], better="less", ends=None)
FIXED = replace(CRITERIA[0], better="less", ends=(0.0, 5.0))
NAN = float("nan")


def test_scores_are_linear_between_worst_and_best_that_is_found_or_fixed():
    measures = np.array([[10.0, 10.0, 1.0], [20.0, 20.0, NAN], [40.0, 40.0, 9.0]])
    worst, best = ends_of(measures, [MORE, LESS, FIXED])
    assert worst.tolist() == [10.0, 40.0, 5.0]
    assert best.tolist() == [40.0, 10.0, 0.0]
    made = scores(measures, worst, best)
    assert made[:, 0].tolist() == pytest.approx([0, 1 / 3, 1])
    assert made[:, 1].tolist() == pytest.approx([1, 2 / 3, 0])
    assert made[:, 2].tolist() == pytest.approx([0.8, NAN, 0.0], nan_ok=True)  # 9 lies beyond the fixed end


def test_a_constant_column_scores_a_half_and_an_unknown_one_nothing():
    measures = np.array([[3.0, NAN], [3.0, NAN]])
    ends = ends_of(measures, [MORE, MORE])
    assert np.isnan([end[1] for end in ends]).all()
    made = scores(measures, *ends)
    assert made[:, 0].tolist() == [0.5, 0.5]
    assert np.isnan(made[:, 1]).all()


def test_the_table_counts_for_how_many_works_a_criterion_is_known():
    measures = np.array([[3.0, NAN], [4.0, 1.0]])
    table = criteria_table([MORE, LESS], measures, ends_of(measures, [MORE, LESS]))
    assert table["known"].tolist() == [2, 1]
    assert table["low"].tolist() == [3.0, 1.0]
