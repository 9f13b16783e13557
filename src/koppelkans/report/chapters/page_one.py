"""Page one: what the programme is in money, works and certainty, and who phones whom. (nl: bladzijde één)."""

import hashlib
from dataclasses import dataclass

import pandas as pd

from koppelkans.account import Account
from koppelkans.ground.words import euros, number, say
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.judge import count_asked
from koppelkans.report.chapters.money import short_of_money
from koppelkans.report.document import (
    Block,
    Contents,
    Heading,
    Sentence,
    Tile,
    Tiles,
)
from koppelkans.report.names import called, fund_names, listed, many, party_names, runs, span, work_names
from koppelkans.report.paper import first_rows, paper
from koppelkans.report.plan import Plan
from koppelkans.report.scope import not_shown, scope_note
from koppelkans.report.seen_by import COST_NOT_SHOWN

MOST, STREETS = 16, 5
FIRST = 3
"""Rows of each short list on page one; the chapter that follows tells them all."""


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
    unpaid
        Openings that purses cannot pay whole, which the search was not asked to see to.
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
    unpaid: int
    calls: int


def answer(plan: Plan) -> Answer:
    """Count the answer in one look."""
    programme = plan.programme
    done, faults = programme.plan["year"].notna(), count_asked(programme, CONSTRAINTS)
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
        faults=faults,
        unpaid=int(programme.verdict["faults"].sum()) - faults,
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
            (
                *_works(found, plan.account, lang),
                _saved(found, plan.account, lang),
                _together(plan, found, lang),
                _proof(found, plan.account, lang),
            )
        ),
        *scope_note(plan, lang),
        *_money_fits(plan, lang),
        *_first_calls(plan, lang),
        *_first_left_out(plan, lang),
        *_how_sure(plan, lang),
        Sentence(_price_level(plan, lang), "note"),
        Contents(say("In this programme", lang)),
    ]


def _money_fits(plan: Plan, lang: str) -> list[Block]:
    """Return whether the purses pay all, and otherwise whose works are short and in which years money is scarce."""
    asked, account = Sentence(say("Does the money fit?", lang), "question"), plan.account
    investment, uncovered = account.figure("investment_eur"), account.figure("uncovered_eur")
    if uncovered.amount is None:
        return [asked, Sentence(say("That cannot be told here: not everyone may see which purses pay.", lang))]
    if round(uncovered.amount) == 0:
        told = say("Yes: purses pay the whole investment of {amount}.", lang, amount=investment.text(lang))
    else:
        told = say(
            "Not yet: for {short} of the investment of {amount} there is no purse. Short, by owner: {owners}.",
            lang,
            short=uncovered.text(lang),
            amount=investment.text(lang),
            owners=_short_owners(plan, lang),
        )
    dearest = short_of_money(plan.programme.money)
    if len(dearest):
        names = fund_names(plan, lang)
        tight = [f"{names[fund]} ({runs(part['year'])})" for fund, part in dearest.groupby("fund", sort=False)]
        told += " " + say(
            "Used up, and so most short of money: {funds}.", lang, funds=listed(tight, most=FIRST, lang=lang)
        )
    return [asked, Sentence(f"{told} {on_top_told(plan, lang)}".strip())]


def _short_owners(plan: Plan, lang: str) -> str:
    """Return the owners whose works no purse pays, the largest amount first."""
    owners, names = plan.account.owners, party_names(plan)
    short = owners[owners["uncovered_eur"] > 0].sort_values(["uncovered_eur", "owner"], ascending=[False, True])
    named = [
        f"{say('works without owner', lang) if pd.isna(owner) else names.get(owner, owner)} {euros(amount, lang)}"
        for owner, amount in zip(short["owner"], short["uncovered_eur"], strict=True)
    ]
    return listed(named, most=FIRST, lang=lang) if named else say("not shared", lang)


def _first_calls(plan: Plan, lang: str) -> list[Block]:
    """Return the first calls: which desk, about which streets and years, and the euros at stake."""
    table = pairs(plan)[:FIRST]
    if table.empty:
        return []
    asked = (
        ("alignment.calls.party", 1.6), ("paper.phones", 2.0), ("paper.about", 2.6), "paper.years", "paper.at_stake",
    )  # fmt: skip
    rows = _call_rows(plan, table, most=2, lang=lang).drop(columns="sections")
    return [
        Sentence(say("Whom to call first?", lang), "question"),
        paper(rows, asked, say("What opening these streets once can save", lang), lang),
    ]


def _first_left_out(plan: Plan, lang: str) -> list[Block]:
    """Return the first works that are left out, those that never fit and the top of the ranking, with what each takes."""
    table = plan.programme.left_out
    if table.empty:
        return []
    never = table["sort"] == "never"
    first = pd.concat([table[~never][:FIRST], table[never][:FIRST]])
    shown = pd.DataFrame(
        {
            "name": called(first["work"], work_names(plan)),
            "takes": first[f"takes_{lang}"].fillna(say("not shared", lang)),
        }
    )
    asked = (("context.works.name", 1.6), (f"programme.left_out.takes_{lang}", 4.0))
    return [
        Sentence(say("What was left out, and what would it take?", lang), "question"),
        paper(shown, asked, say("First the top of the ranking, then what never fits", lang), lang),
    ]


def _how_sure(plan: Plan, lang: str) -> list[Block]:
    """Return how much of the investment rests on assumptions, and how many works are firm."""
    share = plan.account.figures.set_index("figure")["assumed_share"].get("investment_eur")
    told = []
    if pd.notna(share):
        told.append(say("{share} % of the investment rests on assumptions.", lang, share=number(100 * share, lang)))
    firm = plan.programme.firmness
    planned = firm["year"].notna()
    if len(plan.programme.futures):
        part, whole = number(int((firm["firm"] & planned).sum()), lang), number(int(planned.sum()), lang)
        share = number(100 * plan.settings.programme.futures.firm_share, lang)
        told.append(say("{part} of {whole} planned works keep their year in at least {share} % of the futures.", lang, part=part, whole=whole, share=share))  # fmt: skip
    else:
        told.append(say("No futures were drawn yet: which works are steady is not known.", lang))
    return [Sentence(say("How sure is it?", lang), "question"), Sentence(" ".join(told))]


def on_top_told(plan: Plan, lang: str, *, part: bool = False) -> str:
    """Return what comes on top by assumed shares, beside the whole or a part of the city."""
    figure = plan.account.figure("on_top_assumed_eur")
    if not figure.amount:
        return ""
    whole = "Not in the investment: {amount} of engineering, own hours and unforeseen, by assumed shares that the city did not give."
    beside = "Not in the investment: engineering, own hours and unforeseen by assumed shares; for the whole city that is {amount}."
    return say(beside if part else whole, lang, amount=figure.text(lang))


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
            say("no purse pays {amount}", lang, amount=uncovered.text(lang)) if uncovered.amount else "",
        ),
        Tile(
            number(found.undone, lang),
            many(found.undone, "work is left undone", "works are left undone", lang),
            outside,
        ),
    ]


def _saved(found: Answer, account: Account, lang: str) -> Tile:
    """Return the tile on what owners save together."""
    texts = (
        "a piece of street is opened once, instead of {apart} times",
        "pieces of street are opened {count} times, instead of {apart} times",
    )
    if found.apart == found.openings:
        texts = ("a piece of street is opened once", "pieces of street are opened {count} times")
    opened = many(found.openings, *texts, lang, apart=number(found.apart, lang))
    return Tile(account.figure("saving_eur").text(lang), say("owners save by opening together", lang), opened)


def _together(plan: Plan, found: Answer, lang: str) -> Tile:
    """Return the tile on who must phone; for everyone on works that go together."""
    if plan.viewer.circle == "public":
        told = many(found.bundles, "group of works shares an opening", "groups of works share an opening", lang)
        return Tile(number(found.bundles, lang), told, "")
    told = many(found.calls, "pair of parties must phone", "pairs of parties must phone", lang)
    return Tile(number(found.calls, lang), told, say("the list follows", lang))


def _proof(found: Answer, account: Account, lang: str) -> Tile:
    """Return the tile on the proof."""
    judged = (
        say("an independent check found every demand kept", lang)
        if found.faults == 0
        else many(
            found.faults, "an independent check found one fault", "an independent check found {count} faults", lang
        )
    )
    if found.unpaid > 0:
        told = ("one opening no purse can pay whole", "{count} openings no purse can pay whole")
        judged = f"{judged}; {many(found.unpaid, *told, lang)}"
    if found.gap is None:
        return Tile("–", say("not proven how good it is", lang), judged)
    share, gap = number(100 * found.gap, lang, 2) + " %", account.figure("gap_eur")
    if gap.amount is not None:
        judged = say("{amount} of weighted cost; {judged}", lang, amount=gap.text(lang), judged=judged)
    return Tile(share, say("at most this far from the best programme (proven)", lang), judged)


def _price_level(plan: Plan, lang: str) -> str:
    """Return what the euros are, and what is not in them."""
    text = say("All amounts are without VAT, at the price level of {year}.", lang, year=plan.settings.city.price_year)
    assumed = plan.programme.money.loc[plan.programme.money["basis"] == "assumed", "fund"].nunique()
    if assumed:
        text += " " + say(
            "Of {part} of {whole} funds no budget was given: they hold nothing back and pay what is asked of them.",
            lang,
            part=number(assumed, lang),
            whole=number(plan.programme.money["fund"].nunique(), lang),
        )
    unpriced = (plan.account.whole("unpriced_works") or 0) - not_shown(plan, COST_NOT_SHOWN)
    if unpriced > 0:
        text += " " + many(
            unpriced,
            "The cost of one work in the programme is unknown; it is not in the total.",
            "The cost of {count} works in the programme is unknown; it is not in the total.",
            lang,
        )
    return text


def calls(plan: Plan, lang: str) -> list[Block]:
    """Return the phone list, the largest saving first; nothing for everyone."""
    if plan.viewer.circle == "public":
        return []
    table = pairs(plan)
    heading = Heading(say("Who must phone whom", lang))
    if table.empty:
        return [heading, Sentence(say("No two parties want to open the same street in these years.", lang))]
    shown = _call_rows(plan, table, most=STREETS, lang=lang)
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


def _call_rows(plan: Plan, table: pd.DataFrame, *, most: int, lang: str) -> pd.DataFrame:
    """Return calls as they are printed: names, the desk to phone, the first streets, years and euros."""
    names = party_names(plan)
    others = [
        name + (f" ({contact})" if isinstance(contact, str) else "")
        for name, contact in zip(called(table["other_party"], names), table["contact"], strict=True)
    ]
    return table[["party", "other_party", "streets", "sections", "first_year", "saving_eur"]].assign(
        party=called(table["party"], names),
        other_party=others,
        streets=[listed(streets.split(", "), most=most, lang=lang) for streets in table["streets"]],
        first_year=[span(first, last) for first, last in zip(table["first_year"], table["last_year"], strict=True)],
    )
