"""No year is called free that a judge faults: of every constraint, on random small problems and random programmes."""

from random import Random
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import tiny_city
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.judge import blocked_years, derived_blocked
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem
from often import few

LIGHT = settings(
    max_examples=few(5),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


def any_programmes(city: Problem, chance: Random, count: int = 2) -> PlacedWorks:
    """Return programmes with every work in any year or undone, whether that holds together or not."""
    return PlacedWorks(
        city, np.asarray([[chance.randrange(-1, city.years) for _ in city.works["work"]] for _ in range(count)])
    )


@LIGHT
@given(tiny_city.cities(must=True), st.randoms(use_true_random=False))
def test_a_year_is_blocked_where_the_judge_finds_a_fault_that_was_not_there(tables: dict[str, Any], chance: Random):
    blocked_equals_judged(tables, chance)


@LIGHT
@given(tiny_city.cities(must=True, paid=True), st.randoms(use_true_random=False))
def test_with_paid_openings_a_year_is_blocked_where_the_judge_finds_a_new_fault(tables: dict[str, Any], chance: Random):
    blocked_equals_judged(tables, chance)


@settings(LIGHT, max_examples=few(3))
@given(tiny_city.cities(must=True, long=True), st.randoms(use_true_random=False))
def test_of_works_of_several_years_a_start_is_blocked_where_the_judge_finds_a_new_fault(
    tables: dict[str, Any], chance: Random
):
    blocked_equals_judged(tables, chance)


def blocked_equals_judged(tables: dict[str, Any], chance: Random) -> None:
    placed = any_programmes(tiny_city.problem(**tables), chance)
    works = np.arange(len(placed.problem.works))[::-1]
    told, derived = (ask(CONSTRAINTS, placed, works) for ask in (blocked_years, derived_blocked))
    for piece, quick, slow in zip(CONSTRAINTS, told, derived, strict=True):
        assert quick.years.tolist() == slow.years.tolist(), piece.name
        assert not quick.years[~placed.elsewhere(works)].any()
        assert set(quick.names[quick.about[quick.years]]) <= set(slow.names), piece.name
