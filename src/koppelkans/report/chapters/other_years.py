"""Why each work stands in its year: what every other year costs, and what forbids it. (nl: waarom dit jaar)."""

import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import euros, say
from koppelkans.programme.other_years import forbidden_words
from koppelkans.report.blocks import Block, Heading, Picture, Sentence, Table, TableColumn, left_out
from koppelkans.report.names import span
from koppelkans.report.pictures.price_years import price_years
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

MOST = 22
"""Works in one picture: the dearest that could be done in another year."""


def other_years(plan: Plan, lang: str) -> list[Block]:
    """Return the price of the other years of the dearest works of the city."""
    works = pd.DataFrame(plan.context.works[["work", "name"]]).merge(
        plan.programme.plan[["work", "year", "cost_eur"]], on="work"
    )
    return _told(plan, works, plan.settings.years, lang, heading=Heading(say("Why this year, and not another", lang)))


def area_other_years(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return the price of the other years of the works of an area."""
    agenda = plan.areas.agenda[plan.areas.agenda["area"] == area][["work", "year", "cost_eur"]]
    works = agenda.merge(pd.DataFrame(plan.context.works[["work", "name"]]), on="work")
    return _told(plan, works, plan.settings.years, lang, heading=Heading(say("Why this year, and not another", lang)))


def _told(plan: Plan, works: pd.DataFrame, years: Horizon, lang: str, *, heading: Heading) -> list[Block]:
    """Return the picture and the table of some works; `works` has work, name, year and cost_eur."""
    table = plan.programme.other_years
    table = table[table.groupby("work")["year"].transform("size") > 1]
    done = works.dropna(subset=["year"]).drop_duplicates("work")
    movable = done[done["work"].isin(table["work"])]
    if movable.empty:
        text = "No work here can be done in another year than it stands in."
        return [heading, Sentence(say(text, lang))]
    order = movable.assign(size=movable["cost_eur"].astype("Float64").fillna(0)).sort_values(
        ["size", "work"], ascending=[False, True]
    )
    chosen = order.head(MOST).sort_values(["year", "work"])
    rows = chosen[["work", "name", "year"]].merge(table, on="work", suffixes=("_now", ""))
    rows = rows.assign(forbidden=rows["blocked_by"].notna(), own=rows["year"] == rows["year_now"])
    rows["words"] = forbidden_words(rows, lang=lang)
    return [
        heading,
        Sentence(say("For each work every year of its window was worked out, with all other works held where they are. What stands in its own year is the best of them, or near it; the rest costs more or is forbidden.", lang)),
        _picture(rows, years, lang),
        _table(rows, lang),
        *left_out(len(movable) - len(chosen), say("Other years", lang), lang),
    ]  # fmt: skip


def _picture(rows: pd.DataFrame, years: Horizon, lang: str) -> Picture:
    """Return the strip of years of each work."""
    twice = rows.groupby("name")["work"].transform("nunique") > 1
    label = rows["name"].where(~twice, rows["name"] + " (" + rows["work"] + ")")
    shown = rows.assign(label=label)[["label", "year", "extra_eur", "forbidden", "own"]]
    caption = say("What each year would cost more (+) or less (−) than the year in which it stands, in thousands of euros, discounted. Full: its year now. ×: forbidden.", lang)  # fmt: skip
    return Picture(
        price_years(shown, years=years, lang=lang), f"{caption} {say('The table below says the same.', lang)}", caption
    )


def _table(rows: pd.DataFrame, lang: str) -> Table:
    """Return per work its year, the cheapest other year, and what forbids which years."""
    cells = []
    for (name, _), part in rows.groupby(["name", "work"], sort=False):
        free = part[~part["forbidden"] & ~part["own"]].dropna(subset=["extra_eur"]).sort_values(["extra_eur", "year"])
        best = "–" if free.empty else f"{int(free['year'].iloc[0])}: {_extra(int(free['extra_eur'].iloc[0]), lang)}"
        cells.append([name, str(int(part["year_now"].iloc[0])), best, _forbidden(part)])
    columns = (
        paper_column("context.works", "name", lang, share=1.8),
        paper_column("programme.plan", "year", lang),
        TableColumn(say("Cheapest other year", lang), share=1.3),
        TableColumn(say("Forbidden, and by what", lang), share=3.0),
    )
    return Table(columns, cells, say("Per work the cheapest other year, and what stands in the way of the rest", lang))


def _extra(extra: int, lang: str) -> str:
    """Return a price with its sign."""
    return ("+ " if extra > 0 else "− " if extra < 0 else "") + euros(abs(extra), lang)


def _forbidden(part: pd.DataFrame) -> str:
    """Return which years are forbidden by what; a dash where none is."""
    blocked = part[part["forbidden"]]
    told = [f"{runs(years['year'])}: {words}" for words, years in blocked.groupby("words", sort=False)]
    return "; ".join(told) or "–"


def runs(years: pd.Series) -> str:
    """Return years as people write them: 2027–2030, 2033."""
    ordered = years.sort_values()
    group = (ordered.diff() != 1).cumsum()
    return ", ".join(span(int(part.min()), int(part.max())) for _, part in ordered.groupby(group))
