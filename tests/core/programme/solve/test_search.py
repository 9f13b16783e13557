"""The search itself, on invented cities too large to try everything: what it claims must be true, and repeatable."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

import tiny_city
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.solve import course, search
from koppelkans.programme.solve.course import COURSES, POLISH, SearchCourse, course_of
from koppelkans.programme.solve.decompose import shared_rows
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.improve import Neighbourhoods
from koppelkans.programme.solve.incumbent import Incumbent
from koppelkans.programme.solve.search import optimise
from koppelkans.programme.value import value_of
from small_problems import street, two_streets


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


def only(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let every problem take one course, and find out whether it falls apart."""
    taken = next(one for one in COURSES if one.name == name)
    monkeypatch.setattr(course, "COURSES", (SearchCourse(taken.name, np.inf, "any", taken.steps, taken.again),))
    monkeypatch.setattr(search, "WHOLE", 0)


@pytest.mark.parametrize("name", [one.name for one in COURSES])
def test_every_course_finds_and_proves_the_same(monkeypatch: pytest.MonkeyPatch, name: str):
    city = street(16, seed=5)
    known = optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.0))
    assert known is not None
    assert known.status == "proven"
    only(monkeypatch, name)
    result = optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.0, turns=1))
    assert result is not None
    assert known.value_eur * (1 - 1e-9) <= result.value_eur <= known.value_eur * 1.02
    assert result.bound_eur <= known.value_eur * (1 + 1e-6)
    assert all(piece.judge(city, result.outcome).empty for piece in CONSTRAINTS)


@pytest.mark.parametrize("name", ["small", "dense", "middle", "city"])
def test_the_same_seed_gives_the_same_programme_and_bound(monkeypatch: pytest.MonkeyPatch, name: str):
    only(monkeypatch, name)
    city = street(30, seed=2)
    results = [optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.0, seed=3, turns=1)) for _ in range(2)]
    assert results[0] is not None
    assert results[1] is not None
    pd.testing.assert_frame_equal(results[0].outcome.programme, results[1].outcome.programme)
    assert results[0].bound_eur == results[1].bound_eur


def test_once_the_gap_is_reached_a_small_problem_is_polished_until_nothing_is_left_to_gain():
    """Leaving everything undone is near enough where the gap may be all; a few rounds still bring it down."""
    said = state(index_problem(street(16, seed=5)), CONSTRAINTS)
    rows = said.rows()
    incumbent = Incumbent(rows, time.monotonic() + 60, goal=1.0, seed=1, bound=0.0)
    incumbent.offer(np.zeros(rows.choices, dtype=bool))
    undone = incumbent.value
    assert incumbent.proven
    assert search._due(incumbent, POLISH)
    among = Neighbourhoods(incumbent, said.indexed, shared_rows(said, CONSTRAINTS))
    with ThreadPoolExecutor(max_workers=2) as pool:
        search._polish(search._Trip(among, pool, lambda _share, _words: None, None), POLISH)
    assert incumbent.value < undone
    assert (incumbent.bound, incumbent.goal) == (0.0, 1.0)
    incumbent.prove(incumbent.value)
    assert not search._due(incumbent, POLISH)


def test_more_turns_never_give_a_worse_programme_or_bound(monkeypatch: pytest.MonkeyPatch):
    only(monkeypatch, "dense")
    city = street(20, seed=2)
    one, two = (optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.0, turns=turns)) for turns in (1, 2))
    assert one is not None
    assert two is not None
    assert two.value_eur <= one.value_eur
    assert two.bound_eur >= one.bound_eur


def test_there_is_a_course_for_every_size_and_shape():
    for choices in (1, 1_500, 1_501, 3_500, 10_000, 30_000, 10**7):
        for falls_apart in (True, False):
            assert course_of(choices, falls_apart=falls_apart).steps
    assert course_of(2_906, falls_apart=False).name == "dense"
    assert course_of(2_906, falls_apart=True).name == "small streets"


def test_a_search_never_worsens_the_programme_that_it_begins_with(monkeypatch: pytest.MonkeyPatch):
    city = street(16, seed=5)
    best = optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.0))
    assert best is not None
    only(monkeypatch, "dense")
    again = optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.0, turns=1), start=best.outcome.programme)
    assert again is not None
    assert again.value_eur == pytest.approx(best.value_eur, rel=1e-6)
    assert again.bound_eur <= best.value_eur * (1 + 1e-6)


def test_only_rows_that_say_at_most_of_money_people_and_streets_are_shared():
    said = state(index_problem(two_streets(10)), CONSTRAINTS)
    assert int(shared_rows(said, CONSTRAINTS).sum()) == 1
    assert {piece.name for piece in CONSTRAINTS if piece.shared} == {"budget", "crew", "limit"}


def test_stopped_at_its_limit_it_hands_over_a_programme_with_its_gap(monkeypatch: pytest.MonkeyPatch):
    only(monkeypatch, "dense")
    city = street(400, seed=4)
    answer = optimise(city, CONSTRAINTS, effort=Effort(seconds=0.02, gap=0.0))
    assert answer is not None
    assert answer.status == "time_limit"
    assert answer.bound_eur <= answer.value_eur
    for piece in CONSTRAINTS:
        assert piece.judge(city, answer.outcome).empty


def test_rounds_are_heard_of_by_their_number_and_not_by_the_clock():
    """Who asks for round 2 waits for it, and does not hear of round 3 that was over by then."""
    log = search._Log(100.0)
    rounds = {1: 90.0, 2: 80.0, 3: 70.0}
    for turn, value in rounds.items():
        log.add(turn, value, np.array([turn > 2]))
    assert log.by(0, left=1.0) == 100.0
    assert log.by(2, left=1.0) == 80.0
    assert log.chosen is not None
    assert not log.chosen.any()
    log.close()
    assert log.by(9, left=1.0) == 70.0


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


PROVEN = Effort(seconds=20, gap=0.0, seed=1)


def placed(**years: int) -> pd.DataFrame:
    return pd.DataFrame({"work": list(years), "year": list(years.values())}).astype({"work": "str", "year": "int64"})


@settings(max_examples=8)
@given(city=tiny_city.cities(must=True))
def test_from_any_start_the_best_is_found(city: dict):
    problem = tiny_city.problem(**city)
    start = placed(w0=tiny_city.FIRST, w9=2030)
    answer = optimise(problem, CONSTRAINTS, effort=PROVEN, start=start)
    best = tiny_city.best_by_trying(problem)
    if best is None:
        assert answer.clashing
        return
    assert answer.value_eur == pytest.approx(best, abs=1e-6)
    assert value_of(problem, answer.outcome.programme).total_eur == pytest.approx(best, abs=1e-6)
    assert answer.bound_eur <= best + 1e-6


def test_works_that_no_longer_fit_are_left_out_of_the_start():
    """The purse holds 20 and both works cost 20: with no effort the start is lightened by one of them."""
    works = tiny_city.works(
        ("a", 2027, 2027, 2027, 20, 0, 0, 90, True, False, False),
        ("b", 2027, 2027, 2027, 20, 0, 0, 30, True, False, False),
    )
    problem = tiny_city.problem(
        years=1,
        rate=0.0,
        works=works,
        funds=pd.DataFrame({"fund": ["f"], "year": [2027], "budget_eur": [20], "carries_over": [False]}),
        payments=pd.DataFrame({"work": ["a", "b"], "fund": ["f", "f"], "share": [1.0, 1.0]}),
    )
    answer = optimise(problem, CONSTRAINTS, effort=PROVEN, start=placed(a=2027, b=2027))
    assert answer.outcome.programme["work"].tolist() == ["a"]
    assert answer.value_eur == pytest.approx(20 + 30)
