"""Programmes planned again in many futures at once, from where they stand. (nl: bijstellen)."""

from dataclasses import dataclass, replace

import numpy as np

from koppelkans.programme.futures.batch import (
    NEVER,
    Block,
    FutureBatch,
    Load,
    again,
    block_of,
    load_of,
    placed,
    shift,
    within,
    worth,
)
from koppelkans.programme.indexed import Floats, Mask, Whole
from koppelkans.programme.placed import UNDONE

STAY_EUR = 1.0
"""At equal value a work stays where it is: it moves only where that gains more than this."""

SLACK = 1e-6
"""Less than this short (eur, hours) is rounding."""


@dataclass
class Pressure:
    """The price of a shortage: per euro, hour or open street, in each future and year.

    Shapes: F x purse x T, F x crew x T and F x limit x T.
    """

    money: Floats
    hours: Floats
    streets: Floats


def best_step(
    batch: FutureBatch, block: Block, pressure: Pressure | None, *, moves: Mask, noise: Floats | float = 0.0
) -> Mask:
    """Move the works of a block together to their best year, in every future.

    They may also be left undone. Returned is in which futures they moved.

    Parameters
    ----------
    batch
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
    load = load_of(batch, block, moves)
    first = moves.argmax(axis=1)
    here = np.where(load.count > 0, batch.year[np.arange(batch.count), block.works[first]], UNDONE)
    shift(batch, block, load, here, sign=-1)
    opens = openings(batch, block, load)
    price = np.empty((batch.count, batch.money.shape[2] + 1))
    price[:, :-1] = street_and_own(batch, block, load, moves, opens) + _short(batch, block, load, pressure, opens)
    price[:, -1] = moves @ (block.must * NEVER)
    if len(block.ties):
        price += _tied(batch, block, moves)
    price += noise
    every, years = np.arange(batch.count), price.shape[1] - 1
    now = np.where(here < 0, years, here)
    price[every, now] -= STAY_EUR * load.count
    to = price.argmin(axis=1)
    lost = price[every, to] > NEVER / 2
    lost &= here >= 0
    to = np.where(lost & (price[every, -1] >= price[every, now]), now, to)
    to = np.where(load.count > 0, to, now)
    there = np.where(to == years, UNDONE, to)
    shift(batch, block, load, there, sign=1)
    moved = there != here
    batch.year[:, block.works] = np.where(moves, there[:, None], batch.year[:, block.works])
    return np.asarray(moved)


def street_and_own(batch: FutureBatch, block: Block, load: Load, moves: Mask, opens: Mask) -> Floats:
    """Return the cost of a block in each year (F x T), less the price of leaving it undone.

    It counts its works, openings, graafrust and joints.
    """
    ground = batch.ground
    if len(block.works) == 1:
        price = np.where(moves, ground.own_eur[:, block.works[0]], 0.0)
    else:
        price = np.einsum("fk,fkt->ft", moves.astype(float), ground.own_eur[:, block.works])
    if len(block.sections):
        price += (ground.opening_eur[:, block.sections, None] * opens).sum(axis=1) * ground.factors
        price += _breached(batch, block, load)
    for at in block.joints.tolist():
        price -= _joined(batch, block, moves, at)
    return price


def openings(batch: FutureBatch, block: Block, load: Load) -> Mask:
    """Tell which sections a block would open in which year (F x u x T)."""
    return np.asarray((batch.streets[0][:, block.sections] == 0) & (load.touches[0] > 0)[:, :, None])


def _breached(batch: FutureBatch, block: Block, load: Load) -> Floats | float:
    """Return what a block adds to broken graafrust in each year (F x T): by digging itself and by paving before others dig."""
    digs, paves = load.touches[1] > 0, load.touches[2] > 0
    if not (digs.any() or paves.any()):
        return 0.0
    dug = batch.streets[1][:, block.sections] > 0
    rested = within(batch.streets[2][:, block.sections], block.rests, before=True) > 0
    itself = ((~dug & rested & digs[:, :, None]) * block.breach_eur).sum(axis=1)
    if not paves.any():
        return np.asarray(itself)
    later = within((dug & ~rested) * block.breach_eur, block.rests, before=False)
    return np.asarray(itself + (later * paves[:, :, None]).sum(axis=1))


def _joined(batch: FutureBatch, block: Block, moves: Mask, at: int) -> Floats:
    """Return what a block saves in each year by one joint (F x T); what both its works move along with changes nothing."""
    joints, years = batch.ground.joints, np.arange(len(batch.ground.factors))
    ends = [_end(batch, block, moves, int(side[at])) for side in (joints.work, joints.other)]
    saved = np.zeros((batch.count, len(years)))
    for (goes, _), (stays_not, year) in (ends, ends[::-1]):
        alone = goes & ~stays_not
        saved += np.where(alone[:, None] & (year[:, None] == years), joints.saving_eur[at] * batch.ground.factors, 0.0)
    both = ends[0][0] & ends[1][0]
    return saved + np.where(both[:, None], joints.saving_eur[at] * batch.ground.factors, 0.0)


def _end(batch: FutureBatch, block: Block, moves: Mask, work: int) -> tuple[Mask, Whole]:
    """Tell of one work of a pair in which futures it moves along (F), and its year (F)."""
    place = np.flatnonzero(block.works == work)
    goes = moves[:, place[0]] if len(place) else np.zeros(batch.count, dtype=bool)
    return goes, batch.year[:, work]


def _tied(batch: FutureBatch, block: Block, moves: Mask) -> Floats:
    """Return `NEVER` in years (and for undone) that a tie forbids (F x T + 1)."""
    ties, years = batch.ground.ties, np.arange(len(batch.ground.factors))
    price = np.zeros((batch.count, len(years) + 1))
    for at in block.ties.tolist():
        least, most = ties.least[at], ties.most[at]
        (one, here), (two, there) = (_end(batch, block, moves, int(side[at])) for side in (ties.work, ties.other))
        after, before = years - there[:, None], here[:, None] - years
        bad_one = (there < 0)[:, None] | (after < least) | (after > most)
        bad_two = ((here < 0) & ties.same[at])[:, None] | ((here >= 0)[:, None] & ((before < least) | (before > most)))
        both = np.full(bad_one.shape, least > 0 or most < 0)
        wrong = np.select([(one & two)[:, None], one[:, None], two[:, None]], [both, bad_one, bad_two], default=False)
        gone = (two & ~one & (here >= 0)) | (one & ~two & (there >= 0) & ties.same[at])
        price += NEVER * np.column_stack([wrong, gone])
    return price


def _short(batch: FutureBatch, block: Block, load: Load, pressure: Pressure | None, opens: Mask) -> Floats:
    """Return what a block costs in each year (F x T) by what purses, crews and limits come short."""
    total = np.zeros((batch.count, batch.money.shape[2]))
    for at, fund in enumerate(block.funds.tolist()):
        money = batch.money[:, fund]
        over = np.maximum(load.eur[:, at, None] - money, 0.0) - np.maximum(-money, 0.0)
        cost = NEVER * (over > SLACK) if pressure is None else over * pressure.money[:, fund]
        total += cost[:, ::-1].cumsum(axis=1)[:, ::-1] if batch.ground.carries[fund] else cost
    for at, crew in enumerate(block.crews.tolist()):
        hours = batch.hours[:, crew]
        over = np.maximum(load.hours[:, at, None] - hours, 0.0) - np.maximum(-hours, 0.0)
        total += NEVER * (over > SLACK) if pressure is None else over * pressure.hours[:, crew]
    if len(block.limits):
        room = batch.room[:, block.limits]
        more = np.einsum("fut,ul->flt", opens.astype(float), block.within)
        over = np.maximum(more - room, 0.0) - np.maximum(-room, 0.0)
        costs = NEVER * (over > 0) if pressure is None else over * pressure.streets[:, block.limits]
        total += costs.sum(axis=1)
    return total


STARTS = (1.0, 3.0, 10.0, 30.0)
"""Each future is tried from so many first prices of being short (eur per euro, in each year that it lasts)."""
HOUR_EUR, STREET_EUR = 60.0, 60_000.0
"""An hour, and an open street, too many count as so many euros too many."""
ROUNDS = 6
"""Rounds in which being short has a price that goes up where there is too little and down where there is enough."""
DEARER, CHEAPER = 1.5, 0.9
TIGHTER, LAST = 2.0, 4
"""In so many rounds more the prices only go up, so that all fits in the end."""
EVERY = 2
"""The works of sections get a turn in the first of every so many rounds."""
HARD = 2
"""Rounds, at the most, in which nothing may be short any more."""
MOST_WORKS = 12
"""The works of a section move as one where there are no more than this."""
SEED = 1


@dataclass(frozen=True)
class _Turns:
    """What gets a turn in a round: works by themselves, and those of a section that stand in the same year."""

    works: list[Block]
    streets: list[Block]


def adapt(batch: FutureBatch, *, stay_eur: Floats | None = None, passes: int = 1) -> FutureBatch:
    """Return the futures planned again: in none of them is the programme worse than it was.

    Work by work and section by section the best year is taken with all others held, in all futures at once. In the first
    rounds purses, crews and limits may be short at a price, which goes up while they are and down while they are not, so that
    works change places; then nothing may be short. Of every future the best that was found is kept.

    Parameters
    ----------
    batch
        The programmes where they stand; not changed. What must hold, holds there.
    stay_eur
        What leaving the year in which it stands costs each work (F x W): it was prepared for that year.
    passes
        So often the tries start, each time from the best that was found.

    Source: prices on what is short, by turns too little and too much, as in Gendreau, Hertz and Laporte (1994), A tabu search
    heuristic for the vehicle routing problem. It is no proof of the best.
    """
    return placed(batch, _planned_again(batch, stay_eur, passes))


def _planned_again(batch: FutureBatch, stay_eur: Floats | None, passes: int) -> Whole:
    """Return the best year found of each work in each future (F x W)."""
    own = batch.ground.own_eur
    if stay_eur is not None:
        future, work = np.nonzero(batch.year >= 0)
        own = own.copy()
        own[future, work, batch.year[future, work]] -= stay_eur[future, work]
    start = replace(batch, ground=replace(batch.ground, own_eur=own))
    futures = np.tile(np.arange(batch.count), len(STARTS))
    best = _Best(worth(start), start.year.copy())
    draw = np.random.default_rng(SEED)
    turns = _turns(start)
    for _ in range(passes):
        tries = again(placed(start, best.year), futures)
        best.offer(_tried(tries, turns, first=np.repeat(STARTS, batch.count)[:, None, None], draw=draw))
    return best.year


def _tried(batch: FutureBatch, turns: _Turns, *, first: Floats, draw: np.random.Generator) -> "_Best":
    """Return the best that is found from where every try stands."""
    best = _Best(worth(batch), batch.year.copy())
    _under_pressure(batch, turns, best, first=first, draw=draw)
    for turn in range(HARD):
        if not _round(batch, turns, None, draw=draw, streets=turn % EVERY == 0):
            break
    best.take(np.where(fits(batch), worth(batch), np.inf), batch.year)
    return best


@dataclass
class _Best:
    """The best programmes that fit (value F; year F x W)."""

    value: Floats
    year: Whole

    def take(self, value: Floats, year: Whole) -> None:
        """Take the programmes that are better."""
        better = value < self.value
        self.value = np.where(better, value, self.value)
        self.year[better] = year[better]

    def offer(self, tried: "_Best") -> None:
        """Take the best of several tries of each future, where it is better."""
        count = len(self.value)
        value = tried.value.reshape(-1, count)
        which = value.argmin(axis=0)
        self.take(value.min(axis=0), tried.year.reshape(len(value), count, -1)[which, np.arange(count)])


def fits(batch: FutureBatch) -> Mask:
    """Tell in which futures no purse, crew or limit is short."""
    kept = np.ones(batch.count, dtype=bool)
    for left in (batch.money, batch.hours, batch.room):
        kept &= (left >= -SLACK).all(axis=(1, 2))
    return kept


def _under_pressure(
    batch: FutureBatch, turns: _Turns, best: _Best, *, first: Floats, draw: np.random.Generator
) -> None:
    """Go round with a price on being short, until all fits."""
    price = Pressure(
        np.broadcast_to(first, batch.money.shape).copy(),
        np.broadcast_to(HOUR_EUR * first, batch.hours.shape).copy(),
        np.broadcast_to(STREET_EUR * first, batch.room.shape).copy(),
    )
    for turn in range(ROUNDS + LAST):
        last = turn >= ROUNDS
        _round(batch, turns, price, draw=draw, streets=turn % EVERY == 0)
        best.take(np.where(fits(batch), worth(batch), np.inf), batch.year)
        dearer, cheaper = (TIGHTER, 1.0) if last else (DEARER, CHEAPER)
        price = Pressure(
            _priced(price.money, batch.money, dearer, cheaper),
            _priced(price.hours, batch.hours, dearer, cheaper),
            _priced(price.streets, batch.room, dearer, cheaper),
        )
        if last and fits(batch).all():
            break


def _priced(eur: Floats, left: Floats, dearer: float, cheaper: float) -> Floats:
    """Return prices that went up where there is too little left, and down where there is enough."""
    return np.asarray(eur * np.where(left < -SLACK, dearer, cheaper), dtype=float)


def _turns(batch: FutureBatch) -> _Turns:
    """Return what gets a turn: works by themselves, and the works of each section where there are several."""
    ground = batch.ground
    works = [block_of(ground, [work]) for work in range(batch.year.shape[1])]
    streets = [block_of(ground, visits.tolist()) for visits in ground.visits if 1 < len(visits) <= MOST_WORKS]
    return _Turns(works, streets)


def _round(
    batch: FutureBatch, turns: _Turns, pressure: Pressure | None, *, draw: np.random.Generator, streets: bool
) -> bool:
    """Give every work a turn, then the works of every section that stand in one year; tell whether anything moved."""
    one = np.ones((batch.count, 1), dtype=bool)
    moved = False
    for at in draw.permutation(len(turns.works)).tolist():
        moved |= bool(best_step(batch, turns.works[at], pressure, moves=one).any())
    for at in draw.permutation(len(turns.streets) if streets else 0).tolist():
        block = turns.streets[at]
        year = batch.year[:, block.works]
        along = year == year[:, [int(draw.integers(year.shape[1]))]]
        along &= along.sum(axis=1, keepdims=True) > 1
        if along.any():
            moved |= bool(best_step(batch, block, pressure, moves=along).any())
    return moved
