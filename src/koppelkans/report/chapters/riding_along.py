"""What can ride along in an area: needs in streets that open anyway, and proposed works. (nl: meeliften)."""

import pandas as pd

from koppelkans.ground.words import say
from koppelkans.opportunities.kinds.riding_along import RIDING_ALONG
from koppelkans.report.chapters.future import proposed
from koppelkans.report.document import Block, Heading, Sentence
from koppelkans.report.names import ambition_names, listed, runs
from koppelkans.report.paper import first_rows
from koppelkans.report.plan import Plan

MOST_STREETS, NAMED = 12, 3


def area_chances(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return the needs left in streets that open, and proposed works; nothing without both."""
    table = pd.DataFrame(plan.opportunities.proposals.drop(columns="geometry"))
    proposals = proposed(plan, table[table["area"] == area] if len(plan.context.areas) else table, lang)
    blocks = [
        *_streets(plan, area, lang),
        *([Heading(say("Proposed works", lang), 2), *proposals] if proposals else []),
    ]
    return [Heading(say("What can ride along here", lang)), *blocks] if blocks else []


def _streets(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return the streets that open and where a high need is left, with the years and the needs."""
    rows = _needs_of_open_streets(plan, area)
    if rows.empty:
        return []
    names = ambition_names(plan, lang)
    rows = rows.assign(street=rows["street"].fillna(say("street without a name", lang)))
    told = []
    for street, part in rows.groupby("street", sort=False):
        needs = part["ambition"].map(names).fillna(part["ambition"]).value_counts().sort_index().sort_values(ascending=False, kind="stable")  # fmt: skip
        years = runs(part["year"].drop_duplicates())
        told.append([street, years, listed(needs.index, most=NAMED, lang=lang), part["section"].nunique()])
    told.sort(key=lambda row: (-row[3], row[0]))
    asked = (("paper.street", 1.6), ("paper.opens_in", 1.0), ("paper.needs_here", 2.6), ("paper.pieces", 0.8))  # fmt: skip
    text = say(
        "These streets open anyway, and a high need is left there that no work meets. Who takes it along in the same year need not open the street for it again.",
        lang,
    )
    caption = say("Streets where something can ride along; most pieces of street first", lang)
    sheet = say("Chances and bottlenecks", lang)
    return [Sentence(text), *first_rows(told, asked, caption, lang, most=MOST_STREETS, sheet=sheet)]


def _needs_of_open_streets(plan: Plan, area: str) -> pd.DataFrame:
    """Return section, street, year and ambition where a high need is left in a street that opens."""
    finds, involved = plan.opportunities.finds, plan.opportunities.involved
    summary = plan.areas.summary.set_index("area").loc[area]
    chances = pd.DataFrame(finds.loc[finds["kind"] == RIDING_ALONG.name, ["find", "section"]])
    wanted = involved.loc[involved["what"] == "ambition", ["find", "name"]].rename(columns={"name": "ambition"})
    sections = pd.DataFrame(plan.context.sections[["section", "name", "area"]]).rename(columns={"name": "street"})
    if len(plan.context.areas):
        sections = sections[sections["area"] == area]
    opened = plan.programme.open
    opened = opened.loc[opened["year"].between(summary["first_year"], summary["last_year"]), ["section", "year"]]
    return chances.merge(wanted, on="find").merge(sections, on="section").merge(opened, on="section")
