import numpy as np
import pytest

import small_problems
import tiny_city
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.solve.decompose import marginal


def test_a_purse_that_holds_one_of_two_works_has_the_price_of_what_the_other_would_save():
    """Each work costs 10 with 5 for its street, and saves 90: a euro more in the purse is worth 75 / 10."""
    city = small_problems.two_streets(10)
    blocks = small_problems.blocks_of(city)
    prices = marginal(blocks, index_problem(city), np.array([-75.0, -75.0]))
    assert prices == pytest.approx([-7.5])
    answer = blocks.ask(prices, pool=None, left=lambda: 10.0)
    assert answer is not None
    assert answer.bound == pytest.approx(105, abs=1e-3)


def test_a_purse_with_room_to_spare_is_free():
    city = small_problems.two_streets(99)
    assert marginal(small_problems.blocks_of(city), index_problem(city), np.array([-75.0, -75.0])).tolist() == [0.0]


def test_nothing_shared_has_no_prices():
    works = tiny_city.works(("w", 2027, 2027, 2027, 20, 0, 5, 90, True, False, False))
    city = tiny_city.problem(years=1, works=works)
    assert len(marginal(small_problems.blocks_of(city), index_problem(city), np.array([-70.0]))) == 0
