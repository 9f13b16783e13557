"""The answer in one look. (nl: omslag)."""

from koppelkans.ground.words import euros, number, say
from koppelkans.report.answer import Answer, answer
from koppelkans.report.blocks import Block, Contents, Sentence, Tile, Tiles
from koppelkans.report.names import many
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import NOT_SHOWN


def cover(plan: Plan, lang: str) -> list[Block]:
    """Return what the whole programme comes to, in six figures."""
    found, years = answer(plan), plan.settings.years
    lead = say(
        "This programme says in which year which street opens, who works there together, what that saves, and what is left undone. It covers the years {first} to {last}.",
        lang,
        first=years.first,
        last=years.last,
    )
    return [
        Sentence(lead, "lead"),
        Tiles((*_works(found, lang), *_money(found, lang), *_proof(found, lang))),
        Sentence(_price_level(plan, found, lang), "note"),
        Contents(say("In this programme", lang)),
    ]


def _works(found: Answer, lang: str) -> list[Tile]:
    """Return the tiles on works and streets."""
    outside = (
        many(found.outside, "one more could not be weighed", "{count} more could not be weighed", lang)
        if found.outside
        else ""
    )
    return [
        Tile(
            say("{part} of {whole}", lang, part=number(found.planned, lang), whole=number(found.works, lang)),
            many(found.planned, "work has a year", "works have a year", lang),
            say("for {cost}", lang, cost=euros(found.cost_eur, lang)),
        ),
        Tile(
            many(found.openings, "{count} time", "{count} times", lang),
            say("a piece of street is opened", lang),
            many(
                found.apart,
                "instead of once, if each work came alone",
                "instead of {count} times, if each work came alone",
                lang,
            ),
        ),
        Tile(
            number(found.undone, lang),
            many(found.undone, "work is left undone", "works are left undone", lang),
            outside,
        ),
    ]


def _money(found: Answer, lang: str) -> list[Tile]:
    """Return the tile on what working together saves, and the one on who must phone."""
    saved = many(
        found.bundles,
        "in one bundle; nuisance spared: {nuisance}",
        "in {count} bundles; nuisance spared: {nuisance}",
        lang,
        nuisance=euros(found.nuisance_saved_eur, lang),
    )
    return [
        Tile(euros(found.saving_eur, lang), say("saved by opening once", lang), saved),
        Tile(
            number(found.calls, lang),
            many(found.calls, "pair of parties must phone", "pairs of parties must phone", lang),
            say("the list is in the first chapter", lang),
        ),
    ]


def _proof(found: Answer, lang: str) -> list[Tile]:
    """Return the tile on the proof."""
    judged = (
        say("an independent check found every demand kept", lang)
        if found.faults == 0
        else many(
            found.faults, "an independent check found one fault", "an independent check found {count} faults", lang
        )
    )
    if found.gap is None:
        return [Tile("–", say("not proven how good it is", lang), judged)]
    share = number(100 * found.gap, lang, 2) + " %"
    return [Tile(share, say("at most this far from the best programme (proven)", lang), judged)]


def _price_level(plan: Plan, found: Answer, lang: str) -> str:
    """Return what the euros are, and what is not in them."""
    text = say("All amounts are at the price level of {year}.", lang, year=plan.settings.city.price_year)
    assumed = plan.programme.money.loc[plan.programme.money["basis"] == "assumed", "fund"].nunique()
    if assumed:
        text += " " + say(
            "Of {part} of {whole} funds no budget was given; there the budget is an assumption.",
            lang,
            part=number(assumed, lang),
            whole=number(plan.programme.money["fund"].nunique(), lang),
        )
    if found.unpriced:
        text += " " + many(
            found.unpriced,
            "The cost of one work in the programme is unknown or not shared; it is not in the total.",
            "The cost of {count} works in the programme is unknown or not shared; it is not in the total.",
            lang,
        )
    hidden = plan.programme.value.get(NOT_SHOWN)
    if isinstance(hidden, int) and hidden:
        text += " " + many(
            hidden,
            "Left out: one work of another party that it does not share with everyone.",
            "Left out: {count} works of other parties that they do not share with everyone.",
            lang,
        )
    return text
