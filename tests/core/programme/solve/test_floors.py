from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

import small_problems
import tiny_city
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve import proven as room
from koppelkans.programme.solve.proven import lower_bounds


def floor(city: Problem, work: int) -> dict[int, float]:
    """Return the bound of each year of a work beside the programme in which nothing is done."""
    said = state(index_problem(city), CONSTRAINTS)
    options, found = lower_bounds(said, CONSTRAINTS, work=work, extra=said.indexed.option_eur)
    return dict(zip((said.indexed.option_year[options] + city.first_year).tolist(), found.tolist(), strict=True))


@pytest.mark.parametrize(("small", "block"), [(1500, 700), (-1, 700), (-1, -1)], ids=["tree", "prices", "relaxation"])
@settings(max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(tables=tiny_city.cities())
def test_no_programme_with_a_work_in_a_year_beats_its_bound(tables: dict[str, Any], small: int, block: int):
    city = tiny_city.problem(**tables)
    book = tiny_city.Book(city)
    best: dict[tuple[str, int], float] = {}
    for chosen in tiny_city.every_programme(city):
        cost = book.cost(chosen)
        for pair in chosen.items() if cost is not None else ():
            best[pair] = min(best.get(pair, np.inf), cost or 0.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "WHOLE", small)
        patch.setattr(room, "BLOCK", block)
        for place, work in enumerate(city.works["work"]):
            inside = city.works["earliest_year"].iloc[place] <= city.horizon.last
            for year, found in (floor(city, place) if inside else {}).items():
                assert found <= best.get((work, year), np.inf) + 1e-4


def test_two_streets_are_bounded_by_the_price_of_their_purse(monkeypatch: pytest.MonkeyPatch):
    """One of two works fits: 10 + 5 for it and 90 for the other. The purse saves 75 a work; with that price the bound is exact."""
    monkeypatch.setattr(room, "WHOLE", -1)
    assert floor(small_problems.two_streets(10), 0)[2027] == pytest.approx(105, abs=1e-3)


def test_what_cannot_be_is_bounded_by_nothing():
    """No money at all: no programme has the work, and any number bounds it."""
    assert floor(small_problems.two_streets(0), 0)[2027] == np.inf
