"""Ranks: equal totals share one, unknown comes behind, knocked out comes last."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.weighing.ranking import ranks

NOBODY = pd.Series([None] * 5, dtype="str")


def test_equal_totals_share_a_rank_whatever_the_last_decimal():
    totals = np.array([0.3, 0.1 + 0.2, 0.9, float("nan"), 0.1])
    assert ranks(totals, NOBODY).tolist() == [2, 2, 1, 5, 4]


def test_what_is_knocked_out_stands_behind_everything_else():
    out = pd.Series(["no purse", None, None, None, None], dtype="str")
    assert ranks(np.array([0.9, 0.5, 0.2, float("nan"), 0.5]), out).tolist() == [5, 1, 3, 4, 1]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_a_rank_is_one_more_than_the_number_that_stand_higher(totals: list[float]):
    found = ranks(np.array(totals), pd.Series([None] * len(totals), dtype="str"))
    rounded = np.round(totals, 12)
    assert found.tolist() == [1 + int((rounded > total).sum()) for total in rounded]
