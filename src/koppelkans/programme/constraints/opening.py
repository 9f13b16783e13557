"""A work opens its sections; an opening is paid once a year, however many works share it. (nl: opening)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome, faults, never_blocked
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import started_before
from koppelkans.programme.statement import Statement, total
from koppelkans.programme.value import opened_sections


def tell(said: Statement) -> None:
    """State that a section is opened, as wide as needed, by each work that closes it.

    A section of works of several years lies open in each of their open years.
    """
    indexed = said.indexed
    row = np.arange(len(indexed.needs_option))
    does = total(said.does[indexed.needs_option], by=row, rows=len(row))
    opened = total(said.opened[indexed.needs_opening], by=row, rows=len(row))
    said.demand(OPENING.name, does - opened, "<=", 0.0)
    if len(indexed.lying_section):
        _tell_lying(said)


def _tell_lying(said: Statement) -> None:
    """State that a section lies open in each open year of a work there."""
    indexed = said.indexed
    touch = np.flatnonzero(np.isin(indexed.touch_section, indexed.lying_section))
    years = indexed.profiles.open(indexed.touch_work[touch])
    touch = touch[years.row]
    options = started_before(indexed.option_of[indexed.touch_work[touch]], years.k, indexed.years)
    at, year = np.nonzero(options >= 0)
    cell, row = np.unique(touch[at] * indexed.years + year, return_inverse=True)
    of, when = np.divmod(cell, indexed.years)
    does = total(said.does[options[at, year]], by=row, rows=len(cell))
    lies = total(said.lies_open[indexed.touch_section[of], when], by=np.arange(len(cell)), rows=len(cell))
    said.demand(OPENING.name, does - lies, "<=", 0.0)


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
