"""The search itself, on invented cities too large to try everything: what it claims must be true, and repeatable."""

import numpy as np
import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve import optimise as module
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.optimise import optimise
from koppelkans.programme.value import value_of


def street(works: int = 40, *, seed: int = 1, years: int = 8) -> Problem:
    """Return a city of streets in a row with works of four owners on them."""
    chance = np.random.default_rng(seed)
    sections = works
    opens = chance.integers(2027, 2027 + years - 3, works)
    first = chance.integers(0, sections - 2, works)
    rows = pd.DataFrame({"work": [f"w{at}" for at in range(works)], "earliest_year": opens})
    rows["best_year"], rows["latest_year"] = opens + 1, opens + chance.integers(2, 4, works)
    rows["cost_eur"] = chance.integers(20_000, 200_000, works)
    rows["early_eur_per_year"], rows["late_eur_per_year"] = rows["cost_eur"] // 50, rows["cost_eur"] // 30
    rows["undone_eur"] = rows["cost_eur"] * 3
    rows["digs"], rows["resurfaces"] = chance.random(works) < 0.7, chance.random(works) < 0.4
    owner = chance.choice(["sewer", "gas", "water", "roads"], works)
    touches = pd.DataFrame(
        {"work": np.repeat(rows["work"], 2), "section": np.repeat(first, 2) + np.tile([0, 1], works)}
    )
    yearly = rows["cost_eur"].groupby(owner).sum() * 3 // years
    funds = pd.DataFrame([(fund, 2027 + year, amount, 1) for fund, amount in yearly.items() for year in range(years)])
    places = [(at, *chance.integers(10_000, 60_000, 2), 3, 40_000) for at in range(sections)]
    return tiny_city.problem(
        years=years,
        works=rows,
        sections=tiny_city.sections(*places),
        touches=touches,
        payments=pd.DataFrame({"work": rows["work"], "fund": owner, "share": 1.0}),
        funds=funds.set_axis(["fund", "year", "budget_eur", "carries_over"], axis=1),
    )


def test_the_value_is_the_recomputed_value_and_the_bound_lies_under_it():
    city = street()
    answer = optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.02))
    assert answer is not None
    assert answer.status == "proven"
    assert answer.value_eur == pytest.approx(value_of(city, answer.outcome.programme).total_eur)
    assert answer.bound_eur <= answer.value_eur
    assert answer.gap <= 0.02
    for piece in CONSTRAINTS:
        assert piece.judge(city, answer.outcome).empty


def test_the_long_way_agrees_with_the_short_way(monkeypatch: pytest.MonkeyPatch):
    city = street()
    short = optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.0))
    monkeypatch.setattr(module, "SMALL", 0)
    long = optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.0))
    assert short is not None
    assert long is not None
    assert long.value_eur == pytest.approx(short.value_eur, rel=1e-6)
    assert long.bound_eur == pytest.approx(short.value_eur, rel=1e-6)


def test_the_same_seed_gives_the_same_programme(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "SMALL", 0)
    city = street(80, seed=2)
    answers = [optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.02, seed=3)) for _ in range(2)]
    assert answers[0] is not None
    assert answers[1] is not None
    pd.testing.assert_frame_equal(answers[0].outcome.programme, answers[1].outcome.programme)
    assert answers[0].bound_eur == answers[1].bound_eur


def test_stopped_at_its_limit_it_hands_over_a_programme_with_its_gap(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "SMALL", 0)
    city = street(400, seed=4)
    answer = optimise(city, CONSTRAINTS, effort=Effort(seconds=0.02, gap=0.0))
    assert answer is not None
    assert answer.status == "time_limit"
    assert answer.bound_eur <= answer.value_eur
    for piece in CONSTRAINTS:
        assert piece.judge(city, answer.outcome).empty


def test_progress_is_told():
    heard: list[float] = []
    optimise(
        street(), CONSTRAINTS, effort=Effort(seconds=60, gap=0.05), progress=lambda share, _words: heard.append(share)
    )
    assert heard == sorted(heard)
    assert heard[0] == 0.0


def test_a_year_without_works_is_proven_at_once():
    works = tiny_city.works(("a", 2040, 2040, 2041, 10, 0, 0, 20, True, False, False))
    answer = optimise(tiny_city.problem(works=works), CONSTRAINTS, effort=Effort(seconds=1))
    assert answer is not None
    assert (answer.value_eur, answer.bound_eur, answer.status) == (20.0, 20.0, "proven")
