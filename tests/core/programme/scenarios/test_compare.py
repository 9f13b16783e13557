"""Scenarios of a city small enough to work out by hand, and what must hold between them."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiny_city
from koppelkans.programme.change import Knobs
from koppelkans.programme.problem import Problem
from koppelkans.programme.scenarios import Scenario, Tried, compare
from koppelkans.programme.scenarios.scenario import Avoid
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve_problem import solve_problem

PROVEN = Effort(seconds=20, gap=0.0, seed=1)


def named(name: str, **parts: object) -> Scenario:
    return Scenario(name, name, name, **parts)


def street() -> Problem:
    """Return two works in one street of which opening costs 10 and nuisance 2, and a purse of 30 in 2027 alone.

    By hand, nothing discounted: the sewer (20, undone 90) and the trees (10, undone 40 of which 30 is ambition) fit
    together: 20 + 10 + 10 + 2 = 42. With a purse of 24 only the sewer fits: 20 + 12 + 40 = 72. With a purse of 12 only the
    trees: 10 + 12 + 90 = 112. With a purse of 6 nothing: 130.
    """
    works = tiny_city.works(
        ("sewer", 2027, 2027, 2027, 20, 0, 0, 90, True, False, False),
        ("trees", 2027, 2027, 2027, 10, 0, 0, 40, True, False, False),
    ).assign(owner=["water", "groen"], ambition_eur=[0, 30])
    return tiny_city.problem(
        years=1,
        rate=0.0,
        works=works,
        sections=tiny_city.sections(("s", 10, 2, 0, 0)),
        touches=tiny_city.pairs("work", "section", ("sewer", "s"), ("trees", "s")),
        funds=pd.DataFrame({"fund": ["f"], "year": [2027], "budget_eur": [30], "carries_over": [False]}),
        payments=pd.DataFrame({"work": ["sewer", "trees"], "fund": ["f", "f"], "share": [1.0, 1.0]}),
    )


def tried(problem: Problem, *scenarios: Scenario) -> dict[str, Tried]:
    base = solve_problem(problem, effort=PROVEN)
    made = compare(problem, base.programme, scenarios, effort=PROVEN, bound_eur=base.bound_eur)
    assert [one.scenario.name for one in made] == ["base", *(scenario.name for scenario in scenarios)]
    assert all(one.faults == 0 for one in made)
    return {one.scenario.name: one for one in made}


def test_less_money_leaves_undone_what_can_best_be_missed():
    wanted = {1.0: (["sewer", "trees"], 42), 0.8: (["sewer"], 72), 0.4: (["trees"], 112), 0.2: ([], 130)}
    found = tried(street(), *(named(str(money), knobs=Knobs(money=money)) for money in wanted))
    for money, (works, value) in wanted.items():
        one = found[str(money)]
        assert sorted(one.programme["work"]) == works
        assert one.value.total_eur == pytest.approx(value)
        assert one.bound_eur == pytest.approx(value)
        assert one.gap == pytest.approx(0.0, abs=1e-6)


def test_a_board_that_wants_quality_chooses_the_trees():
    """With a purse of 20 one fits: sewer leaves 40 undone, trees 90. Quality x 4 makes that 10 + 120 against 90."""
    problem = street()
    poor = named("poor", knobs=Knobs(money=2 / 3))
    green = named("green", knobs=Knobs(money=2 / 3, quality=4.0))
    found = tried(problem, poor, green)
    assert found["poor"].programme["work"].tolist() == ["sewer"]
    assert found["green"].programme["work"].tolist() == ["trees"]
    assert found["green"].value.total_eur == pytest.approx(10 + 12 + 90)
    assert found["green"].here.total_eur == pytest.approx(112)


def test_a_work_that_must_be_done_and_may_not_has_no_programme_and_says_why():
    problem = street()
    must = problem.works.assign(mandatory=[True, False])
    problem = Problem(
        **{name: getattr(problem, name) for name in Problem.TABLES} | {"works": must},
        first_year=2027,
        years=1,
        discount_rate=0.0,
    )
    found = tried(problem, named("never", changes=(Avoid("sewer"),)))["never"]
    assert found.status == "impossible"
    assert found.value is None
    assert {name for name, _ in found.clash} == {"mandatory", "excluded"}


def test_every_scenario_is_told_when_it_is_solved():
    heard: list[str] = []
    problem = street()
    base = solve_problem(problem, effort=PROVEN)
    compare(problem, base.programme, [named("a"), named("b")], effort=PROVEN, tell=heard.append)
    assert sorted(heard) == ["a", "b"]


@settings(max_examples=3)
@given(
    city=tiny_city.cities(),
    factors=st.lists(st.sampled_from([0.0, 0.5, 0.9, 1.1, 2.0]), min_size=2, max_size=2, unique=True),
)
def test_more_money_never_makes_the_best_worse_and_knobs_of_one_change_nothing(city: dict, factors: list[float]):
    problem = tiny_city.problem(**city)
    points = [named(f"m{factor}", knobs=Knobs(money=factor)) for factor in sorted(factors)]
    found = tried(problem, *points, named("same"))
    values = [found[point.name].value.total_eur for point in points]
    assert values == sorted(values, reverse=True) or max(values) - min(values) < 1e-6
    base = found["base"].value.total_eur
    assert found["same"].value.total_eur == pytest.approx(base, abs=1e-6)
    for point, value in zip(points, values, strict=True):
        assert (value >= base - 1e-6) if point.knobs.money <= 1 else (value <= base + 1e-6)
        best = tiny_city.best_by_trying(found[point.name].problem)
        assert value == pytest.approx(best, abs=1e-6)
        assert found[point.name].bound_eur <= value + 1e-6


def test_points_of_the_curve_help_each_other():
    """With no effort at all each search keeps its start: the base programme, lightened until it fits."""
    problem = street()
    nothing = pd.DataFrame({"work": [], "year": []}).astype({"work": "str", "year": "int64"})
    lazy = Effort(seconds=0.1, gap=1.0, turns=1, seed=1)
    points = [named("m0.8", knobs=Knobs(money=0.8)), named("m2", knobs=Knobs(money=2.0))]
    made = {one.scenario.name: one for one in compare(problem, nothing, points, effort=lazy)}
    assert made["m2"].value.total_eur <= made["m0.8"].value.total_eur
    assert made["m0.8"].bound_eur >= made["m2"].bound_eur
