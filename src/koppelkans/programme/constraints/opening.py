"""A work opens its sections; an opening is paid once a year, however many works share it. (nl: opening)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome, faults, never_blocked
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement, total
from koppelkans.programme.value import opened_sections


def tell(said: Statement) -> None:
    """State that a section is open, as wide as needed, in the year of each work that touches it."""
    indexed = said.indexed
    row = np.arange(len(indexed.needs_option))
    does = total(said.does[indexed.needs_option], by=row, rows=len(row))
    opened = total(said.opened[indexed.needs_opening], by=row, rows=len(row))
    said.demand(OPENING.name, does - opened, "<=", 0.0)


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the sections and years in which a work opens the street without that being counted."""
    must = opened_sections(problem, outcome.programme)
    counted = must.merge(outcome.opened, on=["section", "year"], how="left", indicator="found")
    wrong = counted[counted["found"] == "left_only"]
    return faults(wrong["section"], year=wrong["year"])


OPENING = Constraint(
    name="opening",
    nl="opening van de straat",
    en="opening of the street",
    formula=r"x_{w,t} \le o_{s,t} \qquad \text{for each section } s \text{ that } w \text{ touches}",
    about="section",
    demand="the opening of {about}",
    fault="the opening of {about} in {year} is not counted",
    tell=tell,
    judge=judge,
    blocked=never_blocked,
)
