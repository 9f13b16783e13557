import time

import numpy as np
import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.solve.clash import Clock, Possible, asked_part
from koppelkans.programme.statement import SparseRows


def duties(budget: int) -> SparseRows:
    """Return three works of 10 that must be done in one year, and a purse; row 0-2 say once, 3 the purse, 4-6 the duties."""
    names = ["a", "b", "c"]
    return state(
        index_problem(
            tiny_city.problem(
                years=1,
                works=tiny_city.works(*((name, 2027, 2027, 2027, 10, 0, 0, 50, True, False, True) for name in names)),
                payments=pd.DataFrame({"work": names, "fund": "f", "share": 1.0}),
                funds=pd.DataFrame({"fund": ["f"], "year": 2027, "budget_eur": budget, "carries_over": False}),
            )
        ),
        CONSTRAINTS,
    ).rows()


OF_ROW = np.array([-1, -1, -1, 0, 1, 2, 3])
"""Demand 0 is the purse, 1 to 3 are the duties."""


def test_two_of_three_duties_fit_and_a_known_programme_answers_for_the_others(monkeypatch: pytest.MonkeyPatch):
    ask = Possible(duties(20), OF_ROW, Clock(60.0))
    assert not ask(np.array([0, 1, 2, 3]))
    assert ask(np.array([0, 1, 2]))
    monkeypatch.setattr("koppelkans.programme.solve.clash.search", None)
    assert ask(np.array([0, 1])), "the same programme does"
    assert ask(np.array([0, 1, 3])), "the third takes the place of the second"
    assert ask.settled


def test_without_time_a_question_counts_as_possible_and_that_is_told():
    ask = Possible(duties(20), OF_ROW, Clock(0.0))
    assert ask(np.array([0, 1, 2, 3]))
    assert not ask.settled


def test_only_what_is_asked_for_is_left_of_the_rows():
    rows = duties(20)
    part, kept, columns = asked_part(rows)
    assert (part.choices, len(columns), len(kept)) == (3, 3, 7)
    lifted = SparseRows(
        rows.matrix, np.full(7, -np.inf), rows.upper, rows.cost, rows.least, rows.most, rows.choices, rows.offset
    )
    assert asked_part(lifted)[0].choices == 0


def test_a_clock_counts_the_seconds_of_the_processor(monkeypatch: pytest.MonkeyPatch):
    clock = Clock(5.0, began=10.0)
    monkeypatch.setattr(time, "process_time", lambda: 11.5)
    monkeypatch.setattr(time, "monotonic", lambda: 99.0)
    assert clock.left == 3.5
