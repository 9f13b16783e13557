"""The programme of one area: its works per year, notices, wishes, and who pays and gains. (nl: buurt)."""

from string import ascii_uppercase

import pandas as pd

from koppelkans.ground.columns import ANSWER_WORDS
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import euros, number, say
from koppelkans.report.chapters.page_one import on_top_told
from koppelkans.report.chapters.years import area_map
from koppelkans.report.document import (
    Block,
    Heading,
    Picture,
    Sentence,
    Table,
    Tile,
    Tiles,
    left_out,
)
from koppelkans.report.names import called, instead_of, listed, many, party_names, runs, work_names
from koppelkans.report.paper import first_rows, paper
from koppelkans.report.pictures.work_years import work_years
from koppelkans.report.plan import Plan
from koppelkans.report.scope import scope_note

MOST_BARS, MOST_WORKS, STREETS = 18, 60, 12
MOST = 40


def years_of(plan: Plan) -> Horizon:
    """Return the years of the area programmes."""
    summary = plan.areas.summary
    return Horizon(int(summary["first_year"].min()), int(summary["last_year"].max()))


def works_of(plan: Plan, area: str) -> pd.DataFrame:
    """Return the works on the agenda of an area, in order of year and bundle.

    With name, owner and window.
    """
    agenda = plan.areas.agenda[plan.areas.agenda["area"] == area].drop(columns="area")
    works = pd.DataFrame(plan.context.works.drop(columns=["geometry", "cost_eur"]))
    joined = agenda.merge(works, on="work").merge(
        plan.programme.plan[["work", "why_nl", "why_en"]], on="work", suffixes=("_due", "")
    )
    joined["name"] = called(joined["work"], work_names(plan))
    return joined.sort_values(["year", "bundle", "work"], ignore_index=True)


def letters(works: pd.DataFrame) -> dict[str, str]:
    """Return a letter for each bundle, in order: A to Z, then AA, AB and so on."""
    bundles = list(dict.fromkeys(works["bundle"].dropna()))
    size = len(ascii_uppercase)
    return {
        name: (ascii_uppercase[at // size - 1] if at >= size else "") + ascii_uppercase[at % size]
        for at, name in enumerate(bundles)
    }


def area_cover(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return the programme of the area in six figures, and its map."""
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
            many(
                row["works"],
                "work comes here in {first}–{last}",
                "works come here in {first}–{last}",
                lang,
                first=row["first_year"],
                last=row["last_year"],
            ),
            say("investment with the streets: {amount}", lang, amount=euros(row["investment_eur"], lang)),
        ),
        Tile(
            many(row["openings"], "{count} time", "{count} times", lang),
            say("a piece of street is opened", lang),
            instead_of(row["apart_openings"], row["openings"], lang),
        ),
        Tile(
            euros(row["saving_eur"], lang),
            say("owners save by opening together", lang),
            many(row["bundles"], "in one bundle", "in {count} bundles", lang)
            if row["bundles"]
            else say("no bundles here", lang),
        ),
        Tile(
            number(int(works["firm"].sum()), lang),
            many(int(works["firm"].sum()), "work has a fixed year", "works have a fixed year", lang),
            _loose(works["firm"], lang),
        ),
        _wishes(plan, area, lang),
        Tile(str(_busiest(works)), say("is the year with most works", lang), ""),
    )
    note = scope_note(plan, lang, counts=False)
    on_top = on_top_told(plan, lang, part=True)
    note += [Sentence(on_top, "small")] if on_top else []
    return [Sentence(lead, "lead"), Tiles(tiles), *note, *area_map(plan, area, years=years_of(plan), lang=lang)]


def _loose(firm: pd.Series, lang: str) -> str:
    """Say of which works the year may still move; empty where of none."""
    if firm.all():
        return ""
    return say("the year of the others may still move" if firm.any() else "the year of each work may still move", lang)


def _wishes(plan: Plan, area: str, lang: str) -> Tile:
    """Return the tile on wishes: how many get a yes, and what the others hear."""
    counts = plan.areas.wish_counts.set_index("area").reindex([area], fill_value=0).loc[area]
    if not counts["wishes"]:
        return Tile("–", say("no wishes were given here", lang), "")
    rest = [f"{number(counts[key], lang)} {say(word, lang)}" for key, word in ANSWER_WORDS.items() if key != "yes" and counts[key]]  # fmt: skip
    return Tile(
        say("{part} of {whole}", lang, part=number(counts["yes"], lang), whole=number(counts["wishes"], lang)),
        many(counts["wishes"], "wish is answered with yes", "wishes are answered with yes", lang),
        ", ".join(rest),
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
        *_bundles(plan, marks, lang),
        _firmness(plan, works.head(MOST_WORKS), lang),
        *left_out(max(len(works) - MOST_WORKS, 0), say("Works per area", lang), lang),
    ]


def _bundles(plan: Plan, marks: dict[str, str], lang: str) -> list[Block]:
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
    every = plan.programme.plan[["work", "bundle"]].merge(plan.context.works[["work", "owner"]], on="work")
    parties = (
        every.assign(owner=called(every["owner"], party_names(plan)))
        .dropna(subset=["bundle"])
        .groupby("bundle")["owner"]
        .agg(lambda part: ", ".join(sorted(set(part))))
    )
    shown = table.reset_index().assign(parties=[parties.get(bundle, "") for bundle in table.index])
    asked = (
        "paper.letter", "programme.plan.year", ("programme.bundles.name", 1.6), ("paper.parties", 2.0),
        "programme.bundles.works", "paper.saved",
    )  # fmt: skip
    caption = say("Bundles in this area; their works, parties and savings in other areas count too", lang)
    shown = shown[["mark", "year", "name", "parties", "works", "saving_eur"]]
    return [Heading(say("Together in one opening", lang), 2), paper(shown, asked, caption, lang)]


def _firmness(plan: Plan, works: pd.DataFrame, lang: str) -> Table:
    """Return all works with their year, cost, and whether that year is firm."""
    firm, loose = say("firm", lang), say("may move", lang)
    shown = works[["year", "name", "owner", "cost_eur", "firm", f"why_{lang}"]].assign(
        owner=called(works["owner"], party_names(plan)), firm=[firm if fixed else loose for fixed in works["firm"]]
    )
    asked = (
        "programme.plan.year", ("context.works.name", 2.0), ("context.works.owner", 1.2), "paper.cost_here",
        "paper.year_is", ("paper.why_this_year", 2.8),
    )  # fmt: skip
    caption = say("Works in this area, year by year. “Cost here” is the part in this area, without opening.", lang)
    return paper(shown, asked, caption, lang)


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
        [year, listed(dict.fromkeys(part["name"]), most=STREETS, lang=lang), len(part), part["open_days"].max()]
        for year, part in grouped
    ]
    asked = ("programme.plan.year", ("paper.streets_open", 4.0), ("paper.pieces", 0.9), ("paper.days", 0.9))
    caption = say("Streets that open, per year. The days are an estimate from the length.", lang)
    quiet = sorted(set(years.years.tolist()) - set(opened["year"]))
    rest = (
        say("In {years} no street here opens.", lang, years=runs(pd.Series(quiet)))
        if quiet
        else say("Every year a street here opens.", lang)
    )
    return [
        heading,
        paper(rows, asked, caption, lang),
        Sentence(rest),
    ]


def area_wishes(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return every wish with its answer, and how many there are of each."""
    answers = plan.areas.answers[plan.areas.answers["area"] == area]
    heading = Heading(say("Wishes and their answers", lang))
    if answers.empty:
        return [heading, Sentence(say("No wishes were given for this area.", lang))]
    order = answers.assign(rank=answers["answer"].map(list(ANSWER_WORDS).index)).sort_values(["rank", "year", "wish"])
    asked = (
        ("areas.answers.text", 2.0), ("areas.answers.answer", 1.1), "areas.answers.year", ("paper.explanation", 3.2),
    )  # fmt: skip
    caption, sheet = say("Wishes and their answers, yes first", lang), say("Wishes", lang)
    shown = order[["text", "answer", "year", f"why_{lang}"]]
    return [heading, *first_rows(shown, asked, caption, lang, most=MOST, sheet=sheet)]


def area_holders(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return who pays and who gains."""
    holders = plan.areas.holders[plan.areas.holders["area"] == area]
    heading = Heading(say("Who pays and who gains", lang))
    if holders.empty:
        return [heading, Sentence(say("No costs or benefits are known here.", lang))]
    order = holders.sort_values(["cost_eur", "holder"], ascending=[False, True])
    names = {holder: say(holder, lang) for holder in order["holder"]} | party_names(plan)
    shown = order[["holder", "cost_eur", "saving_eur", "benefit_eur", "unknown"]].assign(
        holder=called(order["holder"], names)
    )
    amounts = ("pays_alone", "saves", "gains", "unknown_pm")
    asked = (("areas.holders.holder", 2.0), *((f"paper.{name}", 1.0) for name in amounts))
    caption = say("Costs and gains of the works in this area; unknown amounts are counted, not guessed", lang)
    return [heading, paper(shown, asked, caption, lang), *_hidden(plan, area, holders, lang)]


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
