"""Tables of a plan as people read them, alike on paper, sheet and screen. (nl: tabel)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

import pandas as pd

from koppelkans.appraisal.effects import EFFECTS
from koppelkans.appraisal.financing.catalogue import clusters, models
from koppelkans.ground.columns import ASKS_WORDS
from koppelkans.ground.tables import NUMBER, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Kind, Schema
from koppelkans.ground.words import said_again, say
from koppelkans.opportunities.kinds import KINDS
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.report.names import (
    ambition_names,
    area_names,
    criterion_names,
    effect_names,
    figure_name,
    fund_names,
    holder_names,
    kind_names,
    party_names,
    purse_names,
    voice_names,
)
from koppelkans.report.plan import Plan
from koppelkans.rules.purse_sorts import purse_sorts
from koppelkans.vision.themes import COUNTED
from koppelkans.weighing.elicitation import ELICITORS
from koppelkans.weighing.knock_outs import QUESTIONS

MOST_ROWS = 20_000
"""Rows of a table in the workbook; what is left out stands in the GeoPackage and the JSON."""
LEFT_OUT = ("context.backdrop",)
"""Tables that are nothing without their geometry."""
OURS = "ours"
"""Codes of a column that holds English sentences of ours."""


@dataclass(frozen=True)
class SheetColumn:
    """Heading, note, kind and values of one column of a sheet.

    Values are None where unknown.
    """

    heading: str
    note: str
    kind: Kind
    values: Sequence[Any]


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, what it holds, its columns, and its number of rows.

    `frozen` columns stay in sight.
    """

    name: str
    about: str
    columns: Sequence[SheetColumn]
    rows: int
    frozen: int = 1
    links: dict[int, Sequence[str | None]] = field(default_factory=dict)
    """Per column (counted from 0) a place in the workbook that each of its cells leads to."""
    formulas: dict[int, list[str]] = field(default_factory=dict)
    """Per column (counted from 0) the live formula of each of its rows; the values are what it comes to."""
    grey_when_empty: int | None = None
    """Rows whose cell in this column is empty are written in grey."""
    whole_in_print: bool = False
    """Every row is printed, however many pages that takes; of other long sheets the first page is."""


@cache
def tables() -> dict[str, Schema]:
    """Return the schema of every table of every product, by `room.table`.

    In the order of the corridor.
    """
    rooms = [(part.name, part.type.TABLES) for part in fields(Plan) if hasattr(part.type, "TABLES")]
    return {f"{room}.{name}": schema for room, shelf in rooms for name, schema in shelf.items()}


@cache
def _anywhere() -> dict[str, Column]:
    """Return the first column of each name that has a heading."""
    found: dict[str, Column] = {}
    for schema in tables().values():
        for name, column in schema.columns.items():
            if column.nl:
                found.setdefault(name, column)
    return found


def column_of(table: str, column: str) -> Column | None:
    """Return a column of a table (`room.table`), or its namesake of a table joined to it."""
    schema = tables().get(table)
    own = schema.columns.get(column) if schema else None
    return own or _anywhere().get(column)


def heading(table: str, column: str, lang: str) -> str:
    """Return the heading of a column of a table (`room.table`).

    A column without a label keeps its own name, in words.
    """
    found = column_of(table, column)
    return found.heading(lang) if found and found.nl else column.replace("_", " ")


def meaning(table: str, column: str, lang: str) -> str:
    """Return what a column of a table (`room.table`) means."""
    return tables()[table].columns[column].told(lang)


def sheet_name(table: str, lang: str) -> str:
    """Return what a table (`room.table`) is called."""
    schema = tables().get(table)
    return schema.called(lang) if schema else table.partition(".")[2].replace("_", " ")


def unlabelled() -> list[str]:
    """Return the columns without a heading in Dutch, or of which nobody said who may see them."""
    return [
        f"{table}.{name}"
        for table, schema in tables().items()
        for name, column in schema.columns.items()
        if not column.labelled
    ]


def every_table(plan: Plan, lang: str) -> dict[str, Sheet]:
    """Return a sheet per table that has rows, by `room.table`, in the order of the corridor."""
    made, names = {}, lists(plan, lang)
    for table in tables():
        room, _, name = table.partition(".")
        frame = getattr(getattr(plan, room), name)
        if table not in LEFT_OUT and len(frame):
            made[table] = as_sheet(table, frame, names=names, lang=lang)
    return made


def as_sheet(table: str, frame: pd.DataFrame, *, names: dict[str, dict[str, str]], lang: str) -> Sheet:
    """Return a table as a sheet, in one language and without geometry, names beside the works.

    `names` as from `lists`.
    """
    schema, made = tables()[table], []
    shown = frame.head(MOST_ROWS)
    works = names["works"] if "work" in frame.columns and "name" not in frame.columns else None
    for name in kept(schema, lang):
        made.append(sheet_column(table, name, shown[name], names=names, lang=lang))
        if name == "work" and works is not None:
            named = shown["work"].map(works)
            made.append(sheet_column("context.works", "name", named, names=names, lang=lang))
    return Sheet(schema.called(lang), schema.told(lang), made, len(frame), min(2, len(made) - 1))


def sheet_column(
    table: str, column: str, values: pd.Series, *, names: dict[str, dict[str, str]], lang: str
) -> SheetColumn:
    """Return a column of a table (`room.table`) as a sheet holds it; `names` as from `lists`."""
    declared = tables()[table].columns[column]
    told = cells(values, words_of(declared, values, names=names, lang=lang), lang)
    return SheetColumn(declared.heading(lang), declared.told(lang), declared.kind, told)


def places(schema: Schema, lang: str) -> dict[str, int]:
    """Return in which column of its sheet each column of a table stands.

    Behind the work comes its name.
    """
    names = kept(schema, lang)
    named = "work" in names and "name" not in schema.columns
    return {name: at + (1 if named and at > names.index("work") else 0) for at, name in enumerate(names)}


def kept(schema: Schema, lang: str) -> list[str]:
    """Return the columns to show, in one language and without geometry."""
    other = "en" if lang == "nl" else "nl"
    every = [name for name in schema.columns if name != "geometry" and not name.endswith(f"_{other}")]
    return [name for name in every if f"{name}_{lang}" not in schema.columns]


def cells(values: pd.Series, names: Mapping[str, str], lang: str) -> list[Any]:
    """Return values as a sheet holds them: None where unknown, codes by their name.

    Yes or no in words.
    """
    if str(values.dtype) == YES_NO:
        return [say("yes", lang) if value else say("no", lang) for value in values.tolist()]
    if str(values.dtype) in (WHOLE, WHOLE_OR_UNKNOWN, NUMBER, "Float64"):
        return [None if value is pd.NA or value != value else value for value in values.tolist()]  # noqa: PLR0124 -- NaN is not itself
    return [names.get(value, value) if isinstance(value, str) else None for value in values.tolist()]


def words_of(column: Column, values: pd.Series, *, names: dict[str, dict[str, str]], lang: str) -> Mapping[str, str]:
    """Return the words for each code of a column; `names` as from `lists`."""
    if isinstance(column.codes, Mapping):
        return {code: say(word, lang) for code, word in column.codes.items()}
    if column.codes == OURS:
        return {text: _ours(text, lang) for text in values.dropna().unique()}
    return names[column.codes] if column.codes else {}


def _ours(text: str, lang: str) -> str:
    """Return a text of ours in one language: sentence by sentence, each as long as it is known, or else whole."""
    parts, told = text.split("; "), []
    while parts:
        heads = ["; ".join(parts[:at]) for at in range(len(parts), 0, -1)]
        known = next((head for head in heads if say(head, lang) != head), None)
        told.append(say(known, lang) if known else said_again(parts[0], lang))
        parts = parts[known.count("; ") + 1 if known else 1 :]
    return "; ".join(told) if any(part not in text for part in told) else said_again(text, lang)


def lists(plan: Plan, lang: str) -> dict[str, dict[str, str]]:
    """Return every list of names that a column may ask for in `codes`, in one language."""
    parties, ambitions, works = party_names(plan), ambition_names(plan, lang), plan.context.works
    holders = pd.concat(
        [
            plan.appraisal.amounts["holder"],
            plan.business.flows["holder"],
            plan.business.holder_sums["holder"],
            plan.financing.holders["holder"],
            plan.financing.transfers["holder"],
        ]
    )
    themes = plan.vision.themes
    pieces = {
        "finds": KINDS,
        "demands": CONSTRAINTS,
        "ways of asking": ELICITORS,
        "questions": QUESTIONS,
    }
    catalogues = {"purse sorts": purse_sorts(), "clusters and models": {**clusters(), **models()}}
    return {
        "parties": parties,
        "holders": parties | holder_names(plan, holders, lang),
        "kinds": kind_names(plan, lang),
        "ambitions": ambitions,
        "lists of ambitions": _joined(themes["ambitions"], ambitions),
        "themes": dict(zip(themes["theme"], themes[f"name_{lang}"], strict=True)),
        "areas": area_names(plan),
        "criteria": criterion_names(plan, lang) | {"grounds": say("the six grounds", lang)},
        "voices": voice_names(plan, lang),
        "works": dict(zip(works["work"], works["name"], strict=True)),
        "effects of a case": effect_names(lang),
        "effects": {effect.name: str(getattr(effect, lang)) for effect in EFFECTS},
        "crews": dict(zip(plan.programme.load["crew"], plan.programme.load["name"], strict=True)),
        "asks": _asked(plan, lang),
        "scenarios": dict(
            zip(plan.programme.scenarios["scenario"], plan.programme.scenarios[f"name_{lang}"], strict=True)
        ),
        "funds by name": _own_money(plan, lang),
        "funds": purse_names(plan, lang),
        "key figures": _figures_named(plan, lang),
        **{name: {one.name: str(getattr(one, lang)) for one in found} for name, found in pieces.items()},  # type: ignore[attr-defined]
        **{name: {key: str(getattr(one, lang)) for key, one in found.items()} for name, found in catalogues.items()},
    }


def _asked(plan: Plan, lang: str) -> dict[str, str]:
    """Return what wishes ask, one thing or more, in words."""
    words = kind_names(plan, lang) | {code: say(word, lang) for code, word in ASKS_WORDS.items()}
    listed = pd.concat([plan.context.wishes["asks"], plan.areas.answers["asks"]]).dropna().unique()
    return {text: ", ".join(words.get(one, one) for one in str(text).split(", ")) for text in listed}


def _joined(listed: pd.Series, names: Mapping[str, str]) -> dict[str, str]:
    """Return ambitions as a theme lists them = their names."""
    return {text: COUNTED.join(names.get(one, one) for one in text.split(COUNTED)) for text in listed.dropna().unique()}


def _figures_named(plan: Plan, lang: str) -> dict[str, str]:
    """Return every key figure that a business case turns on, in words."""
    return {name: figure_name(plan, name, lang) for name in plan.business.tornado["figure"].unique()}


def _own_money(plan: Plan, lang: str) -> dict[str, str]:
    """Return the names of funds as they stand in the table of money = as they stand on reports."""
    names = fund_names(plan, lang)
    money = plan.programme.money.drop_duplicates("fund")
    return {name: names[fund] for fund, name in zip(money["fund"], money["name"], strict=True)}
