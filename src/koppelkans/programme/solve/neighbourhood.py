"""A programme made better bit by bit: some works are planned anew while all others keep their year. (nl: omgeving)."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from koppelkans.programme.indexed import Indexed, Mask, Whole
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.standing import Standing, exact

LOG = logging.getLogger(__name__)
CHOICES = 140
"""So many choices are planned anew in one round: measured, a search of this size mostly ends within a second."""
NODES = 10
"""Nodes of the search tree per round; counted, not timed, so that the same seed gives the same programme."""
STALE = 30
"""After so many rounds without a gain the search ends: each way of choosing works was tried ten times."""
MOST = 200
"""Rounds at the most."""
WIDEN = 10
"""After every so many rounds without a gain a wider circle is planned anew."""
SECONDS = 10.0
"""A round that is not over by then is cut short: the clock only decides where the machine is too slow for the counts."""
SIDE = 2
"""So many rounds go side by side where there are cores for them."""
SPAN = 3
"""Years that are planned anew together."""


@dataclass(frozen=True)
class Rounds:
    """How wide rounds are (choices planned anew), among which choices besides those of the best so far, how many may be in vain, and how many there are at the most."""

    choices: int = CHOICES
    within: Mask | None = None
    stale: int = STALE
    most: int = MOST


def improve(
    standing: Standing,
    indexed: Indexed,
    *,
    rounds: Rounds | None = None,
    pool: Executor | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Plan some works anew, round after round: of a few years, around a work, or drawn from the whole city.

    Each round is a small search of its own that can only keep or better the programme. Ends after so many rounds without
    a gain, after the most rounds that may be, when the goal is reached, when `stop` says so, or when the time is up.

    Parameters
    ----------
    standing, indexed
        The best programme so far, which is bettered in place, and the problem in numbers.
    rounds
        How wide the rounds are, among which choices, when they are in vain, and how many there are at the most.
    pool
        Where it is given, two rounds that share no work go side by side from the same programme.
    stop
        Asked between rounds.

    Source: Shaw (1998), Using constraint programming and local search methods to solve vehicle routing problems.
    """
    if standing.best is None:
        return
    rng = np.random.default_rng(standing.seed)
    rounds = rounds or Rounds()
    within = rounds.within
    looked_at = len(indexed.option_work) if within is None else int(within.sum())
    least = max(4, round(rounds.choices * len(indexed.problem.works) / max(1, looked_at)))
    near = _neighbours(indexed)
    vain = turn = 0
    while vain < rounds.stale and turn < rounds.most and not standing.done and not stop():
        size = least * (1 + vain // WIDEN)
        picks = [_pick(turn + at, standing, indexed, near, rng, size) for at in range(1 if pool is None else SIDE)]
        gained = _plan_anew(standing, _masks(indexed, picks, within, standing.chosen), pool)
        vain = 0 if gained else vain + len(picks)
        turn += len(picks)
    LOG.info("%d rounds of planning anew: value %.0f, gap %.5f", turn, standing.value, standing.gap)


def _pick(
    turn: int, standing: Standing, indexed: Indexed, near: sparse.csr_array, rng: np.random.Generator, size: int
) -> Whole:
    """Return the works of one round: of a few years, around a work, or from the whole city, by turns."""
    if turn % 3 == 0:
        return _of_years(standing, indexed, rng, size)
    if turn % 3 == 1:
        return _around(near, rng, size)
    return _anywhere(indexed, rng, size)


def _masks(indexed: Indexed, picks: list[Whole], within: Mask | None, chosen: Mask) -> list[Mask]:
    """Return the choices that are free for each pick of works.

    Works of an earlier pick are held in a later one, so that what both find can hold together.
    """
    taken = np.zeros(len(indexed.problem.works), dtype=bool)
    masks = []
    for works in picks:
        free = np.zeros(len(taken), dtype=bool)
        free[works] = True
        free &= ~taken
        taken |= free
        masks.append(free[indexed.option_work] if within is None else free[indexed.option_work] & (within | chosen))
    return [free for free in masks if free.any()]


def _plan_anew(standing: Standing, masks: list[Mask], pool: Executor | None) -> bool:
    """Search the choices of each mask with all others held; tell whether anything gained."""
    before = standing.chosen
    run = map if pool is None else pool.map
    gained = False
    for free, found in zip(masks, list(run(lambda free: _searched(standing, before, free), masks)), strict=True):
        if found is not None:
            gained |= standing.offer(np.where(free, found, standing.chosen))
    return gained


def _searched(standing: Standing, chosen: Mask, free: Mask) -> Mask | None:
    """Return the choices that are best where only some are free."""
    held = chosen & ~free
    part, columns = standing.rows.part(free, standing.rows.complete(held))
    effort = Effort(seconds=min(SECONDS, standing.left), gap=standing.goal / 10, nodes=NODES, seed=standing.seed)
    found = exact(part, effort, start=standing.rows.complete(chosen)[columns])
    if found.chosen is None:
        return None
    made = held.copy()
    made[columns[: part.choices]] = found.chosen
    return made


def _neighbours(indexed: Indexed) -> sparse.csr_array:
    """Return which works (W x W) share a section."""
    ones = np.ones(len(indexed.touch_work))
    shape = (len(indexed.problem.works), len(indexed.problem.sections))
    touches = sparse.csr_array((ones, (indexed.touch_work, indexed.touch_section)), shape=shape)
    return sparse.csr_array(touches @ touches.T)


def _of_years(standing: Standing, indexed: Indexed, rng: np.random.Generator, size: int) -> Whole:
    """Return works that are done in a few years in a row, with works that are left undone."""
    year = np.full(len(indexed.problem.works), -1)
    on = standing.chosen
    year[indexed.option_work[on]] = indexed.option_year[on]
    first = int(rng.integers(0, max(1, indexed.problem.years - SPAN + 1)))
    found = np.flatnonzero((year < 0) | ((year >= first) & (year < first + SPAN)))
    return found if len(found) <= size else np.sort(rng.choice(found, size, replace=False))


def _around(near: sparse.csr_array, rng: np.random.Generator, size: int) -> Whole:
    """Return a work with the works that share a section with it, and theirs, up to `size`."""
    inside = np.zeros(near.shape[0], dtype=bool)
    inside[int(rng.integers(near.shape[0]))] = True
    while inside.sum() < size:
        reached = np.unique(near[np.flatnonzero(inside)].indices)
        fresh = reached[~inside[reached]]
        if not len(fresh):
            break
        inside[rng.permutation(fresh)[: size - int(inside.sum())]] = True
    return np.flatnonzero(inside)


def _anywhere(indexed: Indexed, rng: np.random.Generator, size: int) -> Whole:
    """Return works drawn from the whole city."""
    count = len(indexed.problem.works)
    return np.sort(rng.choice(count, min(size, count), replace=False))
