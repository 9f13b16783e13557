import time

import numpy as np
import pytest
from hypothesis import given, settings

from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve import improve as room
from koppelkans.programme.solve.course import Rounds
from koppelkans.programme.solve.decompose import shared_rows
from koppelkans.programme.solve.dive import dive
from koppelkans.programme.solve.improve import (
    KINDS,
    Kind,
    Neighbourhoods,
    crossed,
    improve,
    likely_choices,
    relaxed,
    search_among,
)
from koppelkans.programme.solve.incumbent import Incumbent
from often import few
from small_problems import street
from tiny_city import best_by_trying, cities, pairs, problem, sections, works


def neighbourhoods_of(city: Problem, *, seed: int = 1, goal: float = 0.0) -> Neighbourhoods:
    indexed = index_problem(city)
    said = state(indexed, CONSTRAINTS)
    incumbent = Incumbent(said.rows(), time.monotonic() + 60, goal=goal, seed=seed)
    incumbent.offer(np.zeros(incumbent.rows.choices, dtype=bool))
    return Neighbourhoods(incumbent, indexed, shared_rows(said, CONSTRAINTS))


def incumbent_of(city: Problem) -> Incumbent:
    return neighbourhoods_of(city, goal=0.001).incumbent


def row_of_houses(count: int = 15) -> Problem:
    """Return a street of sections with two owners each whose best years differ by two, and a purse of the whole street."""
    rows = [(f"w{at}", 2027, 2028 + 2 * (at % 2), 2034, 50, 1, 2, 400, True, False, False) for at in range(2 * count)]
    touches = [(f"w{at}", f"s{at // 2}") for at in range(2 * count)]
    return problem(
        years=8,
        works=works(*rows),
        sections=sections(*((f"s{at}", 100, 10, 2, 30) for at in range(count))),
        touches=pairs("work", "section", *touches),
    )


@settings(max_examples=few(12))
@given(cities())
def test_it_never_worsens_and_always_keeps_every_row(tables: dict[str, object]):
    city = problem(**tables)  # type: ignore[arg-type]
    among = neighbourhoods_of(city)
    incumbent, before = among.incumbent, among.incumbent.value
    improve(among, rounds=Rounds(140, 12))
    if incumbent.best is None:
        return
    assert incumbent.value <= before
    assert not incumbent.rows.broken(incumbent.best).any()
    best = best_by_trying(city)
    assert best is not None
    assert incumbent.value >= best - 1e-6


def test_planning_parts_anew_finds_that_neighbours_can_share_every_opening():
    among = neighbourhoods_of(row_of_houses())
    improve(among, rounds=Rounds(140, 200))
    chosen, indexed = among.incumbent.chosen, among.indexed
    year = dict(zip(indexed.option_work[chosen], indexed.option_year[chosen], strict=True))
    assert len(year) == 30
    assert all(year[2 * at] == year[2 * at + 1] for at in range(15))


@pytest.mark.parametrize("known", [True, False], ids=["relaxed", "not relaxed"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_round_names_works_of_about_the_size_that_was_asked(kind: Kind, known: bool):  # noqa: FBT001
    among = neighbourhoods_of(street(60, seed=2))
    if known:
        relaxed(among.incumbent)
        search_among(among.incumbent, among.incumbent.levels > 0.5, gap=0.0)
    for seed in range(5):
        works = kind(among, np.random.default_rng(seed), 40)
        assert len(np.unique(works)) == len(works) > 0
        assert 0 <= works.min() <= works.max() < 60
        assert among.options[works].sum() < 40 + 8 * among.options.max()


def test_a_round_of_what_binds_holds_works_that_ask_for_the_same_scarce_thing():
    """In a street of two purses only the one that is too small has a price: works that the other pays are never drawn."""
    city = row_of_houses(6)
    pays = pairs("work", "fund", *((f"w{at}", "scarce" if at % 2 else "ample") for at in range(12))).assign(share=1.0)
    funds = pairs("fund", "year", *((fund, 2027 + at) for fund in ("ample", "scarce") for at in range(8)))
    funds = funds.assign(budget_eur=[10_000] * 8 + [60] + [0] * 7, carries_over=True)
    city = problem(years=8, works=city.works, sections=city.sections, touches=city.touches, payments=pays, funds=funds)
    among = neighbourhoods_of(city)
    relaxed(among.incumbent)
    for seed in range(5):
        works = room.of_what_binds(among, np.random.default_rng(seed), 20)
        assert all(work % 2 for work in works.tolist())


def test_a_first_programme_from_the_relaxation_does_what_gains_and_shares_openings():
    """Every work gains; the relaxation is near whole, and what it leaves open is filled up."""
    among = neighbourhoods_of(row_of_houses())
    relaxed(among.incumbent)
    assert dive(among.incumbent, among.indexed.option_work)
    assert int(among.incumbent.chosen.sum()) == 30
    best = among.incumbent.value
    improve(among, rounds=Rounds(140, 60))
    assert best <= among.incumbent.value * 1.05


def test_the_same_seed_goes_the_same_way():
    ends = []
    for _ in range(2):
        among = neighbourhoods_of(row_of_houses(), seed=3)
        improve(among, rounds=Rounds(140, 6))
        ends.append(among.incumbent.chosen.tolist())
    assert ends[0] == ends[1]


def test_without_time_nothing_is_tried():
    among = neighbourhoods_of(row_of_houses(3))
    among.incumbent.deadline = time.monotonic()
    before = among.incumbent.value
    improve(among, rounds=Rounds(140, 200))
    assert among.incumbent.value == before


def two_works() -> Problem:
    """Return two works that nothing binds: left undone each costs 100, done 10, and 5 more for each year from 2028."""
    return problem(
        years=3,
        works=works(
            ("a", 2027, 2028, 2029, 10, 5, 5, 100, False, False, False),
            ("b", 2027, 2028, 2029, 10, 5, 5, 100, False, False, False),
        ),
        sections=sections(("s", 1, 1, 0, 0)),
    )


def test_what_two_programmes_chose_is_crossed_into_one_that_has_the_best_of_both():
    incumbent = incumbent_of(two_works())
    first, second = np.zeros(6, dtype=bool), np.zeros(6, dtype=bool)
    first[[1, 3]] = True  # a in its best year, b a year early
    second[[0, 4]] = True  # a a year early, b in its best year
    incumbent.offer(first)
    crossed(incumbent, second)
    assert np.flatnonzero(incumbent.chosen).tolist() == [1, 4]
    assert incumbent.value == pytest.approx(2 * 10 / (1 + index_problem(two_works()).problem.discount_rate))


def test_the_likely_choices_are_those_that_the_relaxation_takes_and_then_the_least_dear(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(room, "LEAST", 2)
    monkeypatch.setattr(room, "LIKELY", 0.0)
    incumbent = incumbent_of(two_works())
    assert np.flatnonzero(likely_choices(incumbent)).tolist() == [1, 4]
    assert incumbent.bound == pytest.approx(2 * 10 / (1 + two_works().discount_rate), rel=1e-3)


def test_a_search_among_all_choices_finds_no_worse_than_one_among_few():
    few, every = incumbent_of(street(16, seed=3)), incumbent_of(street(16, seed=3))
    some = np.zeros(few.rows.choices, dtype=bool)
    some[::3] = True
    search_among(few, some, gap=0.0)
    search_among(every, np.ones(len(some), dtype=bool), gap=0.0)
    assert every.value <= few.value < incumbent_of(street(16, seed=3)).value
    assert not some[few.chosen].sum() < few.chosen.sum()
