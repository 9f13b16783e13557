"""A folder of plain tables (CSV or Parquet) and its problem.json, read as the problem that they state. (nl: map met tabellen lezen)."""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.reach import leads_out
from koppelkans.ground.spreadsheet import as_meant_in
from koppelkans.ground.tables import TEXT, YES_NO, Schema
from koppelkans.ground.words import Phrase
from koppelkans.programme.problem import Problem
from koppelkans.programme.read_tables import make_problem

FACTS = "problem.json"
WANTED = {
    "first_year": Phrase("a whole number: the first year"),
    "years": Phrase("a whole number: how many years"),
    "discount_rate": Phrase("a number: the rate per year as a share, as 0.0225"),
}
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
    tables = {name: _table(path, Problem.TABLES[name], faults) for name, path in paths.items()}
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
            Fault(FACTS, Phrase("no such file"), Phrase("a file with {names}", names=", ".join(WANTED)), fatal=True)
        )
        return {}
    try:
        read = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as problem:
        faults.append(Fault(FACTS, str(problem), "JSON", fatal=True))
        return {}
    given = read if isinstance(read, dict) else {}
    facts: dict[str, Any] = {}
    for name, wanted in WANTED.items():
        value = given.get(name)
        number = float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else math.nan
        if math.isfinite(number) and (name == "discount_rate" or number.is_integer()):
            facts[name] = number if name == "discount_rate" else int(number)
        else:
            found = Phrase("nothing") if value is None else str(value)
            faults.append(Fault(FACTS, found, wanted, column=name, fatal=True))
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


def _table(path: Path, schema: Schema, faults: list[Fault]) -> pd.DataFrame:
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
