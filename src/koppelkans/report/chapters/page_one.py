"""Page one: what the programme is in money, works and certainty, and who phones whom. (nl: bladzijde één)."""

import hashlib
from dataclasses import dataclass

import pandas as pd

from koppelkans.account import Account
from koppelkans.ground.words import number, say
from koppelkans.report.document import (
    Block,
    Contents,
    Heading,
    Sentence,
    Tile,
    Tiles,
)
from koppelkans.report.names import called, listed, many, party_names, span
from koppelkans.report.paper import first_rows
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import NOT_SHOWN

MOST, STREETS = 16, 5


@dataclass(frozen=True)
class Answer:
    """Counts of the whole programme; its money stands in the account.

    Parameters
    ----------
    works, planned
        Works in the context, and those that the programme does.
    undone, outside
        Works that could be done in these years and got no year; works that fall outside these years.
    openings, apart
        Times that a section is opened, and how often it would be if each work opened its own.
    bundles
        Groups of works that share an opening.
    gap
        Share by which the programme is at most worse than the best one; None where nothing was proven.
    faults
        Times that the independent judge found a demand broken.
    calls
        Pairs of parties that must phone each other.
    """

    works: int
    planned: int
    undone: int
    outside: int
    openings: int
    apart: int
    bundles: int
    gap: float | None
    faults: int
    calls: int


def answer(plan: Plan) -> Answer:
    """Count the answer in one look."""
    programme = plan.programme
    done = programme.plan["year"].notna()
    undone = plan.account.whole("undone_works") or 0
    return Answer(
        works=len(programme.plan),
        planned=int(done.sum()),
        undone=undone,
        outside=int((~done).sum()) - undone,
        openings=len(programme.open),
        apart=int(programme.open["works"].sum()),
        bundles=len(programme.bundles),
        gap=programme.trace.gap,
        faults=int(programme.verdict["faults"].sum()),
        calls=len(pairs(plan)),
    )


def pairs(plan: Plan) -> pd.DataFrame:
    """Return the phone list with each pair of parties once.

    The call of the municipality, else of the first in name order.
    """
    calls = plan.alignment.calls
    city = {party.party for party in plan.settings.parties if party.kind == "gemeente"}
    both = ["|".join(sorted(names)) for names in zip(calls["party"], calls["other_party"], strict=True)]
    order = calls.assign(both=both, late=~calls["party"].isin(city))
    once = order.sort_values(["both", "late", "party"]).drop_duplicates("both").drop(columns=["both", "late"])
    return once.sort_values(["saving_eur", "party", "other_party"], ascending=[False, True, True], ignore_index=True)


def trace_hash(plan: Plan) -> str:
    """Return the SHA-256 of the trace of the programme.

    Two reports with the same hash tell of the same run.
    """
    return hashlib.sha256(plan.programme.trace.to_json().encode("utf-8")).hexdigest()


def cover(plan: Plan, lang: str) -> list[Block]:
    """Return the whole programme in six figures."""
    found, years = answer(plan), plan.settings.years
    lead = say(
        "This programme says in which year which street opens, who works there together, what that saves, and what is left undone. It covers the years {first} to {last}.",
        lang,
        first=years.first,
        last=years.last,
    )
    return [
        Sentence(lead, "lead"),
        Tiles(
            (*_works(found, plan.account, lang), *_money(found, plan.account, lang), _proof(found, plan.account, lang))
        ),
        Sentence(_price_level(plan, lang), "note"),
        Contents(say("In this programme", lang)),
    ]


def _works(found: Answer, account: Account, lang: str) -> list[Tile]:
    """Return the tiles on works, on who pays, and on what is left undone."""
    outside = (
        many(found.outside, "one more falls outside these years", "{count} more fall outside these years", lang)
        if found.outside
        else ""
    )
    charged, uncovered = account.figure("charged_eur"), account.figure("uncovered_eur")
    return [
        Tile(
            say("{part} of {whole}", lang, part=number(found.planned, lang), whole=number(found.works, lang)),
            many(found.planned, "work has a year", "works have a year", lang),
            say("investment with the streets: {amount}", lang, amount=account.figure("investment_eur").text(lang)),
        ),
        Tile(
            charged.text(lang),
            say("the purses pay", lang),
            say("no purse was asked for {amount}", lang, amount=uncovered.text(lang)) if uncovered.amount else "",
        ),
        Tile(
            number(found.undone, lang),
            many(found.undone, "work is left undone", "works are left undone", lang),
            outside,
        ),
    ]


def _money(found: Answer, account: Account, lang: str) -> list[Tile]:
    """Return the tile on what owners save together, and the one on who must phone."""
    opened = many(
        found.openings,
        "a piece of street is opened once, instead of {apart} times",
        "pieces of street are opened {count} times, instead of {apart} times",
        lang,
        apart=number(found.apart, lang),
    )
    return [
        Tile(account.figure("saving_eur").text(lang), say("owners save by opening together", lang), opened),
        Tile(
            number(found.calls, lang),
            many(found.calls, "pair of parties must phone", "pairs of parties must phone", lang),
            say("the list follows", lang),
        ),
    ]


def _proof(found: Answer, account: Account, lang: str) -> Tile:
    """Return the tile on the proof."""
    judged = (
        say("an independent check found every demand kept", lang)
        if found.faults == 0
        else many(
            found.faults, "an independent check found one fault", "an independent check found {count} faults", lang
        )
    )
    if found.gap is None:
        return Tile("–", say("not proven how good it is", lang), judged)
    share, gap = number(100 * found.gap, lang, 2) + " %", account.figure("gap_eur")
    if gap.amount is not None:
        judged = say("{amount} of weighted cost; {judged}", lang, amount=gap.text(lang), judged=judged)
    return Tile(share, say("at most this far from the best programme (proven)", lang), judged)


def _price_level(plan: Plan, lang: str) -> str:
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
    unpriced = plan.account.whole("unpriced_works")
    if unpriced:
        text += " " + many(
            unpriced,
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


def calls(plan: Plan, lang: str) -> list[Block]:
    """Return the phone list, each pair of parties once, the largest saving first."""
    table = pairs(plan)
    heading = Heading(say("Who must phone whom", lang))
    if table.empty:
        return [heading, Sentence(say("No two parties want to open the same street in these years.", lang))]
    names = party_names(plan)
    others = [
        name + (f" ({contact})" if isinstance(contact, str) else "")
        for name, contact in zip(called(table["other_party"], names), table["contact"], strict=True)
    ]
    shown = table[["party", "other_party", "streets", "sections", "first_year", "saving_eur"]].assign(
        party=called(table["party"], names),
        other_party=others,
        streets=[listed(streets.split(", "), most=STREETS, lang=lang) for streets in table["streets"]],
        first_year=[span(first, last) for first, last in zip(table["first_year"], table["last_year"], strict=True)],
    )
    asked = (
        ("alignment.calls.party", 1.6), ("paper.phones", 2.0), ("paper.about", 2.6), ("paper.pieces", 0.75),
        "paper.years", "paper.at_stake",
    )  # fmt: skip
    intro = say(
        "These parties plan to open the same streets in the same years. The pair that can save most stands first. “At stake” is what opening once can save at most. What to agree stands in the workbook, for each party.",
        lang,
    )
    return [
        heading,
        Sentence(intro),
        *first_rows(shown, asked, say("Phone list", lang), lang, most=MOST, sheet=say("Phone list", lang)),
    ]
