"""A reason holds: with every demand of an obstacle the work fits nowhere, and with one of them less it fits."""

from itertools import combinations, product
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import tiny_city
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.desk import counted
from koppelkans.programme.left_out import shut_words
from koppelkans.programme.obstacle import never_fit, obstacle_of, only
from koppelkans.programme.problem import Problem

LIGHT = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


def broken_sets(city: Problem, work: str) -> list[set[tuple[str, str]]]:
    """Return for every programme with the work in one of its years the demands that the judges find broken."""
    fixed = dict(zip(city.fixed["work"], city.fixed["year"], strict=True))
    span = range(city.first_year, city.first_year + city.years)
    years = {
        row.work: [year for year in span if row.earliest_year <= year <= row.latest_year or fixed.get(row.work) == year]
        for row in city.works.itertuples()
    }
    every = [years[name] if name == work else [None, *years[name]] for name in years]
    found = []
    for chosen in product(*every):
        pairs = [(name, year) for name, year in zip(years, chosen, strict=True) if year is not None]
        programme = pd.DataFrame(pairs, columns=["work", "year"]).astype({"work": "str", "year": "int64"})
        outcome = counted(city, programme)
        found.append({(piece.name, about) for piece in CONSTRAINTS for about in piece.judge(city, outcome)["about"]})
    return found


def holds(broken: list[set[tuple[str, str]]], demands: set[tuple[str, str]]) -> bool:
    """Tell whether some programme keeps these demands."""
    return any(one.isdisjoint(demands) for one in broken)


@LIGHT
@given(tiny_city.cities(must=True), st.integers(0, 9))
def test_a_reason_taken_away_lets_the_work_in(tables: dict[str, Any], which: int):
    city = tiny_city.problem(**tables)
    work = str(city.works["work"].iloc[which % len(city.works)])
    found, broken = obstacle_of(city, work), broken_sets(city, work)
    assert found.settled
    assert found.possible == any(not one for one in broken)
    asked = set(found.demands)
    assert found.possible or not holds(broken, asked)
    for demand in asked:
        assert holds(broken, asked - {demand}), demand
    every = {demand for one in broken for demand in one}
    if asked:
        assert holds(broken, every - set(found.lifted))
        for demand in found.lifted:
            assert not holds(broken, every - (set(found.lifted) - {demand})), demand


@LIGHT
@given(tiny_city.cities(), st.integers(0, 1))
def test_a_work_never_fits_where_it_breaks_a_shared_demand_in_each_of_its_years_alone(
    tables: dict[str, Any], which: int
):
    city = tiny_city.problem(**tables | {"openings_paid": which == 1})
    told = {one.work: one for one in never_fit(city)}
    for work in city.works["work"]:
        shared = {piece.name for piece in CONSTRAINTS if piece.shared}
        alone = only(city, [work])
        broken = [{pair for pair in one if pair[0] in shared} for one in broken_sets(alone, work)]
        assert (work in told) == (not holds(broken, {pair for one in broken for pair in one})), work
        if work in told and told[work].demands:
            one, every = told[work], broken_sets(alone, work)
            assert sorted(map(sorted, one.alone.values())) == sorted(map(sorted, every))
            assert all(set(one.demands) & broken for broken in every)
            few = combinations(sorted({pair for broken in every for pair in broken}), len(one.demands) - 1)
            assert not any(all(set(some) & broken for broken in every) for some in few)
            assert all(one.left_by(demand) for demand in one.demands) == (len(one.demands) > 1)
            assert one.let_in
            words = shut_words(city, one, never=True, lang="nl")
            assert ("Samen laten ze geen jaar over" in words) == (len(one.demands) > 1)


def test_a_bridge_that_money_and_hours_each_let_in_but_never_in_one_year_is_told_so():
    works = tiny_city.works(("bridge", 2027, 2027, 2028, 40, 0, 0, 99, True, False, False))
    city = tiny_city.problem(
        years=2,
        works=works,
        payments=pd.DataFrame({"work": ["bridge"], "fund": ["reserve"], "share": [1.0]}),
        funds=pd.DataFrame({"fund": "reserve", "year": [2027, 2028], "budget_eur": [25, 25], "carries_over": True}),
        efforts=pd.DataFrame({"work": ["bridge"], "crew": ["civil"], "hours": [9.0]}),
        crews=pd.DataFrame({"crew": "civil", "year": [2027, 2028], "hours": [9.0, 4.0]}),
    )
    (one,) = never_fit(city)
    assert one.demands == (("budget", "reserve"), ("crew", "civil"))
    words = shut_words(city, one, never=True, lang="nl")
    assert (
        "Samen laten ze geen jaar over: het budget van reserve: alleen in 2028; de uren van civil: alleen in 2027."
        in words
    )
    assert "het budget van reserve in 2027: € 40 in plaats van € 25" in words
