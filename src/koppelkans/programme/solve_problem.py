"""From a problem in plain tables to a judged programme; the door for who has tables and no city folder. (nl: oplossen)."""

from dataclasses import dataclass

import pandas as pd

from koppelkans.ground.errors import NoProgrammeError, OutOfTimeError
from koppelkans.ground.words import number, say
from koppelkans.programme.constraint import Outcome
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.judge import Names, demand_words, judge
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.clash import Demand
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.optimise import Progress, optimise
from koppelkans.programme.solve.standing import gap_of
from koppelkans.programme.value import Value, value_of


@dataclass(frozen=True)
class Solved:
    """A programme with its judged value, the bound that no programme can beat, and the verdict on every demand."""

    programme: pd.DataFrame
    outcome: Outcome
    value: Value
    bound_eur: float
    status: str
    solver: str
    verdict: pd.DataFrame

    @property
    def gap(self) -> float:
        """Return how far the value can be above the best, as a share of the value."""
        return gap_of(self.value.total_eur, self.bound_eur)


def solve_problem(
    problem: Problem,
    *,
    effort: Effort,
    names: Names | None = None,
    lang: str = "en",
    progress: Progress | None = None,
) -> Solved:
    """Return the best programme within the effort, judged from the tables alone.

    Parameters
    ----------
    problem
        As `make_problem` returns it from plain tables.
    effort
        Time cap (s), gap to stop at (share) and seed. The same seed gives the same programme unless the time is up.
    names, lang
        Words that people use, and the language in which demands are named.
    progress
        Called with the share that is done and what is being done.

    Raises
    ------
    NoProgrammeError
        Where no programme meets every demand; it names a smallest set of demands that clash.
    OutOfTimeError
        Where the time was up before there was any programme.
    """
    found = attempt(problem, effort=effort, names=names, lang=lang, progress=progress)
    if isinstance(found, Solved):
        return found
    raise NoProgrammeError(demand_words(found, constraints=CONSTRAINTS, names=names, lang=lang))


def attempt(
    problem: Problem, *, effort: Effort, names: Names | None, lang: str, progress: Progress | None
) -> Solved | tuple[Demand, ...]:
    """Return the best programme as `solve_problem` does, or the demands that clash."""
    answer = optimise(problem, CONSTRAINTS, effort=effort, progress=progress)
    if answer is None:
        text = "No programme was found in {seconds} seconds; allow more time."
        raise OutOfTimeError(say(text, lang, seconds=number(effort.seconds, lang)))
    if answer.clashing:
        return answer.clashing
    value = value_of(problem, answer.outcome.programme)
    return Solved(
        programme=answer.outcome.programme,
        outcome=answer.outcome,
        value=value,
        bound_eur=min(answer.bound_eur, value.total_eur),
        status=answer.status,
        solver=answer.solver,
        verdict=judge(problem, answer.outcome, constraints=CONSTRAINTS, names=names, lang=lang),
    )
