"""One step takes the best year with all others held; being short is forbidden, or has a price."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiny_city
from fanned import fan, kept, plan
from koppelkans.programme.futures.block import block_of
from koppelkans.programme.futures.fan import Fan
from koppelkans.programme.futures.repair import repair
from koppelkans.programme.futures.step import STAY_EUR, Pressure, best_step
from koppelkans.programme.problem import Problem
from koppelkans.programme.value import value_of

ONE = np.asarray([[True]])


def stepped(made: Fan, work: int, pressure: Pressure | None = None) -> None:
    best_step(made, block_of(made.ground, [work]), pressure, moves=ONE)


@settings(max_examples=6, deadline=None)
@given(tiny_city.cities(), st.data())
def test_no_other_year_would_be_better(tables: dict[str, object], data: st.DataObject):
    """Compare with trying every year, valued and judged from the tables."""
    problem = tiny_city.problem(**tables)  # type: ignore[arg-type]
    names = problem.works["work"].tolist()
    made = fan(problem, {name: data.draw(st.integers(2027, 2027 + problem.years - 1)) for name in names})
    repair(made)
    before = plan(made)
    work = data.draw(st.integers(0, len(names) - 1))
    stepped(made, work)
    others = before[before["work"] != names[work]]
    tried = [others]
    for year in range(2027, 2027 + problem.years):
        added = pd.DataFrame({"work": [names[work]], "year": [year]}).astype({"work": "str"})
        tried.append(pd.concat([others, added], ignore_index=True))
    good = [value_of(problem, one).total_eur for one in tried if kept(problem, one).all()]
    assert kept(problem, plan(made)).all()
    assert value_of(problem, plan(made)).total_eur <= min(good) + STAY_EUR + 1e-6


def purse(budget: int) -> Problem:
    return tiny_city.problem(
        rate=0.0,
        works=tiny_city.works(("a", 2027, 2027, 2028, 100, 0, 10, 900, True, False, False)),
        payments=pd.DataFrame({"work": ["a"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame(
            {"fund": "f", "year": [2027, 2028, 2029], "budget_eur": [budget, 0, 0], "carries_over": False}
        ),
    )


@pytest.mark.parametrize(("price", "year"), [(None, -1), (7.0, 0), (9.0, -1)])
def test_being_short_has_the_price_of_what_is_short(price: float | None, year: int):
    # done it costs 100 instead of 900; it is 100 short in 2028 (and late), or in 2027 short of 100: 800 gained, 8 per euro
    made = fan(purse(0))
    pressure = (
        None
        if price is None
        else Pressure(*(np.full(left.shape, price) for left in (made.money, made.hours, made.room)))
    )
    stepped(made, 0, pressure)
    assert made.year.tolist() == [[year]]


def test_works_that_save_together_are_counted_whichever_moves():
    problem = tiny_city.problem(
        rate=0.0,
        works=tiny_city.works(*((name, 2027, 2027, 2029, 0, 0, 4, 90, True, False, False) for name in "ab")),
        joints=pd.DataFrame({"work": ["a"], "other": ["b"], "saving_eur": [30]}),
    )
    for still, moving in (("a", 1), ("b", 0)):
        made = fan(problem, {still: 2029})
        stepped(made, moving)
        assert plan(made)["year"].tolist() == [2029, 2029]  # 8 for being late, 30 saved


@pytest.mark.parametrize(("late", "year"), [(0.75, 1), (1.25, 0)])
def test_a_work_moves_for_more_than_one_euro_and_for_no_less(late: float, year: int):
    problem = tiny_city.problem(
        rate=0.0, works=tiny_city.works(("a", 2027, 2027, 2028, 100, 0, late, 900, True, False, False))
    )
    made = fan(problem, {"a": 2028})
    stepped(made, 0)
    assert made.year.tolist() == [[year]]


@pytest.mark.parametrize(("late", "year"), [(0.75, 1), (1.25, 0)])
def test_works_that_move_together_must_each_gain_a_euro(late: float, year: int):
    rows = [(name, 2027, 2027, 2028, 100, 0, late, 900, True, False, False) for name in "ab"]
    made = fan(tiny_city.problem(rate=0.0, works=tiny_city.works(*rows)), {"a": 2028, "b": 2028})
    best_step(made, block_of(made.ground, [0, 1]), None, moves=np.asarray([[True, True]]))
    assert made.year.tolist() == [[year, year]]
