"""A work stays out of the years that it was kept out of. (nl: uitgesloten jaren)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome, faults
from koppelkans.programme.indexed import positions
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement, total


def tell(said: Statement) -> None:
    """State that the excluded options are not taken."""
    problem = said.indexed.problem
    inside = problem.excluded[problem.excluded["year"].between(problem.horizon.first, problem.horizon.last)]
    work = positions(inside["work"], problem.works["work"])
    options = said.indexed.option_of[work, inside["year"].to_numpy() - problem.first_year]
    at = np.flatnonzero(options >= 0)
    terms = total(said.does[options[at]], by=np.arange(len(at)), rows=len(at))
    said.demand(EXCLUDED.name, terms, "<=", 0.0, about=inside["work"].to_numpy()[at])


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the works that are done in a year that they were kept out of."""
    wrong = problem.excluded.merge(outcome.programme, on=["work", "year"])
    return faults(wrong["work"], year=wrong["year"])


EXCLUDED = Constraint(
    name="excluded",
    nl="uitgesloten jaren",
    en="years kept out",
    formula=r"x_{w,t} = 0 \qquad \text{for each year } t \text{ that } w \text{ is kept out of}",
    about="work",
    demand="{about} is kept out of some years",
    fault="{about} is done in {year}, a year that it is kept out of",
    tell=tell,
    judge=judge,
)
