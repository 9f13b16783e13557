import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from koppelkans.ground.money import discount_factors, whole_euros


def test_half_a_euro_rounds_away_from_zero_and_unknown_stays_unknown():
    assert whole_euros(pd.Series([0.5, -0.5, 2.4, None])).tolist()[:3] == [1, -1, 2]
    assert whole_euros(pd.Series([0.5, None])).isna().tolist() == [False, True]


def test_a_euro_next_year_at_two_and_a_quarter_percent():
    factors = discount_factors([2027, 2028, 2037], first_year=2027, rate=0.0225)
    np.testing.assert_allclose(factors, [1.0, 1 / 1.0225, 1 / 1.0225**10])


@given(st.floats(0, 0.2), st.integers(0, 80))
def test_a_factor_lies_between_zero_and_one_and_falls(rate: float, ahead: int):
    factors = discount_factors([2027 + ahead, 2028 + ahead], first_year=2027, rate=rate)
    assert 0 < factors[1] <= factors[0] <= 1
