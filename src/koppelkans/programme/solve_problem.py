"""Solve a problem of plain tables and judge the programme, without a city folder. (nl: oplossen)."""

from dataclasses import dataclass

import pandas as pd

from koppelkans.ground.errors import NoProgrammeError, OutOfTimeError
from koppelkans.ground.words import number, say
from koppelkans.programme.clash_words import clash_words
from koppelkans.programme.constraint import Outcome
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.judge import judge
from koppelkans.programme.problem import Names, Problem
from koppelkans.programme.solve.clash import Demand
from koppelkans.programme.solve.highs import Effort, Halt, until_interrupted
from koppelkans.programme.solve.incumbent import gap_of
from koppelkans.programme.solve.search import Progress, optimise
from koppelkans.programme.value import Value, moved_promises, value_of


@dataclass(frozen=True)
class Solved:
    """A programme with its judged value, proven bound, and the verdict on every demand."""

    programme: pd.DataFrame
    outcome: Outcome
    value: Value
    bound_eur: float
    status: str
    solver: str
    verdict: pd.DataFrame
    moved: pd.DataFrame
    """Promises that it does not keep: work, promised_year, year (unknown: left undone), move_eur."""
    scarce: pd.DataFrame | None = None
    """What one more euro, hour or open street would bring at the margin (constraint, about, year, worth_eur); None: unknown."""

    @property
    def gap(self) -> float:
        """Return how far the value can be above the best, as a share of the value."""
        return gap_of(self.value.total_eur, self.bound_eur)


def solve(problem: Problem, *, seconds: float = 120.0, gap: float = 0.001, seed: int = 1) -> Solved:
    """Return the best programme of a problem within the time limit, judged from the tables.

    Parameters
    ----------
    problem
        As `make_problem` makes it from data frames, or `read_problem` from a folder.
    seconds
        Time limit; stopped by it, or by Ctrl-C, the best so far is handed over with its proven gap.
    gap
        Stop when the programme is proven to be this near the best (share).
    seed
        The same seed gives the same programme unless the time is up.

    Raises
    ------
    NoProgrammeError
        Where no programme meets every demand; it names a smallest set of demands that clash.
    OutOfTimeError
        Where the time was up before there was any programme.

    Examples
    --------
    >>> import pandas as pd
    >>> from koppelkans.programme.read_problem import make_problem
    >>> works = pd.DataFrame({"work": ["sewer"], "earliest_year": 2027, "best_year": 2027, "latest_year": 2028,
    ...     "cost_eur": 100, "early_eur_per_year": 0, "late_eur_per_year": 30, "undone_eur": 400, "digs": True, "resurfaces": False})
    >>> problem = make_problem({"works": works}, first_year=2027, years=2, discount_rate=0.0)
    >>> solve(problem).programme.to_dict("records")
    [{'work': 'sewer', 'year': 2027}]
    """
    halt = Halt()
    effort = Effort(seconds=seconds, gap=gap, seed=seed, halt=halt, prices=True)
    return until_interrupted(lambda: solve_problem(problem, effort=effort), halt)


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
    raise NoProgrammeError(clash_words(problem, found, names=names, lang=lang), demands=found)


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
        moved=moved_promises(problem, answer.outcome.programme),
        scarce=answer.scarce,
    )
