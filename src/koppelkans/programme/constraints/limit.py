"""At most so many sections of a district or detour are open in one year. (nl: open straten)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome, faults
from koppelkans.programme.indexed import positions
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement, total
from koppelkans.programme.value import opened_sections


def tell(said: Statement) -> None:
    """State the limits that could be broken: those with more sections that may open in a year than they allow."""
    indexed, problem = said.indexed, said.indexed.problem
    limit = positions(problem.limit_members["limit"], problem.limits["limit"])
    openings = indexed.opening_of[positions(problem.limit_members["section"], problem.sections["section"])]
    member, year = np.nonzero(openings >= 0)
    cell = limit[member] * problem.years + year
    most = np.repeat(problem.limits["open_sections"].to_numpy(), problem.years)
    tight = np.bincount(cell, minlength=len(most)) > most
    at = tight[cell]
    names = np.repeat(problem.limits["limit"].to_numpy(), problem.years)
    open_sections = total(said.opened[openings[member, year][at]], by=cell[at], rows=len(names))
    said.demand(LIMIT.name, open_sections, "<=", most.astype(float), about=names)


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the limits and years with too many open sections, and how many too many."""
    count = open_counts(problem, outcome.programme)
    wrong = count[count["count"] > count["open_sections"]]
    return faults(wrong["limit"], year=wrong["year"], amount=wrong["count"] - wrong["open_sections"])


def open_counts(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return the open sections per limit and year in which there are any (limit, year, count, open_sections)."""
    met = problem.limit_members.merge(opened_sections(problem, programme), on="section")
    count = met.groupby(["limit", "year"]).size().rename("count").reset_index()
    return count.merge(problem.limits, on="limit").sort_values(["limit", "year"], ignore_index=True)


LIMIT = Constraint(
    name="limit",
    nl="open straten tegelijk",
    en="streets open at once",
    formula=r"\sum_{s \in S_k} o_{s,t} \le N_k",
    about="limit",
    demand="the limit on open streets of {about}",
    fault="{about} has {amount} streets too many open in {year}",
    tell=tell,
    judge=judge,
    shared=True,
)
