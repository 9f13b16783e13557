"""What keeps a work out of every year: a smallest set of demands, and what would let it in. (nl: wat een werk tegenhoudt)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem, positions
from koppelkans.programme.judge import blocked_years
from koppelkans.programme.placed import UNDONE, PlacedWorks
from koppelkans.programme.problem import Problem
from koppelkans.programme.quarters import faults_in, outcome_of, programme_of, quarters
from koppelkans.programme.solve.clash import Demand, Demands, kept_out
from koppelkans.programme.statement import SparseRows, Statement

QUESTIONS = 100
"""Models that may be solved for each part of the answer about one work; what is not settled by then is called not proven."""
AT_ONCE = 8
"""So many works are looked at by themselves in one go: each of their years is a copy of the city."""
PAIRS = ("ties", "joints", "untied")
"""What is between two works: a work by itself knows none of it."""


@dataclass(frozen=True)
class Obstacle:
    """What keeps a work out of every year, with all other works free to move or to be left.

    Parameters
    ----------
    work
        The work.
    possible
        Whether some programme with this work keeps every demand.
    settled
        Whether that was proven in the time that it was given.
    demands
        A smallest set of demands that keeps it out: without any one of them, the others leave room for it. Empty where it
        is possible, or where no year of its window is planned.
    lifted
        Demands that let it in when all of them give way; with one of them kept it stays out.
    alone
        Where it fits in no year even alone: the demands that each year of its window breaks.
    """

    work: str
    possible: bool
    settled: bool
    demands: Demands = ()
    lifted: Demands = ()
    alone: Mapping[int, frozenset[Demand]] = field(default_factory=dict)

    def left_by(self, demand: Demand) -> list[int]:
        """Return the years of its window in which one demand leaves room for the work alone."""
        return [year for year, broken in self.alone.items() if demand not in broken]

    @property
    def let_in(self) -> list[int]:
        """Return the years of its window in which it fits alone once what lets it in gives way."""
        return [year for year, broken in self.alone.items() if broken <= set(self.lifted)]


def obstacle_of(problem: Problem, work: str, *, questions: int = QUESTIONS) -> Obstacle:
    """Return what keeps a work out of every year, of a problem that was not stated yet."""
    said = state(index_problem(problem), CONSTRAINTS)
    return obstacle(said, said.rows(), work, questions=questions)


def obstacle(said: Statement, rows: SparseRows, work: str, *, questions: int = QUESTIONS) -> Obstacle:
    """Return what keeps a work out of every year, what does so alone first.

    Parameters
    ----------
    said, rows
        The stated problem, and its rows.
    work
        The work.
    questions
        Models that may be solved for each part of the answer.
    """
    options = _options(said, work)
    found = kept_out(rows, said.told, options, questions=questions)
    broken = {} if found.possible else broken_alone(said.indexed.problem, [work])[work]
    alone = smallest_meeting(list(broken.values())) if all(broken.values()) else ()
    if alone:
        found = kept_out(rows, said.told, options, first=alone, questions=questions)
    return Obstacle(work, found.possible, found.settled, found.clash, found.lifted, broken if alone else {})


def never_fit(problem: Problem, *, among: Collection[str] | None = None) -> list[Obstacle]:
    """Return the works that fit in no year even alone, with what keeps each out.

    Every constraint that works share is asked which years it blocks for them in a programme without any work; only of
    works that have no year left the smallest set of demands is looked for. `among` names the only works that are asked for.
    """
    problem = problem if among is None else only(problem, among)
    if problem.works.empty:
        return []
    empty = np.full((1, len(problem.works)), UNDONE, dtype=np.int64)
    every = np.arange(len(problem.works))
    indexed = index_problem(problem)
    options = np.zeros((len(every), problem.years), dtype=bool)
    options[indexed.option_work, indexed.option_year] = True
    shared = [piece for piece in CONSTRAINTS if piece.shared]
    for found in blocked_years(shared, PlacedWorks(problem, empty), every):
        options &= ~found.years[0, :, :-1]
    doubtful = problem.works["work"].to_numpy()[~options.any(axis=1)]
    broken = broken_alone(problem, [str(work) for work in doubtful])
    tried = [_alone_obstacle(problem, work, alone) for work, alone in broken.items()]
    return [one for one in tried if not one.possible]


def _options(said: Statement, work: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the columns of the options of a work."""
    place = positions(pd.Series([work]), said.indexed.problem.works["work"])[0]
    return np.asarray(said.does[np.flatnonzero(said.indexed.option_work == place)], dtype=np.int64)


def _alone_obstacle(problem: Problem, work: str, broken: dict[int, frozenset[Demand]]) -> Obstacle:
    """Return what keeps a work out even if nothing else were done: in each of its years some demand is broken."""
    if not all(broken.values()):
        return Obstacle(work, possible=True, settled=True)
    if not broken:
        return Obstacle(work, possible=False, settled=True)
    best = int(problem.works.set_index("work")["best_year"][work])
    lifted = min(broken, key=lambda year: (len(broken[year]), abs(year - best), year))
    return Obstacle(
        work,
        possible=False,
        settled=True,
        demands=smallest_meeting(list(broken.values())),
        lifted=tuple(sorted(broken[lifted])),
        alone=broken,
    )


def broken_alone(problem: Problem, works: Sequence[str]) -> dict[str, dict[int, frozenset[Demand]]]:
    """Return per work the demands that it breaks in each year if nothing else is done."""
    made: dict[str, dict[int, frozenset[Demand]]] = {}
    for at in range(0, len(works), AT_ONCE):
        made |= _broken_alone(problem, works[at : at + AT_ONCE])
    return made


def _broken_alone(problem: Problem, works: Sequence[str]) -> dict[str, dict[int, frozenset[Demand]]]:
    """Return the same for a few works: each of their years is a quarter in which only that work is done."""
    some = only(problem, works)
    some = replace(some, **{name: getattr(some, name).iloc[:0] for name in PAIRS})
    indexed = index_problem(some)
    names = some.works["work"].to_numpy()[indexed.option_work]
    broken: dict[str, dict[int, set[Demand]]] = {work: {} for work in works}
    if not len(names):
        return {work: {} for work in works}
    for work, year in zip(names, indexed.option_year, strict=True):
        broken[work][int(year) + some.first_year] = set()
    years = np.full((len(names), len(some.works)), UNDONE, dtype=np.int64)
    years[np.arange(len(names)), indexed.option_work] = indexed.option_year
    city = quarters(some, len(names))
    outcome = outcome_of(city, programme_of(city, years))
    for piece in CONSTRAINTS:
        found = faults_in(city, piece, outcome)
        for quarter, about in zip(found["quarter"], found["about"], strict=True):
            work = names[quarter]
            if piece.about != "work" or about == work:  # that the others are not done is no fault of this work
                broken[work][int(indexed.option_year[quarter]) + some.first_year].add((piece.name, str(about)))
    return {work: {year: frozenset(of[year]) for year in sorted(of)} for work, of in broken.items()}


def smallest_meeting(sets: Sequence[Collection[Demand]]) -> Demands:
    """Return the smallest set of demands that shares one with each of some sets.

    The first by name where there are more.

    >>> smallest_meeting([{("budget", "a"), ("crew", "b")}, {("crew", "b")}])
    (('crew', 'b'),)
    """
    every = sorted({demand for one in sets for demand in one})
    for size in range(1, len(every) + 1):
        for tried in combinations(every, size):
            if all(not one.isdisjoint(tried) for one in map(set, sets)):
                return tried
    return ()


def only(problem: Problem, works: Collection[str]) -> Problem:
    """Return the problem with only some of its works, and what is between these."""
    made = {}
    for name in Problem.TABLES:
        table = getattr(problem, name)
        for side in ("work", "other"):
            if side in table.columns and not name.startswith("outside"):
                table = table[table[side].isin(works)]
        made[name] = table.reset_index(drop=True)
    return replace(problem, **made)
