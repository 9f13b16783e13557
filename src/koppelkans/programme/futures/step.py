"""One step in a fan of futures: works go, in each future, to the year that is best with all others held. (nl: stap)."""

from dataclasses import dataclass

import numpy as np

from koppelkans.programme.futures.block import Block, Load, load_of, shift
from koppelkans.programme.futures.fan import NEVER, Fan, within
from koppelkans.programme.indexed import Floats, Mask, Whole
from koppelkans.programme.placed import UNDONE

STAY_EUR = 1.0
"""At equal value a work stays where it is: it moves only where that gains more than this."""

SLACK = 1e-6
"""Less than this short (eur, hours) is rounding."""


@dataclass
class Pressure:
    """What it costs to be short of a euro (F x purse x T), an hour (F x crew x T) or a street (F x limit x T) in a year."""

    money: Floats
    hours: Floats
    streets: Floats


def best_step(fan: Fan, block: Block, pressure: Pressure | None, *, moves: Mask, noise: Floats | float = 0.0) -> Mask:
    """Move works of a block to the best year together, or leave them undone; tell in which futures they moved.

    Parameters
    ----------
    fan
        The futures; changed in place.
    block
        The works.
    pressure
        What it costs to be short; None: it may not be.
    moves
        Which works of the block move in each future (F x k); those stand in the same year.
    noise
        Added to the price of each year and of undone (T + 1).
    """
    load = load_of(fan, block, moves)
    first = moves.argmax(axis=1)
    here = np.where(load.count > 0, fan.year[np.arange(fan.count), block.works[first]], UNDONE)
    shift(fan, block, load, here, sign=-1)
    opens = openings(fan, block, load)
    price = np.empty((fan.count, fan.money.shape[2] + 1))
    price[:, :-1] = street_and_own(fan, block, load, moves, opens) + _short(fan, block, load, pressure, opens)
    price[:, -1] = moves @ (block.must * NEVER)
    if len(block.ties):
        price += _tied(fan, block, moves)
    price += noise
    every, years = np.arange(fan.count), price.shape[1] - 1
    now = np.where(here < 0, years, here)
    price[every, now] -= STAY_EUR * load.count
    to = price.argmin(axis=1)
    lost = price[every, to] > NEVER / 2
    lost &= here >= 0
    to = np.where(lost & (price[every, -1] >= price[every, now]), now, to)
    to = np.where(load.count > 0, to, now)
    there = np.where(to == years, UNDONE, to)
    shift(fan, block, load, there, sign=1)
    moved = there != here
    fan.year[:, block.works] = np.where(moves, there[:, None], fan.year[:, block.works])
    return np.asarray(moved)


def street_and_own(fan: Fan, block: Block, load: Load, moves: Mask, opens: Mask) -> Floats:
    """Return what a block costs in each year (F x T), less leaving it undone: its works, openings, graafrust and joints."""
    ground = fan.ground
    if len(block.works) == 1:
        price = np.where(moves, ground.own_eur[:, block.works[0]], 0.0)
    else:
        price = np.einsum("fk,fkt->ft", moves.astype(float), ground.own_eur[:, block.works])
    if len(block.sections):
        price += (ground.opening_eur[:, block.sections, None] * opens).sum(axis=1) * ground.factors
        price += _breached(fan, block, load)
    for at in block.joints.tolist():
        price -= _joined(fan, block, moves, at)
    return price


def openings(fan: Fan, block: Block, load: Load) -> Mask:
    """Tell which sections a block would open in which year (F x u x T)."""
    return np.asarray((fan.streets[0][:, block.sections] == 0) & (load.touches[0] > 0)[:, :, None])


def _breached(fan: Fan, block: Block, load: Load) -> Floats | float:
    """Return what a block adds to broken graafrust in each year (F x T): by digging itself and by paving before others dig."""
    digs, paves = load.touches[1] > 0, load.touches[2] > 0
    if not (digs.any() or paves.any()):
        return 0.0
    dug = fan.streets[1][:, block.sections] > 0
    rested = within(fan.streets[2][:, block.sections], block.rests, before=True) > 0
    itself = ((~dug & rested & digs[:, :, None]) * block.breach_eur).sum(axis=1)
    if not paves.any():
        return np.asarray(itself)
    later = within((dug & ~rested) * block.breach_eur, block.rests, before=False)
    return np.asarray(itself + (later * paves[:, :, None]).sum(axis=1))


def _joined(fan: Fan, block: Block, moves: Mask, at: int) -> Floats:
    """Return what a block saves in each year by one joint (F x T); what both its works move along with changes nothing."""
    joints, years = fan.ground.joints, np.arange(len(fan.ground.factors))
    ends = [_end(fan, block, moves, int(side[at])) for side in (joints.work, joints.other)]
    saved = np.zeros((fan.count, len(years)))
    for (goes, _), (stays_not, year) in (ends, ends[::-1]):
        alone = goes & ~stays_not
        saved += np.where(alone[:, None] & (year[:, None] == years), joints.saving_eur[at] * fan.ground.factors, 0.0)
    both = ends[0][0] & ends[1][0]
    return saved + np.where(both[:, None], joints.saving_eur[at] * fan.ground.factors, 0.0)


def _end(fan: Fan, block: Block, moves: Mask, work: int) -> tuple[Mask, Whole]:
    """Tell of one work of a pair in which futures it moves along (F), and its year (F)."""
    place = np.flatnonzero(block.works == work)
    goes = moves[:, place[0]] if len(place) else np.zeros(fan.count, dtype=bool)
    return goes, fan.year[:, work]


def _tied(fan: Fan, block: Block, moves: Mask) -> Floats:
    """Return `NEVER` in years (and for undone) that a tie forbids (F x T + 1)."""
    ties, years = fan.ground.ties, np.arange(len(fan.ground.factors))
    price = np.zeros((fan.count, len(years) + 1))
    for at in block.ties.tolist():
        least, most = ties.least[at], ties.most[at]
        (one, here), (two, there) = (_end(fan, block, moves, int(side[at])) for side in (ties.work, ties.other))
        after, before = years - there[:, None], here[:, None] - years
        bad_one = (there < 0)[:, None] | (after < least) | (after > most)
        bad_two = ((here < 0) & ties.same[at])[:, None] | ((here >= 0)[:, None] & ((before < least) | (before > most)))
        both = np.full(bad_one.shape, least > 0 or most < 0)
        wrong = np.select([(one & two)[:, None], one[:, None], two[:, None]], [both, bad_one, bad_two], default=False)
        gone = (two & ~one & (here >= 0)) | (one & ~two & (there >= 0) & ties.same[at])
        price += NEVER * np.column_stack([wrong, gone])
    return price


def _short(fan: Fan, block: Block, load: Load, pressure: Pressure | None, opens: Mask) -> Floats:
    """Return what a block costs in each year (F x T) by what purses, crews and limits come short."""
    total = np.zeros((fan.count, fan.money.shape[2]))
    for at, fund in enumerate(block.funds.tolist()):
        money = fan.money[:, fund]
        over = np.maximum(load.eur[:, at, None] - money, 0.0) - np.maximum(-money, 0.0)
        cost = NEVER * (over > SLACK) if pressure is None else over * pressure.money[:, fund]
        total += cost[:, ::-1].cumsum(axis=1)[:, ::-1] if fan.ground.carries[fund] else cost
    for at, crew in enumerate(block.crews.tolist()):
        hours = fan.hours[:, crew]
        over = np.maximum(load.hours[:, at, None] - hours, 0.0) - np.maximum(-hours, 0.0)
        total += NEVER * (over > SLACK) if pressure is None else over * pressure.hours[:, crew]
    if len(block.limits):
        room = fan.room[:, block.limits]
        more = np.einsum("fut,ul->flt", opens.astype(float), block.within)
        over = np.maximum(more - room, 0.0) - np.maximum(-room, 0.0)
        costs = NEVER * (over > 0) if pressure is None else over * pressure.streets[:, block.limits]
        total += costs.sum(axis=1)
    return total
