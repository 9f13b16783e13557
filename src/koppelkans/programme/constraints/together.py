"""Two works that are tied to the same year are both done in it, or both left undone. (nl: in hetzelfde jaar)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Blocked, Constraint, Outcome, faults
from koppelkans.programme.indexed import Whole, positions
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem, pair_names
from koppelkans.programme.statement import Statement, total
from koppelkans.programme.tied import blocked_by_ties, broken_ties, is_same_year


def tell(said: Statement) -> None:
    """State for each year that both works are done in it, or neither.

    A year in which only one of them could be done is closed.
    """
    indexed, problem = said.indexed, said.indexed.problem
    ties = problem.ties[is_same_year(problem.ties)]
    work, other = (indexed.option_of[positions(ties[side], problem.works["work"])] for side in ("work", "other"))
    tie, year = np.nonzero((work >= 0) | (other >= 0))
    row = np.arange(len(tie))
    one, both = work[tie, year], other[tie, year]
    left = total(said.does[one[one >= 0]], by=row[one >= 0], rows=len(row))
    right = total(said.does[both[both >= 0]], by=row[both >= 0], rows=len(row))
    names = pair_names(ties).to_numpy()[tie]
    said.demand(TOGETHER.name, left - right, "<=", 0.0, about=names)
    said.demand(TOGETHER.name, right - left, "<=", 0.0, about=names)


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the pairs that are not done in the same year."""
    broken = broken_ties(problem, outcome.programme)
    wrong = broken[broken["same_year"]]
    return faults(pair_names(wrong), year=wrong["year"])


def blocked(placed: PlacedWorks, works: Whole) -> Blocked:
    """Block the years in which a work would not be done together with its tied work."""
    return blocked_by_ties(placed, works, is_same_year(placed.problem.ties))


TOGETHER = Constraint(
    name="together",
    nl="in hetzelfde jaar",
    en="in the same year",
    formula=r"x_{w,t} = x_{v,t} \qquad \text{for each pair } w, v \text{ that is tied to the same year, and each year } t",
    about="pair",
    demand="{about} are done in the same year",
    fault="{about} are not done in the same year ({year})",
    tell=tell,
    judge=judge,
    blocked=blocked,
    shut="In {year} it would not be in the same year as the work that it is tied to.",
    brief="tied to the same year: {about}",
    clash="{about} are done in the same year",
)
