from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from often import few
from small_problems import blocks_of, two_streets
from tiny_city import best_by_trying, cities, problem


def test_streets_that_share_only_a_purse_are_blocks_of_their_own():
    blocks = blocks_of(two_streets(10))
    assert blocks.count == 2
    assert blocks.sizes.tolist() == [1, 1]
    assert len(blocks.shared) == 1
    assert blocks.capacity.tolist() == [10.0]
    assert [plan.tolist() for plan in blocks.plans(np.array([False, True]))] == [[], [1]]


def test_a_price_of_money_gives_the_bound_worked_out_by_hand():
    # Each work saves 90 - 10 - 5 = 75. At p euros per euro it still saves 75 - 10 p; the purse itself costs 10 p:
    # 180 + (-10 p) + 2 min(0, 10 p - 75). At p = 7.5 that is 105: one of the two works, and no programme does better.
    blocks = blocks_of(two_streets(10))
    with ThreadPoolExecutor(2) as pool:
        for price, bound in ((0.0, 30.0), (5.0, 80.0), (7.5, 105.0), (9.0, 90.0)):
            answer = blocks.ask(np.array([-price]), pool=pool, left=lambda: 10.0)
            assert answer is not None
            assert answer.bound == pytest.approx(bound, abs=1e-4)
            assert answer.bound <= bound


def test_without_time_nothing_is_answered():
    blocks = blocks_of(two_streets(10))
    with ThreadPoolExecutor(2) as pool:
        assert blocks.ask(np.zeros(1), pool=pool, left=lambda: 0.0) is None


@settings(max_examples=few(12))
@given(cities(must=True), st.lists(st.floats(0, 20), min_size=40, max_size=40))
def test_no_prices_ever_prove_more_than_the_best_by_trying_everything(tables: dict[str, object], prices: list[float]):
    city = problem(**tables)  # type: ignore[arg-type]
    blocks = blocks_of(city)
    best = best_by_trying(city)
    if best is None or not blocks.count:
        return
    asked = -np.resize(np.asarray(prices), len(blocks.shared))
    with ThreadPoolExecutor(1) as pool:
        answer = blocks.ask(asked, pool=pool, left=lambda: 10.0)
    assert answer is not None
    assert answer.bound <= best + 1e-9
