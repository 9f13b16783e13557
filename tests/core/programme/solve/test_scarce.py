import pandas as pd
import pytest

from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.search import optimise
from tiny_city import problem, works

ASKED = Effort(seconds=30, prices=True)


def purse(*, carries: bool, years: int = 2) -> Problem:
    """Return two works of 100 and a purse of 100 a year; each costs 30 a year later, or 400 where it is left undone."""
    return problem(
        years=years,
        rate=0.0,
        works=works(
            ("a", 2027, 2027, 2027 + years - 1, 100, 0, 30, 400, False, False, False),
            ("b", 2027, 2027, 2027 + years - 1, 100, 0, 30, 400, False, False, False),
        ),
        payments=pd.DataFrame({"work": ["a", "b"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame(
            {
                "fund": "f",
                "year": range(2027, 2027 + years),
                "budget_eur": [150, 300][:years],
                "carries_over": carries,
            }
        ),
    )


def prices(city: Problem) -> dict[tuple[str, int], float]:
    answer = optimise(city, CONSTRAINTS, effort=ASKED)
    assert answer is not None
    assert answer.scarce is not None
    return {(about, year): worth for _, about, year, worth in answer.scarce.itertuples(index=False)}


def test_one_more_euro_brings_forward_a_hundredth_of_a_work_and_saves_a_hundredth_of_its_lateness():
    assert prices(purse(carries=False)) == {("f", 2027): pytest.approx(30 / 100)}


def test_where_nothing_can_wait_one_more_euro_spares_a_hundredth_of_a_work_left_undone():
    city = purse(carries=True, years=1)
    assert prices(city) == {("f", 2027): pytest.approx((400 - 100) / 100)}


def test_money_that_carries_over_is_worth_in_an_early_year_all_that_it_is_worth_later():
    city = purse(carries=True)
    scarce_later = city.funds.assign(budget_eur=[50, 100])
    found = prices(
        problem(
            years=2,
            rate=0.0,
            works=city.works,
            payments=city.payments,
            funds=scarce_later,
        )
    )
    assert found[("f", 2028)] == pytest.approx((400 - 100 - 30) / 100)
    assert found[("f", 2027)] == pytest.approx(found[("f", 2028)] + 30 / 100)


def test_nothing_is_scarce_where_there_is_enough():
    assert prices(problem(years=2, works=works(("a", 2027, 2027, 2028, 9, 0, 1, 90, False, False, False)))) == {}


def test_prices_are_only_told_where_they_are_asked():
    answer = optimise(purse(carries=False), CONSTRAINTS, effort=Effort(seconds=30))
    assert answer is not None
    assert answer.scarce is None
