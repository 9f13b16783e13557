"""A fan knows what each programme is worth and what it leaves in purses, crews and streets, future by future."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiny_city
from fanned import fan, kept, plan
from koppelkans.programme.futures.adapt import fits
from koppelkans.programme.futures.draw import Odds, come_out, drawn
from koppelkans.programme.futures.fan import again, fan_of, within, worth
from koppelkans.programme.futures.placed import placed
from koppelkans.programme.placed import UNDONE
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
    empty = fan_of(problem, come_out(problem, came), 2)
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
