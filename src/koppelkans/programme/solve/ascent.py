"""Prices of money, people and open streets raised until the blocks, each planned alone, just fit together. (nl: prijzen)."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from koppelkans.programme.indexed import Floats, Mask
from koppelkans.programme.solve.blocks import Blocks
from koppelkans.programme.solve.incumbent import Incumbent
from koppelkans.programme.solve.master import Master

LOG = logging.getLogger(__name__)
ROUNDS = 40
"""Rounds of asking all blocks at the most."""
SMOOTH = 0.3
"""Prices are asked at this share of the best so far and the rest of those of the master: fewer rounds, measured.

Source: Wentges (1997), Weighted Dantzig-Wolfe decomposition for linear mixed-integer programming.
"""
CLOSE = 0.05
"""The prices are good enough where the bound is within this share of the goal from the best that prices can prove."""
LEAST = 1e-6
"""Nor is more asked of them than this share of the value."""


@dataclass(frozen=True)
class Ascended:
    """What the prices brought: the master with the plans of all blocks, the best prices, and every choice that was in a plan."""

    master: Master
    prices: Floats
    used: Mask


def ascend(incumbent: Incumbent, blocks: Blocks, *, pool: Executor | None, tell: Callable[[float], None]) -> Ascended:
    """Raise the bound as far as prices can, and gather the plans that the blocks make at them.

    Each round asks every block for its best plan at the prices of the shared rows, and the master for the prices at which
    the plans so far fit together best. Ends when the bound is within `CLOSE` of the goal from the best that any prices can
    prove, or when the time is up. `tell` hears how far it is, 0-1.
    """
    master = Master(blocks)
    used = np.zeros(blocks.rows.choices, dtype=bool)
    master.add(used, only=_may_be_empty(blocks))
    if incumbent.best is not None:
        master.add(incumbent.chosen)
    best, asked, bound = np.zeros(len(blocks.shared)), np.zeros(len(blocks.shared)), -np.inf
    for turn in range(ROUNDS):
        answer = blocks.ask(asked, pool=pool, left=lambda: incumbent.left)
        if answer is None:
            break
        used |= answer.chosen
        if answer.bound > bound:
            bound, best = answer.bound, asked
        incumbent.prove(bound, blocks.spread(best))
        incumbent.offer(answer.chosen)
        fresh = master.add(answer.chosen)
        mixed = master.relax(incumbent.left)
        if mixed is None:
            break
        value, prices = mixed
        LOG.debug("round %d: bound %.0f, mix %.0f, %d new plans", turn, bound, value, fresh)
        tell((turn + 1) / ROUNDS)
        if value - bound <= max(CLOSE * incumbent.goal, LEAST) * abs(value):
            break
        exactly = not fresh and not np.array_equal(asked, prices)
        asked = prices if exactly else SMOOTH * best + (1.0 - SMOOTH) * prices
    LOG.info("%d blocks, %d plans: bound %.0f", blocks.count, len(master.plans), bound)
    return Ascended(master, best, used)


def _may_be_empty(blocks: Blocks) -> Mask:
    """Tell which blocks may leave all their works undone."""
    rows = blocks.rows
    must = np.flatnonzero((rows.lower > 0) | (rows.upper < 0))
    must = np.setdiff1d(must, blocks.shared)
    bound_to = blocks.block[np.unique(rows.matrix[must].indices)] if len(must) else np.empty(0, dtype=np.int64)
    free = np.ones(blocks.count, dtype=bool)
    free[bound_to[bound_to >= 0]] = False
    return free
