"""A work with a legal duty, danger or agreement is never left undone. (nl: verplicht)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome, faults
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement, total


def tell(said: Statement) -> None:
    """State that a mandatory work is done in one of its years."""
    indexed, works = said.indexed, said.indexed.problem.works
    must = works["mandatory"].to_numpy()
    at = np.flatnonzero(must[indexed.option_work])
    row = (np.cumsum(must) - 1)[indexed.option_work[at]]
    terms = total(said.does[at], by=row, rows=int(must.sum()))
    said.demand(MANDATORY.name, terms, ">=", 1.0, about=works.loc[must, "work"])


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the mandatory works that are left undone."""
    works = problem.works
    wrong = works[works["mandatory"] & ~works["work"].isin(outcome.programme["work"])]
    return faults(wrong["work"])


MANDATORY = Constraint(
    name="mandatory",
    nl="verplicht werk",
    en="mandatory work",
    formula=r"\sum_{t} x_{w,t} = 1 \qquad \text{for each mandatory work } w",
    about="work",
    demand="{about} must be done",
    fault="{about} must be done, but is left undone",
    tell=tell,
    judge=judge,
)
