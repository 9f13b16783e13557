"""A search whose effort is counted gives the same each time, keeps every demand, and proves no more than is true."""

import math

import pytest

from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.solve import paced
from koppelkans.programme.solve.halt import Stall
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.optimise import optimise
from koppelkans.programme.solve.restart import restart
from small_problems import street

COUNTED = Effort(seconds=60, gap=0.0, nodes=1, seed=1)


@pytest.fixture(autouse=True)
def nothing_is_tiny(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paced, "TINY", 0)


def test_a_counted_search_comes_near_the_best_with_a_bound_that_holds_and_twice_the_same():
    city = street(24, seed=5)
    best = optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.0))
    first, second = (optimise(city, CONSTRAINTS, effort=COUNTED) for _ in range(2))
    assert best is not None
    assert first is not None
    assert second is not None
    assert best.value_eur * (1 - 1e-6) <= first.value_eur <= best.value_eur * 1.02
    assert first.bound_eur <= best.value_eur * (1 + 1e-6)
    assert (second.value_eur, second.bound_eur) == (first.value_eur, first.bound_eur)
    assert all(piece.judge(city, first.outcome).empty for piece in CONSTRAINTS)


def test_a_counted_search_never_worsens_the_programme_that_it_begins_with():
    city = street(24, seed=5)
    best = optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.0))
    assert best is not None
    again = restart(city, CONSTRAINTS, programme=best.outcome.programme, effort=COUNTED)
    assert again is not None
    assert again.value_eur == pytest.approx(best.value_eur, rel=1e-6)
    assert again.bound_eur <= best.value_eur * (1 + 1e-6)


def test_a_bound_has_stalled_after_three_looks_without_a_rise_that_counts():
    stall = Stall(0.01)
    assert [stall.sees(bound) for bound in (-math.inf, 100.0, 150.0, 151.0, 151.0, 160.0, 160.0, 161.0, 161.0)] == [
        *[False] * 8,
        True,
    ]
