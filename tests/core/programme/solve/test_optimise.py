"""The search itself, on invented cities too large to try everything: what it claims must be true, and repeatable."""

import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.solve import course as module
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.optimise import optimise
from koppelkans.programme.value import value_of
from small_problems import street


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


def test_what_must_be_done_brings_what_it_is_tied_to():
    # a must be done, but only after b, which nobody must do; b fits nowhere but in the first year.
    rows = tiny_city.works(
        ("a", 2027, 2028, 2029, 10, 0, 0, 5, True, False, True),
        ("b", 2027, 2027, 2027, 10, 0, 0, 5, True, False, False),
    )
    ties = pd.DataFrame({"work": ["a"], "other": ["b"], "least_years": [1], "most_years": [1]})
    answer = optimise(
        tiny_city.problem(rate=0.0, works=rows, ties=ties), CONSTRAINTS, effort=Effort(seconds=10, gap=0.0)
    )
    assert answer is not None
    assert answer.status == "proven"
    done = answer.outcome.programme
    assert dict(zip(done["work"], done["year"], strict=True)) == {"a": 2028, "b": 2027}


def test_no_programme_is_claimed_only_where_none_of_the_whole_exists():
    # Both must be done in the same year, and the purse holds one of them.
    rows = tiny_city.works(
        ("a", 2027, 2027, 2027, 10, 0, 0, 5, True, False, True), ("b", 2027, 2027, 2027, 10, 0, 0, 5, True, False, True)
    )
    payments = pd.DataFrame({"work": ["a", "b"], "fund": "f", "share": 1.0})
    funds = pd.DataFrame({"fund": "f", "year": [2027], "budget_eur": 15, "carries_over": False})
    city = tiny_city.problem(years=1, works=rows, payments=payments, funds=funds)
    answer = optimise(city, CONSTRAINTS, effort=Effort(seconds=10))
    assert answer is not None
    assert answer.status == "impossible"


def test_without_any_time_the_bound_is_every_work_in_its_best_year():
    """No search at all: no work can cost less than in its own best year or undone, and openings cost nothing yet."""
    city = street()
    answer = optimise(city, CONSTRAINTS, effort=Effort(seconds=1e-9))
    assert answer is not None
    shift = (1 + city.discount_rate) ** -(city.works["latest_year"] - city.first_year)
    assert answer.bound_eur >= (city.works["cost_eur"] * shift).sum() - 1e-6
    assert answer.bound_eur <= answer.value_eur
