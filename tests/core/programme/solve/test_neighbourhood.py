import time

import numpy as np
import pytest
from hypothesis import given

from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve import neighbourhood
from koppelkans.programme.solve.neighbourhood import improve
from koppelkans.programme.solve.standing import Standing
from tiny_city import best_by_trying, cities, pairs, problem, sections, works


def standing_of(city: Problem, *, seed: int = 1) -> tuple[Standing, object]:
    indexed = index_problem(city)
    standing = Standing(state(indexed, CONSTRAINTS).rows(), time.monotonic() + 60, goal=0.0, seed=seed)
    standing.offer(np.zeros(standing.rows.choices, dtype=bool))
    return standing, indexed


def row_of_houses(count: int = 30) -> Problem:
    """Return a street of sections with two owners each whose best years differ by two, and a purse of the whole street."""
    rows = [(f"w{at}", 2027, 2028 + 2 * (at % 2), 2034, 50, 1, 2, 400, True, False, False) for at in range(2 * count)]
    touches = [(f"w{at}", f"s{at // 2}") for at in range(2 * count)]
    return problem(
        years=8,
        works=works(*rows),
        sections=sections(*((f"s{at}", 100, 10, 2, 30) for at in range(count))),
        touches=pairs("work", "section", *touches),
    )


@given(cities())
def test_it_never_worsens_and_always_keeps_every_row(tables: dict[str, object]):
    city = problem(**tables)  # type: ignore[arg-type]
    standing, indexed = standing_of(city)
    before = standing.value
    improve(standing, indexed)  # type: ignore[arg-type]
    if standing.best is None:
        return
    assert standing.value <= before
    assert not standing.rows.broken(standing.best).any()
    best = best_by_trying(city)
    assert best is not None
    assert standing.value >= best - 1e-6


def test_planning_parts_anew_finds_that_neighbours_can_share_every_opening():
    standing, indexed = standing_of(row_of_houses())
    improve(standing, indexed)  # type: ignore[arg-type]
    assert standing.best is not None
    on = standing.best[: standing.rows.choices] > 0.5
    year = dict(zip(indexed.option_work[on], indexed.option_year[on], strict=True))  # type: ignore[attr-defined]
    assert len(year) == 60
    assert all(year[2 * at] == year[2 * at + 1] for at in range(30))


def test_the_same_seed_goes_the_same_way(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(neighbourhood, "MOST", 6)
    ends = []
    for _ in range(2):
        standing, indexed = standing_of(row_of_houses(), seed=3)
        improve(standing, indexed)  # type: ignore[arg-type]
        assert standing.best is not None
        ends.append(standing.best.tolist())
    assert ends[0] == ends[1]


def test_without_time_nothing_is_tried():
    standing, indexed = standing_of(row_of_houses(3))
    standing.deadline = time.monotonic()
    before = standing.value
    improve(standing, indexed)  # type: ignore[arg-type]
    assert standing.value == before
