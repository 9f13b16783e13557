"""What keeps a work out of every year: a smallest set of demands, and what would let it in. (nl: wat een werk tegenhoudt)."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem, positions
from koppelkans.programme.judge import blocked_years
from koppelkans.programme.placed import UNDONE, PlacedWorks
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.clash import Demands, kept_out
from koppelkans.programme.statement import SparseRows, Statement

QUESTIONS = 100
"""Models that may be solved for each part of the answer about one work; what is not settled by then is called not proven."""


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
    """

    work: str
    possible: bool
    settled: bool
    demands: Demands = ()
    lifted: Demands = ()


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
    alone = () if found.possible else _alone_obstacle(said.indexed.problem, work, questions=questions).demands
    if alone:
        found = kept_out(rows, said.told, options, first=alone, questions=questions)
    return Obstacle(work, found.possible, found.settled, found.clash, found.lifted)


def never_fit(problem: Problem, *, among: Collection[str] | None = None, questions: int = QUESTIONS) -> list[Obstacle]:
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
    tried = [_alone_obstacle(problem, str(work), questions=questions) for work in doubtful]
    return [one for one in tried if not one.possible and one.settled]


def _options(said: Statement, work: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the columns of the options of a work."""
    place = positions(pd.Series([work]), said.indexed.problem.works["work"])[0]
    return np.asarray(said.does[np.flatnonzero(said.indexed.option_work == place)], dtype=np.int64)


def _alone_obstacle(problem: Problem, work: str, *, questions: int) -> Obstacle:
    """Return what keeps a work out even if nothing else were done."""
    said = state(index_problem(only(problem, [work])), CONSTRAINTS)
    found = kept_out(said.rows(), said.told, _options(said, work), questions=questions)
    return Obstacle(work, found.possible, found.settled, found.clash, found.lifted)


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
