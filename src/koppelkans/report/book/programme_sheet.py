"""The sheet that everyone opens first: every work with its year, money, streets and reason. (nl: blad Programma)."""

from dataclasses import replace

import pandas as pd

from koppelkans.ground.words import say
from koppelkans.report.names import fund_names, streets_of
from koppelkans.report.plan import Plan
from koppelkans.report.table import Sheet, lists, sheet_column, sheet_name

COLUMNS = (
    ("programme.plan", "year"),
    ("context.works", "name"),
    ("context.works", "owner"),
    ("context.works", "kind"),
    ("context.sections", "area"),
    ("alignment.calls", "streets"),
    ("programme.plan", "bundle"),
    ("programme.plan", "cost_eur"),
    ("context.works", "cost_basis"),
    ("programme.payments", "fund"),
    ("context.works", "earliest_year"),
    ("context.works", "best_year"),
    ("context.works", "latest_year"),
    ("programme.plan", "shift_years"),
    ("context.works", "certainty"),
    ("weighing.ranking", "rank"),
    ("weighing.ranking", "board_rank"),
    ("weighing.ranking", "must"),
    ("programme.plan", "why"),
    ("programme.plan", "outside"),
    ("context.works", "quantity"),
    ("context.works", "unit"),
    ("context.works", "source"),
    ("programme.plan", "work"),
)
BUNDLE = 6


def programme_sheet(plan: Plan, lang: str) -> Sheet:
    """Return the works in order of year; works left undone stand last, in grey."""
    rows = _rows(plan, lang)
    names = lists(plan, lang)
    columns = []
    for table, column in COLUMNS:
        key = f"{column}_{lang}" if column == "why" else column
        made = sheet_column(table, key, rows[column], names=names, lang=lang)
        columns.append(replace(made, note=say("streets that the work opens", lang)) if column == "streets" else made)
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
    funds = plan.programme.payments.assign(name=lambda part: part["fund"].map(names).astype("str").fillna(part["fund"]))
    rows["area"] = rows["work"].map(lies)
    rows["streets"] = rows["work"].map(streets_of(plan.context))
    rows["fund"] = rows["work"].map(funds.groupby("work")["name"].agg(", ".join))
    rows["why"] = rows[f"why_{lang}"]
    return rows.sort_values(["year", "area", "name", "work"], ignore_index=True)
