"""The course of the search: prices first, then whole plans, then parts planned anew beside a proof from the root. (nl: zoekverloop)."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from koppelkans.programme.constraint import Constraint
from koppelkans.programme.indexed import Indexed, Mask
from koppelkans.programme.solve.ascent import Ascended, ascend
from koppelkans.programme.solve.blocks import Blocks, split
from koppelkans.programme.solve.halt import Halt
from koppelkans.programme.solve.highs import Effort, Found
from koppelkans.programme.solve.kernel import ROOT, WIDE, crossed, in_kernel
from koppelkans.programme.solve.neighbourhood import CHOICES, Rounds, improve
from koppelkans.programme.solve.paced import relaxed, search_in_steps
from koppelkans.programme.solve.standing import Standing, exact
from koppelkans.programme.statement import Statement

LOG = logging.getLogger(__name__)
Progress = Callable[[float, str], None]

SMALL = 1500
"""With so many choices or fewer the whole model is searched at once."""
MIDDLE = 10_000
"""With more choices than this the prices come first; with fewer the relaxation is as quick and tells likely choices as well."""
LARGE = 30_000
"""With more choices than this the whole model is not searched from its root: the relaxation alone takes minutes."""
BLOCK = 700
"""Blocks of more choices than this are no small problems: then nothing is given a price."""
CORES = 2
"""Cores that are used."""
DEEP = 5_000
"""A small problem is searched as much deeper as it is smaller: so many choices x nodes."""
MASTER = 1
"""Nodes of the search tree that are spent on whole plans of the blocks."""


def shared_rows(said: Statement, constraints: Sequence[Constraint]) -> Mask:
    """Return which rows of a statement are shared by works that have nothing else to do with each other."""
    shared = {piece.name for piece in constraints if piece.shared}
    return np.concatenate(
        [np.full(block.rows, block.constraint in shared) for block in said.told] or [np.empty(0, bool)]
    )


def search_all(
    standing: Standing, indexed: Indexed, shared: Mask, *, nodes: int | None, tell: Progress, warm: bool = False
) -> None:
    """Improve programme and bound until the goal is reached or the effort is spent.

    Where the effort is counted in `nodes` and the city does not fall apart into blocks, every step is counted; `warm` says
    that the programme to begin with is a good one.
    """
    with ThreadPoolExecutor(max_workers=CORES) as pool:
        used, blocks = None, None
        if standing.rows.choices > SMALL:
            parts = split(standing.rows, shared)
            blocks = parts if len(parts.shared) and int(parts.sizes.max()) <= BLOCK else None
            if blocks is None and nodes is None:
                tell(0.1, "relaxing")
                relaxed(standing)
            elif blocks is not None and standing.rows.choices > MIDDLE:
                used = _priced(standing, blocks, pool, tell)
        if blocks is None and nodes is not None:
            search_in_steps(standing, indexed, pool, tell=tell, warm=warm)
        elif not standing.done and (nodes is not None or standing.rows.choices > SMALL):
            tell(0.5, "improving")
            _together(standing, indexed, pool, used=used, blocks=blocks)
        if not standing.done and (nodes is None or nodes > ROOT):
            tell(0.8, "proving")
            _until_proven(standing, indexed, pool, nodes=nodes)


def _priced(standing: Standing, blocks: Blocks, pool: Executor, tell: Progress) -> Mask:
    """Find prices at which the blocks fit together, and a whole programme of their plans; return the choices of all plans."""
    tell(0.05, "pricing")
    found = ascend(standing, blocks, pool=pool, tell=lambda share: tell(0.05 + 0.3 * share, "pricing"))
    if not standing.done:
        tell(0.35, "searching")
        _joined(standing, found)
    LOG.info("plans put together: value %.0f, gap %.5f", standing.value, standing.gap)
    return found.used


def _joined(standing: Standing, found: Ascended) -> None:
    """Choose whole plans of the blocks that fit together."""
    found.master.add(standing.chosen)
    target = standing.bound / (1.0 - standing.goal) if standing.goal < 1.0 else np.inf
    effort = Effort(seconds=standing.left, nodes=MASTER, seed=standing.seed, halt=standing.halt)
    chosen = found.master.whole(effort, target=target, start=standing.chosen)
    if chosen is not None:
        standing.offer(chosen)


def _together(
    standing: Standing, indexed: Indexed, pool: Executor, *, used: Mask | None, blocks: Blocks | None
) -> None:
    """Improve the programme on one core while the other proves a bound from the root; then both improve the better.

    Neither builds on what the other finds, so that the outcome does not depend on which is faster.
    """
    if standing.rows.choices > LARGE:
        improve(standing, indexed, rounds=Rounds(WIDE), pool=pool)
    elif blocks is None:
        _searched(standing, indexed, pool)
    else:
        in_kernel(standing, indexed, pool, used=used)


def _searched(standing: Standing, indexed: Indexed, pool: Executor) -> None:
    """Improve the programme on one core while the other searches from the root of the tree; then both improve the better.

    Where the root alone comes near the goal its programme is taken and the improving on the other core stops and counts for
    nothing; otherwise that goes all its rounds.
    """
    rounds = Rounds(CHOICES if standing.rows.choices <= SMALL else WIDE)
    own = replace(standing, halt=Halt())
    depth = max(ROOT, DEEP // max(1, standing.rows.choices))
    effort = Effort(seconds=standing.left, gap=standing.goal, nodes=depth, seed=standing.seed, halt=standing.halt)
    proof = pool.submit(exact, standing.rows, effort, start=standing.best)
    proof.add_done_callback(
        lambda _: own.halt.ask() if own.halt and (standing.nears(proof.result()) or standing.left <= 0) else None
    )
    improve(own, indexed, rounds=rounds, stop=lambda: proof.done() and proof.result().finished)
    found = proof.result()
    standing.take(found)
    LOG.info("root: value %.0f, bound %.0f, gap %.5f", standing.value, found.bound, standing.gap)
    if not standing.nears(found):
        standing.prove(own.bound)
        crossed(standing, own.chosen)
    if not standing.done:
        improve(standing, indexed, rounds=rounds, pool=pool)


def _until_proven(standing: Standing, indexed: Indexed, pool: Executor, *, nodes: int | None) -> None:
    """Search the whole model from the best so far; where only the clock ends it, parts are planned anew beside it.

    How far those come depends on the machine, so a search that is counted in nodes goes without.
    """
    large = standing.rows.choices > LARGE
    if nodes is not None and not large:
        standing.take(_whole(standing, nodes))
        return
    own, began = replace(standing), standing.seed
    proof = None if large else pool.submit(_whole, standing, nodes)
    turn = 0
    while not own.done and not (proof is not None and proof.done()) and (nodes is None or turn < nodes):
        turn += 1
        own.seed = began + turn
        improve(
            own,
            indexed,
            rounds=Rounds(WIDE * turn),
            pool=pool if large else None,
            stop=lambda: proof is not None and proof.done(),
        )
    if proof is not None:
        standing.take(proof.result())
    if not standing.proven:
        standing.offer(own.chosen)


def _whole(standing: Standing, nodes: int | None) -> Found:
    """Search the whole model from the best so far."""
    effort = Effort(seconds=standing.left, gap=standing.goal, nodes=nodes, seed=standing.seed, halt=standing.halt)
    return exact(standing.rows, effort, start=standing.best)
