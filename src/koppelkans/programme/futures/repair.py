"""Programmes as they stand in futures in which not all of them fits: what breaks is left out. (nl: herstellen)."""

import numpy as np

from koppelkans.programme.capacity import ROUNDING
from koppelkans.programme.futures.block import block_of, load_of, shift
from koppelkans.programme.futures.fan import Fan
from koppelkans.programme.futures.step import openings, street_and_own
from koppelkans.programme.indexed import Floats, Mask, Whole
from koppelkans.programme.placed import UNDONE

LAST = 1e12
"""Added to what leaving out costs where a work must be done: it goes last."""


def repair(fan: Fan, *, limits: bool = True) -> None:
    """Leave works out until purses, crews, limits and ties hold again; what must be done goes last.

    Purse by purse and year by year the works go first whose leaving out costs least per euro that it frees; for a crew per
    hour, for a limit per section. A work that is tied to one that went goes with it.

    Parameters
    ----------
    fan
        The programmes in their futures; changed in place.
    limits
        Whether limits on open sections must hold too.
    """
    ground, years = fan.ground, fan.money.shape[2]
    loss = _losses(fan)
    _follow_ties(fan)
    for fund, carries in enumerate(ground.carries.tolist()):
        rows = np.flatnonzero((ground.fund == fund) & (ground.eur > 0).any(axis=0))
        works = _owners(ground.pays, len(ground.fund))[rows]
        for year in range(years):
            short = -fan.money[:, fund, year] - ROUNDING["eur"]
            if (short > 0).any():
                when = fan.year[:, works]
                inside = (when >= 0) & (when <= year) if carries else when == year
                _drop(fan, works, np.where(inside, ground.eur[:, rows], 0.0), short=short, loss=loss)
    for crew in range(fan.hours.shape[1]):
        rows = np.flatnonzero((ground.crew == crew) & (ground.hours > 0))
        works = _owners(ground.asks, len(ground.crew))[rows]
        for year in range(years):
            short = -fan.hours[:, crew, year] - ROUNDING["h"]
            if (short > 0).any():
                inside = fan.year[:, works] == year
                _drop(fan, works, np.where(inside, ground.hours[rows], 0.0), short=short, loss=loss)
    for limit in range(fan.room.shape[1] if limits else 0):
        _free_streets(fan, limit, loss)
    _follow_ties(fan)


def _losses(fan: Fan) -> Floats:
    """Return what leaving each work out would cost, all others held (F x W); nothing for a work that is undone."""
    loss = np.zeros(fan.year.shape)
    every = np.ones((fan.count, 1), dtype=bool)
    for work in range(fan.year.shape[1]):
        block = block_of(fan.ground, [work])
        load, year = load_of(fan, block, every), fan.year[:, work].copy()
        shift(fan, block, load, year, sign=-1)
        price = street_and_own(fan, block, load, every, openings(fan, block, load))[
            np.arange(fan.count), np.maximum(year, 0)
        ]
        shift(fan, block, load, year, sign=1)
        loss[:, work] = np.where(year >= 0, -price, 0.0)
    return loss + LAST * fan.ground.must


def _drop(fan: Fan, works: Whole, frees: Floats, *, short: Floats, loss: Floats) -> None:
    """Leave works out, the cheapest per unit first, until enough is freed (F); `frees` (F x n) is 0 where a work does not count."""
    counts = frees > 0
    dear = np.where(counts, loss[:, works] / np.where(counts, frees, 1.0), np.inf)
    dear += np.where(counts & fan.ground.must[works], LAST, 0.0)
    order = np.argsort(dear, axis=1, kind="stable")
    freed = np.take_along_axis(frees, order, axis=1)
    before = freed.cumsum(axis=1) - freed
    goes = np.zeros(frees.shape, dtype=bool)
    np.put_along_axis(goes, order, before < short[:, None], axis=1)
    for at in np.flatnonzero((goes & counts).any(axis=0)).tolist():
        _leave_out(fan, int(works[at]), goes[:, at] & counts[:, at])


def _free_streets(fan: Fan, limit: int, loss: Floats) -> None:
    """Leave works out, one at a time, until no more sections than allowed are open in any year."""
    visits = [fan.ground.visits[section] for section in fan.ground.inside[limit].tolist()]
    works = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *visits]))
    for year in range(fan.room.shape[2]):
        while (over := fan.room[:, limit, year] < 0).any():
            inside = (fan.year[:, works] == year) & over[:, None]
            first = np.where(inside, loss[:, works], np.inf).argmin(axis=1)
            for at in np.unique(first[over]).tolist():
                _leave_out(fan, int(works[at]), over & (first == at))


def _follow_ties(fan: Fan) -> None:
    """Leave out works that are tied to one that went, until every tie holds."""
    ties = fan.ground.ties
    going = len(ties.work) > 0
    while going:
        going = False
        for at in range(len(ties.work)):
            one, other = int(ties.work[at]), int(ties.other[at])
            here, there = fan.year[:, one], fan.year[:, other]
            apart = here - there
            kept = (here < 0) & ((there < 0) | (not ties.same[at]))
            kept |= (here >= 0) & (there >= 0) & (apart >= ties.least[at]) & (apart <= ties.most[at])
            if not kept.all():
                _leave_out(fan, one, ~kept & (here >= 0))
                _leave_out(fan, other, ~kept & (here < 0))
                going = True


def _leave_out(fan: Fan, work: int, where: Mask) -> None:
    """Leave a work undone in some futures."""
    block = block_of(fan.ground, [work])
    load = load_of(fan, block, np.ones((fan.count, 1), dtype=bool))
    shift(fan, block, load, np.where(where, fan.year[:, work], UNDONE), sign=-1)
    fan.year[where, work] = UNDONE


def _owners(lists: list[Whole], count: int) -> Whole:
    """Return the work of each row."""
    owner = np.zeros(count, dtype=np.int64)
    for work, rows in enumerate(lists):
        owner[rows] = work
    return owner
