"""What is left for a work, all others held, by hand."""

import numpy as np
import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.capacity import drawn_on, short_years
from koppelkans.programme.constraints.budget import capacity
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem


def city(*, carries: bool) -> Problem:
    rows = [(name, 2027, 2027, 2029, cost, 0, 0, 90, True, False, False) for name, cost in (("a", 10), ("b", 4))]
    return tiny_city.problem(
        works=tiny_city.works(*rows),
        payments=pd.DataFrame({"work": ["a", "b"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": 6, "carries_over": carries}),
    )


@pytest.mark.parametrize(
    ("carries", "short"),
    [
        # a stands in 2028, when 12 came in and 10 went out: 2 is left there for b, from then on 8; a itself finds 6 in 2027
        (True, [[True, False, False, False], [True, True, False, False]]),
        # nothing is kept: a (10) fits in no year but its own, b (4) not beside it in 2028
        (False, [[True, False, True, False], [False, True, False, False]]),
    ],
)
def test_a_year_is_short_where_the_fund_has_too_little_left(carries: object, short: list[list[bool]]):
    problem = city(carries=bool(carries))
    placed = PlacedWorks.of(problem, pd.DataFrame({"work": ["a"], "year": [2028]}))
    assert short_years(placed, capacity(problem)).tolist() == [short]


def test_a_fund_that_carries_over_counts_from_the_first_year():
    asking = pd.DataFrame({"work": ["a"], "first": [2028], "last": [2028]})
    room, mine, since, last = drawn_on(city(carries=True), capacity(city(carries=True)), "f", asking)
    assert (room, mine.tolist(), since, last) == (12.0, [10.0], 2027, 2028)
    assert np.isclose(drawn_on(city(carries=False), capacity(city(carries=False)), "f", asking)[0], 6.0)
