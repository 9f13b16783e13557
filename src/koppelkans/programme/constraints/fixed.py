"""A work that was fixed to a year is done in that year. (nl: vastgezet)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome, faults
from koppelkans.programme.indexed import positions
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement, total


def tell(said: Statement) -> None:
    """State that the fixed option is taken."""
    problem, fixed = said.indexed.problem, said.indexed.problem.fixed
    work = positions(fixed["work"], problem.works["work"])
    option = said.indexed.option_of[work, fixed["year"].to_numpy() - problem.first_year]
    terms = total(said.does[option], by=np.arange(len(fixed)), rows=len(fixed))
    said.demand(FIXED.name, terms, ">=", 1.0, about=fixed["work"])


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the fixed works that are not done in their year."""
    kept = problem.fixed.merge(outcome.programme, on=["work", "year"], how="left", indicator="found")
    wrong = kept[kept["found"] == "left_only"]
    return faults(wrong["work"], year=wrong["year"])


FIXED = Constraint(
    name="fixed",
    nl="vastgezet op een jaar",
    en="fixed to a year",
    formula=r"x_{w,t} = 1 \qquad \text{for each work } w \text{ that is fixed to year } t",
    about="work",
    demand="{about} is fixed to its year",
    fault="{about} is not done in {year}, the year that it is fixed to",
    tell=tell,
    judge=judge,
)
