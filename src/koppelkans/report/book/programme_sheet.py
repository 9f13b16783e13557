"""The sheet that everyone opens first: every work with its year, money, streets and reason. (nl: blad Programma)."""

import pandas as pd

from koppelkans.ground.words import say
from koppelkans.report.book.sheet import Kind, Sheet, SheetColumn
from koppelkans.report.book.tables import cells, words
from koppelkans.report.labels import heading, meaning, sheet_name
from koppelkans.report.names import fund_names, streets_of
from koppelkans.report.plan import Plan

COLUMNS: tuple[tuple[str, str, Kind], ...] = (
    ("programme.plan", "year", "year"),
    ("context.works", "name", "text"),
    ("context.works", "owner", "text"),
    ("context.works", "kind", "text"),
    ("context.sections", "area", "text"),
    ("alignment.calls", "streets", "text"),
    ("programme.plan", "bundle", "text"),
    ("programme.plan", "cost_eur", "euros"),
    ("context.works", "cost_basis", "text"),
    ("programme.payments", "fund", "text"),
    ("context.works", "earliest_year", "year"),
    ("context.works", "best_year", "year"),
    ("context.works", "latest_year", "year"),
    ("programme.plan", "shift_years", "whole"),
    ("context.works", "certainty", "text"),
    ("weighing.ranking", "rank", "whole"),
    ("weighing.ranking", "board_rank", "whole"),
    ("weighing.ranking", "must", "text"),
    ("programme.plan", "why", "text"),
    ("programme.plan", "outside", "text"),
    ("context.works", "quantity", "number"),
    ("context.works", "unit", "text"),
    ("context.works", "source", "text"),
    ("programme.plan", "work", "text"),
)
BUNDLE = 6


def programme_sheet(plan: Plan, lang: str) -> Sheet:
    """Return the works in order of year; works left undone stand last, in grey."""
    rows = _rows(plan, lang)
    names = words(plan, lang)
    columns = []
    for table, column, kind in COLUMNS:
        key = f"{column}_{lang}" if column == "why" else column
        note = _streets_note(lang) if column == "streets" else meaning(table, key, lang)
        columns.append(
            SheetColumn(heading(table, key, lang), note, kind, cells(rows[column], names.get(column, {}), lang))
        )
    places = {name: at + 2 for at, name in enumerate(plan.programme.bundles["bundle"])}
    target = sheet_name("programme.bundles", lang)
    links = [
        f"'{target}'!A{places[name]}" if isinstance(name, str) and name in places else None for name in rows["bundle"]
    ]
    return Sheet(
        say("Programme", lang),
        say("Every work with its year, money, streets and reason. Works left undone stand last, in grey.", lang),
        columns,
        len(rows),
        frozen=2,
        links={BUNDLE: links},
        grey_when_empty=0,
    )


def _streets_note(lang: str) -> str:
    """Return what the column of streets holds."""
    return say("streets that the work opens", lang)


def _rows(plan: Plan, lang: str) -> pd.DataFrame:
    """Return the joined rows."""
    works = pd.DataFrame(plan.context.works.drop(columns=["geometry", "cost_eur", "why_nl", "why_en"]))
    rows = plan.programme.plan.merge(works, on="work", how="left").merge(
        plan.weighing.ranking[["work", "rank", "board_rank", "must"]], on="work", how="left"
    )
    sections = pd.DataFrame(plan.context.sections[["section", "area"]]).dropna(subset=["area"])
    lies = (
        plan.context.touches.merge(sections, on="section")
        .groupby("work")["area"]
        .agg(lambda part: part.value_counts().sort_index().idxmax())
    )
    names = fund_names(plan, lang)
    funds = plan.programme.payments.assign(name=lambda part: part["fund"].map(names).fillna(part["fund"]))
    rows["area"] = rows["work"].map(lies)
    rows["streets"] = rows["work"].map(streets_of(plan.context))
    rows["fund"] = rows["work"].map(funds.groupby("work")["name"].agg(", ".join))
    rows["why"] = rows[f"why_{lang}"]
    for column in ("must", "outside"):
        rows[column] = [say(text, lang) if isinstance(text, str) else None for text in rows[column]]
    return rows.sort_values(["year", "area", "name", "work"], ignore_index=True)
