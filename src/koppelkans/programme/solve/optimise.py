"""The best programme that the time allows, with a bound that no programme can beat. (nl: optimaliseren)."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome, state
from koppelkans.programme.indexed import Floats, index_problem
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.clash import Demand, clashing
from koppelkans.programme.solve.counted import joined
from koppelkans.programme.solve.course import Progress, search_all, shared_rows
from koppelkans.programme.solve.fill import filled
from koppelkans.programme.solve.highs import SOLVER, Effort, proven, relax
from koppelkans.programme.solve.scarce import scarcity
from koppelkans.programme.solve.standing import HALF, Standing, exact, gap_of
from koppelkans.programme.statement import SparseRows, Statement, needed

LOG = logging.getLogger(__name__)
RELAX_SECONDS = 10.0
"""A problem so small that it was not relaxed on the way is relaxed in a moment."""


@dataclass(frozen=True)
class Answer:
    """A programme with its proof; where no programme exists, the demands that clash."""

    outcome: Outcome
    value_eur: float
    bound_eur: float
    status: str
    clashing: tuple[Demand, ...] = ()
    solver: str = SOLVER
    scarce: pd.DataFrame | None = None
    """What one more euro, hour or open street would bring, as `scarcity` returns it; None where it was not asked, or not found in time."""

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
    indexed = index_problem(problem)
    if not len(indexed.option_work):
        outcome = Outcome(indexed.programme(np.empty(0, dtype=np.int64)), _table([], []), _table([], []))
        nothing_scarce = pd.DataFrame({"constraint": [], "about": [], "year": [], "worth_eur": []})
        return Answer(outcome, indexed.undone_eur, indexed.undone_eur, status="proven", scarce=nothing_scarce)
    said = state(indexed, constraints)
    rows = said.rows()
    standing = Standing(rows, began + effort.seconds, goal=effort.gap, seed=effort.seed, halt=effort.halt)
    standing.prove(proven(rows, np.zeros(len(rows.upper)))[0])
    standing.prove(_each_at_its_best(said, rows, constraints))
    LOG.info("stated %d choices in %d rows", standing.rows.choices, len(standing.rows.upper))
    _begin(standing)
    if standing.best is not None and standing.rows.choices:
        search_all(standing, indexed, shared_rows(said, constraints), nodes=effort.nodes, tell=tell)
    if standing.best is not None and standing.left <= 0 and not standing.proven:
        standing.offer(filled(rows, standing.chosen))
    if standing.impossible:
        demands = clashing(standing.rows, said.told)
        nothing = np.zeros(len(standing.rows.cost))
        return Answer(_outcome(said, nothing), np.inf, np.inf, status="impossible", clashing=demands)
    if standing.best is None:
        return None
    status = "proven" if standing.proven else "time_limit"
    prices = _prices(standing) if effort.prices else None
    scarce = None if prices is None else scarcity(said, prices, constraints)
    bound = min(standing.bound, standing.value)
    return Answer(_outcome(said, standing.best), standing.value, bound, status=status, scarce=scarce)


def _prices(standing: Standing) -> Floats | None:
    """Return the prices of the rows; a problem that was too small to be relaxed on the way is relaxed here."""
    if standing.prices is None:
        standing.prices = relax(standing.rows, seconds=RELAX_SECONDS, seed=standing.seed, quick=False).prices
    return standing.prices


def _each_at_its_best(said: Statement, rows: SparseRows, constraints: Sequence[Constraint]) -> float:
    """Return what no programme can beat: every work in the year that is best for it, or undone, with nothing in its way."""
    indexed = said.indexed
    if not any(piece.one_year for piece in constraints):
        return -np.inf
    best = np.zeros(len(indexed.problem.works))
    np.minimum.at(best, indexed.option_work, rows.cost[: rows.choices])
    return float(rows.offset + best.sum() + np.minimum(rows.cost[rows.choices :], 0.0).sum())


def _begin(standing: Standing) -> None:
    """Find a first programme: nothing done, or only what must be done, with the works that it is tied to."""
    rows = standing.rows
    nothing = np.zeros(rows.choices, dtype=bool)
    standing.offer(nothing)
    if standing.best is not None:
        return
    for free in (needed(rows, rows.complete(nothing), wished=nothing), np.ones(rows.choices, dtype=bool)):
        part, columns = rows.part(free, rows.complete(nothing))
        effort = Effort(seconds=standing.left, gap=standing.goal, seed=standing.seed, halt=standing.halt)
        found = exact(part, effort)
        if found.chosen is not None:
            chosen = nothing.copy()
            chosen[columns[: part.choices]] = found.chosen
            standing.offer(chosen)
            return
        if not found.impossible:
            return
    standing.impossible = True


def _outcome(said: Statement, full: Floats) -> Outcome:
    """Return the columns of a solution as a programme with the sections that it opens and the rests that it breaks."""
    indexed = said.indexed
    options = np.flatnonzero(full[said.does] > HALF)
    opened, broken = _places(said, "opened", full), _places(said, "broken", full)
    return Outcome(indexed.programme(options), opened, broken, joined(said, full))


def _places(said: Statement, name: str, full: Floats) -> pd.DataFrame:
    """Return the sections and years of the variables that are on."""
    none = np.empty(0, dtype=np.int64)
    labels, section, year = said.places.get(name, (none, none, none))
    on = full[labels] > HALF
    problem = said.indexed.problem
    return _table(problem.sections["section"].to_numpy()[section[on]], year[on] + problem.first_year)


def _table(sections: npt.ArrayLike, years: npt.ArrayLike) -> pd.DataFrame:
    """Return sections and years as a table in order."""
    made = pd.DataFrame({"section": np.asarray(sections, dtype=object), "year": np.asarray(years, dtype=np.int64)})
    return made.astype({"section": "str"}).sort_values(["section", "year"], ignore_index=True)
