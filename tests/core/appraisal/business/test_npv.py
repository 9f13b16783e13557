"""Present value against published numbers, against the plain sum, and payback by hand.

Published: numpy-financial, numpy_financial/tests/test_financial.py at commit f47e8af2, with the first flow in year 0.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.appraisal.business.npv import annuity, payback_years, present_value, stream_values

quick = settings(max_examples=25, deadline=None)


def test_the_published_present_value_comes_out():
    # published, with the first flow in year 0 (see above)
    assert present_value([-15000, 1500, 2500, 3500, 4500, 6000], rate=0.05) == pytest.approx(122.89, abs=0.005)


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ([-150000, 15000, 25000, 35000, 45000, 60000], 0.0524),
        ([-100, 0, 0, 74], -0.0955),
        ([-100, 39, 59, 55, 20], 0.28095),
        ([-5, 10.5, 1, -8, 1], 0.0886),
        ([-100, 100, 0, -7], -0.0833),
        ([-100, 100, 0, 7], 0.06206),
    ],
)
def test_the_published_internal_rates_come_out(flows: list[float], rate: float):
    # published, rounded; just below and just above it the flows are worth something on either side of nothing
    below, above = (present_value(flows, rate=rate * part) for part in (0.99, 1.01))
    assert below * above < 0


@pytest.mark.parametrize(
    ("rate", "years", "worth"),
    [
        (0.0225, 10, 8.866216), (0.0225, 25, 18.962383), (0.0225, 50, 29.834396), (0.0225, 100, 39.641741),
        (0.016, 10, 9.173518), (0.016, 100, 49.720637), (0.029, 50, 26.22555), (0.035, 25, 16.481515),
    ],
)  # fmt: skip
def test_an_annuity_is_what_the_tables_say(rate: float, years: int, worth: float):
    # closed form: one less the factor of the last year, over the rate
    assert annuity(years, rate=rate) == pytest.approx(worth, abs=1e-6)


@quick
@given(
    first=st.integers(2027, 2060),
    many=st.integers(0, 100),
    growth=st.sampled_from([-0.02, 0.0, 0.01, 0.0225, 0.1]),
    rate=st.sampled_from([-0.01, 0.0, 0.0225, 0.1]),
)
def test_a_stream_is_worth_the_sum_of_its_years(first: int, many: int, growth: float, rate: float):
    summed = sum((1 + growth) ** k / (1 + rate) ** (first + k - 2027) for k in range(many))
    found = stream_values([first], [first + many - 1], [growth], rate=rate, base_year=2027)[0]
    assert found == pytest.approx(summed, rel=1e-9, abs=1e-12)


def test_at_zero_percent_the_present_value_is_the_sum():
    assert present_value([-100.0, 40.0, 40.0, 40.0], rate=0.0) == 20.0
    assert stream_values(2030, 2039, 0.0, rate=0.0, base_year=2027) == 10.0


def test_payback_is_the_first_year_from_which_the_running_sum_stays_up():
    rows = np.array(
        [
            [-100.0, 60.0, 60.0, 0.0],  # -100, -40, 20, 20: the third year
            [-100.0, 120.0, -50.0, 40.0],  # 20 in the second year, but down again: the fourth
            [-100.0, 10.0, 10.0, 10.0],  # never
            [0.0, 10.0, 10.0, 10.0],  # nothing was laid out
        ]
    )
    assert payback_years(rows, base_year=2027).tolist() == pytest.approx([2029, 2030, np.nan, np.nan], nan_ok=True)
