"""What no longer fits is left out, the cheapest first; what a judge faults is planned anew."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import tiny_city
from fanned import fan, kept, plan
from koppelkans.programme.futures.batch import placed
from koppelkans.programme.futures.obey import obeying, repair
from koppelkans.programme.problem import Problem
from koppelkans.programme.quarters import quarters


def purse(*budgets: int, carries: bool = True) -> pd.DataFrame:
    rows = [("f", 2027 + at, eur, carries) for at, eur in enumerate(budgets)]
    return pd.DataFrame(rows, columns=["fund", "year", "budget_eur", "carries_over"])


def city(*undone: int, must: tuple[int, ...] = (), **tables: pd.DataFrame) -> Problem:
    """Return works a, b, c ... of 10 each, that open nothing and cost this much when left undone."""
    names = "abcdef"[: len(undone)]
    rows = [
        (name, 2027, 2027, 2029, 10, 0, 0, eur, True, False, at in must)
        for at, (name, eur) in enumerate(zip(names, undone, strict=True))
    ]
    payments = pd.DataFrame({"work": list(names), "fund": "f", "share": 1.0})
    return tiny_city.problem(rate=0.0, works=tiny_city.works(*rows), payments=payments, **tables)


def left(problem: Problem, *years: int, limits: bool = True) -> list[str]:
    made = fan(problem, dict(zip("abcdef", years, strict=False)))
    repair(made, limits=limits)
    return plan(made)["work"].tolist()


def test_where_money_is_short_the_work_that_matters_least_goes():
    assert left(city(50, 30, 40, funds=purse(20, 0, 0)), 2027, 2027, 2027) == ["a", "c"]


def test_a_purse_that_carries_over_may_be_freed_in_an_earlier_year():
    assert left(city(20, 40, funds=purse(10, 0, 0)), 2027, 2028) == ["b"]
    assert left(city(20, 40, funds=purse(10, 0, 0, carries=False)), 2027, 2028) == ["a"]


def test_what_must_be_done_goes_last():
    assert left(city(50, 0, funds=purse(10, 0, 0), must=(1,)), 2027, 2027) == ["b"]


def test_a_tied_work_goes_with_the_one_that_it_is_tied_to():
    ties = pd.DataFrame({"work": ["c"], "other": ["b"], "least_years": [0], "most_years": [0]})
    assert left(city(50, 12, 40, funds=purse(20, 0, 0), ties=ties), 2027, 2027, 2027) == ["a"]


def test_limits_are_kept_only_when_asked():
    streets = {
        "sections": tiny_city.sections(("s", 1, 0, 0, 0), ("t", 1, 0, 0, 0)),
        "touches": tiny_city.pairs("work", "section", ("a", "s"), ("b", "t")),
        "limits": pd.DataFrame({"limit": ["l"], "open_sections": [1]}),
        "limit_members": tiny_city.pairs("limit", "section", ("l", "s"), ("l", "t")),
        "funds": purse(100, 0, 0),
    }
    assert left(city(50, 30, **streets), 2027, 2027) == ["a"]
    assert left(city(50, 30, **streets), 2027, 2027, limits=False) == ["a", "b"]


@settings(max_examples=8, deadline=None)
@given(tiny_city.cities(must=True), st.data())
def test_the_judge_finds_nothing_broken_but_what_must_be_done(tables: dict[str, object], data: st.DataObject):
    problem = tiny_city.problem(**tables)  # type: ignore[arg-type]
    names = problem.works["work"].tolist()
    made = fan(problem, {name: data.draw(st.integers(2027, 2027 + problem.years - 1)) for name in names})
    repair(made)
    assert kept(problem, plan(made)).drop(["mandatory", "fixed"]).all()


def street() -> Problem:
    """Return two works of 10, one purse with 10 a year, and 5 a year for being late."""
    rows = [(name, 2027, 2027, 2029, 10, 0, 5, 900, True, False, False) for name in "ab"]
    return tiny_city.problem(
        rate=0.0,
        works=tiny_city.works(*rows),
        payments=pd.DataFrame({"work": ["a", "b"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": 10, "carries_over": False}),
    )


def test_what_a_judge_faults_is_planned_anew_at_its_best():
    problem = street()
    stood = fan(problem, {"a": 2027, "b": 2029})
    made = obeying(stood, placed(stood, np.asarray([[0, 0]])), quarters(problem, 1))
    assert kept(problem, plan(made)).all()
    assert sorted(plan(made)["year"]) == [2027, 2028]  # one of them waits a year, which is better than two


def test_what_holds_is_left_as_it_is():
    problem = street()
    stood = fan(problem, {"a": 2027, "b": 2029})
    planned = placed(stood, np.asarray([[0, 1]]))
    assert obeying(stood, planned, quarters(problem, 1)) is planned
