"""A change settled around what it touches: what is in the way gives way, promises last of all, and the rest keeps its year. (nl: eromheen plannen)."""

import time
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from koppelkans.programme.indexed import Mask, Whole
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.incumbent import exact
from koppelkans.programme.solve.nearby import Asked, choices_in, near_works, relief, takes, years_in
from koppelkans.programme.statement import SparseRows, needed

GAP = 1e-4
"""A search around a change may end this near its best (share of what is at stake in it)."""
NODES = 40
"""Nodes of the search tree of one search: counted, not timed, so that the same change gives the same answer."""
ROUND = 15
"""Around so many works at once a change is settled."""
MOST = 40
"""So many rounds at the most: a party with hundreds of works takes as many rounds as its works need."""


@dataclass(frozen=True)
class Settled:
    """Options that meet every demand, and whether fewer promises moved is proven to be impossible."""

    chosen: Mask
    fewest: bool


def settle(asked: Asked, effort: Effort, *, start: Whole) -> Settled | None:
    """Return the best options found around a change, with as few promises moved as possible; None where no programme exists.

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
    if rows.broken(rows.complete(base)).any():
        pinned = base & asked.held[option_work]
        kept = np.zeros(rows.choices, dtype=bool)
        kept[asked.promised[asked.promised >= 0]] = True
        must = needed(rows, rows.complete(pinned), wished=kept | pinned)
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


def _search(asked: Asked, base: Mask, which: tuple[Mask, Mask], near: Whole, effort: Effort) -> Mask | None:
    """Search the works that are near and those that give way most cheaply; where these do not suffice, all that can give way.

    `which` tells the works that may move, and those among them that may be left out without breaking a demand.
    """
    rows, (may_move, spare) = asked.rows, which
    broken = rows.broken(rows.complete(base))
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


def _planned_anew(asked: Asked, base: Mask, free_works: Mask, effort: Effort) -> Mask | None:
    """Plan some works anew with all others held; staying where a work was is a little cheaper than its price."""
    rows, indexed = asked.rows, asked.indexed
    free = free_works[indexed.option_work]
    if not free.any():
        return None if rows.broken(rows.complete(base)).any() else base
    held = base & ~free
    part, columns = rows.part(free, rows.complete(held))
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
    return None if rows.broken(rows.complete(held)).any() else held


def _keeping(asked: Asked, part: SparseRows, options: Whole, held: Mask) -> SparseRows:
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


def _room_made(asked: Asked, base: Mask, spare: Mask) -> Mask | None:
    """Return the options without the spare works that stand in rows that do not hold, again and again; None where that does not help."""
    rows, option_work = asked.rows, asked.indexed.option_work
    made = base.copy()
    while True:
        broken = rows.broken(rows.complete(made))
        if not broken.any():
            return made
        out = np.zeros(len(spare), dtype=bool)
        out[option_work[choices_in(rows, broken)]] = True
        out &= spare
        fewer = made & ~out[option_work]
        if (fewer == made).all():
            return None
        made = fewer


def _fewest(asked: Asked, *, must: Mask, pinned: Mask, effort: Effort) -> tuple[Mask, bool] | None:
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
    part, columns = rows.part(free, rows.complete(pinned))
    options = columns[: part.choices]
    stays = asked.chosen[options] & (keeps[options] == 0)
    cost = np.zeros(len(part.cost))
    cost[: part.choices] = -keeps[options] - stays / (4.0 * (1 + stays.sum()))
    found = exact(replace(part, cost=cost, offset=0.0), replace(effort, gap=0.0, nodes=None))
    if found.chosen is None:
        return None
    made = pinned.copy()
    made[options] = found.chosen
    if rows.broken(rows.complete(made)).any():
        return None
    works = np.zeros(len(asked.held), dtype=bool)
    works[indexed.option_work[options]] = True
    return np.where(works[indexed.option_work], made, asked.chosen), found.finished
