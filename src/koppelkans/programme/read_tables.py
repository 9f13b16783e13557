"""From anybody's plain tables to a problem, with every fault told at once and in its place. (nl: tabellen lezen)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.tables import (
    NUMBER,
    TEXT,
    WHOLE,
    WHOLE_OR_UNKNOWN,
    YES_NO,
    Column,
    Schema,
    empty,
    shape,
)
from koppelkans.ground.words import Phrase
from koppelkans.programme.coherence import incoherent, told
from koppelkans.programme.problem import Problem

ASSUMED = {
    "mandatory": False, "owner": None, "kind": None, "ambition_eur": 0.0, "least_years": None, "most_years": None,
    "name": None, "reason": None, "set_by": None, "made_to": None, "basis": "given",
}  # fmt: skip
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
    ("ties", "work", "works", "work"),
    ("ties", "other", "works", "work"),
    ("promises", "work", "works", "work"),
    ("joints", "work", "works", "work"),
    ("joints", "other", "works", "work"),
    ("fund_rules", "fund", "funds", "fund"),
    ("outside_payments", "work", "outside", "work"),
    ("outside_promises", "work", "outside", "work"),
)
SPOKEN = {"true": True, "false": False, "1": True, "0": False, "1.0": True, "0.0": False}


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
        faults.append(Fault("problem", str(years), Phrase("a horizon of 1 year or more"), column="years", fatal=True))
    if not discount_rate > -1:
        faults.append(
            Fault("problem", str(discount_rate), Phrase("a rate above -1"), column="discount_rate", fatal=True)
        )
    faults += [
        Fault(name, Phrase("an unknown table"), Phrase("one of {names}", names=", ".join(Problem.TABLES)), fatal=True)
        for name in sorted(set(tables) - set(Problem.TABLES))
    ]
    if "works" not in tables:
        faults.append(Fault("works", Phrase("no table"), Phrase("a table with works"), fatal=True))
    made = {
        name: _table(tables[name], schema, faults) if name in tables else empty(schema)
        for name, schema in Problem.TABLES.items()
    }
    for name, column, there, key in REFERENCES:
        if name in tables and {column} <= set(made[name]) and {key} <= set(made[there]):
            lost = ~made[name][column].isin(made[there][key])
            faults += told(name, column, made[name][column], lost, Phrase("a {key} of {table}", key=key, table=there))
    if not faults:
        faults += incoherent(made, first_year, years)
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
            faults += told(schema.name, name, given[name], wrong, _wanted(column))
        elif name in ASSUMED:
            made[name] = pd.Series([ASSUMED[name]] * len(given), index=given.index, dtype=column.dtype)
        else:
            faults.append(Fault(schema.name, Phrase("no such column"), _wanted(column), column=name, fatal=True))
    table = pd.DataFrame(made, index=given.index).reset_index(drop=True)
    if set(schema.key) <= set(made):
        double = table.duplicated(list(schema.key))
        parts = [table[key].astype("str").fillna("") for key in schema.key]
        named = parts[0].str.cat(parts[1:], sep="/") if parts[1:] else parts[0]
        faults += told(schema.name, ", ".join(schema.key), named, double, Phrase("each once"))
    return table


def _column(given: pd.Series, column: Column) -> tuple[pd.Series, pd.Series]:
    """Return one column in its type, and which of its values cannot be used."""
    if column.dtype == TEXT:
        wrong = given.isna() & column.known
        if column.one_of:
            wrong |= ~given.isin(column.one_of)
        return _names(given), wrong
    if column.dtype == YES_NO:
        spoken = given.astype("str").str.lower().map(SPOKEN)
        return spoken.eq(other=True), spoken.isna()
    numbers = pd.to_numeric(given, errors="coerce").astype("float64")
    missing = given.isna() & (not column.known)
    wrong = ~np.isfinite(numbers) & ~missing
    if column.dtype in (WHOLE, WHOLE_OR_UNKNOWN):
        wrong |= (numbers != numbers.round()) & ~missing
    if column.least is not None:
        wrong |= numbers < column.least
    return numbers.where(~wrong, 0.0).astype(column.dtype), wrong


def _names(given: pd.Series) -> pd.Series:
    """Return names as text; a whole number is the same name whether it was read as 7 or, beside an empty cell, as 7.0."""
    if pd.api.types.is_float_dtype(given.dtype) and (given.dropna() == given.dropna().round()).all():
        return given.astype("Int64").astype("str")
    return given.astype("str")


def _wanted(column: Column) -> Phrase:
    """Say what a value of a column must be."""
    if column.least is not None:
        least = f"{column.least:g}"
        if column.dtype == WHOLE:
            return Phrase("a whole number of {least} or more", least=least)
        return Phrase("a number of {least} or more", least=least)
    if column.one_of:
        return Phrase("one of {names}", names=", ".join(column.one_of))
    return {
        TEXT: Phrase("a name"),
        YES_NO: Phrase("True or False, or 1 or 0"),
        NUMBER: Phrase("a number"),
        WHOLE: Phrase("a whole number"),
        WHOLE_OR_UNKNOWN: Phrase("a whole number, or nothing"),
    }[column.dtype]
