"""Programmes as quarters of one large city, valued and judged at once. (nl: wijken naast elkaar)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome
from koppelkans.programme.indexed import Floats, Whole, positions
from koppelkans.programme.problem import Problem
from koppelkans.programme.value import broken_rest, opened_sections, priced

MARK = "\n"
"""Stands between the number of a quarter and a name; no name holds it."""
NUMBER = rf"\d+{MARK}"
NAMES = ("work", "other", "section", "fund", "crew", "limit")


def quarters(problem: Problem, count: int, *, came: Problem | None = None) -> Problem:
    """One problem with so many copies of a problem, which share nothing.

    The names of each begin with its number.

    Parameters
    ----------
    problem, count
        The problem, and how many copies.
    came
        The same problem with some tables of all copies under each other, where they differ from copy to copy.
    """
    made = {}
    for name in Problem.TABLES:
        table, size = getattr(came or problem, name), len(getattr(problem, name))
        table = table if len(table) == size * count else repeated(table, count)
        number = np.repeat([f"{at}{MARK}" for at in range(count)], size)
        marked = {
            column: pd.Series(number + table[column].to_numpy(dtype=object), dtype="str", index=table.index)
            for column in NAMES
            if column in table.columns and size
        }
        made[name] = table.assign(**marked)
    return replace(problem, **made)


def quarter(city: Problem, number: int, count: int) -> Problem:
    """Return one of so many quarters by itself, under the names that it has in the city."""
    made = {}
    for name in Problem.TABLES:
        table = getattr(city, name)
        size = len(table) // count
        made[name] = table.iloc[number * size : (number + 1) * size].reset_index(drop=True)
    return replace(city, **made)


def repeated(table: pd.DataFrame, count: int) -> pd.DataFrame:
    """Return a table so many times under itself."""
    return table.iloc[np.tile(np.arange(len(table)), count)].reset_index(drop=True)


def programme_of(city: Problem, year: Whole) -> pd.DataFrame:
    """One programme from those of all quarters (F x W, from the first year; -1 undone)."""
    flat = year.ravel()
    done = np.flatnonzero(flat >= 0)
    names = city.works["work"].iloc[done].reset_index(drop=True)
    return pd.DataFrame({"work": names, "year": flat[done] + city.first_year}).astype({"year": "int64"})


def values(city: Problem, programme: pd.DataFrame, count: int) -> Floats:
    """Value of the programme of each quarter, from the plain tables (eur, discounted)."""
    total = np.zeros(count)
    for part, amounts in priced(city, programme).items():
        names = city.works["work"]
        if part in {"openings_eur", "nuisance_eur", "breach_eur"}:
            names = city.sections["section"]
        quarter = positions(amounts.index.to_series(), names) // max(1, len(names) // count)
        sign = -1.0 if part == "joint_eur" else 1.0
        np.add.at(total, quarter, sign * amounts.to_numpy(dtype=float))
    return total


def faults_in(city: Problem, piece: Constraint, outcome: Outcome) -> pd.DataFrame:
    """Faults that a judge finds, each with its quarter and without the mark in its name."""
    found = piece.judge(city, outcome)
    quarter = found["about"].str.split(MARK, n=1).str[0].to_numpy(dtype=np.int64)
    return found.assign(quarter=quarter, about=found["about"].str.replace(NUMBER, "", regex=True))


def outcome_of(city: Problem, programme: pd.DataFrame) -> Outcome:
    """Return a programme with its openings and broken rests, counted from the tables."""
    return Outcome(programme, opened_sections(city, programme), broken_rest(city, programme))


def judged(city: Problem, programme: pd.DataFrame, count: int, *, constraints: Sequence[Constraint]) -> Whole:
    """Count the demands of each constraint that every quarter breaks (constraints x quarters)."""
    outcome, broken = outcome_of(city, programme), np.zeros((len(constraints), count), dtype=np.int64)
    for at, piece in enumerate(constraints):
        np.add.at(broken[at], faults_in(city, piece, outcome)["quarter"].to_numpy(), 1)
    return broken
