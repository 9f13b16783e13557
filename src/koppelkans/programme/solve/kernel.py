"""A search among likely choices on one core beside a proof on the other, and good programmes crossed. (nl: kansrijke keuzes)."""

import logging
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from koppelkans.programme.indexed import Indexed, Mask
from koppelkans.programme.solve.halt import Halt
from koppelkans.programme.solve.highs import Effort, relax
from koppelkans.programme.solve.neighbourhood import Rounds, improve
from koppelkans.programme.solve.standing import Standing, exact

LOG = logging.getLogger(__name__)
WIDE = 600
"""So many choices are planned anew in one round where the city falls apart into blocks: such searches are easy, measured."""
ROOT = 1
"""Nodes of the search tree that are spent on a first proof of a large problem."""
BRIEF = 8
"""Rounds without a gain after which the search beside another ends: before the wider rounds, which take long on one core."""
LIKELY = 0.4
"""So many of all choices are searched first in a problem of middling size: with 0.3 better ones were missed, with 0.5 it was slow."""
LEAST = 2_500
"""So many choices at least are searched first."""
TAKEN = 0.01
"""A choice that the relaxation takes for so much is likely."""
ROUGH, FINE = 4, 100
"""A search among some choices ends at this part of the goal: the first among many choices, the second among few."""


def in_kernel(standing: Standing, indexed: Indexed, pool: Executor, *, used: Mask | None) -> None:
    """Prove a bound by the cuts of the root on one core, and search among likely choices on the other; then cross and improve.

    `used` are the likely choices where these are known; otherwise the relaxation tells them. Where that does not reach the
    goal, a second search among the likely choices, with another seed, gives another good programme. What either of them
    chose is a small problem, whose best is mostly better than both.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        cuts = Effort(seconds=standing.left, gap=standing.goal, nodes=ROOT, seed=standing.seed, heuristics=False)
        proof = beside.submit(exact, standing.rows, replace(cuts, halt=standing.halt), start=standing.best)
        likely = likely_choices(standing) if used is None else used
        halt = Halt()
        other = replace(standing, seed=standing.seed + 1, halt=halt)
        second = beside.submit(search_among, other, likely, gap=other.goal / ROUGH)
        own = replace(standing)
        search_among(own, likely, gap=own.goal / ROUGH)
        found = proof.result()
        standing.offer(own.chosen)
        standing.take(found)
        LOG.info("root: bound %.0f, gap %.5f", standing.bound, standing.gap)
        if not standing.done:
            improve(standing, indexed, rounds=Rounds(WIDE, likely, BRIEF))
        if standing.done:
            halt.ask()
        second.result()
    if not standing.done:
        crossed(standing, other.chosen)
    for within, choices in ((likely, WIDE), (None, 2 * WIDE)):
        if not standing.done:
            improve(standing, indexed, rounds=Rounds(choices, within), pool=pool)


def crossed(standing: Standing, other: Mask) -> None:
    """Search among what the best so far and another programme chose.

    Source: Rothberg (2007), An evolutionary algorithm for polishing mixed integer programming solutions.
    """
    both = other | standing.chosen
    standing.offer(other)
    search_among(standing, both, gap=standing.goal / FINE)


def likely_choices(standing: Standing) -> Mask:
    """Return the choices that the relaxation takes in part, and those that it thinks least dear."""
    relaxed = relax(standing.rows, seconds=standing.left, seed=standing.seed, halt=standing.halt)
    standing.prove(relaxed.bound, relaxed.prices)
    count = standing.rows.choices
    dear = np.where(relaxed.level[:count] > TAKEN, -np.inf, relaxed.reduced[:count])
    likely = np.zeros(count, dtype=bool)
    likely[np.argsort(dear, kind="stable")[: max(LEAST, round(LIKELY * count))]] = True
    return likely


def search_among(standing: Standing, used: Mask, *, gap: float) -> None:
    """Search among some choices, and those of the best so far.

    Source: Angelelli, Mansini and Speranza (2010), Kernel search.
    """
    rows = standing.rows
    free = used | standing.chosen
    if standing.left <= 0 or not free.any():
        return
    part, columns = rows.part(free, np.zeros(len(rows.cost)))
    start = None if standing.best is None else standing.best[columns]
    effort = Effort(seconds=standing.left, gap=gap, nodes=ROOT, seed=standing.seed, halt=standing.halt)
    found = exact(part, effort, start=start)
    if found.chosen is not None:
        whole = np.zeros(rows.choices, dtype=bool)
        whole[columns[: part.choices]] = found.chosen
        standing.offer(whole)
    LOG.info("kernel of %d choices: value %.0f, gap %.5f", int(free.sum()), standing.value, standing.gap)
