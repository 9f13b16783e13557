"""The best programme that the time allows, with a bound that no programme can beat. (nl: optimaliseren)."""

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.programme.coded import Coded, Floats, Mask, code
from koppelkans.programme.constraint import Constraint, Outcome
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.clash import Demand, clashing
from koppelkans.programme.solve.counted import joined
from koppelkans.programme.solve.highs import SOLVER, Effort, Relaxed, proven, relax
from koppelkans.programme.solve.neighbourhood import improve
from koppelkans.programme.solve.rows import Rows, rows_of
from koppelkans.programme.solve.standing import HALF, Standing, exact, gap_of
from koppelkans.programme.solve.statement import Statement, state

LOG = logging.getLogger(__name__)
SMALL = 1500
"""With so many choices or fewer the whole model is searched at once."""
KERNELS = (0.0, 0.5, 1.5)
"""Choices added to those of the relaxation, as a multiple of the number of works, round after round."""
USED = 0.01
"""A choice belongs to the relaxation from this share."""

KERNEL = 20
"""Nodes of the search tree that are spent on one kernel."""
ROOT = 1
"""Nodes of the search tree that are spent on a first proof."""

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Answer:
    """A programme with its proof; where no programme exists, the demands that clash."""

    outcome: Outcome
    value_eur: float
    bound_eur: float
    status: str
    clashing: tuple[Demand, ...] = ()
    solver: str = SOLVER

    @property
    def gap(self) -> float:
        """Return how far the value can be above the best, as a share of the value."""
        return gap_of(self.value_eur, self.bound_eur)


def optimise(
    problem: Problem, constraints: Sequence[Constraint], *, effort: Effort, progress: Progress | None = None
) -> Answer | None:
    """Return the best programme found within the effort; None where the time was up before there was one.

    Stops as soon as the gap of the effort is proven. The same problem and seed give the same answer as long as the
    time is not up: all other effort is counted in steps.
    """
    tell = progress or (lambda _share, _words: None)
    began = time.monotonic()
    tell(0.0, "stating")
    coded = code(problem)
    if not len(coded.option_work):
        outcome = Outcome(coded.programme(np.empty(0, dtype=np.int64)), _table([], []), _table([], []))
        return Answer(outcome, coded.undone_eur, coded.undone_eur, status="proven")
    said = state(coded, constraints)
    rows = rows_of(said)
    standing = Standing(rows, began + effort.seconds, goal=effort.gap, seed=effort.seed)
    standing.prove(proven(rows, np.zeros(len(rows.upper)))[0])
    LOG.info("stated %d choices in %d rows", standing.rows.choices, len(standing.rows.upper))
    _begin(standing)
    if standing.best is not None and standing.rows.choices:
        _search(standing, coded, nodes=effort.nodes, tell=tell)
    if standing.impossible:
        demands = clashing(standing.rows, said.told)
        nothing = np.zeros(len(standing.rows.cost))
        return Answer(_outcome(said, nothing), np.inf, np.inf, status="impossible", clashing=demands)
    if standing.best is None:
        return None
    status = "proven" if standing.proven else "time_limit"
    bound = min(standing.bound, standing.value)
    return Answer(_outcome(said, standing.best), standing.value, bound, status=status)


def _begin(standing: Standing) -> None:
    """Find a first programme: nothing done, or only what must be done."""
    rows = standing.rows
    nothing = np.zeros(rows.choices, dtype=bool)
    standing.offer(nothing)
    if standing.best is not None:
        return
    must = rows.matrix[np.flatnonzero(rows.lower > 0)][:, : rows.choices]
    free = np.zeros(rows.choices, dtype=bool)
    free[np.unique(must.indices)] = True
    part, columns = rows.part(free, rows.complete(nothing))
    found = exact(part, Effort(seconds=standing.left, gap=standing.goal, seed=standing.seed))
    standing.impossible = found.impossible
    if found.chosen is not None:
        nothing[columns[: part.choices]] = found.chosen
        standing.offer(nothing)


def _search(standing: Standing, coded: Coded, *, nodes: int | None, tell: Progress) -> None:
    """Improve programme and bound until the goal is reached or the time is up."""
    relaxed = None
    if standing.rows.choices > SMALL:
        tell(0.1, "relaxing")
        relaxed = relax(standing.rows, seconds=standing.left, seed=standing.seed)
        standing.prove(relaxed.bound)
        LOG.info("bound of the relaxation %.0f", relaxed.bound)
    if not standing.done:
        tell(0.2, "improving")
        _together(standing, coded, relaxed)
    if nodes is not None and nodes <= ROOT:
        return
    for turn, share in enumerate(KERNELS if relaxed is not None else ()):
        if not standing.done and relaxed is not None:
            tell(0.6 + 0.1 * turn, "searching")
            _kernel(
                standing, relaxed, extra=round(share * len(coded.problem.works)), nodes=min(KERNEL, nodes or KERNEL)
            )
    if not standing.done:
        tell(0.8, "proving")
        _whole(standing, nodes=nodes)


def _together(standing: Standing, coded: Coded, relaxed: Relaxed | None) -> None:
    """Improve the programme on one core while the other searches from the root of the tree.

    Where the root alone reaches the goal its programme is taken and the improving stops; otherwise the improving goes all
    its rounds. Neither builds on what the other finds, so that the outcome does not depend on which is faster.
    """
    effort = Effort(seconds=standing.left, gap=standing.goal, nodes=ROOT, seed=standing.seed)
    own = replace(standing)
    with ThreadPoolExecutor(max_workers=1) as other:
        proof = other.submit(exact, standing.rows, effort, start=standing.best)
        if relaxed is not None:
            _kernel(own, relaxed, extra=0, nodes=ROOT)
        improve(own, coded, stop=lambda: proof.done() and proof.result().finished)
        found = proof.result()
    standing.prove(found.bound)
    if found.chosen is not None:
        standing.offer(found.chosen)
    if not found.finished and own.best is not None:
        standing.offer(own.best[: own.rows.choices] > HALF)


def _kernel(standing: Standing, relaxed: Relaxed, *, extra: int, nodes: int) -> None:
    """Search among the choices that the relaxation uses or that are nearly as good, and those of the best so far."""
    rows = standing.rows
    free = relaxed.level[: rows.choices] > USED
    order = np.argsort(np.where(free, np.inf, relaxed.reduced[: rows.choices]), kind="stable")
    free[order[: min(extra, int((~free).sum()))]] = True
    if standing.best is not None:
        free |= standing.best[: rows.choices] > HALF
    part, columns = rows.part(free, np.zeros(len(rows.cost)))
    start = None if standing.best is None else standing.best[columns]
    effort = Effort(seconds=standing.left, gap=standing.goal / 4, nodes=nodes, seed=standing.seed)
    found = exact(part, effort, start=start)
    standing.steps += 1
    if found.chosen is not None:
        standing.offer(_spread(rows, columns[: part.choices], found.chosen))
    LOG.info("kernel of %d choices: value %.0f, gap %.4f", int(free.sum()), standing.value, standing.gap)


def _whole(standing: Standing, *, nodes: int | None) -> None:
    """Search the whole model from the best so far."""
    effort = Effort(seconds=standing.left, gap=standing.goal, nodes=nodes, seed=standing.seed)
    found = exact(standing.rows, effort, start=standing.best)
    standing.impossible = found.impossible and standing.best is None
    standing.prove(found.bound)
    if found.chosen is not None:
        standing.offer(found.chosen)


def _spread(rows: Rows, columns: np.ndarray, chosen: Mask) -> Mask:
    """Return choices of a part as choices of the whole."""
    whole = np.zeros(rows.choices, dtype=bool)
    whole[columns] = chosen
    return whole


def _outcome(said: Statement, full: Floats) -> Outcome:
    """Return the columns of a solution as a programme with the sections that it opens and the rests that it breaks."""
    coded = said.coded
    options = np.flatnonzero(full[said.does] > HALF)
    opened, broken = _places(said, "opened", full), _places(said, "broken", full)
    return Outcome(coded.programme(options), opened, broken, joined(said, full))


def _places(said: Statement, name: str, full: Floats) -> pd.DataFrame:
    """Return the sections and years of the variables that are on."""
    none = np.empty(0, dtype=np.int64)
    labels, section, year = said.places.get(name, (none, none, none))
    on = full[labels] > HALF
    problem = said.coded.problem
    return _table(problem.sections["section"].to_numpy()[section[on]], year[on] + problem.first_year)


def _table(sections: npt.ArrayLike, years: npt.ArrayLike) -> pd.DataFrame:
    """Return sections and years as a table in order."""
    made = pd.DataFrame({"section": np.asarray(sections, dtype=object), "year": np.asarray(years, dtype=np.int64)})
    return made.astype({"section": "str"}).sort_values(["section", "year"], ignore_index=True)
