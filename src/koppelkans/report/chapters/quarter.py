"""The programme of one area: its works per year, notices, wishes, and who pays and gains. (nl: buurt)."""

from string import ascii_uppercase

import pandas as pd

from koppelkans.area.product import ANSWER_WORDS
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import euros, number, say
from koppelkans.report.chapters.years import area_map
from koppelkans.report.document import (
    Block,
    Heading,
    Picture,
    Sentence,
    Table,
    TableColumn,
    Tile,
    Tiles,
    left_out,
    shortened,
)
from koppelkans.report.names import called, listed, many, party_names
from koppelkans.report.pictures.work_years import work_years
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

MOST_BARS, MOST_WORKS, STREETS = 42, 60, 12
MOST = 40


def years_of(plan: Plan) -> Horizon:
    """Return the years of the area programmes."""
    summary = plan.areas.summary
    return Horizon(int(summary["first_year"].min()), int(summary["last_year"].max()))


def works_of(plan: Plan, area: str) -> pd.DataFrame:
    """Return the works on the agenda of an area with name, owner, and window, in order of year and bundle."""
    agenda = plan.areas.agenda[plan.areas.agenda["area"] == area].drop(columns="area")
    works = pd.DataFrame(plan.context.works.drop(columns=["geometry", "cost_eur"]))
    joined = agenda.merge(works, on="work").merge(
        plan.programme.plan[["work", "why_nl", "why_en"]], on="work", suffixes=("_due", "")
    )
    return joined.sort_values(["year", "bundle", "work"], ignore_index=True)


def letters(works: pd.DataFrame) -> dict[str, str]:
    """Return a letter for each bundle, in the order in which they come: A to Z, then AA, AB and so on."""
    bundles = list(dict.fromkeys(works["bundle"].dropna()))
    size = len(ascii_uppercase)
    return {
        name: (ascii_uppercase[at // size - 1] if at >= size else "") + ascii_uppercase[at % size]
        for at, name in enumerate(bundles)
    }


def area_cover(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return what comes to the area in six figures, and its map."""
    row = plan.areas.summary.set_index("area").loc[area]
    works = works_of(plan, area)
    lead = say(
        "What happens in the streets of {name} in the years {first} to {last}, who does it, and what happens with wishes.",
        lang,
        name=row["name"],
        first=row["first_year"],
        last=row["last_year"],
    )
    tiles = (
        Tile(
            number(row["works"], lang),
            many(row["works"], "work comes here", "works come here", lang),
            say("for {cost}", lang, cost=euros(row["cost_eur"], lang)),
        ),
        Tile(
            many(row["openings"], "{count} time", "{count} times", lang),
            say("a piece of street is opened", lang),
            many(
                row["apart_openings"],
                "instead of once, if each work came alone",
                "instead of {count} times, if each work came alone",
                lang,
            ),
        ),
        Tile(
            euros(row["saving_eur"], lang),
            say("saved by opening once", lang),
            many(row["bundles"], "in one bundle", "in {count} bundles", lang),
        ),
        Tile(
            number(int(works["firm"].sum()), lang),
            many(int(works["firm"].sum()), "work is firm", "works are firm", lang),
            say("the year of the others may still move", lang),
        ),
        _wishes(row, lang),
        Tile(str(_busiest(works)), say("is the busiest year", lang), ""),
    )
    return [Sentence(lead, "lead"), Tiles(tiles), *area_map(plan, area, years=years_of(plan), lang=lang)]


def _wishes(row: pd.Series, lang: str) -> Tile:
    """Return the tile on wishes."""
    if not row["wishes"]:
        return Tile("–", say("no wishes were given here", lang), "")
    return Tile(
        say("{part} of {whole}", lang, part=number(row["wishes_carried"], lang), whole=number(row["wishes"], lang)),
        many(row["wishes_carried"], "wish has a work near it", "wishes have a work near them", lang),
        say("every wish has an answer below", lang),
    )


def _busiest(works: pd.DataFrame) -> object:
    """Return the year with most works, a dash where there are none."""
    return int(works["year"].value_counts().sort_index().idxmax()) if len(works) else "–"


def area_years(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return when each work is done, and the bundles."""
    works = works_of(plan, area)
    heading = Heading(say("Works per year", lang))
    if works.empty:
        return [heading, Sentence(say("No work comes here in these years.", lang))]
    marks = letters(works)
    works["mark"] = [marks.get(name, "") if isinstance(name, str) else "" for name in works["bundle"]]
    shown = (
        works.assign(size=works["cost_eur"].fillna(0))
        .sort_values(["size", "work"], ascending=[False, True])
        .head(MOST_BARS)
    )
    shown = shown.sort_values(["year", "mark", "work"]).rename(columns={"name": "label"})
    alt = say(
        "Chart: window and year of each work ({count}). The same years stand in the table below.",
        lang,
        count=len(shown),
    )
    caption = say(
        "Block: the year of the programme. Thin line: the years in which the work may be done. Diamond: its best year. The same letter: together in one opening.",
        lang,
    )
    picture = Picture(
        work_years(
            shown[["label", "earliest_year", "best_year", "latest_year", "year", "system", "mark"]],
            years=years_of(plan),
            lang=lang,
        ),
        alt,
        caption,
    )
    return [
        heading,
        picture,
        *left_out(len(works) - len(shown), say("Works per area", lang), lang),
        *_bundles(plan, works, marks, lang),
        _firmness(plan, works.head(MOST_WORKS), lang),
        *left_out(max(len(works) - MOST_WORKS, 0), say("Works per area", lang), lang),
    ]


def _bundles(plan: Plan, works: pd.DataFrame, marks: dict[str, str], lang: str) -> list[Block]:
    """Return the bundles of the area with their letter."""
    table = plan.programme.bundles
    table = (
        table[table["bundle"].isin(marks)]
        .assign(mark=lambda rows: rows["bundle"].map(marks))
        .set_index("bundle")
        .loc[[name for name in marks if name in set(table["bundle"])]]
    )
    if table.empty:
        return []
    parties = (
        works.assign(owner=called(works["owner"], party_names(plan)))
        .dropna(subset=["bundle"])
        .groupby("bundle")["owner"]
        .agg(lambda part: ", ".join(sorted(set(part))))
    )
    rows = [
        [mark, str(year), name, parties.get(bundle, ""), number(count, lang), euros(saving, lang)]
        for bundle, mark, year, name, count, saving in zip(
            table.index, *(table[column] for column in ("mark", "year", "name", "works", "saving_eur")), strict=True
        )
    ]
    columns = (
        TableColumn("", "center"),
        paper_column("programme.plan", "year", lang),
        paper_column("programme.bundles", "name", lang, share=1.6),
        TableColumn(say("Parties", lang), share=2.0),
        paper_column("programme.bundles", "works", lang, align="right"),
        TableColumn(say("Saved", lang), "right"),
    )
    columns = (TableColumn(say("Letter", lang), "center"), *columns[1:])
    return [
        Heading(say("Together in one opening", lang), 2),
        Table(columns, rows, say("Bundles in this area; what they save in other areas is in it too", lang)),
    ]


def _firmness(plan: Plan, works: pd.DataFrame, lang: str) -> Table:
    """Return all works with their year, cost, and whether that year is firm."""
    firm, open_ = say("firm", lang), say("may move", lang)
    rows = [
        [str(year), name, owner, euros(cost, lang), firm if fixed else open_, why]
        for year, name, owner, cost, fixed, why in zip(
            works["year"],
            works["name"],
            called(works["owner"], party_names(plan)),
            works["cost_eur"].astype("Float64").astype("float64"),
            works["firm"],
            works[f"why_{lang}"],
            strict=True,
        )
    ]
    columns = (
        paper_column("programme.plan", "year", lang),
        paper_column("context.works", "name", lang, share=2.0),
        paper_column("context.works", "owner", lang, share=1.2),
        TableColumn(say("Cost here", lang), "right"),
        TableColumn(say("Year is", lang)),
        TableColumn(say("Why this year", lang), share=2.8),
    )
    return Table(
        columns,
        rows,
        say("Works in this area, year by year. “Cost here” is the part in this area, without opening.", lang),
    )


def area_notice(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return what residents notice: which streets lie open in which year, for whom and how long."""
    years = years_of(plan)
    sections = pd.DataFrame(plan.context.sections[["section", "name", "area"]])
    if len(plan.context.areas):
        sections = sections[sections["area"] == area]
    opened = plan.programme.open[plan.programme.open["year"].between(years.first, years.last)].merge(
        sections, on="section"
    )
    opened = opened.merge(plan.appraisal.openings[["section", "open_days"]], on="section", how="left")
    heading = Heading(say("What residents notice", lang))
    if opened.empty:
        return [heading, Sentence(say("No street opens in these years.", lang))]
    opened["name"] = opened["name"].fillna(say("street without a name", lang))
    grouped = opened.sort_values(["year", "name"]).groupby("year")
    rows = [
        [
            str(year),
            listed(dict.fromkeys(part["name"]), most=STREETS, lang=lang),
            number(len(part), lang),
            number(part["open_days"].max(), lang),
        ]
        for year, part in grouped
    ]
    columns = (
        paper_column("programme.plan", "year", lang),
        TableColumn(say("Streets that open", lang), share=4.0),
        TableColumn(say("Pieces of street", lang), "right", 0.9),
        TableColumn(say("Longest, days", lang), "right", 0.9),
    )
    quiet = sorted(set(years.years.tolist()) - set(opened["year"]))
    rest = (
        say("In {years} no street here opens.", lang, years=", ".join(str(year) for year in quiet))
        if quiet
        else say("Every year a street here opens.", lang)
    )
    return [
        heading,
        Table(columns, rows, say("Streets that open, per year. The days are an estimate from the length.", lang)),
        Sentence(rest),
    ]


def area_wishes(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return every wish with its answer."""
    answers = plan.areas.answers[plan.areas.answers["area"] == area]
    heading = Heading(say("Wishes and their answers", lang))
    if answers.empty:
        return [heading, Sentence(say("No wishes were given for this area.", lang))]
    order = answers.assign(rank=answers["answer"].map(list(ANSWER_WORDS).index)).sort_values(["rank", "year", "wish"])
    rows = [
        [text, say(ANSWER_WORDS[answer], lang), "–" if pd.isna(year) else str(year), why]
        for text, answer, year, why in zip(
            order["text"], order["answer"], order["year"], order[f"why_{lang}"], strict=True
        )
    ]
    shown, more = shortened(rows, MOST)
    columns = (
        paper_column("areas.answers", "text", lang, share=2.0),
        paper_column("areas.answers", "answer", lang, share=1.1),
        paper_column("areas.answers", "year", lang),
        TableColumn(say("Explanation", lang), share=3.2),
    )
    return [
        heading,
        Table(columns, shown, say("Wishes, those with a work near them first", lang)),
        *left_out(more, say("Wishes", lang), lang),
    ]


def area_holders(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return who pays and who gains."""
    holders = plan.areas.holders[plan.areas.holders["area"] == area]
    heading = Heading(say("Who pays and who gains", lang))
    if holders.empty:
        return [heading, Sentence(say("No costs or benefits are known here.", lang))]
    order = holders.sort_values(["cost_eur", "holder"], ascending=[False, True])
    names = party_names(plan)
    rows = [
        [
            say(holder, lang) if holder == name else name,
            *(euros(amount, lang) for amount in amounts),
            number(unknown, lang),
        ]
        for holder, name, unknown, *amounts in zip(
            order["holder"],
            called(order["holder"], names),
            order["unknown"],
            order["cost_eur"],
            order["saving_eur"],
            order["benefit_eur"],
            strict=True,
        )
    ]
    columns = (
        paper_column("areas.holders", "holder", lang, share=2.0),
        *(
            TableColumn(say(text, lang), "right", 1.0)
            for text in ("Pays, done alone", "Saves together", "Gains", "Unknown (p.m.)")
        ),
    )
    return [
        heading,
        Table(
            columns,
            rows,
            say("Costs and gains of the works in this area; unknown amounts are counted, not guessed", lang),
        ),
        *_hidden(plan, area, holders, lang),
    ]


def _hidden(plan: Plan, area: str, holders: pd.DataFrame, lang: str) -> list[Block]:
    """Return which parties with a work here do not stand in the table, because they keep their costs to themselves."""
    here = plan.areas.agenda.loc[plan.areas.agenda["area"] == area, "work"]
    owners = plan.context.works.loc[plan.context.works["work"].isin(here), "owner"]
    names = called(pd.Series(sorted(set(owners) - set(holders["holder"])), dtype="str"), party_names(plan))
    if not names:
        return []
    text = say(
        "Not shown here: {names}. These parties do not share what their works cost.", lang, names=", ".join(names)
    )
    return [Sentence(text, "small")]
