"""Futures held to every constraint: what a judge faults is planned anew. (nl: houden aan eisen)."""

import numpy as np

from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.futures.fan import Fan
from koppelkans.programme.futures.placed import placed
from koppelkans.programme.indexed import Indexed, Mask, Whole, index_problem
from koppelkans.programme.placed import UNDONE
from koppelkans.programme.problem import Problem
from koppelkans.programme.quarters import judged, programme_of, quarter
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.incumbent import exact
from koppelkans.programme.solve.nearby import choices_in
from koppelkans.programme.statement import SparseRows

WIDER = 3
"""So often more works are planned anew around what does not hold, before a future goes back to where it stood."""
EFFORT = Effort(seconds=10.0, nodes=10)


def obeying(stood: Fan, planned: Fan, city: Problem) -> Fan:
    """Programmes planned again that break no demand that held where a future stood.

    Works move by what their own years, purses, crews, limits and ties allow; every constraint is looked at here, by its
    judge and then by the rows that it states: works in a row that does not hold are planned anew with all others held.

    Parameters
    ----------
    stood, planned
        The programmes before and after planning again.
    city
        All futures as the quarters of one problem.
    """
    before, after = (
        judged(city, programme_of(city, fan.year), fan.count, constraints=CONSTRAINTS) for fan in (stood, planned)
    )
    wrong = np.flatnonzero((after > before).any(axis=0))
    if not len(wrong):
        return planned
    year = planned.year.copy()
    for future in wrong.tolist():
        year[future] = _mended(quarter(city, future, planned.count), stood.year[future], planned.year[future])
    return placed(stood, year)


def _mended(problem: Problem, before: Whole, after: Whole) -> Whole:
    """Years of a programme with every broken row planned anew; else those of before."""
    indexed = index_problem(problem)
    rows = state(indexed, CONSTRAINTS).rows()
    chosen = _chosen(indexed, rows, after)
    free = np.zeros(len(after), dtype=bool)
    for _ in range(WIDER):
        broken = rows.broken(rows.complete(chosen))
        if not broken.any():
            break
        free[indexed.option_work[choices_in(rows, broken)]] = True
        near = np.zeros(len(rows.upper), dtype=bool)
        near[np.unique(rows.by_column[:, np.flatnonzero(free[indexed.option_work])].indices)] = True
        chosen = _planned_anew(rows, chosen, free[indexed.option_work])
        free[indexed.option_work[choices_in(rows, near)]] = True
    if rows.broken(rows.complete(chosen)).any():
        return before
    year = np.full(len(after), UNDONE, dtype=np.int64)
    year[indexed.option_work[chosen]] = indexed.option_year[chosen]
    return year


def _planned_anew(rows: SparseRows, chosen: Mask, free: Mask) -> Mask:
    """Return choices with some of them planned anew and all others held, where that is possible."""
    held = chosen & ~free
    part, columns = rows.part(free, rows.complete(held))
    found = exact(part, EFFORT)
    if found.chosen is None:
        return chosen
    held[columns[: part.choices]] = found.chosen
    return held


def _chosen(indexed: Indexed, rows: SparseRows, year: Whole) -> Mask:
    """Return the choices of a programme."""
    option = np.where(year >= 0, indexed.option_of[np.arange(len(year)), np.maximum(year, 0)], UNDONE)
    chosen = np.zeros(rows.choices, dtype=bool)
    chosen[option[option >= 0]] = True
    return chosen
