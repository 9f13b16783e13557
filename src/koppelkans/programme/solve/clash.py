"""A smallest set of demands that cannot hold together, where there is no programme. (nl: botsende eisen)."""

from collections.abc import Callable, Sequence

import numpy as np

from koppelkans.programme.solve.highs import Effort, search
from koppelkans.programme.solve.rows import Rows, without
from koppelkans.programme.solve.statement import Told

Demand = tuple[str, str]
"""A constraint and what its demand is about: a work, fund, crew or limit."""
Demands = tuple[Demand, ...]
SECONDS = 5.0
"""Time for one question whether a set of demands can hold; a set that is not settled in it counts as possible."""


def clashing(rows: Rows, told: Sequence[Told]) -> Demands:
    """Return a smallest set of demands that clash: leaving any one of them out makes a programme possible.

    Demands are left out half by half at first (QuickXplain), so that few questions are needed among many demands.
    """
    demands = sorted(
        {
            (block.constraint, str(about))
            for block in told
            if block.about is not None
            for about in np.unique(block.about)
        }
    )
    bare = Rows(
        matrix=rows.matrix, lower=rows.lower, upper=rows.upper, cost=np.zeros(len(rows.cost)),
        least=rows.least, most=rows.most, choices=rows.choices, offset=0.0,
    )  # fmt: skip

    def possible(held: Demands) -> bool:
        """Tell whether a programme meets these demands."""
        asked = without(bare, told, set(demands) - set(held))
        return not search(asked, Effort(seconds=SECONDS)).impossible

    return tuple(sorted(_needed((), tuple(demands), possible=possible, known_possible=True)))


def _needed(held: Demands, demands: Demands, *, possible: Callable[[Demands], bool], known_possible: bool) -> Demands:
    """Return the demands that are needed, besides those held, to make it impossible."""
    if not known_possible and not possible(held):
        return ()
    if len(demands) <= 1:
        return demands
    first, second = demands[: len(demands) // 2], demands[len(demands) // 2 :]
    of_second = _needed((*held, *first), second, possible=possible, known_possible=False)
    of_first = _needed((*held, *of_second), first, possible=possible, known_possible=not of_second)
    return (*of_first, *of_second)
