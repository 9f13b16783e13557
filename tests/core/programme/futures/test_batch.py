"""A batch of futures knows what each programme is worth and what it leaves, and works bring along what they ask."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiny_city
from fanned import fan, kept, plan
from koppelkans.programme.futures.adapt import fits
from koppelkans.programme.futures.batch import (
    again,
    batch_of,
    block_of,
    load_of,
    placed,
    shift,
    within,
    worth,
    years_of,
)
from koppelkans.programme.futures.draw import Odds, come_out, drawn
from koppelkans.programme.placed import UNDONE
from koppelkans.programme.problem import Problem
from koppelkans.programme.value import value_of

ROOM = ["budget", "crew", "limit"]


@settings(max_examples=6, deadline=None)
@given(tiny_city.cities(), st.data())
def test_worth_is_the_value_and_what_fits_is_what_the_judge_does_not_fault(
    tables: dict[str, object], data: st.DataObject
):
    problem = tiny_city.problem(**tables)  # type: ignore[arg-type]
    years = {name: data.draw(st.integers(2027, 2027 + problem.years - 1)) for name in problem.works["work"]}
    made = fan(problem, years)
    assert worth(made)[0] == pytest.approx(value_of(problem, plan(made)).total_eur)
    assert fits(made)[0] == kept(problem, plan(made))[ROOM].all()


def test_each_future_has_its_own_prices_and_budgets():
    problem = tiny_city.problem(
        works=tiny_city.works(("a", 2027, 2027, 2029, 100, 0, 10, 900, True, False, False)),
        payments=pd.DataFrame({"work": ["a"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": 100, "carries_over": True}),
    )
    came = drawn(problem, Odds(0.0, 0.0, {"other": 0.5}, 0.5, 0.3, 0.0), seed=1, numbers=[0, 1])
    empty = batch_of(problem, come_out(problem, came), 2)
    assert empty.ground.eur.ravel().tolist() == pytest.approx((100 * came.dearer.ravel()).tolist())
    assert empty.money[:, 0, 2].tolist() == pytest.approx((100 * came.budget.sum(axis=1)).tolist())
    other = again(empty, np.asarray([1]))
    assert other.money.tolist() == empty.money[[1]].tolist()


@settings(max_examples=5, deadline=None)
@given(tiny_city.cities(), st.data())
def test_what_is_put_and_taken_away_leaves_everything_as_it_was(tables: dict[str, object], data: st.DataObject):
    problem = tiny_city.problem(**tables)  # type: ignore[arg-type]
    empty = fan(problem)
    full = placed(empty, np.asarray([[data.draw(st.integers(-1, problem.years - 1)) for _ in problem.works["work"]]]))
    bare = placed(full, np.full(full.year.shape, UNDONE))
    for name in ("money", "hours", "room", "streets"):
        assert abs(getattr(bare, name) - getattr(empty, name)).max(initial=0.0) < 1e-9


def test_what_lies_within_some_years_is_summed():
    amounts = np.asarray([[[1.0, 2.0, 4.0, 8.0]]])
    assert within(amounts, np.asarray([2]), before=True).tolist() == [[[0.0, 1.0, 3.0, 6.0]]]
    assert within(amounts, np.asarray([2]), before=False).tolist() == [[[6.0, 12.0, 8.0, 0.0]]]


def test_the_load_is_that_of_the_works_that_move():
    problem = tiny_city.problem(
        works=tiny_city.works(
            ("a", 2027, 2027, 2029, 10, 0, 0, 90, True, False, False),
            ("b", 2027, 2027, 2029, 30, 0, 0, 90, False, True, False),
        ),
        sections=tiny_city.sections(("s", 1, 0, 2, 5), ("t", 1, 0, 2, 5)),
        touches=tiny_city.pairs("work", "section", ("a", "s"), ("b", "s"), ("b", "t")),
        payments=pd.DataFrame({"work": ["a", "b"], "fund": "f", "share": [1.0, 0.5]}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": 100, "carries_over": True}),
        efforts=pd.DataFrame({"work": ["b"], "crew": "c", "hours": [4.0]}),
        crews=pd.DataFrame({"crew": "c", "year": [2027, 2028, 2029], "hours": 8.0}),
        limits=pd.DataFrame({"limit": ["l"], "open_sections": [1]}),
        limit_members=tiny_city.pairs("limit", "section", ("l", "s"), ("l", "t")),
    )
    made = fan(problem)
    block = block_of(made.ground, [0, 1])
    one, both = (load_of(made, block, np.asarray([moves])) for moves in ([True, False], [True, True]))
    assert (one.eur.tolist(), both.eur.tolist()) == ([[10.0]], [[25.0]])
    assert (one.hours.tolist(), both.hours.tolist()) == ([[0.0]], [[4.0]])
    assert both.touches[:, 0].tolist() == [[2, 1], [1, 0], [1, 1]]  # opens, digs, paves in s and t
    shift(made, block, both, np.asarray([1]), sign=1)
    assert made.money[0, 0].tolist() == [100, 175, 275]
    assert made.hours[0, 0].tolist() == [8, 4, 8]
    assert made.room[0, 0].tolist() == [1, -1, 1]


def street(**tables: pd.DataFrame) -> Problem:
    """Return two works in one street, both allowed in three years."""
    made = {
        "works": tiny_city.works(*((name, 2027, 2027, 2029, 10, 0, 1, 90, True, False, False) for name in "ab")),
        "sections": tiny_city.sections(("s", 20, 0, 0, 0)),
        "touches": tiny_city.pairs("work", "section", ("a", "s"), ("b", "s")),
    }
    return tiny_city.problem(**(made | tables))


def test_a_work_outside_its_window_or_its_fixed_year_is_not_put_there():
    years = {"a": 2030, "b": 2028}
    assert plan(fan(street(), years))["work"].tolist() == ["b"]
    fixed = street(fixed=pd.DataFrame({"work": ["b"], "year": [2029]}))
    assert plan(fan(fixed, years)).empty
    assert fan(fixed, years).ground.must.tolist() == [False, True]


def test_a_programme_is_the_same_in_every_future():
    empty = fan(street())
    assert years_of(empty, pd.DataFrame({"work": ["b", "z"], "year": [2029, 2027]})).tolist() == [[-1, 2]]
