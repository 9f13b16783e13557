"""Values found by key."""

import pandas as pd

from koppelkans.opportunities.lookup import look_up

VALUES = pd.Series([1.5, 2.5], index=["a", "b"])


def test_a_value_is_found_by_its_key_and_unknown_where_there_is_none():
    found = look_up(pd.Series(["b", "x"], index=[7, 8]), VALUES)
    assert found.index.tolist() == [7, 8]
    assert found.isna().tolist() == [False, True]


def test_the_type_stays_where_there_are_no_keys():
    assert look_up(pd.Series([], dtype="str"), VALUES).dtype == "float64"
