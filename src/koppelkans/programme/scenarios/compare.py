"""Scenarios solved side by side, each from the programme and with its own proof. (nl: vergelijken).

Two at a time.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise

import pandas as pd

from koppelkans.programme.constraint import Outcome
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.judge import judge
from koppelkans.programme.problem import Problem
from koppelkans.programme.scenarios.scenario import Scenario, applied
from koppelkans.programme.solve.clash import Demand
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.incumbent import gap_of
from koppelkans.programme.solve.search import optimise
from koppelkans.programme.tables import with_load
from koppelkans.programme.value import Value, broken_rest, opened_sections, value_of

SIDE_BY_SIDE = 2
"""So many scenarios are solved at the same time: one per core."""

BASE = Scenario(name="base", nl="dit programma", en="this programme")
"""The programme as it stands."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Tried:
    """A scenario with its programme, worked out from the plain tables.

    `value` is at the prices of the scenario itself, `here` at those of the problem that all are compared with. Where no
    programme exists `programme` is empty, `value` unknown, and `clash` holds the demands that clash.
    """

    scenario: Scenario
    problem: Problem
    programme: pd.DataFrame
    value: Value | None
    here: Value | None
    bound_eur: float
    status: str
    faults: int
    clash: tuple[Demand, ...] = ()

    @property
    def gap(self) -> float:
        """Return how far the value can be above the best of this scenario, as a share of the value."""
        return float("nan") if self.value is None else gap_of(self.value.total_eur, self.bound_eur)


def compare(
    problem: Problem,
    programme: pd.DataFrame,
    scenarios: Sequence[Scenario],
    *,
    effort: Effort,
    bound_eur: float = float("-inf"),
    tell: Tell = lambda _name: None,
) -> list[Tried]:
    """Return the programme itself and every scenario solved, in the order given.

    Parameters
    ----------
    problem, programme
        The problem and its programme (work, year): from it every search starts.
    scenarios
        The alternatives.
    effort
        Effort per scenario, counted as for the programme itself; the same seed gives the same outcome.
    bound_eur
        What no programme of the problem can beat, where that was proven.
    tell
        Called with the name of each scenario when it is solved.

    Raises
    ------
    InputError
        Where a scenario names something that does not exist.
    """
    problem = with_load(problem, programme)
    problems = [applied(problem, scenario) for scenario in scenarios]

    def solve(scenario: Scenario, own: Problem) -> Tried:
        tried = _tried(scenario, own, problem, programme, effort=effort)
        tell(scenario.name)
        return tried

    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        solved = list(pool.map(solve, scenarios, problems))
    base = _judged(BASE, problem, problem, programme, bound=bound_eur, status="base")
    return [base, *_of_one_curve([_sharper(tried, base) if _less(tried) else tried for tried in solved], problem)]


def _tried(scenario: Scenario, own: Problem, base: Problem, programme: pd.DataFrame, *, effort: Effort) -> Tried:
    """Solve one scenario and have it judged."""
    answer = optimise(own, CONSTRAINTS, effort=effort, start=programme)
    if answer is None or answer.clashing:
        demands = () if answer is None else answer.clashing
        status = "time_limit" if answer is None else "impossible"
        return Tried(scenario, own, programme.iloc[:0], None, None, float("nan"), status, 0, demands)
    return _judged(scenario, own, base, answer.outcome.programme, bound=answer.bound_eur, status=answer.status)


def _judged(
    scenario: Scenario, own: Problem, base: Problem, programme: pd.DataFrame, *, bound: float, status: str
) -> Tried:
    """Return a programme of a scenario with its value and the verdict on every demand, from the tables alone."""
    value = value_of(own, programme)
    outcome = Outcome(programme, opened_sections(own, programme), broken_rest(own, programme))
    faults = int(judge(own, outcome, constraints=CONSTRAINTS)["faults"].sum())
    bound = min(bound, value.total_eur)
    return Tried(scenario, own, programme, value, value_of(base, programme), bound, status, faults)


def _of_one_curve(solved: list[Tried], base: Problem) -> list[Tried]:
    """Let points that differ only in money help each other.

    A programme that fits a smaller budget fits a larger one, and what cannot be beaten with a larger budget cannot be
    beaten with a smaller one: so each point takes the best programme of the points with less money, and the highest bound
    of those with more.
    """
    order = [at for at, tried in enumerate(solved) if tried.scenario.only_money]
    made = list(solved)
    for group in {solved[at].scenario.funds for at in order}:
        points = sorted(
            (at for at in order if solved[at].scenario.funds == group), key=lambda at: solved[at].scenario.knobs.money
        )
        for less, more in pairwise(points):
            made[more] = _better(made[more], made[less], base)
        for less, more in reversed(list(pairwise(points))):
            made[less] = _sharper(made[less], made[more])
    return made


def _less(tried: Tried) -> bool:
    """Tell whether a scenario only has less money than the programme, so that its bound holds there too."""
    return tried.scenario.only_money and tried.scenario.knobs.money <= 1.0


def _better(more: Tried, less: Tried, base: Problem) -> Tried:
    """Return the point with more money, with the programme of the point with less where that is better."""
    if less.value is None or (more.value is not None and more.value.total_eur <= less.value.total_eur):
        return more
    bound = more.bound_eur if more.value is not None else float("-inf")
    return _judged(more.scenario, more.problem, base, less.programme, bound=bound, status="time_limit")


def _sharper(less: Tried, more: Tried) -> Tried:
    """Return the point with less money, with the bound of the point with more where that is higher."""
    if less.value is None or more.value is None or more.bound_eur <= less.bound_eur:
        return less
    return replace(less, bound_eur=min(more.bound_eur, less.value.total_eur))
