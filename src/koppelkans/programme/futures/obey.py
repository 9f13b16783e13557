"""Futures held to every constraint: what breaks is left out or planned anew. (nl: houden aan eisen)."""

import numpy as np

from koppelkans.programme.capacity import ROUNDING
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.futures.adapt import openings, street_and_own
from koppelkans.programme.futures.batch import FutureBatch, block_of, load_of, placed, shift
from koppelkans.programme.indexed import Floats, Indexed, Mask, Whole, index_problem
from koppelkans.programme.placed import UNDONE
from koppelkans.programme.problem import Problem
from koppelkans.programme.quarters import judged, programme_of, quarter
from koppelkans.programme.solve.around import choices_in
from koppelkans.programme.solve.highs import Effort, completed
from koppelkans.programme.solve.incumbent import exact
from koppelkans.programme.statement import SparseRows

LAST = 1e12
"""Added to what leaving out costs where a work must be done: it goes last."""


def repair(batch: FutureBatch, *, limits: bool = True) -> None:
    """Leave works out until purses, crews, limits and ties hold again.

    What must be done goes last. Purse by purse and year by year the works go first whose leaving out costs least per
    euro that it frees; for a crew per hour, for a limit per section. A work that is tied to one that went goes with
    it.

    Parameters
    ----------
    batch
        The programmes in their futures; changed in place.
    limits
        Whether limits on open sections must hold too.
    """
    ground, years = batch.ground, batch.money.shape[2]
    loss = _losses(batch)
    _follow_ties(batch)
    for fund, carries in enumerate(ground.carries.tolist()):
        rows = np.flatnonzero((ground.fund == fund) & (ground.eur > 0).any(axis=0))
        works = _owners(ground.pays, len(ground.fund))[rows]
        for year in range(years):
            short = -batch.money[:, fund, year] - ROUNDING["eur"]
            if (short > 0).any():
                when = batch.year[:, works]
                inside = (when >= 0) & (when <= year) if carries else when == year
                _drop(batch, works, np.where(inside, ground.eur[:, rows], 0.0), short=short, loss=loss)
    for crew in range(batch.hours.shape[1]):
        rows = np.flatnonzero((ground.crew == crew) & (ground.hours > 0))
        works = _owners(ground.asks, len(ground.crew))[rows]
        for year in range(years):
            short = -batch.hours[:, crew, year] - ROUNDING["h"]
            if (short > 0).any():
                inside = batch.year[:, works] == year
                _drop(batch, works, np.where(inside, ground.hours[rows], 0.0), short=short, loss=loss)
    for limit in range(batch.room.shape[1] if limits else 0):
        _free_streets(batch, limit, loss)
    _follow_ties(batch)


def _losses(batch: FutureBatch) -> Floats:
    """Return what leaving each work out would cost, all others held (F x W); nothing for a work that is undone."""
    loss = np.zeros(batch.year.shape)
    every = np.ones((batch.count, 1), dtype=bool)
    for work in range(batch.year.shape[1]):
        block = block_of(batch.ground, [work])
        load, year = load_of(batch, block, every), batch.year[:, work].copy()
        shift(batch, block, load, year, sign=-1)
        price = street_and_own(batch, block, load, every, openings(batch, block, load))[
            np.arange(batch.count), np.maximum(year, 0)
        ]
        shift(batch, block, load, year, sign=1)
        loss[:, work] = np.where(year >= 0, -price, 0.0)
    return loss + LAST * batch.ground.must


def _drop(batch: FutureBatch, works: Whole, frees: Floats, *, short: Floats, loss: Floats) -> None:
    """Leave works out, the cheapest per unit first, until enough is freed (F); `frees` (F x n) is 0 where a work does not count."""
    counts = frees > 0
    dear = np.where(counts, loss[:, works] / np.where(counts, frees, 1.0), np.inf)
    dear += np.where(counts & batch.ground.must[works], LAST, 0.0)
    order = np.argsort(dear, axis=1, kind="stable")
    freed = np.take_along_axis(frees, order, axis=1)
    before = freed.cumsum(axis=1) - freed
    goes = np.zeros(frees.shape, dtype=bool)
    np.put_along_axis(goes, order, before < short[:, None], axis=1)
    for at in np.flatnonzero((goes & counts).any(axis=0)).tolist():
        _leave_out(batch, int(works[at]), goes[:, at] & counts[:, at])


def _free_streets(batch: FutureBatch, limit: int, loss: Floats) -> None:
    """Leave works out, one at a time, until no more sections than allowed are open in any year."""
    visits = [batch.ground.visits[section] for section in batch.ground.inside[limit].tolist()]
    works = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *visits]))
    for year in range(batch.room.shape[2]):
        while (over := batch.room[:, limit, year] < 0).any():
            inside = (batch.year[:, works] == year) & over[:, None]
            first = np.where(inside, loss[:, works], np.inf).argmin(axis=1)
            for at in np.unique(first[over]).tolist():
                _leave_out(batch, int(works[at]), over & (first == at))


def _follow_ties(batch: FutureBatch) -> None:
    """Leave out works that are tied to one that went, until every tie holds."""
    ties = batch.ground.ties
    going = len(ties.work) > 0
    while going:
        going = False
        for at in range(len(ties.work)):
            one, other = int(ties.work[at]), int(ties.other[at])
            here, there = batch.year[:, one], batch.year[:, other]
            apart = here - there
            kept = (here < 0) & ((there < 0) | (not ties.same[at]))
            kept |= (here >= 0) & (there >= 0) & (apart >= ties.least[at]) & (apart <= ties.most[at])
            if not kept.all():
                _leave_out(batch, one, ~kept & (here >= 0))
                _leave_out(batch, other, ~kept & (here < 0))
                going = True


def _leave_out(batch: FutureBatch, work: int, where: Mask) -> None:
    """Leave a work undone in some futures."""
    block = block_of(batch.ground, [work])
    load = load_of(batch, block, np.ones((batch.count, 1), dtype=bool))
    shift(batch, block, load, np.where(where, batch.year[:, work], UNDONE), sign=-1)
    batch.year[where, work] = UNDONE


def _owners(lists: list[Whole], count: int) -> Whole:
    """Return the work of each row."""
    owner = np.zeros(count, dtype=np.int64)
    for work, rows in enumerate(lists):
        owner[rows] = work
    return owner


WIDER = 3
"""So often more works are planned anew around what does not hold, before a future goes back to where it stood."""
EFFORT = Effort(seconds=10.0, nodes=10)


def obeying(stood: FutureBatch, planned: FutureBatch, city: Problem) -> FutureBatch:
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
    after = judged(city, programme_of(city, planned.year), planned.count, constraints=CONSTRAINTS)
    if not after.any():
        return planned
    before = judged(city, programme_of(city, stood.year), stood.count, constraints=CONSTRAINTS)
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
        broken = rows.broken(completed(rows, chosen))
        if not broken.any():
            break
        free[indexed.option_work[choices_in(rows, broken)]] = True
        near = np.zeros(len(rows.upper), dtype=bool)
        near[np.unique(rows.by_column[:, np.flatnonzero(free[indexed.option_work])].indices)] = True
        chosen = _planned_anew(rows, chosen, free[indexed.option_work])
        free[indexed.option_work[choices_in(rows, near)]] = True
    if rows.broken(completed(rows, chosen)).any():
        return before
    year = np.full(len(after), UNDONE, dtype=np.int64)
    year[indexed.option_work[chosen]] = indexed.option_year[chosen]
    return year


def _planned_anew(rows: SparseRows, chosen: Mask, free: Mask) -> Mask:
    """Return choices with some of them planned anew and all others held, where that is possible."""
    held = chosen & ~free
    part, columns = rows.part(free, completed(rows, held), divided=True)
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
