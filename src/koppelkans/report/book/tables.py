"""Every table of every product as a sheet that people can read. (nl: tabellen als blad)."""

from typing import Any

import pandas as pd

from koppelkans.ground.tables import NUMBER, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Schema
from koppelkans.ground.words import said_again, say
from koppelkans.opportunities.kinds import KINDS
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.report.book.case_rows import effect_names
from koppelkans.report.book.financing_words import financing_words
from koppelkans.report.book.formulas import formulas_of
from koppelkans.report.book.sheet import MOST_ROWS, Kind, Sheet, SheetColumn
from koppelkans.report.book.weighing_words import weighing_words
from koppelkans.report.chapters.who_gains import holder_names
from koppelkans.report.chapters.wishes import ANSWERS
from koppelkans.report.labels import heading, meaning, sheet_name, table_meaning, tables
from koppelkans.report.names import (
    CERTAINTY,
    GROUNDS,
    ROADS,
    SYSTEMS,
    UNITS,
    ambition_names,
    area_names,
    fund_names,
    kind_names,
    party_names,
)
from koppelkans.report.plan import Plan
from koppelkans.vision.themes import COUNTED

LEFT_OUT = ("context.backdrop",)
"""Tables that are nothing without their geometry."""
BASES = {word: word for word in ("measured", "derived", "assumed", "unknown", "given")}
SIDES = {"chance": "chance", "clash": "bottleneck", "cost": "cost", "benefit": "benefit"}
ORIGINS = {"planned": "planned by the city", "third_party": "plan of another party", "derived": "derived from assets"}
WEBS = {
    "city": "the city",
    "area": "an area",
    "bundle": "a bundle",
    "project": "a project",
    "ambitions": "level of the ambitions",
}
SHARES = ("share", "weight", "known_share", "known_weight", "flip_weight", "change")
SCORES = (
    "score",
    "total",
    "board_total",
    "contribution",
    "severity",
    "criticality",
    "strength",
    "reached_level",
    "met",
    "points",
    "need_points",
)


def every_table(plan: Plan, lang: str) -> list[Sheet]:
    """Return a sheet per table that has rows, in the order of the corridor."""
    made, names = [], words(plan, lang)
    for table in tables():
        room, _, name = table.partition(".")
        frame = getattr(getattr(plan, room), name)
        if table not in LEFT_OUT and len(frame):
            made.append(as_sheet(plan, table, frame, names=names, lang=lang))
    return made


def as_sheet(plan: Plan, table: str, frame: pd.DataFrame, *, names: dict[str, dict[str, str]], lang: str) -> Sheet:
    """Return a table as a sheet: without geometry and the other language, with names beside the works; `names` as from `words`."""
    schema, columns = tables()[table], []
    shown = frame.head(MOST_ROWS)
    works = (
        plan.context.works.set_index("work")["name"]
        if "work" in frame.columns and "name" not in frame.columns
        else None
    )
    for column in kept(schema, lang):
        columns.append(
            SheetColumn(
                heading(table, column, lang),
                meaning(table, column, lang),
                kind_of(column, schema.columns[column].dtype),
                cells(shown[column], names.get(f"{table}.{column}", names.get(column, {})), lang),
            )
        )
        if column == "work" and works is not None:
            named = cells(shown["work"].map(works), {}, lang)
            columns.append(
                SheetColumn(
                    heading("context.works", "name", lang), meaning("context.works", "name", lang), "text", named
                )
            )
    live = formulas_of(
        table, places(schema, lang), _neighbours(plan, table, lang), rows=len(frame), spoken=names["basis"], lang=lang
    )
    return Sheet(
        sheet_name(table, lang),
        table_meaning(table, lang),
        columns,
        len(frame),
        min(2, len(columns) - 1),
        formulas=live,
    )


def places(schema: Schema, lang: str) -> dict[str, int]:
    """Return in which column of its sheet each column of a table stands: behind the work comes its name."""
    names = kept(schema, lang)
    named = "work" in names and "name" not in schema.columns
    return {name: at + (1 if named and at > names.index("work") else 0) for at, name in enumerate(names)}


def _neighbours(plan: Plan, table: str, lang: str) -> dict[str, dict[str, int]]:
    """Return where the columns stand of every table of the same room whose sheet is whole."""
    room = getattr(plan, table.partition(".")[0])
    whole = [name for name in room.TABLES if 0 < len(getattr(room, name)) <= MOST_ROWS]
    return {name: places(room.TABLES[name], lang) for name in whole}


def kept(schema: Schema, lang: str) -> list[str]:
    """Return the columns to show: no geometry, and of columns in two languages only the one asked for."""
    other = "en" if lang == "nl" else "nl"
    every = [name for name in schema.columns if name != "geometry" and not name.endswith(f"_{other}")]
    return [name for name in every if f"{name}_{lang}" not in schema.columns]


def kind_of(column: str, dtype: str) -> Kind:
    """Return how the values of a column are written."""
    found: Kind = "text"
    if column.endswith(("_eur", "_eur_per_year")):
        found = "euros"
    elif column == "year" or column.endswith("_year"):
        found = "year"
    elif column in SHARES or column.endswith("_share"):
        found = "share"
    elif column in SCORES or column.endswith("_score"):
        found = "score"
    elif dtype in (WHOLE, WHOLE_OR_UNKNOWN):
        found = "whole"
    elif dtype == NUMBER:
        found = "number"
    return found if dtype in (WHOLE, WHOLE_OR_UNKNOWN, NUMBER) else "text"


def cells(values: pd.Series, names: dict[str, str], lang: str) -> list[Any]:
    """Return the values as a sheet holds them: None where unknown, yes or no in words, codes by their name."""
    if str(values.dtype) == YES_NO:
        return [say("yes", lang) if value else say("no", lang) for value in values.tolist()]
    if str(values.dtype) in (WHOLE, WHOLE_OR_UNKNOWN, NUMBER, "Float64"):
        return [None if value is pd.NA or value != value else value for value in values.tolist()]  # noqa: PLR0124 -- NaN is not itself
    return [names.get(value, value) if isinstance(value, str) else None for value in values.tolist()]


def words(plan: Plan, lang: str) -> dict[str, dict[str, str]]:
    """Return, per column (or `room.table.column`), what stands for each code."""
    parties = party_names(plan)
    roles = {"owner": parties, "party": parties, "other_party": parties, "holder": parties}
    spoken = {
        "road_class": ROADS,
        "certainty": CERTAINTY,
        "system": SYSTEMS,
        "ground": GROUNDS,
        "basis": BASES,
        "width_basis": BASES,
        "due_basis": BASES,
        "cost_basis": BASES,
        "nuisance_basis": BASES,
        "side": SIDES,
        "answer": ANSWERS,
        "context.works.origin": ORIGINS,
        "better": {"more": "more is better", "less": "less is better"},
        "of": WEBS,
        "wanted_basis": WEBS,
        "case": {"programme": "with this programme", "nothing": "without any renewal"},
    }
    said = {column: {code: say(word, lang) for code, word in pairs.items()} for column, pairs in spoken.items()}
    paying = pd.concat(
        [plan.appraisal.amounts["holder"], plan.business.flows["holder"], plan.business.holder_sums["holder"]]
    )
    holders = parties | holder_names(plan, paying, lang)
    finds = {kind.name: getattr(kind, lang) for kind in KINDS}
    demands = {constraint.name: getattr(constraint, lang) for constraint in CONSTRAINTS}
    ambitions, areas, kinds = ambition_names(plan, lang), area_names(plan), kind_names(plan, lang)
    own = {
        "kind": kinds,
        "opportunities.finds.kind": finds,
        "context.parties.kind": {},
        "context.bottlenecks.kind": {},
        "ambition": ambitions,
        "vision.ambitions.ambition": {},
        "theme": dict(zip(plan.vision.themes["theme"], plan.vision.themes[f"name_{lang}"], strict=True)),
        "areas.web.theme": {},
        "vision.themes.theme": {},
        "vision.themes.ambitions": _joined(plan, ambitions),
        "vision.themes.source": _again(plan.vision.themes["source"], lang),
        "vision.effects.source": _again(plan.vision.effects["source"], lang),
        "vision.effects.unit": {unit: say(name, lang) for unit, name in (UNITS | {"piece": "piece"}).items()},
        "context.set_aside.found": _again(plan.context.set_aside["found"], lang),
        "context.set_aside.wanted": _again(plan.context.set_aside["wanted"], lang),
        "area": areas,
        "context.areas.area": {},
        "areas.summary.area": {},
        "limit": areas,
        "demand": demands,
        "blocked_by": demands,
        "holder": holders,
        "business.flows.effect": effect_names(lang),
        "programme.money.name": _own_money(plan, lang),
    }
    return roles | said | own | financing_words(plan, lang) | weighing_words(plan, lang)


def _again(texts: pd.Series, lang: str) -> dict[str, str]:
    """Return English texts of ours = the same in a language."""
    return {text: said_again(text, lang) for text in texts.dropna().unique()}


def _joined(plan: Plan, names: dict[str, str]) -> dict[str, str]:
    """Return ambitions as a theme lists them = their names."""
    listed = plan.vision.themes["ambitions"].dropna().unique()
    return {text: COUNTED.join(names.get(one, one) for one in text.split(COUNTED)) for text in listed}


def _own_money(plan: Plan, lang: str) -> dict[str, str]:
    """Return the names of funds as they stand in the table of money = as they stand on reports."""
    names = fund_names(plan, lang)
    money = plan.programme.money.drop_duplicates("fund")
    return {name: names[fund] for fund, name in zip(money["fund"], money["name"], strict=True)}
