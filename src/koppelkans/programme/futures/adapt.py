"""Programmes planned again in many futures at once, from where they stand: works and bundles move where that gains. (nl: bijstellen)."""

from dataclasses import dataclass, replace

import numpy as np

from koppelkans.programme.futures.block import Block, block_of
from koppelkans.programme.futures.fan import Fan, again, worth
from koppelkans.programme.futures.placed import placed
from koppelkans.programme.futures.step import SLACK, Pressure, best_step
from koppelkans.programme.indexed import Floats, Mask, Whole

STARTS = (10.0, 30.0, 100.0)
"""Each future is tried from so many first prices of being short (eur per euro, in each year that it lasts)."""
HOUR_EUR, STREET_EUR = 60.0, 60_000.0
"""An hour, and an open street, too many count as so many euros too many."""
ROUNDS = 8
"""Rounds in which being short has a price that goes up where there is too little and down where there is enough."""
DEARER, CHEAPER = 1.5, 0.9
TIGHTER, LAST = 2.0, 5
"""In so many rounds more the prices only go up, so that all fits in the end."""
EVERY = 2
"""The works of sections get a turn in the first of every so many rounds."""
HARD = 4
"""Rounds, at the most, in which nothing may be short any more."""
MOST_WORKS = 12
"""The works of a section move as one where there are no more than this."""
SEED = 1


@dataclass(frozen=True)
class _Turns:
    """What gets a turn in a round: works by themselves, and those of a section that stand in the same year."""

    works: list[Block]
    streets: list[Block]


def adapt(fan: Fan, *, stay_eur: Floats | None = None, passes: int = 1) -> Fan:
    """Return the futures planned again: in none of them is the programme worse than it was.

    Work by work and section by section the best year is taken with all others held, in all futures at once. In the first
    rounds purses, crews and limits may be short at a price, which goes up while they are and down while they are not, so that
    works change places; then nothing may be short. Of every future the best that was found is kept.

    Parameters
    ----------
    fan
        The programmes where they stand; not changed. What must hold, holds there.
    stay_eur
        What leaving the year in which it stands costs each work (F x W): it was prepared for that year.
    passes
        So often the tries start, each time from the best that was found.

    Source: prices on what is short, by turns too little and too much, as in Gendreau, Hertz and Laporte (1994), A tabu search
    heuristic for the vehicle routing problem. It is no proof of the best.
    """
    return placed(fan, _planned_again(fan, stay_eur, passes))


def _planned_again(fan: Fan, stay_eur: Floats | None, passes: int) -> Whole:
    """Return the best year found of each work in each future (F x W)."""
    own = fan.ground.own_eur
    if stay_eur is not None:
        future, work = np.nonzero(fan.year >= 0)
        own = own.copy()
        own[future, work, fan.year[future, work]] -= stay_eur[future, work]
    start = replace(fan, ground=replace(fan.ground, own_eur=own))
    futures = np.tile(np.arange(fan.count), len(STARTS))
    best = _Best(worth(start), start.year.copy())
    draw = np.random.default_rng(SEED)
    turns = _turns(start)
    for _ in range(passes):
        tries = again(placed(start, best.year), futures)
        best.offer(_tried(tries, turns, first=np.repeat(STARTS, fan.count)[:, None, None], draw=draw))
    return best.year


def _tried(fan: Fan, turns: _Turns, *, first: Floats, draw: np.random.Generator) -> "_Best":
    """Return the best that is found from where every try stands."""
    best = _Best(worth(fan), fan.year.copy())
    _under_pressure(fan, turns, best, first=first, draw=draw)
    for turn in range(HARD):
        if not _round(fan, turns, None, draw=draw, streets=turn % EVERY == 0):
            break
    best.take(np.where(fits(fan), worth(fan), np.inf), fan.year)
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


def fits(fan: Fan) -> Mask:
    """Tell in which futures no purse, crew or limit is short."""
    kept = np.ones(fan.count, dtype=bool)
    for left in (fan.money, fan.hours, fan.room):
        kept &= (left >= -SLACK).all(axis=(1, 2))
    return kept


def _under_pressure(fan: Fan, turns: _Turns, best: _Best, *, first: Floats, draw: np.random.Generator) -> None:
    """Go round with a price on being short, until all fits."""
    price = Pressure(
        np.broadcast_to(first, fan.money.shape).copy(),
        np.broadcast_to(HOUR_EUR * first, fan.hours.shape).copy(),
        np.broadcast_to(STREET_EUR * first, fan.room.shape).copy(),
    )
    for turn in range(ROUNDS + LAST):
        last = turn >= ROUNDS
        _round(fan, turns, price, draw=draw, streets=turn % EVERY == 0)
        best.take(np.where(fits(fan), worth(fan), np.inf), fan.year)
        dearer, cheaper = (TIGHTER, 1.0) if last else (DEARER, CHEAPER)
        price = Pressure(
            _priced(price.money, fan.money, dearer, cheaper),
            _priced(price.hours, fan.hours, dearer, cheaper),
            _priced(price.streets, fan.room, dearer, cheaper),
        )
        if last and fits(fan).all():
            break


def _priced(eur: Floats, left: Floats, dearer: float, cheaper: float) -> Floats:
    """Return prices that went up where there is too little left, and down where there is enough."""
    return np.asarray(eur * np.where(left < -SLACK, dearer, cheaper), dtype=float)


def _turns(fan: Fan) -> _Turns:
    """Return what gets a turn: works by themselves, and the works of each section where there are several."""
    ground = fan.ground
    works = [block_of(ground, [work]) for work in range(fan.year.shape[1])]
    streets = [block_of(ground, visits.tolist()) for visits in ground.visits if 1 < len(visits) <= MOST_WORKS]
    return _Turns(works, streets)


def _round(fan: Fan, turns: _Turns, pressure: Pressure | None, *, draw: np.random.Generator, streets: bool) -> bool:
    """Give every work a turn, then the works of every section that stand in one year; tell whether anything moved."""
    one = np.ones((fan.count, 1), dtype=bool)
    moved = False
    for at in draw.permutation(len(turns.works)).tolist():
        moved |= bool(best_step(fan, turns.works[at], pressure, moves=one).any())
    for at in draw.permutation(len(turns.streets) if streets else 0).tolist():
        block = turns.streets[at]
        year = fan.year[:, block.works]
        along = year == year[:, [int(draw.integers(year.shape[1]))]]
        along &= along.sum(axis=1, keepdims=True) > 1
        if along.any():
            moved |= bool(best_step(fan, block, pressure, moves=along).any())
    return moved
