import pandas as pd

from koppelkans.ground.horizon import Horizon, even_yearly


def test_amounts_with_the_whole_horizon_are_spread_evenly():
    assert even_yearly(pd.Series([100, 50]), pd.Series([2029, 2040]), Horizon(2027, 2029)) == 50.0


def test_an_amount_due_in_the_first_year_is_needed_in_that_year():
    assert even_yearly(pd.Series([100, 50]), pd.Series([2027, 2029]), Horizon(2027, 2029)) == 100.0


def test_nothing_needs_nothing():
    assert even_yearly(pd.Series([], dtype=float), pd.Series([], dtype="int64"), Horizon(2027, 2029)) == 0.0
