"""Sums over the years, by hand: what lasts counts in its years and in no other."""

import numpy as np
import pytest

from koppelkans.ground.horizon import Horizon
from koppelkans.systems.forecast import ALWAYS, NEVER, lasting

YEARS = Horizon(2027, 2030)


def one(start: float, stop: float) -> list[float]:
    return lasting(
        np.array([0]), np.array([5.0]), start=np.array([start]), stop=np.array([stop]), groups=1, horizon=YEARS
    )[0].tolist()


@pytest.mark.parametrize(
    ("start", "stop", "wanted"),
    [
        (2028.0, 2030.0, [0, 5, 5, 0]),
        (2027.2, 2028.2, [0, 5, 0, 0]),
        (1990.0, 2028.0, [5, 0, 0, 0]),
        (ALWAYS, NEVER, [5, 5, 5, 5]),
        (NEVER, NEVER, [0, 0, 0, 0]),
        (2030.5, NEVER, [0, 0, 0, 0]),
        (2029.0, 2028.0, [0, 0, 0, 0]),
        (1980.0, 1990.0, [0, 0, 0, 0]),
    ],
)
def test_it_counts_from_the_first_whole_year_up_to_the_last(start: float, stop: float, wanted: list[float]):
    assert one(start, stop) == wanted


def test_groups_stay_apart_and_a_group_without_amounts_is_zero():
    found = lasting(
        np.array([2, 0, 2]),
        np.array([1.0, 10.0, 2.0]),
        start=np.array([2027.0, 2029.0, 2028.0]),
        stop=np.full(3, NEVER),
        groups=3,
        horizon=YEARS,
    )
    assert found.tolist() == [[0, 0, 10, 10], [0, 0, 0, 0], [1, 3, 3, 3]]


def test_what_is_all_gone_is_exactly_zero():
    amount = np.array([0.1, 0.2, 0.3, 1e9])
    stop = np.array([2028.0, 2029.0, 2030.0, 2028.0])
    found = lasting(np.zeros(4, dtype=np.int64), amount, start=np.full(4, ALWAYS), stop=stop, groups=1, horizon=YEARS)
    assert found[0, 3] == 0
    assert found[0, 2] == 0.3


def test_no_amounts_are_zeros():
    none = np.array([])
    found = lasting(np.array([], dtype=np.int64), none, start=none, stop=none, groups=2, horizon=YEARS)
    assert found.tolist() == [[0.0] * 4] * 2
