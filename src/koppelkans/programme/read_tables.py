"""From anybody's plain tables to a problem, with every fault told at once and in its place. (nl: tabellen lezen)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, YES_NO, Column, Schema, empty, shape
from koppelkans.programme.problem import Problem

ASSUMED = {"mandatory": False, "owner": None}
"""Columns that a table may leave out, with what that means."""
REFERENCES = (
    ("touches", "work", "works", "work"),
    ("touches", "section", "sections", "section"),
    ("payments", "work", "works", "work"),
    ("payments", "fund", "funds", "fund"),
    ("efforts", "work", "works", "work"),
    ("efforts", "crew", "crews", "crew"),
    ("limit_members", "limit", "limits", "limit"),
    ("limit_members", "section", "sections", "section"),
    ("fixed", "work", "works", "work"),
    ("excluded", "work", "works", "work"),
)
SPOKEN = {"true": True, "false": False, "1": True, "0": False, "1.0": True, "0.0": False}
MOST_FAULTS = 20
"""So many faults of one column are told by row; the rest is counted."""


def make_problem(tables: Mapping[str, pd.DataFrame], *, first_year: int, years: int, discount_rate: float) -> Problem:
    """Return the problem that plain tables state; only works is needed, a table that is left out has no rows.

    Names may be text or numbers; yes and no may be True and False or 1 and 0. `tables` are those of `Problem.TABLES`.

    Raises
    ------
    InputError
        With every column, value, name and reference that cannot be used, with table, row and column.
    """
    faults: list[Fault] = []
    if years < 1:
        faults.append(Fault("problem", str(years), "a horizon of 1 year or more", column="years", fatal=True))
    if not discount_rate > -1:
        faults.append(Fault("problem", str(discount_rate), "a rate above -1", column="discount_rate", fatal=True))
    faults += [
        Fault(name, "an unknown table", f"one of {', '.join(Problem.TABLES)}", fatal=True)
        for name in sorted(set(tables) - set(Problem.TABLES))
    ]
    if "works" not in tables:
        faults.append(Fault("works", "no table", "a table with works", fatal=True))
    made = {
        name: _table(tables[name], schema, faults) if name in tables else empty(schema)
        for name, schema in Problem.TABLES.items()
    }
    for name, column, there, key in REFERENCES:
        if name in tables and {column} <= set(made[name]) and {key} <= set(made[there]):
            lost = ~made[name][column].isin(made[there][key])
            faults += _told(name, column, made[name][column], lost, f"a {key} of {there}")
    if not faults:
        faults += _across(made, first_year, years)
    if faults:
        raise InputError(faults)
    shaped = {name: shape(made[name], schema) for name, schema in Problem.TABLES.items()}
    return Problem(**shaped, first_year=int(first_year), years=int(years), discount_rate=float(discount_rate))


def _table(given: pd.DataFrame, schema: Schema, faults: list[Fault]) -> pd.DataFrame:
    """Return one table with its columns in their types; what is wrong is added to the faults."""
    made: dict[str, pd.Series] = {}
    for name, column in schema.columns.items():
        if name in given.columns:
            made[name], wrong = _column(given[name], column)
            faults += _told(schema.name, name, given[name], wrong, _wanted(column))
        elif name in ASSUMED:
            made[name] = pd.Series([ASSUMED[name]] * len(given), index=given.index, dtype=column.dtype)
        else:
            faults.append(Fault(schema.name, "no such column", column.meaning, column=name, fatal=True))
    table = pd.DataFrame(made, index=given.index).reset_index(drop=True)
    if set(schema.key) <= set(made):
        double = table.duplicated(list(schema.key))
        parts = [table[key].astype("str").fillna("") for key in schema.key]
        named = parts[0].str.cat(parts[1:], sep="/") if parts[1:] else parts[0]
        faults += _told(schema.name, ", ".join(schema.key), named, double, "each once")
    return table


def _column(given: pd.Series, column: Column) -> tuple[pd.Series, pd.Series]:
    """Return one column in its type, and which of its values cannot be used."""
    if column.dtype == TEXT:
        missing = given.isna()
        return given.astype("str"), missing if column.known else missing & False
    if column.dtype == YES_NO:
        spoken = given.astype("str").str.lower().map(SPOKEN)
        return spoken.eq(other=True), spoken.isna()
    numbers = pd.to_numeric(given, errors="coerce").astype("float64")
    wrong = ~np.isfinite(numbers)
    if column.dtype == WHOLE:
        wrong |= numbers != numbers.round()
    if column.least is not None:
        wrong |= numbers < column.least
    return numbers.where(~wrong, 0.0).astype(column.dtype), wrong


def _wanted(column: Column) -> str:
    """Say what a value of a column must be."""
    words = {TEXT: "a name", YES_NO: "True or False", WHOLE: "a whole number", NUMBER: "a number"}[column.dtype]
    return words + (f" of {column.least:g} or more" if column.least is not None else "") + f" ({column.meaning})"


def _told(table: str, column: str, found: pd.Series, wrong: pd.Series, wanted: str) -> list[Fault]:
    """Return a fault for each wrong value, the first ones by row and the rest counted."""
    at = np.flatnonzero(wrong.to_numpy())
    faults = [
        Fault(table, str(found.iloc[row]), wanted, row=int(row) + 1, column=column, fatal=True)
        for row in at[:MOST_FAULTS]
    ]
    if len(at) > MOST_FAULTS:
        faults.append(Fault(table, f"{len(at) - MOST_FAULTS} more", wanted, column=column, fatal=True))
    return faults


def _across(made: Mapping[str, pd.DataFrame], first_year: int, years: int) -> list[Fault]:
    """Return what is wrong between columns and tables: windows upside down, years that are missing or outside."""
    works, last = made["works"], first_year + years - 1
    faults = _told(
        "works",
        "latest_year",
        works["latest_year"],
        works["latest_year"] < works["earliest_year"],
        "a year not before the earliest year",
    )
    outside = (works["latest_year"] < first_year) | (works["earliest_year"] > last)
    faults += _told(
        "works",
        "earliest_year",
        works["earliest_year"],
        works["mandatory"] & outside,
        f"a window within {first_year}-{last} for a mandatory work",
    )
    fixed = made["fixed"]
    faults += _told(
        "fixed", "year", fixed["year"], ~fixed["year"].between(first_year, last), f"a year of {first_year}-{last}"
    )
    for name, key in (("funds", "fund"), ("crews", "crew")):
        inside = made[name][made[name]["year"].between(first_year, last)]
        count = inside.groupby(key)["year"].nunique().reindex(made[name][key].unique(), fill_value=0)
        faults += [
            Fault(
                name, f"{found} years of {key} {label}", f"each year of {first_year}-{last}", column="year", fatal=True
            )
            for label, found in count[count < years].items()
        ]
    mixed = made["funds"].groupby("fund")["carries_over"].nunique()
    faults += [
        Fault("funds", f"both for fund {label}", "one rule per fund", column="carries_over", fatal=True)
        for label in mixed[mixed > 1].index
    ]
    return faults
