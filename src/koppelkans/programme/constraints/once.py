"""A work is done at most once, and within its window. (nl: een keer)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome, faults
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement, total


def tell(said: Statement) -> None:
    """State at most one year per work, and none outside its window."""
    indexed = said.indexed
    works, work = indexed.problem.works, indexed.option_work
    said.demand(ONCE.name, total(said.does, by=work, rows=len(works)), "<=", 1.0)
    year = indexed.option_year + indexed.problem.first_year
    outside = (year < works["earliest_year"].to_numpy()[work]) | (year > works["latest_year"].to_numpy()[work])
    at = np.flatnonzero(outside)
    terms = total(said.does[at], by=np.arange(len(at)), rows=len(at))
    said.demand(ONCE.name, terms, "<=", 0.0, about=works["work"].to_numpy()[work[at]])


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name works that stand in the programme twice, or outside their window or the horizon."""
    placed = outcome.programme.merge(problem.works[["work", "earliest_year", "latest_year"]], on="work", how="left")
    unknown = placed["earliest_year"].isna()
    outside = (placed["year"] < placed["earliest_year"]) | (placed["year"] > placed["latest_year"])
    outside |= ~placed["year"].between(problem.horizon.first, problem.horizon.last)
    wrong = placed[placed.duplicated("work") | outside | unknown]
    return faults(wrong["work"], year=wrong["year"])


ONCE = Constraint(
    name="once",
    nl="een keer, binnen het venster",
    en="once, within its window",
    formula=r"\sum_{t} x_{w,t} \le 1 \qquad x_{w,t} = 0 \;\text{ for } t < e_w \text{ or } t > l_w",
    about="work",
    demand="the window of {about}",
    fault="{about} is done twice or outside its window ({year})",
    tell=tell,
    judge=judge,
)
