from typing import Any

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings

import tiny_city
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.clash import Clash, clashing
from koppelkans.programme.solve.highs import Effort, search
from koppelkans.programme.statement import without


def clash(city: Problem) -> Clash:
    said = state(index_problem(city), CONSTRAINTS)
    return clashing(said.rows(), said.told)


def city(*, budget: int = 100, hours: int = 100, fixed: tuple[tuple[str, int], ...] = (), must: bool = True) -> Problem:
    return tiny_city.problem(
        years=2,
        works=tiny_city.works(*((name, 2027, 2027, 2028, 10, 0, 0, 50, True, False, must) for name in ("a", "b", "c"))),
        payments=pd.DataFrame({"work": ["a", "b", "c"], "fund": ["f", "f", "g"], "share": 1.0}),
        funds=pd.DataFrame(
            {
                "fund": ["f", "f", "g", "g"],
                "year": [2027, 2028] * 2,
                "budget_eur": [budget, budget, 99, 99],
                "carries_over": False,
            }
        ),
        efforts=pd.DataFrame({"work": ["a", "b", "c"], "crew": "crew", "hours": 1}),
        crews=pd.DataFrame({"crew": "crew", "year": [2027, 2028], "hours": hours}),
        fixed=tiny_city.pairs("work", "year", *fixed),
    )


def test_two_works_fixed_to_one_year_clash_with_the_purse_that_holds_one():
    found = clash(city(budget=10, fixed=(("a", 2027), ("b", 2027)), must=False))
    assert found == (("budget", "f"), ("fixed", "a"), ("fixed", "b"))


def test_three_duties_clash_with_hours_for_two():
    found = clash(city(hours=1))
    assert found == (("crew", "crew"), ("mandatory", "a"), ("mandatory", "b"), ("mandatory", "c"))


def test_a_fixed_year_outside_the_window_clashes_with_the_window():
    works = tiny_city.works(("a", 2027, 2027, 2027, 10, 0, 0, 50, True, False, False))
    fixed = tiny_city.pairs("work", "year", ("a", 2028))
    assert clash(tiny_city.problem(years=2, works=works, fixed=fixed)) == (("fixed", "a"), ("once", "a"))


@settings(
    max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(tiny_city.cities(must=True))
def test_the_demands_clash_and_without_any_one_of_them_a_programme_exists(tables: dict[str, Any]):
    problem = tiny_city.problem(**tables)
    if tiny_city.best_by_trying(problem) is not None:
        return
    said = state(index_problem(problem), CONSTRAINTS)
    rows = said.rows()
    found = set(clashing(rows, said.told))
    every = {(block.constraint, str(name)) for block in said.told if block.about is not None for name in block.about}

    def possible(held: set[tuple[str, str]]) -> bool:
        return not search(without(rows, said.told, every - held), Effort(seconds=10)).impossible

    assert not possible(found)
    assert all(possible(found - {one}) for one in found)


def test_leaving_out_any_one_demand_makes_a_programme_possible():
    problem = city(budget=10, fixed=(("a", 2027), ("b", 2027)), must=False)
    easier = (
        city(budget=20, fixed=(("a", 2027), ("b", 2027)), must=False),
        city(budget=10, fixed=(("a", 2027),), must=False),
        city(budget=10, fixed=(("b", 2027),), must=False),
    )
    assert tiny_city.best_by_trying(problem) is None
    assert all(tiny_city.best_by_trying(other) is not None for other in easier)


def many(count: int) -> Problem:
    """Return duties of 10 to 19 in two years with a purse of 15 a year, 15 for each two works: too little for all."""
    names = [f"w{at:03d}" for at in range(count)]
    return tiny_city.problem(
        years=2,
        works=tiny_city.works(
            *((name, 2027, 2027, 2028, 10 + at % 10, 0, 0, 50, True, False, True) for at, name in enumerate(names))
        ),
        payments=pd.DataFrame({"work": names, "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028], "budget_eur": 6 * count, "carries_over": False}),
        crews=pd.DataFrame({"crew": "c", "year": [2027, 2028], "hours": count}),
        efforts=pd.DataFrame({"work": names, "crew": "c", "hours": 1}),
    )


def test_of_many_duties_just_so_many_clash_that_without_any_one_the_others_fit():
    """80 works of 10 to 19 ask 1,160, and the purse has 480 a year: sums of whole euros fill both years where they can."""
    found = clash(many(80))
    assert found.smallest
    assert found[0] == ("budget", "f")
    duties = [name for kind, name in found if kind == "mandatory"]
    assert len(duties) == len(found) - 1
    costs = [10 + int(name[1:]) % 10 for name in duties]
    assert sum(costs) > 2 * 480
    assert sum(costs) - min(costs) <= 2 * 480


def test_without_time_the_demands_clash_but_are_not_said_to_be_the_fewest():
    said = state(index_problem(many(20)), CONSTRAINTS)
    found = clashing(said.rows(), said.told, patience=0.0)
    assert not found.smallest
    assert ("budget", "f") in found
