import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings

from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.ascent import Ascended, ascend
from koppelkans.programme.solve.improve import settle_mix
from koppelkans.programme.solve.incumbent import Incumbent
from often import few
from small_problems import blocks_of, two_streets
from tiny_city import best_by_trying, cities, problem


def ascended(city: Problem, *, seconds: float = 30) -> tuple[Incumbent, Ascended]:
    blocks = blocks_of(city)
    incumbent = Incumbent(blocks.rows, time.monotonic() + seconds, goal=0.0, seed=0)
    incumbent.offer(np.zeros(blocks.rows.choices, dtype=bool))
    with ThreadPoolExecutor(2) as pool:
        return incumbent, ascend(incumbent, blocks, pool=pool, tell=lambda _share: None)


def test_prices_prove_that_one_of_two_works_is_the_best_that_the_purse_allows():
    incumbent, found = ascended(two_streets(10))
    assert incumbent.bound == pytest.approx(105.0, abs=1e-3)
    assert found.prices.tolist() == pytest.approx([-7.5])
    assert found.used.all()


def test_without_time_there_is_no_price_and_no_claim():
    incumbent, found = ascended(two_streets(10), seconds=0)
    assert not found.prices.any()
    assert incumbent.bound == -np.inf


@settings(max_examples=few(12))
@given(cities(must=True))
def test_the_bound_lies_under_the_best_by_trying_everything(tables: dict[str, object]):
    city = problem(**tables)  # type: ignore[arg-type]
    best = best_by_trying(city)
    if best is None or not blocks_of(city).count:
        return
    incumbent, _ = ascended(city)
    assert incumbent.bound <= best + 1e-9
    if incumbent.best is not None:
        assert incumbent.value >= best - 1e-6


@settings(max_examples=few(5), deadline=None)
@given(cities(paid=True))
def test_with_paid_openings_the_bound_lies_under_and_the_settled_mix_above_the_best(tables: dict[str, object]):
    city = problem(**tables)  # type: ignore[arg-type]
    if not blocks_of(city).count:
        return
    best = best_by_trying(city)
    assert best is not None
    incumbent, found = ascended(city)
    settle_mix(incumbent, found.master)
    assert incumbent.bound <= best + 1e-3
    assert incumbent.value >= best - 1e-3
    assert incumbent.best is not None
    assert not incumbent.rows.broken(incumbent.best).any()
