"""The works of an area ranked within the area, beside the order of the city. (nl: afweging per gebied)."""

import pandas as pd

from koppelkans.ground.words import number, say
from koppelkans.report.document import Block, Heading, Sentence
from koppelkans.report.names import area_names, called, criterion_names
from koppelkans.report.paper import first_rows
from koppelkans.report.plan import Plan
from koppelkans.report.table import sheet_name

MOST, MOST_AREAS = 10, 25


def within_area(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return what weighs most in an area, by whose weights, and how that differs from the city."""
    heading = Heading(say("What weighs most here", lang))
    ranked = plan.weighing.area_ranking[plan.weighing.area_ranking["area"] == area]
    voice = plan.weighing.area_voices[plan.weighing.area_voices["area"] == area]
    if ranked.empty or voice.empty:
        return [heading, Sentence(say("No work that takes part lies in this area.", lang))]
    ranked = ranked.sort_values(["area_rank", "work"])
    names = plan.context.works.set_index("work")["name"].dropna().to_dict()
    criteria = criterion_names(plan, lang)
    years = plan.programme.plan.set_index("work")["year"]
    rows = [
        [rank, name, city, year, criteria.get(turns, "–") if isinstance(turns, str) else "–"]
        for rank, name, city, year, turns in zip(
            ranked["area_rank"], called(ranked["work"], names), ranked["city_rank"], ranked["work"].map(years),
            ranked["criterion"], strict=True,
        )
    ]  # fmt: skip
    asked = (
        ("weighing.area_ranking.area_rank", 0.8), ("paper.work", 3.0), ("weighing.area_ranking.city_rank", 0.8),
        ("programme.plan.year", 0.7), ("paper.turns_on", 1.8),
    )  # fmt: skip
    caption = say("The works of this area on the order of the area", lang)
    sheet = sheet_name("weighing.area_ranking", lang)
    return [
        heading,
        Sentence(_whose(voice.iloc[0], lang)),
        Sentence(_how_many(plan, area, len(ranked), lang), "small"),
        *first_rows(rows, asked, caption, lang, most=MOST, sheet=sheet),
    ]


def _how_many(plan: Plan, area: str, ranked: int, lang: str) -> str:
    """Return which works the order holds, beside those of the area programme, which looks less far ahead."""
    row = plan.areas.summary.set_index("area").loc[area]
    last = plan.settings.years.last
    text = "The order holds every work here that was weighed, also those after {until} and those that are left undone: {ranked}. The programme of this area, up to and including {until}, does {works} of all works here."
    if row["last_year"] == last:
        text = "The order holds every work here that was weighed, also those that are left undone: {ranked}. The programme of this area does {works} of all works here."
    return say(text, lang, until=row["last_year"], ranked=number(ranked, lang), works=number(row["works"], lang))


def _whose(voice: pd.Series, lang: str) -> str:
    """Return whose weights the order goes by, and how far it lies from that of the city."""
    if not voice["own"]:
        return say(
            "This area has no weights of its own. The order is that of the city, among the works here only.", lang
        )
    who = voice["set_by"] if isinstance(voice["set_by"], str) else say("unknown", lang)
    when = f", {voice['set_on']}" if isinstance(voice["set_on"], str) else ""
    text = say("This area has weights of its own, set by: {who}.", lang, who=who + when)
    if not voice["reversals"]:
        return text + " " + say("The order is the same as with the weights of the city.", lang)
    return (
        text
        + " "
        + say(
            "Pairs of works that would stand the other way round with the weights of the city: {count}. The programme itself goes by the weights of the city.",
            lang,
            count=number(voice["reversals"], lang),
        )
    )


def areas_apart(plan: Plan, lang: str) -> list[Block]:
    """Return the areas with their own weights, and how far each order lies from the city's."""
    own = plan.weighing.area_voices[plan.weighing.area_voices["own"]]
    if own.empty:
        return []
    names = area_names(plan)
    rows = [
        [names.get(row["area"], row["area"]), row["set_by"], row["works"], row["reversals"], row["tau"]]
        for row in own.sort_values(["reversals", "area"], ascending=[False, True]).to_dict("records")
    ]
    asked = (
        ("paper.area", 1.5), ("weighing.area_voices.set_by", 1.8), ("paper.works", 0.8), ("paper.reversals", 1.0),
        ("weighing.area_voices.tau", 1.0),
    )  # fmt: skip
    text = say(
        "These areas have weights of their own for the order within the area. Each area programme shows that order beside the one of the city.",
        lang,
    )
    caption = say("Areas that weigh otherwise than the city", lang)
    sheet = sheet_name("weighing.area_voices", lang)
    return [
        Heading(say("What areas make of it", lang), 2),
        Sentence(text),
        *first_rows(rows, asked, caption, lang, most=MOST_AREAS, sheet=sheet),
    ]
