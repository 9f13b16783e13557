"""The course of a search whose effort is counted: a start from the relaxation, a first proof, rounds of planning anew. (nl: stappen)."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace

from koppelkans.programme.indexed import Floats, Indexed
from koppelkans.programme.solve.halt import Halt
from koppelkans.programme.solve.highs import Effort, relax
from koppelkans.programme.solve.kernel import search_among
from koppelkans.programme.solve.neighbourhood import CHOICES, Rounds, improve
from koppelkans.programme.solve.standing import HALF, Standing, exact

LOG = logging.getLogger(__name__)
TINY, SMALL, LARGE = 300, 1500, 30_000
"""With so many choices or fewer the proof goes on to its end; rounds are smaller; with more the relaxation is all the proof."""
DEEP = 5_000
"""A tiny problem is searched as much deeper as it is smaller: so many choices x nodes."""
STALL = 1e-3
"""The proof ends where its bound rises by less than this share, look after look. On 2,906 choices it then stood within 0.3 %
of where the root ended, after a seventh of the time; the rest of that time the solver looked for programmes, which rounds of
planning anew find sooner (measured)."""
ROUND = 200
"""So many choices are planned anew in one round: measured beside 100 and 400, on 2,906 choices."""
BESIDE, ROUNDS, ROUNDS_SMALL = 30, 300, 120
"""Rounds beside the proof, and rounds on both cores after it; fewer in a small problem, whose works all hang together."""
BESIDE_WARM, ROUNDS_WARM = 10, 30
"""The same where the search begins with a good programme."""


def search_in_steps(
    standing: Standing, indexed: Indexed, pool: Executor, *, tell: Callable[[float, str], None], warm: bool
) -> None:
    """Improve programme and bound by a counted effort: the same seed gives the same outcome unless the time is up.

    It begins with the best programme among the choices that the relaxation mostly makes. Each step builds only on steps
    that are over, never on what happens to be found first beside it. Where the proof comes near the goal by itself its
    programme is taken, and what was found beside it counts for nothing.

    Source: Danna, Rothberg and Le Pape (2005), Exploring relaxation induced neighborhoods to improve MIP solutions.
    """
    size = standing.rows.choices
    if not warm or size > LARGE:
        tell(0.1, "relaxing")
        search_among(standing, relaxed(standing) > HALF, gap=standing.goal)
    if standing.done:
        return
    tell(0.2, "proving")
    choices = CHOICES if size <= SMALL else ROUND
    if size <= LARGE:
        _proven_beside(standing, indexed, pool, choices=choices, most=BESIDE_WARM if warm else BESIDE)
    if not standing.done:
        tell(0.5, "improving")
        most = ROUNDS_SMALL if size <= SMALL else ROUNDS
        improve(standing, indexed, rounds=Rounds(choices, most=ROUNDS_WARM if warm else most), pool=pool)


def relaxed(standing: Standing) -> Floats:
    """Prove the bound of the relaxation, and return the level of each choice in it."""
    found = relax(standing.rows, seconds=standing.left, seed=standing.seed, halt=standing.halt)
    standing.prove(found.bound, found.prices)
    LOG.info("bound of the relaxation %.0f", found.bound)
    return found.level[: standing.rows.choices]


def _proven_beside(standing: Standing, indexed: Indexed, pool: Executor, *, choices: int, most: int) -> None:
    """Prove on one core, and plan parts anew on the other from the same programme."""
    tiny = standing.rows.choices <= TINY
    own = replace(standing, halt=Halt())
    effort = Effort(
        seconds=standing.left,
        gap=standing.goal,
        nodes=max(1, DEEP // max(1, standing.rows.choices)) if tiny else 1,
        seed=standing.seed,
        halt=standing.halt,
        stall=None if tiny else STALL,
    )
    proof = pool.submit(exact, standing.rows, effort, start=standing.best)
    proof.add_done_callback(
        lambda _: own.halt.ask() if own.halt and (standing.nears(proof.result()) or standing.left <= 0) else None
    )
    improve(own, indexed, rounds=Rounds(choices, most=most))
    found = proof.result()
    standing.take(found)
    LOG.info("root: value %.0f, bound %.0f, gap %.5f", standing.value, found.bound, standing.gap)
    if not standing.nears(found):
        standing.offer(own.chosen)
