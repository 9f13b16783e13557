"""Plain tables, or a folder with them, read as a problem with every fault at once. (nl: opgave lezen)."""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.reach import leads_out
from koppelkans.ground.spreadsheet import as_meant_in
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
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import carried_on

WHOLE_SHARE = 1e-6
"""Shares of a profile that add up to 1 but for this are rounded."""
MOST_FAULTS = 20
"""So many faults of one column are told by row; the rest is counted."""
MOST_YEARS = 4
"""So many missing years are named one by one."""
Tables = Mapping[str, pd.DataFrame]


def told(table: str, column: str, found: pd.Series, wrong: pd.Series, wanted: str) -> list[Fault]:
    """Return a fault for each wrong value, the first ones by row and the rest counted."""
    at = np.flatnonzero(wrong.to_numpy())
    faults = [
        Fault(table, str(found.iloc[row]), wanted, row=int(row) + 1, column=column, fatal=True)
        for row in at[:MOST_FAULTS]
    ]
    if len(at) > MOST_FAULTS:
        more = Phrase("{more} more", more=len(at) - MOST_FAULTS)
        faults.append(Fault(table, more, wanted, column=column, fatal=True))
    return faults


def incoherent(made: Tables, first_year: int, years: int, *, openings_paid: bool = False) -> list[Fault]:
    """Return what is wrong between columns and tables of which each by itself is right."""
    span = Horizon(first_year, first_year + years - 1)
    faults = _windows(made, span)
    cost = made["payments"]["work"].map(made["works"].set_index("work")["cost_eur"]).astype("float64")
    opens = made["payments"]["work"].isin(made["touches"]["work"]) & openings_paid
    paid = made["payments"][(made["payments"]["share"] > 0) & ((cost > 0) | opens)]
    faults += _missing_years(made, paid[["work", "fund"]], name="funds", key="fund", span=span)
    asked = made["efforts"][made["efforts"]["hours"] > 0]
    faults += _missing_years(made, asked[["work", "crew"]], name="crews", key="crew", span=span)
    mixed = made["funds"].groupby("fund")["carries_over"].nunique()
    wanted = Phrase("one rule per fund")
    faults += [
        Fault("funds", f"{label}: 0, 1", wanted, column="carries_over", fatal=True) for label in mixed[mixed > 1].index
    ]
    faults += _tie_faults(made["ties"]) + _joint_faults(made["joints"]) + _unknown_kinds(made)
    return faults + _profile_faults(made["profile"])


def _profile_faults(profile: pd.DataFrame) -> list[Fault]:
    """Return profiles that do not spend the whole work, and streets that lie open before the start."""
    early = profile["open"] & (profile["k"] < 0)
    wanted = Phrase("no open street before the start: the first open year is year 0 or later")
    faults = told("profile", "open", profile["open"], early, wanted)
    sums = profile.groupby("work")["cost_share"].sum()
    wanted = Phrase("shares of a work that add up to 1")
    return faults + [
        Fault("profile", f"{work}: {total:.6g}", wanted, column="cost_share", fatal=True)
        for work, total in sums[(sums - 1.0).abs() > WHOLE_SHARE].items()
    ]


def _windows(made: Tables, span: Horizon) -> list[Fault]:
    """Return windows that are upside down, years that lie outside the horizon, and more ambition than there is to miss."""
    works, fixed = made["works"], made["fixed"]
    faults = told(
        "works",
        "latest_year",
        works["latest_year"],
        works["latest_year"] < works["earliest_year"],
        Phrase("a year not before the earliest year"),
    )
    outside = (works["latest_year"] < span.first) | (works["earliest_year"] > span.last)
    faults += told(
        "works",
        "earliest_year",
        works["earliest_year"],
        works["mandatory"] & outside,
        Phrase("a window within {first}-{last} for a mandatory work", first=span.first, last=span.last),
    )
    faults += told(
        "works",
        "ambition_eur",
        works["ambition_eur"],
        works["ambition_eur"] > works["undone_eur"],
        Phrase("no more than undone_eur, of which it is a part"),
    )
    outside = ~fixed["year"].between(span.first, span.last)
    wanted = Phrase("a year of {first}-{last}", first=span.first, last=span.last)
    return faults + told("fixed", "year", fixed["year"], outside, wanted)


def _missing_years(made: Tables, drawn: pd.DataFrame, *, name: str, key: str, span: Horizon) -> list[Fault]:
    """Return the funds or crews that lack a year in which some work could draw on them: how much they hold then is unknown.

    `drawn` holds a row per work that draws on a fund or crew (work and `key`).
    """
    given = made[name]
    windows = drawn.merge(made["works"][["work", "earliest_year", "latest_year"]], on="work")
    since = windows["work"].map(made["profile"].groupby("work")["k"].min()).fillna(0).clip(upper=0)
    windows["earliest_year"] += since.astype("int64")
    names, at = np.unique(windows[key].to_numpy(dtype=str), return_inverse=True)
    first = np.clip(windows["earliest_year"].to_numpy() - span.first, 0, len(span))
    goes_on = windows["work"].map(made["profile"].groupby("work")["k"].max()).fillna(0).astype("int64").to_numpy()
    after = np.clip(windows["latest_year"].to_numpy() + goes_on - span.first + 1, 0, len(span))
    steps = np.zeros((len(names), len(span) + 1), dtype=np.int64)
    np.add.at(steps, (at, np.minimum(first, after)), 1)
    np.add.at(steps, (at, after), -1)
    needed = steps.cumsum(axis=1)[:, :-1] > 0
    inside = given[given["year"].between(span.first, span.last) & given[key].isin(names)]
    has = np.zeros(needed.shape, dtype=bool)
    has[np.searchsorted(names, inside[key].to_numpy(dtype=str)), inside["year"] - span.first] = True
    row, year = np.nonzero(needed & ~has)
    wanted = Phrase("a row for each year in which a work may draw on it")
    lacking = pd.Series(year + span.first).groupby(names[row])
    return [
        Fault(name, Phrase("no {years} for {name}", years=_years(some), name=label), wanted, column="year", fatal=True)
        for label, some in lacking
    ]


def _years(years: pd.Series) -> str:
    """Return years as people write them: the first and the last of many."""
    return ", ".join(str(year) for year in years) if len(years) <= MOST_YEARS else f"{years.min()} … {years.max()}"


def _tie_faults(ties: pd.DataFrame) -> list[Fault]:
    """Return works that are tied to themselves, and bounds that are upside down."""
    faults = told("ties", "other", ties["other"], ties["other"] == ties["work"], Phrase("another work"))
    upside_down = (ties["most_years"] < ties["least_years"]).fillna(value=False)
    return faults + told(
        "ties", "most_years", ties["most_years"], upside_down, Phrase("no fewer years than least_years")
    )


def _joint_faults(joints: pd.DataFrame) -> list[Fault]:
    """Return works that are joined with themselves, and pairs that are given both ways: their saving would count twice."""
    faults = told("joints", "other", joints["other"], joints["other"] == joints["work"], Phrase("another work"))
    names = joints[["work", "other"]].to_numpy(dtype=object)
    pair = pd.DataFrame(np.sort(names.astype("str"), axis=1), index=joints.index)
    return faults + told(
        "joints", "other", joints["other"], pair.duplicated(), Phrase("each pair of works once, either way round")
    )


def _unknown_kinds(made: Tables) -> list[Fault]:
    """Return works of unknown kind that draw on a fund with rules: whether it may pay them cannot be known."""
    payments, works = made["payments"], made["works"]
    ruled = payments["fund"].isin(made["fund_rules"]["fund"]) & (payments["share"] > 0)
    unknown = works["kind"].isna() & works["work"].isin(payments.loc[ruled, "work"])
    return told("works", "kind", works["kind"], unknown, Phrase("a kind: it draws on a fund that pays only some kinds"))


ASSUMED = {
    "mandatory": False, "unpriced": False, "owner": None, "kind": None, "ambition_eur": 0.0, "least_years": None, "most_years": None,
    "name": None, "reason": None, "set_by": None, "made_to": None, "basis": "given",
    "share": 1.0, "base_eur": None, "paving_eur": None,
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
    ("profile", "work", "works", "work"),
    ("outside_payments", "work", "outside", "work"),
    ("outside_promises", "work", "outside", "work"),
)
SPOKEN = {"true": True, "false": False, "1": True, "0": False, "1.0": True, "0.0": False}


def make_problem(
    tables: Mapping[str, pd.DataFrame],
    *,
    first_year: int,
    years: int,
    discount_rate: float,
    openings_paid: bool = False,
) -> Problem:
    """Return the problem that plain tables state.

    Only `works` is needed; a table that is left out has no rows. Names may be text or numbers; yes and no may be True
    and False or 1 and 0. `tables` are those of `Problem.TABLES`.
    Base and paving of a section are read where touches have a share; `openings_paid` has the purses pay the openings too.

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
        faults += _widths(made, shared="share" in tables.get("touches", pd.DataFrame()))
        faults += incoherent(made, first_year, years, openings_paid=openings_paid)
    if faults:
        raise InputError(faults)
    after = max(0, int(made["profile"]["k"].max())) if len(made["profile"]) else 0
    if after:
        span = Horizon(first_year, first_year + years - 1)
        made["funds"] = carried_on(made["funds"], "fund", "budget_eur", span=span, after=after)
        made["crews"] = carried_on(made["crews"], "crew", "hours", span=span, after=after)
    shaped = {name: shape(made[name], schema) for name, schema in Problem.TABLES.items()}
    return Problem(
        **shaped,
        first_year=int(first_year),
        years=int(years),
        discount_rate=float(discount_rate),
        openings_paid=openings_paid,
    )


def _widths(made: dict[str, pd.DataFrame], *, shared: bool) -> list[Fault]:
    """Return sections of unknown base or paving where works take up a part of the width, or where one of both is known.

    Without shares base and paving are passed over.
    """
    sections, parts = made["sections"], ["base_eur", "paving_eur"]
    if not shared:
        made["sections"] = sections.assign(**dict.fromkeys(parts, np.nan))
        return []
    touches = made["touches"]
    narrow = sections["section"].isin(touches.loc[touches["share"] < 1, "section"])
    asked = narrow | sections[parts].notna().any(axis=1)
    wanted = Phrase("a number of {least} or more: touches have a share", least="0")
    return [
        fault
        for part in parts
        for fault in told("sections", part, sections[part], asked & sections[part].isna(), wanted)
    ]


def _table(given: pd.DataFrame, schema: Schema, faults: list[Fault]) -> pd.DataFrame:
    """Return one table with its columns in their types; what is wrong is added to the faults."""
    made: dict[str, pd.Series] = {}
    for name, column in schema.columns.items():
        if name in given.columns:
            made[name], wrong = _column(given[name], column)
            unclear = _unclear(given[name], column)
            faults += told(
                schema.name, name, given[name], unclear, Phrase("a number without a point between thousands")
            )
            wrong &= ~unclear
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
    if column.most is not None:
        wrong |= numbers > column.most
    return numbers.where(~wrong, 0.0).astype(column.dtype), wrong


def _unclear(given: pd.Series, column: Column) -> pd.Series:
    """Tell where a point before three last digits may stand between thousands: nothing tells, so none is guessed."""
    if column.dtype in (TEXT, YES_NO) or not pd.api.types.is_string_dtype(given.dtype):
        return pd.Series(data=False, index=given.index)
    return given.astype("str").str.fullmatch(THOUSANDS).fillna(value=False).astype(bool)


def _names(given: pd.Series) -> pd.Series:
    """Return names as text; a whole number is the same name whether it was read as 7 or, beside an empty cell, as 7.0."""
    if pd.api.types.is_float_dtype(given.dtype) and (given.dropna() == given.dropna().round()).all():
        return given.astype("Int64").astype("str")
    return given.astype("str")


def _wanted(column: Column) -> Phrase:
    """Say what a value of a column must be."""
    if column.least is not None and column.most is not None:
        return Phrase("a number of {least} to {most}", least=f"{column.least:g}", most=f"{column.most:g}")
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


FACTS = "problem.json"
WANTED_FACTS = {
    "first_year": Phrase("a whole number: the first year"),
    "years": Phrase("a whole number: how many years"),
    "discount_rate": Phrase("a number: the rate per year as a share, as 0.0225"),
}
THOUSANDS = r"[-+]?[1-9]\d{0,2}\.\d{3}"
"""A point before three last digits, in a table with decimal commas: thousands or decimals, which nothing tells."""
PAID = "openings_paid"
"""In `problem.json`: whether the purses of the works pay the openings too; not, where nobody says."""
SUFFIXES = (".csv", ".parquet")


def read_problem(folder: Path) -> Problem:
    """Return the problem that the tables of a folder state.

    Each table of `Problem.TABLES` is a file of that name, `.csv` (comma, or semicolon with a decimal comma) or
    `.parquet`. Only works and `problem.json` (first_year, years, discount_rate) are needed; a table that is left out has
    no rows, other files and columns are passed over.

    Raises
    ------
    InputError
        With every file, column, value, name and reference that cannot be used, with file, row and column.
    """
    if not folder.is_dir():
        raise InputError([Fault(str(folder), Phrase("no such folder"), Phrase("a folder with tables"), fatal=True)])
    faults: list[Fault] = []
    facts = _facts(folder / FACTS, faults)
    paths = {name: path for name in Problem.TABLES if (path := _path(folder, name, faults)) is not None}
    tables = {name: _table_in(path, Problem.TABLES[name], faults) for name, path in paths.items()}
    if "works" not in paths:
        faults.append(Fault("works.csv", Phrase("no such file"), Phrase("a table with works"), fatal=True))
    if faults:
        raise InputError(faults)
    try:
        return make_problem(tables, **facts)
    except InputError as problem:
        files = {name: path.name for name, path in paths.items()} | {"problem": FACTS}
        raise InputError(
            [replace(fault, where=files.get(fault.where, fault.where)) for fault in problem.faults]
        ) from None


def _facts(path: Path, faults: list[Fault]) -> dict[str, Any]:
    """Return first year, number of years and discount rate; what is wrong is added to the faults."""
    if not _may_be_read(path, faults):
        return {}
    if not path.is_file():
        faults.append(
            Fault(
                FACTS, Phrase("no such file"), Phrase("a file with {names}", names=", ".join(WANTED_FACTS)), fatal=True
            )
        )
        return {}
    try:
        read = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as problem:
        faults.append(Fault(FACTS, str(problem), "JSON", fatal=True))
        return {}
    given = read if isinstance(read, dict) else {}
    facts: dict[str, Any] = {}
    for name, wanted in WANTED_FACTS.items():
        value = given.get(name)
        number = float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else math.nan
        if math.isfinite(number) and (name == "discount_rate" or number.is_integer()):
            facts[name] = number if name == "discount_rate" else int(number)
        else:
            found = Phrase("nothing") if value is None else str(value)
            faults.append(Fault(FACTS, found, wanted, column=name, fatal=True))
    facts[PAID] = given.get(PAID, False)
    if not isinstance(facts[PAID], bool):
        faults.append(Fault(FACTS, str(facts[PAID]), Phrase("true or false"), column=PAID, fatal=True))
    return facts


def _path(folder: Path, name: str, faults: list[Fault]) -> Path | None:
    """Return the file of a table; None where there is none. Two files for one table are a fault."""
    found = [path for suffix in SUFFIXES if (path := folder / f"{name}{suffix}").is_file()]
    if len(found) > 1:
        both = ", ".join(path.name for path in found)
        faults.append(Fault(name, both, Phrase("one file per table"), fatal=True))
    return found[0] if found and _may_be_read(found[0], faults) else None


def _may_be_read(path: Path, faults: list[Fault]) -> bool:
    """Tell whether a file lies in the folder itself; a link to one elsewhere is added to the faults."""
    out = leads_out(path, (path.parent,))
    if out:
        found, wanted = Phrase("a link to a file outside the folder"), Phrase("a file in the folder itself")
        faults.append(Fault(path.name, found, wanted, fatal=True))
    return not out


def _table_in(path: Path, schema: Schema, faults: list[Fault]) -> pd.DataFrame:
    """Return a table as it stands in its file, with names as text; what cannot be read is added to the faults."""
    try:
        return _csv(path, schema) if path.suffix == ".csv" else pd.read_parquet(path)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError, pa.ArrowInvalid) as problem:
        wanted = Phrase("a CSV table in UTF-8") if path.suffix == ".csv" else Phrase("a Parquet table")
        faults.append(Fault(path.name, str(problem).strip().splitlines()[0], wanted, fatal=True))
        return pd.DataFrame()


def _csv(path: Path, schema: Schema) -> pd.DataFrame:
    """Return a CSV table; names keep their leading zeros, and only an empty cell is unknown."""
    with path.open(encoding="utf-8-sig") as lines:
        head = lines.readline()
    semicolons = head.count(";") > head.count(",")
    text = {name: "str" for name, column in schema.columns.items() if column.dtype in (TEXT, YES_NO)}
    table = pd.read_csv(
        path,
        sep=";" if semicolons else ",",
        decimal="," if semicolons else ".",
        encoding="utf-8-sig",
        dtype=text,
        keep_default_na=False,
        na_values=[""],
        skipinitialspace=True,
        index_col=False,
        low_memory=False,
    )
    return as_meant_in(table)
