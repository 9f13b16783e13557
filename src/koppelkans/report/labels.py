"""What every table and column of the products is called on reports, and what it means, in both languages. (nl: opschriften)."""

import tomllib
from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import Any

from koppelkans.ground.tables import Schema
from koppelkans.report.plan import Plan


@cache
def _words() -> dict[str, Any]:
    """Return labels.toml."""
    return tomllib.loads((files("koppelkans.report") / "labels.toml").read_text(encoding="utf-8"))


def tables() -> dict[str, Schema]:
    """Return the schema of every table of every product, by `room.table`, in the order of the corridor."""
    rooms = [(part.name, part.type.TABLES) for part in fields(Plan) if hasattr(part.type, "TABLES")]
    return {f"{room}.{name}": schema for room, shelf in rooms for name, schema in shelf.items()}


def heading(table: str, column: str, lang: str) -> str:
    """Return what a column of a table (`room.table`) is called; a column without a label keeps its own name, in words."""
    found = _words()["headings"]
    label = found.get(f"{table}.{column}") or found.get(column)
    return str(label[lang]) if label else column.replace("_", " ")


def sheet_name(table: str, lang: str) -> str:
    """Return what a table (`room.table`) is called."""
    label = _words()["tables"].get(table)
    return str(label[lang]) if label else table.partition(".")[2].replace("_", " ")


def table_meaning(table: str, lang: str) -> str:
    """Return what a table holds, in one sentence."""
    label = _words()["tables"].get(table)
    return str(label["meaning"]) if label and lang == "nl" else tables()[table].meaning


def meaning(table: str, column: str, lang: str) -> str:
    """Return what a column means; English where no Dutch was written yet."""
    english = tables()[table].columns[column].meaning
    return str(_words()["meanings"].get(english, english)) if lang == "nl" else english


def unlabelled() -> dict[str, list[str]]:
    """Return what has no label yet: tables, columns without a heading, and meanings without Dutch."""
    found, every = _words(), tables()
    columns = [(table, column) for table, schema in every.items() for column in schema.columns if column != "geometry"]
    return {
        "tables": [table for table in every if table not in found["tables"]],
        "headings": [
            f"{table}.{column}"
            for table, column in columns
            if column not in found["headings"] and f"{table}.{column}" not in found["headings"]
        ],
        "meanings": sorted(
            {every[table].columns[column].meaning for table, column in columns} - set(found["meanings"])
        ),
    }
