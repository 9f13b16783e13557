"""What cannot be done at all or together: no programme is lost, and what the relaxation takes beyond it is found."""

import time

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem, positions
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.decompose import shared_rows
from koppelkans.programme.solve.highs import payable
from koppelkans.programme.solve.incumbent import Incumbent
from koppelkans.programme.solve.together import asked_of, not_together, possible, tightened
from tiny_city import cities, every_programme, pairs, problem, sections, works


def incumbent_of(city: Problem) -> tuple[Incumbent, np.ndarray]:
    said = state(index_problem(city), CONSTRAINTS)
    return Incumbent(said.rows(), time.monotonic() + 60, goal=0.0, seed=1), shared_rows(said, CONSTRAINTS)


def crossing(*, limit: int, touching: tuple[int, ...]) -> Problem:
    """Return a district with a limit, and works that each open so many of its streets, one after the other."""
    places = [f"s{at}" for at in range(sum(touching))]
    ends = np.cumsum(touching)
    rows = [(f"w{at}", 2027, 2027, 2027, 1, 0, 0, 100, True, False, False) for at in range(len(touching))]
    touches = [(f"w{at}", places[place]) for at, end in enumerate(ends) for place in range(end - touching[at], end)]
    return problem(
        years=1,
        works=works(*rows),
        sections=sections(*((name, 1, 0, 0, 0) for name in places)),
        touches=pairs("work", "section", *touches),
        limits=pd.DataFrame({"limit": ["d"], "open_sections": [limit]}),
        limit_members=pairs("limit", "section", *(("d", name) for name in places)),
    )


def test_a_work_that_opens_more_than_may_lie_open_is_not_asked_for():
    incumbent, shared = incumbent_of(crossing(limit=3, touching=(4, 3)))
    assert possible(incumbent.rows, shared).most[:2].tolist() == [0.0, 1.0]


def test_works_of_which_one_can_be_done_stand_in_one_row_and_the_bound_is_the_best():
    incumbent, shared = incumbent_of(crossing(limit=3, touching=(2, 2, 2)))
    tightened(incumbent, shared)
    best = 1 + 2 * 1 + 2 * 100  # one work with its two streets, and two left undone
    assert incumbent.bound == best
    assert len(incumbent.rows.upper) == len(incumbent_of(crossing(limit=3, touching=(2, 2, 2)))[0].rows.upper) + 1


def test_of_works_that_fit_in_pairs_but_not_all_together_one_is_left_out():
    incumbent, shared = incumbent_of(crossing(limit=5, touching=(2, 2, 2)))
    found = list(not_together(asked_of(incumbent.rows, shared), np.array([0.9, 0.9, 0.9])))
    assert found == [((0, 1, 2), 2)]


@given(city=st.one_of(cities(), cities(paid=True)))
@settings(max_examples=15)
def test_no_programme_that_holds_is_lost(city: dict[str, object]):
    whole = problem(**city)  # type: ignore[arg-type]
    incumbent, shared = incumbent_of(whole)
    rows = incumbent.rows
    indexed = index_problem(whole)
    incumbent.rows = possible(rows, shared)
    holds = []
    for chosen in every_programme(whole):
        at = indexed.option_of[positions(pd.Series(list(chosen), dtype="str"), whole.works["work"]), np.array(list(chosen.values()), dtype=int) - whole.first_year]  # fmt: skip
        mask = np.zeros(rows.choices, dtype=bool)
        mask[at[at >= 0]] = True
        if (at >= 0).all() and not rows.broken(payable(rows, rows.complete(mask))).any():
            holds.append(mask)
    for level in np.random.default_rng(1).random((3, rows.choices)):
        sets = list(not_together(asked_of(rows, shared), level))
        for mask in holds:
            assert all(mask[list(some)].sum() <= most for some, most in sets)
    tightened(incumbent, shared)
    for mask in holds:
        full = payable(incumbent.rows, incumbent.rows.complete(mask))
        assert not incumbent.rows.broken(full).any()
        assert (full <= incumbent.rows.most + 1e-9).all()
    if holds:
        assert incumbent.bound <= min(rows.value(rows.complete(mask)) for mask in holds) + 1e-6
