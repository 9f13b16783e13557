import numpy as np
import pandas as pd

from koppelkans.context.arrays import pick, sum_by


def test_values_are_summed_per_group_and_a_group_without_any_is_zero():
    assert sum_by(np.array([0, 2, 0]), np.array([1.5, 2.0, 3.0]), 4).tolist() == [4.5, 0.0, 2.0, 0.0]


def test_values_are_picked_by_position_and_missing_at_minus_one():
    assert pick(pd.Series(["a", "b"], index=[7, 8]), [1, -1, 0]).tolist() == ["b", None, "a"]
