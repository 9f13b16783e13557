"""What nobody gave holds nothing back, and what no demand forbids is done."""

from dataclasses import replace
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import hamlet_programme
import tiny_city
from koppelkans.programme.constraints import PIECES
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve_problem import solve_problem
from koppelkans.programme.undone import weighed_at_least
from koppelkans.programme.value import value_of
from often import few

LIGHT = settings(
    max_examples=few(7),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
Tables = dict[str, Any]
SHARED = {"funds": "budget_eur", "crews": "hours", "limits": "open_sections"}
DECIDED = ("fixed", "excluded", "ties")


def assumed(problem: Problem, factor: float) -> Problem:
    """Return a problem of which nobody gave a budget, hours or limit, with other numbers there."""
    tables = {}
    for name, column in SHARED.items():
        table = getattr(problem, name)
        amounts = (table[column] * factor).round().astype(table[column].dtype)
        tables[name] = table.assign(**{column: amounts}, basis="assumed")
    return replace(problem, **tables)


def free(problem: Problem) -> Problem:
    """Return a problem in which nothing is paid, worked or counted."""
    emptied = ("payments", "efforts", "limit_members")
    return replace(problem, **{name: getattr(problem, name).iloc[:0] for name in emptied})


def best(problem: Problem) -> pd.DataFrame:
    return solve_problem(problem, effort=Effort(seconds=20.0, gap=0.0)).programme


@LIGHT
@given(tiny_city.cities(), st.sampled_from([0.0, 0.5, 3.0]))
def test_a_number_that_nobody_gave_changes_nothing(tables: Tables, factor: float):
    city = tiny_city.problem(**tables)
    given_none = assumed(replace(city, fund_rules=city.fund_rules.iloc[:0]), factor)
    found, wanted = best(given_none), best(free(given_none))
    assert abs(value_of(given_none, found).total_eur - value_of(given_none, wanted).total_eur) < 1e-6


@LIGHT
@given(tiny_city.cities(), st.data())
def test_adding_a_work_never_raises_the_weighted_cost(tables: Tables, data: st.DataObject):
    problem = weighed_at_least(tiny_city.problem(**tables))
    problem = replace(problem, joints=problem.joints.iloc[:0])
    windows = {
        row.work: [year for year in problem.horizon.years if row.earliest_year <= year <= row.latest_year]
        for row in problem.works.itertuples()
    }
    placed = {work: data.draw(st.sampled_from([None, *map(int, years)])) for work, years in windows.items()}
    some = {work: year for work, year in placed.items() if year is not None}
    left = [work for work in windows if work not in some and windows[work]]
    before = value_of(problem, _programme(some)).total_eur
    for work in left:
        for year in windows[work]:
            assert value_of(problem, _programme(some | {work: int(year)})).total_eur <= before + 1e-6


def _programme(years: dict[str, int]) -> pd.DataFrame:
    return pd.DataFrame({"work": list(years), "year": list(years.values())}).astype({"work": "str", "year": "int64"})


@LIGHT
@given(tiny_city.cities())
def test_without_binding_demands_every_work_with_a_year_is_done(tables: Tables):
    city = tiny_city.problem(**tables)
    city = replace(city, **{name: getattr(city, name).iloc[:0] for name in (*DECIDED, "fund_rules")})
    city = weighed_at_least(assumed(city, 0.0))
    can = city.works[
        (city.works["earliest_year"] <= city.horizon.last) & (city.works["latest_year"] >= city.first_year)
    ]
    assert set(best(city)["work"]) == set(can["work"])


def test_no_reason_names_a_limit_that_nobody_gave():
    made = hamlet_programme.scheduled()
    shared = {piece.name for piece in PIECES.values() if piece.shared}
    assert set(made.problem.funds["basis"]) == {"assumed"}
    assert made.other_years.loc[made.other_years["blocked_by"].isin(shared)].empty
    assert made.money["left_eur"].eq(0).all()
    assert made.plan["year"].notna().sum() == len(made.problem.works)
