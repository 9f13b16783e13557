"""A programme made again for a problem that differs a little: the search starts from what there was. (nl: opnieuw)."""

import time
from collections.abc import Sequence

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome, state
from koppelkans.programme.indexed import Indexed, Mask, index_problem, positions
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.course import SMALL, search_all, shared_rows
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.kernel import ROOT
from koppelkans.programme.solve.optimise import Answer, optimise
from koppelkans.programme.solve.standing import Standing, exact, lightened
from koppelkans.programme.statement import SparseRows
from koppelkans.programme.value import broken_rest, opened_sections


def restart(
    problem: Problem, constraints: Sequence[Constraint], *, programme: pd.DataFrame, effort: Effort
) -> Answer | None:
    """Return the best programme found within the effort, searched from an earlier programme; otherwise as `optimise`.

    Works of the earlier programme that no longer fit are left out one by one. Where what must be done then does not fit,
    or there is nothing to choose, the search starts from nothing. Where the effort is not counted, a small problem is searched
    on one core from its root, so that another one can be searched beside it.
    """
    began = time.monotonic()
    indexed = index_problem(problem)
    said = state(indexed, constraints) if len(indexed.option_work) else None
    rows = None if said is None else said.rows()
    start = None if rows is None else _start(rows, indexed, programme)
    if said is None or rows is None or start is None:
        return optimise(problem, constraints, effort=effort)
    standing = Standing(rows, began + effort.seconds, goal=effort.gap, seed=effort.seed)
    standing.offer(start)
    if rows.choices <= SMALL and effort.nodes is None:
        depth = Effort(seconds=standing.left, gap=effort.gap, seed=effort.seed)
        found = exact(rows, depth, start=standing.best)
        standing.prove(found.bound)
        if found.chosen is not None:
            standing.offer(found.chosen)
    else:
        shared = shared_rows(said, constraints)
        search_all(standing, indexed, shared, nodes=effort.nodes or ROOT, tell=lambda _share, _words: None, warm=True)
    made = indexed.programme(np.flatnonzero(standing.chosen)).sort_values("work", ignore_index=True)
    outcome = Outcome(made, opened_sections(problem, made), broken_rest(problem, made))
    status = "proven" if standing.proven else "time_limit"
    return Answer(outcome, standing.value, min(standing.bound, standing.value), status=status)


def _start(rows: SparseRows, indexed: Indexed, programme: pd.DataFrame) -> Mask | None:
    """Return the choices of an earlier programme that still hold together; None where something must be done besides."""
    problem = indexed.problem
    inside = programme[programme["work"].isin(problem.works["work"])]
    inside = inside[inside["year"].between(problem.horizon.first, problem.horizon.last)]
    options = indexed.option_of[positions(inside["work"], problem.works["work"]), inside["year"] - problem.first_year]
    chosen = np.zeros(rows.choices, dtype=bool)
    chosen[options[options >= 0]] = True
    chosen = lightened(rows, chosen)
    return None if rows.broken(rows.complete(chosen)).any() else chosen
