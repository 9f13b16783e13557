"""What scenarios change per year, area and party, and how a difference is written. (nl: scenario's per deel)."""

import pandas as pd

from koppelkans.ground.words import euros, number, say
from koppelkans.report.blocks import Block, Heading, Picture, Table, TableColumn
from koppelkans.report.names import area_names, many, party_names
from koppelkans.report.pictures.years import busy_years
from koppelkans.report.plan import Plan

FIXED = "\u00a0"
"""A space at which no line is broken."""
MOST_PARTS = 24
"""Areas or parties in one table: those with most works."""


def amount(value: object, lang: str, *, money: bool) -> str:
    """Return a figure as people write it."""
    if pd.isna(value):
        return "–"
    return euros(float(str(value)), lang) if money else number(float(str(value)), lang)


def difference(value: object, base: object, lang: str, *, money: bool) -> str:
    """Return how much a figure differs from that of the programme, with its sign."""
    if pd.isna(value) or pd.isna(base):
        return "–"
    off = float(str(value)) - float(str(base))
    if off == 0:
        return say("the same", lang)
    return (("+ " if off > 0 else "− ") + amount(abs(off), lang, money=money)).replace(" ", FIXED)


def open_streets(plan: Plan, named: pd.DataFrame, lang: str) -> list[Block]:
    """Return how many pieces of street lie open per year in each scenario."""
    table = plan.programme.scenario_years.merge(named[["scenario", "name"]], on="scenario")
    if table.empty:
        return []
    order = {name: at for at, name in enumerate(named["name"])}
    table = table.sort_values("year").sort_values("name", key=lambda names: names.map(order), kind="stable")
    counts = pd.DataFrame({"label": table["name"], "year": table["year"], "works": table["openings"]})
    caption = say("Pieces of street that lie open per year, in each scenario.", lang)
    top = counts.sort_values(["works", "label", "year"], ascending=[False, True, True]).iloc[0]
    alt = (
        caption
        + " "
        + say(
            "Most: {count} in {year} ({label}).",
            lang,
            count=int(top["works"]),
            year=int(top["year"]),
            label=top["label"],
        )
    )
    return [
        Heading(say("Open streets per year", lang), 2),
        Picture(busy_years(counts, years=plan.settings.years, lang=lang), alt, caption),
    ]


def parts(plan: Plan, named: pd.DataFrame, sort: str, lang: str) -> list[Block]:
    """Return works done and their cost per area or party, and what each scenario changes."""
    table = plan.programme.scenario_parts
    table = table[table["sort"] == sort]
    if table.empty:
        return []
    names = area_names(plan) if sort == "area" else party_names(plan)
    done = table.set_index(["part", "scenario"])["done"].unstack()  # noqa: PD010 -- keeps whole numbers whole
    cost = table.set_index(["part", "scenario"])["cost_eur"].unstack()  # noqa: PD010
    others = [name for name in named.loc[named["role"] == "scenario", "scenario"] if name in done.columns]
    order = done["base"].sort_values(ascending=False, kind="stable").index[:MOST_PARTS]
    called = named.set_index("scenario")["name"]
    rows = [
        [
            names.get(part, part),
            _both(done.loc[part, "base"], cost.loc[part, "base"], lang),
            *(_changed(done.loc[part], cost.loc[part], one, lang) for one in others),
        ]
        for part in order
    ]
    words = {"area": ("Area", "Works and their cost per area"), "party": ("Party", "Works and their cost per party")}[
        sort
    ]
    columns = (
        TableColumn(say(words[0], lang), share=1.6),
        TableColumn(str(called["base"]).capitalize(), "right", 1.3),
        *(TableColumn(str(called[one]), "right", 1.3) for one in others),
    )
    return [Table(columns, rows, say(words[1], lang))]


def _both(done: int, cost: object, lang: str) -> str:
    """Return works and their cost in one cell."""
    told = many(done, "one work", "{count} works", lang)
    fixed = told.replace(" ", FIXED)
    return fixed if pd.isna(cost) else f"{fixed}, {euros(float(str(cost)), lang).replace(' ', FIXED)}"


def _changed(done: pd.Series, cost: pd.Series, one: str, lang: str) -> str:
    """Return what a scenario changes in the works and cost of a part."""
    works, money = int(done[one] - done["base"]), difference(cost[one], cost["base"], lang, money=True)
    if works == 0:
        return say("the same", lang) if money == "–" else money
    told = many(abs(works), "{sign} one work", "{sign} {count} works", lang, sign="+" if works > 0 else "−")
    return told.replace(" ", FIXED) if money in ("–", say("the same", lang)) else f"{told.replace(' ', FIXED)}, {money}"
