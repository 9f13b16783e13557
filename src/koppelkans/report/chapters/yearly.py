"""The programme year by year. (nl: programma per jaar)."""

import pandas as pd

from koppelkans.ground.words import euros, number, say
from koppelkans.report.blocks import Block, Heading, Picture, Sentence, Table, TableColumn
from koppelkans.report.names import area_names, called, party_names
from koppelkans.report.pictures.years import busy_years
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

MOST_ROWS, LARGEST = 28, 2


def yearly(plan: Plan, lang: str) -> list[Block]:
    """Return how busy each area and owner is per year, the sums per year, and the largest works of each year."""
    return [
        Heading(say("Programme per year", lang), new_page=True),
        *_busy(plan, lang),
        _sums(plan, lang),
        Heading(say("The largest works of each year", lang), 2),
        _largest(plan, lang),
    ]


def _busy(plan: Plan, lang: str) -> list[Block]:
    """Return the picture per area (where there are areas) and per owner."""
    done = plan.programme.plan.dropna(subset=["year"])[["work", "year"]].astype({"year": "int64"})
    owners = done.merge(plan.context.works[["work", "owner"]], on="work")
    owners["label"] = called(owners["owner"], party_names(plan))
    made = [(say("Works per owner and year.", lang), owners)]
    if len(plan.context.areas):
        placed = done.merge(plan.context.touches, on="work").merge(
            pd.DataFrame(plan.context.sections[["section", "area"]]), on="section"
        )
        placed = placed.dropna(subset=["area"]).drop_duplicates(["work", "area"])
        placed["label"] = called(placed["area"], area_names(plan))
        made.insert(0, (say("Works per area and year. A work in two areas counts in both.", lang), placed))
    blocks: list[Block] = []
    for caption, rows in made:
        if len(rows):
            counts = rows.groupby(["label", "year"]).size().rename("works").reset_index()
            busiest = (
                counts.groupby("label")["works"].sum().sort_values(ascending=False, kind="stable").index[:MOST_ROWS]
            )
            shown = counts[counts["label"].isin(busiest)]
            blocks.append(
                Picture(busy_years(shown, years=plan.settings.years, lang=lang), _told(shown, caption, lang), caption)
            )
    return blocks


def _told(counts: pd.DataFrame, caption: str, lang: str) -> str:
    """Return the picture in words: the busiest row and year."""
    top = counts.sort_values(["works", "label", "year"], ascending=[False, True, True]).iloc[0]
    return (
        caption
        + " "
        + say(
            "Busiest: {label} in {year} with {works} works.",
            lang,
            label=top["label"],
            year=int(top["year"]),
            works=int(top["works"]),
        )
    )


def _sums(plan: Plan, lang: str) -> Table:
    """Return the sums per year."""
    programme = plan.programme
    done = programme.plan.dropna(subset=["year"])
    years = pd.DataFrame(index=pd.Index(plan.settings.years.years, name="year"))
    years["works"] = done.groupby("year").size()
    years["bundles"] = programme.bundles.groupby("year").size()
    years["openings"] = programme.open.groupby("year").size()
    years["cost"] = done.groupby("year")["cost_eur"].sum()
    years["saving"] = programme.bundles.groupby("year")["saving_eur"].sum()
    years = years.fillna(0).astype("int64")
    lines = [[str(year), *amounts] for year, *amounts in years.itertuples()]
    lines.append([say("Together", lang), *years.sum().tolist()])
    rows = [
        [name, *(number(count, lang) for count in counts), euros(cost, lang), euros(saving, lang)]
        for name, *counts, cost, saving in lines
    ]
    headings = ("Works", "Bundles", "Openings of a piece of street", "Cost without opening", "Saved")
    columns = (
        paper_column("programme.plan", "year", lang, share=1.0),
        *(TableColumn(say(text, lang), "right", 1.4) for text in headings),
    )
    return Table(columns, rows, say("Sums per year", lang), total=True)


def _largest(plan: Plan, lang: str) -> Block:
    """Return the dearest works of each year, with why they stand there."""
    done = plan.programme.plan.dropna(subset=["year"]).merge(plan.context.works[["work", "name", "owner"]], on="work")
    done = done.sort_values(["year", "cost_eur", "work"], ascending=[True, False, True])
    top = done.groupby("year").head(LARGEST)
    if top.empty:
        return Sentence(say("No work has a year.", lang))
    fresh = ~top["year"].duplicated()
    rows = [
        [str(year) if first else "", name, owner, euros(cost, lang), why]
        for year, first, name, owner, cost, why in zip(
            top["year"],
            fresh,
            top["name"],
            called(top["owner"], party_names(plan)),
            top["cost_eur"].astype("Float64").astype("float64"),
            top[f"why_{lang}"],
            strict=True,
        )
    ]
    columns = (
        paper_column("programme.plan", "year", lang),
        paper_column("context.works", "name", lang, share=2.2),
        paper_column("context.works", "owner", lang, share=1.3),
        paper_column("programme.plan", "cost_eur", lang, align="right"),
        TableColumn(say("Why this year", lang), share=3.2),
    )
    return Table(columns, rows, say("The two dearest works of each year; all works stand in the workbook.", lang))
