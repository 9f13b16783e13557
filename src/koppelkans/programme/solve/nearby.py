"""Which works a change touches: neighbours in the street, those that can give way, and those that want the room it leaves. (nl: wie een wijziging raakt)."""

from dataclasses import dataclass

import numpy as np

from koppelkans.programme.indexed import Floats, Indexed, Mask, Whole
from koppelkans.programme.statement import SparseRows

WORKS = 45
"""So many works are planned anew around a change: measured, a search of this size ends within half a second."""
RELIEF = 2.0
"""Works are taken that together free so many times what a row is over."""
LEAST = 6
"""So many works are looked at for each row that is over, where there are."""


@dataclass(frozen=True)
class Asked:
    """A programme after a change, before anything gave way.

    Parameters
    ----------
    indexed, rows
        The changed problem.
    chosen
        Options as they were, with the change; demands may be broken.
    held
        Works that stay where `chosen` has them.
    promised
        Option that keeps the promise of each work (-1: none was kept). Only these count as promises that can move.
    price
        Guess of what it costs to move each work elsewhere (eur), to know whom to ask first.
    wish
        Guess of what each option would gain if there were room for it (eur, 0 or more).
    stay_eur
        Another work moves only where that gains at least so much.
    lost
        So many promises may move at the most.
    """

    indexed: Indexed
    rows: SparseRows
    chosen: Mask
    held: Mask
    promised: Whole
    price: Floats
    wish: Floats
    stay_eur: float
    lost: int = 0


def near_works(asked: Asked, base: Mask, start: Whole) -> Whole:
    """Return the works that share a street or an agreement with those of the start, and those that want the room they leave."""
    rows, indexed = asked.rows, asked.indexed
    seed = np.zeros(len(asked.held), dtype=bool)
    seed[start] = True
    columns = np.flatnonzero(seed[indexed.option_work])
    if len(asked.held) <= WORKS:
        return np.arange(len(asked.held))
    lone = np.diff(rows.matrix.indptr) <= 2 * LEAST
    beside = _columns_in(rows, columns, lone)
    beside = np.union1d(beside, _columns_in(rows, beside[beside >= rows.choices], lone))
    works = np.unique(indexed.option_work[beside[beside < rows.choices]])
    shared = np.zeros(len(rows.upper), dtype=bool)
    shared[np.unique(rows.by_column[:, columns].indices)] = True
    wide = np.unique(rows.matrix[np.flatnonzero(shared & ~lone)].indices)
    wanted = wide[(wide < rows.choices)]
    wanted = wanted[(asked.wish[wanted] > asked.stay_eur) & ~base[wanted]]
    order = wanted[np.argsort(-asked.wish[wanted], kind="stable")]
    keen = indexed.option_work[order][: 2 * LEAST]
    return np.unique(np.concatenate([start, works[:WORKS], keen]))


def _columns_in(rows: SparseRows, columns: Whole, among: Mask) -> Whole:
    """Return the columns that share one of some rows with the given columns."""
    at = np.unique(rows.by_column[:, columns].indices)
    at = at[among[at]]
    return np.unique(rows.matrix[at].indices) if len(at) else np.empty(0, dtype=np.int64)


def relief(asked: Asked, base: Mask, broken: Mask, may_move: Mask) -> Whole:
    """Return for each row that does not hold the works that would give way at the least price."""
    rows, indexed = asked.rows, asked.indexed
    full = rows.complete(base)
    found = rows.matrix @ full
    chosen: list[Whole] = []
    for row in np.flatnonzero(broken):
        over = max(found[row] - rows.upper[row], rows.lower[row] - found[row])
        weight = _weights(rows, int(row), base, falls=bool(found[row] > rows.upper[row]))
        work = indexed.option_work[np.flatnonzero(weight)]
        amount = weight[weight > 0]
        mine = may_move[work]
        work, amount = work[mine], amount[mine]
        order = np.argsort(asked.price[work] / amount, kind="stable")
        enough = int(np.searchsorted(np.cumsum(amount[order]), RELIEF * over)) + 1
        alone = np.flatnonzero(amount >= over)
        alone = alone[np.argsort(asked.price[work[alone]], kind="stable")][: LEAST // 2]
        chosen += [work[order[: max(LEAST, enough)]], work[alone]]
    return np.unique(np.concatenate(chosen)) if chosen else np.empty(0, dtype=np.int64)


def _weights(rows: SparseRows, row: int, base: Mask, *, falls: bool) -> Floats:
    """Return for each choice how much the row comes nearer to holding when it is turned; 0 where it does not help."""
    weight = np.zeros(rows.choices)
    line = rows.matrix[[row]].tocoo()
    sign = 1.0 if falls else -1.0
    own = line.col < rows.choices
    turn = np.where(base[line.col[own]], sign, -sign) * line.data[own]
    np.maximum.at(weight, line.col[own], turn)
    for column in line.col[~own][sign * line.data[~own] > 0]:
        near = rows.matrix[np.unique(rows.by_column[:, [column]].indices)].tocoo()
        choices = near.col[(near.col < rows.choices) & (near.data > 0)]
        choices = choices[base[choices]]
        np.maximum.at(weight, choices, 1.0)
    return np.maximum(weight, 0.0)


def choices_in(rows: SparseRows, which: Mask) -> Whole:
    """Return the choices that stand in some rows, directly or through the openings in them."""
    columns = np.unique(rows.matrix[np.flatnonzero(which)].indices)
    near = np.unique(rows.by_column[:, columns[columns >= rows.choices]].indices)
    linked = np.union1d(columns, rows.matrix[near].indices) if len(near) else columns
    return np.asarray(linked[linked < rows.choices], dtype=np.int64)


def takes(chosen: Mask, option: Whole) -> Mask:
    """Tell which works take a given option; no option counts as taken."""
    if not len(chosen):
        return np.ones(len(option), dtype=bool)
    return np.asarray((option < 0) | chosen[np.maximum(option, 0)])


def years_in(asked: Asked, chosen: Mask) -> Whole:
    """Return the year of each work, counted from the first; -1 where it is undone."""
    year = np.full(len(asked.held), -1, dtype=np.int64)
    year[asked.indexed.option_work[chosen]] = asked.indexed.option_year[chosen]
    return year
