import time

import numpy as np
import pytest

from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve import kernel
from koppelkans.programme.solve.kernel import crossed, likely_choices, search_among
from koppelkans.programme.solve.standing import Standing
from small_problems import street
from tiny_city import problem, sections, works


def standing_of(city: Problem) -> Standing:
    standing = Standing(state(index_problem(city), CONSTRAINTS).rows(), time.monotonic() + 60, goal=0.001, seed=1)
    standing.offer(np.zeros(standing.rows.choices, dtype=bool))
    return standing


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
    standing = standing_of(two_works())
    first, second = np.zeros(6, dtype=bool), np.zeros(6, dtype=bool)
    first[[1, 3]] = True  # a in its best year, b a year early
    second[[0, 4]] = True  # a a year early, b in its best year
    standing.offer(first)
    crossed(standing, second)
    assert np.flatnonzero(standing.chosen).tolist() == [1, 4]
    assert standing.value == pytest.approx(2 * 10 / (1 + index_problem(two_works()).problem.discount_rate))


def test_the_likely_choices_are_those_that_the_relaxation_takes_and_then_the_least_dear(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(kernel, "LEAST", 2)
    monkeypatch.setattr(kernel, "LIKELY", 0.0)
    standing = standing_of(two_works())
    assert np.flatnonzero(likely_choices(standing)).tolist() == [1, 4]
    assert standing.bound == pytest.approx(2 * 10 / (1 + two_works().discount_rate), rel=1e-3)


def test_a_search_among_all_choices_finds_no_worse_than_one_among_few():
    few, every = standing_of(street(16, seed=3)), standing_of(street(16, seed=3))
    some = np.zeros(few.rows.choices, dtype=bool)
    some[::3] = True
    search_among(few, some, gap=0.0)
    search_among(every, np.ones(len(some), dtype=bool), gap=0.0)
    assert every.value <= few.value < standing_of(street(16, seed=3)).value
    assert not some[few.chosen].sum() < few.chosen.sum()
