"""A change settled around what it touches; the rest keeps its year. (nl: eromheen plannen)."""

import time
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from koppelkans.programme.indexed import Floats, Indexed, Mask, Whole
from koppelkans.programme.solve.highs import Effort, completed
from koppelkans.programme.solve.incumbent import exact
from koppelkans.programme.statement import SparseRows, needed

WORKS = 45
"""So many works are planned anew around a change: measured, a search of this size ends within half a second."""
RELIEF = 2.0
"""Works are taken that together free so many times what a row is over."""
LEAST = 6
"""So many works are looked at for each row that is over, where there are."""
GAP = 1e-4
"""A search around a change may end this near its best (share of what is at stake in it)."""
NODES = 40
"""Nodes of the search tree of one search: counted, not timed, so that the same change gives the same answer."""
ROUND = 15
"""Around so many works at once a change is settled."""
MOST = 40
"""So many rounds at the most: a party with hundreds of works takes as many rounds as its works need."""


@dataclass(frozen=True)
class PendingChange:
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


def near_works(asked: PendingChange, base: Mask, start: Whole) -> Whole:
    """Return the works related to the start: by a street, an agreement or the room they leave."""
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


def relief(asked: PendingChange, base: Mask, broken: Mask, may_move: Mask) -> Whole:
    """Return for each row that does not hold the works that would give way at the least price."""
    rows, indexed = asked.rows, asked.indexed
    full = completed(rows, base)
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


def years_in(asked: PendingChange, chosen: Mask) -> Whole:
    """Return the year of each work, counted from the first; -1 where it is undone."""
    year = np.full(len(asked.held), -1, dtype=np.int64)
    year[asked.indexed.option_work[chosen]] = asked.indexed.option_year[chosen]
    return year


@dataclass(frozen=True)
class Settled:
    """Options that meet every demand, and whether the fewest moved promises is proven."""

    chosen: Mask
    fewest: bool


def settle(asked: PendingChange, effort: Effort, *, start: Whole) -> Settled | None:
    """Return the best options found around a change, with as few promises moved as possible.

    None where no programme exists.

    Parameters
    ----------
    asked
        The programme after the change.
    effort
        Time cap, nodes and seed of each search.
    start
        Works around which the change is settled: those that it names.
    """
    rows, option_work = asked.rows, asked.indexed.option_work
    if not rows.choices:
        return Settled(asked.chosen, fewest=True)
    base, fewest = asked.chosen, True
    may_move = ~asked.held & (asked.promised < 0)
    spare = may_move.copy()
    if rows.broken(completed(rows, base)).any():
        pinned = base & asked.held[option_work]
        kept = np.zeros(rows.choices, dtype=bool)
        kept[asked.promised[asked.promised >= 0]] = True
        must = needed(rows, completed(rows, pinned), wished=kept | pinned)
        spare[option_work[must]] = False
        if _room_made(asked, base, spare) is None:
            answer = _fewest(asked, must=must, pinned=pinned, effort=effort)
            if answer is None:
                return None
            base, fewest = answer
            may_move = ~asked.held
    asked = replace(asked, lost=int((~takes(base, asked.promised)).sum()))
    which = (may_move, spare)
    made = _search(asked, base, which, near_works(asked, base, start[:ROUND]), effort)
    if made is None:
        return None
    turned = np.flatnonzero(years_in(asked, made) != years_in(asked, asked.chosen))
    rest = np.union1d(start, turned)
    until = time.monotonic() + effort.seconds
    for first in range(0, min(len(rest), ROUND * MOST), ROUND):
        if time.monotonic() > until:
            break
        again = _search(asked, made, which, near_works(asked, made, rest[first : first + ROUND]), effort)
        made = made if again is None else again
    return Settled(made, fewest)


def _search(asked: PendingChange, base: Mask, which: tuple[Mask, Mask], near: Whole, effort: Effort) -> Mask | None:
    """Search the works that are near and those that give way most cheaply; where these do not suffice, all that can give way.

    `which` tells the works that may move, and those among them that may be left out without breaking a demand.
    """
    rows, (may_move, spare) = asked.rows, which
    broken = rows.broken(completed(rows, base))
    free = np.zeros(len(may_move), dtype=bool)
    free[near] = True
    free[relief(asked, base, broken, may_move)] = True
    found = _planned_anew(asked, base, free & may_move, effort)
    if found is not None or not broken.any():
        return found
    without = _room_made(asked, base, spare)
    if without is None:
        return None
    free |= years_in(asked, without) != years_in(asked, base)
    found = _planned_anew(asked, base, free & may_move, effort)
    return without if found is None else found


def _planned_anew(asked: PendingChange, base: Mask, free_works: Mask, effort: Effort) -> Mask | None:
    """Plan some works anew with all others held; staying where a work was is a little cheaper than its price."""
    rows, indexed = asked.rows, asked.indexed
    free = free_works[indexed.option_work]
    if not free.any():
        return None if rows.broken(completed(rows, base)).any() else base
    held = base & ~free
    part, columns = rows.part(free, completed(rows, held), divided=True)
    options = columns[: part.choices]
    was = years_in(asked, asked.chosen)[indexed.option_work[options]]
    cost = part.cost.copy()
    cost[: part.choices] += np.where(was < 0, asked.stay_eur, 0.0)
    cost[: part.choices] -= np.where(was == indexed.option_year[options], asked.stay_eur, 0.0)
    limits = replace(effort, gap=GAP, nodes=effort.nodes or NODES)
    found = exact(_keeping(asked, replace(part, cost=cost, offset=0.0), options, held), limits)
    if found.chosen is None:
        return None
    held[options] = found.chosen
    return None if rows.broken(completed(rows, held)).any() else held


def _keeping(asked: PendingChange, part: SparseRows, options: Whole, held: Mask) -> SparseRows:
    """Return the rows of a part with one more: no more promises move than are lost anyway."""
    promise = np.zeros(asked.rows.choices, dtype=bool)
    promise[asked.promised[asked.promised >= 0]] = True
    here = promise[options]
    if not here.any():
        return part
    outside = int(promise.sum() - here.sum() - (promise & held).sum())
    row = np.zeros((1, len(part.cost)))
    row[0, : part.choices] = here
    return replace(
        part,
        matrix=sparse.csr_array(sparse.vstack([part.matrix, sparse.csr_array(row)])),
        lower=np.append(part.lower, float(here.sum() - (asked.lost - outside))),
        upper=np.append(part.upper, np.inf),
    )


def _room_made(asked: PendingChange, base: Mask, spare: Mask) -> Mask | None:
    """Return the options without the spare works that stand in rows that do not hold, again and again; None where that does not help."""
    rows, option_work = asked.rows, asked.indexed.option_work
    made = base.copy()
    while True:
        broken = rows.broken(completed(rows, made))
        if not broken.any():
            return made
        out = np.zeros(len(spare), dtype=bool)
        out[option_work[choices_in(rows, broken)]] = True
        out &= spare
        fewer = made & ~out[option_work]
        if (fewer == made).all():
            return None
        made = fewer


def _fewest(asked: PendingChange, *, must: Mask, pinned: Mask, effort: Effort) -> tuple[Mask, bool] | None:
    """Return options that keep as many promises as can be kept, and whether that is proven; None where no programme exists.

    Only promised works and those that some row asks for matter: all others can be left out, as they only use room. What
    they used is given back, as far as it fits, in the search that follows. Among equally many the promises that cost most
    to move are kept.
    """
    rows, indexed = asked.rows, asked.indexed
    options_of = np.flatnonzero(asked.promised >= 0)
    keeps = np.zeros(rows.choices)
    price = np.maximum(asked.price[options_of], 0.0)
    keeps[asked.promised[options_of]] = 1.0 + price / (4.0 * (1.0 + price.sum()))
    free = (must | (keeps > 0)) & ~asked.held[indexed.option_work]
    if not free.any():
        return None
    part, columns = rows.part(free, completed(rows, pinned), divided=True)
    options = columns[: part.choices]
    stays = asked.chosen[options] & (keeps[options] == 0)
    cost = np.zeros(len(part.cost))
    cost[: part.choices] = -keeps[options] - stays / (4.0 * (1 + stays.sum()))
    found = exact(replace(part, cost=cost, offset=0.0), replace(effort, gap=0.0, nodes=None))
    if found.chosen is None:
        return None
    made = pinned.copy()
    made[options] = found.chosen
    if rows.broken(completed(rows, made)).any():
        return None
    works = np.zeros(len(asked.held), dtype=bool)
    works[indexed.option_work[options]] = True
    return np.where(works[indexed.option_work], made, asked.chosen), found.finished
