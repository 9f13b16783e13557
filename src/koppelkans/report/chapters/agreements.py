"""Agreements with one party, ready to be edited and signed: convenant and investment. (nl: overeenkomsten)."""

from dataclasses import dataclass

import pandas as pd

from koppelkans.ground.tables import TEXT, Column
from koppelkans.ground.words import euros, number, say
from koppelkans.report.document import Block, Heading, Sentence
from koppelkans.report.names import called, kind_names, listed, many, party_names, span
from koppelkans.report.paper import first_rows, paper
from koppelkans.report.plan import Plan

MOST_ROWS, MOST_STREETS, MOST_NAMED = 40, 4, 5
BLANK = "…………………………"
"""What is to be filled in by hand."""


@dataclass(frozen=True)
class Sides:
    """The two sides of an agreement, and the bundles in which both take part.

    Parameters
    ----------
    city, party
        Keys of the municipality and of the other party.
    names
        Their names.
    bundles
        Bundles of the programme with works of both: bundle, name, year and `short` (within the short term).
    last_short
        Last year of the short term.
    """

    city: str
    party: str
    names: dict[str, str]
    bundles: pd.DataFrame
    last_short: int


def sides_of(plan: Plan, party: str) -> Sides | None:
    """Return municipality and party with what both do; None where there is nothing to agree."""
    city = next((one.party for one in plan.settings.parties if one.kind == "gemeente"), None)
    if city is None or party == city:
        return None
    owners = plan.context.works.set_index("work")["owner"]
    done = plan.programme.plan.dropna(subset=["year", "bundle"])
    done = done.assign(owner=done["work"].map(owners))
    both = done[done["owner"].isin([city, party])].groupby("bundle")["owner"].nunique()
    names = both.index[both == 2]  # noqa: PLR2004 -- both sides
    bundles = plan.programme.bundles
    bundles = bundles[bundles["bundle"].isin(names)].sort_values(["year", "bundle"], ignore_index=True)
    last = min(plan.settings.years.first + plan.settings.report.short_years - 1, plan.settings.years.last)
    sides = Sides(city, party, party_names(plan), bundles.assign(short=bundles["year"] <= last), last)
    return sides if len(bundles) or len(_talks(plan, sides)) else None


def convenant(plan: Plan, sides: Sides, lang: str) -> list[Block]:
    """Return the articles of a convenant: what both do soon and later, terms, and open points."""
    last = sides.last_short
    return _agreement(plan, sides, lang, {
        say("Short term, up to and including {year}", lang, year=last): _together(plan, sides, lang, short=True),
        say("Long term, after {year}", lang, year=last): [*_together(plan, sides, lang, short=False), *_windows(plan, sides, lang)],
        say("How both keep each other informed", lang): _sharing(plan, sides, lang),
        say("Money", lang): [Sentence(say("What the opening of a street costs is shared fairly: nobody pays more than for an opening alone. The amounts stand in the investment agreement.", lang))],
        say("Open points", lang): _open(plan, sides, lang),
    })  # fmt: skip


def investment(plan: Plan, sides: Sides, lang: str) -> list[Block]:
    """Return the articles of an investment agreement: fair split, payment, and open points."""
    city, party = _names(sides)
    last = sides.last_short
    return _agreement(plan, sides, lang, {
        say("What is invested", lang): [
            Sentence(say("{city} and {party} each pay their own works. This agreement is about the opening of the streets that they open together.", lang, city=city, party=party)),
            Sentence(say("Every amount is a row of the programme: the fair split per bundle, in whole euros, price level {year}, without VAT. Nothing was added up or rounded for this text.", lang, year=plan.settings.city.price_year)),
        ],
        say("Short term, up to and including {year}: firm", lang, year=last): _split(plan, sides, lang, short=True),
        say("Long term, after {year}: intention", lang, year=last): _split(plan, sides, lang, short=False),
        say("Payment", lang): [
            Sentence(say("Each pays its fair share in the year in which the street opens, to who opens it. Who opens the street: {blank}.", lang, blank=BLANK)),
            Sentence(say("Real costs are settled afterwards by the same shares.", lang)),
            Sentence(say("This binds only as far as the council of {city} and the board of {party} make the money available.", lang, city=city, party=party)),
        ],
        say("Open points", lang): _open(plan, sides, lang, money=True),
    })  # fmt: skip


def _agreement(plan: Plan, sides: Sides, lang: str, articles: dict[str, list[Block]]) -> list[Block]:
    """Return a whole agreement: who, why, numbered articles with numbered clauses, and room to sign."""
    told = articles | {say("Duration, change and disputes", lang): _duration(lang)}
    numbered: list[Block] = []
    for nr, (title, blocks) in enumerate(told.items(), start=1):
        numbered.append(Heading(say("Article {nr}. {title}", lang, nr=nr, title=title)))
        clause = 0
        for block in blocks:
            if isinstance(block, Sentence) and block.tone == "plain":
                clause += 1
                numbered.append(Sentence(f"{nr}.{clause} {block.text}"))
            else:
                numbered.append(block)
    return [*_parties(plan, sides, lang), *numbered, *_signatures(sides, lang)]


def _names(sides: Sides) -> tuple[str, str]:
    """Return the names of both."""
    return sides.names.get(sides.city, sides.city), sides.names.get(sides.party, sides.party)


def _parties(plan: Plan, sides: Sides, lang: str) -> list[Block]:
    """Return who agrees, with room for who represents them, and what both consider."""
    city, party = _names(sides)
    years = plan.settings.years
    note = say("Draft. For {party} and the municipality only: it holds what these two may see of each other's plans. Dots are to be filled in.", lang, party=party)  # fmt: skip
    considered = (
        say("{city} and {party} both work in the public space, and open streets for it.", lang, city=city, party=party),
        say("Where both open a street together, there is less nuisance and it costs less.", lang),
        say("{city} also wants to bring its ambitions nearer with it: {ambitions}.", lang, city=city, ambitions=_ambitions(plan, lang)),
        say("This agreement follows from the city programme {first}–{last}.", lang, first=years.first, last=years.last),
    )  # fmt: skip
    return [
        Sentence(note, "note"),
        Heading(say("The undersigned", lang)),
        *(
            Sentence(f"{nr}. " + say("{name}, represented by {blank}, in the role of {blank};", lang, name=name, blank=BLANK))
            for nr, name in enumerate((city, party), start=1)
        ),
        Heading(say("consider:", lang), 2),
        *(Sentence(f"{letter}. {text}") for letter, text in zip("abcd", considered, strict=True)),
        Heading(say("and agree:", lang), 2),
    ]  # fmt: skip


def _ambitions(plan: Plan, lang: str) -> str:
    """Return the ambitions that the city wants most, in words."""
    wanted = plan.vision.ambitions.sort_values(["level", "weight", "ambition"], ascending=[False, False, True])
    return listed(wanted[f"name_{lang}"].tolist(), most=MOST_NAMED, lang=lang) or BLANK


def _together(plan: Plan, sides: Sides, lang: str, *, short: bool) -> list[Block]:
    """Return the bundles of one term with the works of both."""
    bundles = sides.bundles[sides.bundles["short"] == short]
    if bundles.empty:
        return [Sentence(say("In these years the programme holds no street that both open together.", lang))]
    works = plan.context.works.set_index("work")
    kinds = kind_names(plan, lang)
    done = plan.programme.plan[plan.programme.plan["bundle"].isin(bundles["bundle"])]
    rows = []
    for row in bundles.to_dict("records"):
        inside = done.loc[done["bundle"] == row["bundle"], "work"]
        told = [
            ", ".join(dict.fromkeys(str(kinds.get(kind, kind)).partition(" (")[0] for kind in works.loc[mine, "kind"]))
            for mine in (
                [work for work in inside if work in works.index and works.loc[work, "owner"] == side]
                for side in (sides.city, sides.party)
            )
        ]
        rows.append([row["year"], row["name"], *told, row["sections"]])
    city, party = _names(sides)
    asked = (
        ("programme.bundles.year", 0.6), ("paper.bundle", 1.6), (_column(city), 1.8), (_column(party), 1.8), ("paper.pieces", 0.8),
    )  # fmt: skip
    text = say("Both open these streets once, together, in the year that stands there.", lang)
    caption = say("Works of both in one opening", lang)
    return [Sentence(text), *first_rows(rows, asked, caption, lang, most=MOST_ROWS, sheet=say("Bundles", lang))]


def _column(name: str) -> Column:
    """Return a column of words of one side, with its name above it."""
    return Column(TEXT, name, nl=name)


def _talks(plan: Plan, sides: Sides) -> pd.DataFrame:
    """Return the matches of both that the programme does not carry out together."""
    matches = plan.alignment.matches
    pair = {sides.city, sides.party}
    mine = matches[matches["party"].isin(pair) & matches["other_party"].isin(pair)]
    year = plan.programme.plan.set_index("work")["year"]
    one, other = mine["work"].map(year), mine["other_work"].map(year)
    return mine[~(one == other).fillna(value=False).astype(bool)]


def _windows(plan: Plan, sides: Sides, lang: str) -> list[Block]:
    """Return the streets where the windows of both can meet though the programme does not let them yet."""
    talks = _talks(plan, sides)
    if talks.empty:
        return []
    streets = talks.assign(street=talks["street"].fillna(talks["section"])).groupby("street", as_index=False).agg(
        first=("first_year", "min"), last=("last_year", "max"), shift=("shift_years", "min"), pieces=("section", "nunique"),
        strength=("strength", "max"),
    )  # fmt: skip
    streets = streets.sort_values(["strength", "street"], ascending=[False, True])
    rows = [
        [row["street"], span(row["first"], row["last"]), row["pieces"], _shift(row["shift"], lang)]
        for row in streets.to_dict("records")
    ]
    asked = (("paper.streets", 2.2), ("paper.years", 1.0), ("paper.pieces", 0.9), ("paper.what", 2.0))
    text = say("In these streets the works of both could meet, but the programme does not let them yet. Both look at these again every year.", lang)  # fmt: skip
    caption = say("Where windows can meet", lang)
    return [Sentence(text), *first_rows(rows, asked, caption, lang, most=MOST_ROWS, sheet=say("Matches", lang))]


def _shift(years: int, lang: str) -> str:
    """Return whether one of both must shift, and how far."""
    if not years:
        return say("the windows meet", lang)
    return many(int(years), "one of both shifts a year", "one of both shifts {count} years", lang)


SHARED_WORDS = {
    "section": "where",
    "window": "which years",
    "kind": "what sort of work",
    "certainty": "how certain",
    "cost": "what it costs",
    "name": "its name",
}
"""Fields of a plan that a party can share, in words."""


def _sharing(plan: Plan, sides: Sides, lang: str) -> list[Block]:
    """Return what each lets the other see, and when both renew it."""
    given = {one.party: one for one in plan.settings.parties}
    rows: list[Block] = [
        Sentence(
            say("{name} shares of each plan: {fields}. Contact: {contact}.", lang, name=sides.names.get(side, side),
                fields=", ".join(say(SHARED_WORDS.get(field, field), lang) for field in given[side].shares) or BLANK,
                contact=given[side].contact or BLANK)
        )
        for side in (sides.city, sides.party)
        if side in given
    ]  # fmt: skip
    told = say("Both send their plans anew each year before {blank}. Who must move a year says so at once, and both look for another year together.", lang, blank=BLANK)  # fmt: skip
    return [*rows, Sentence(told)]


def _split(plan: Plan, sides: Sides, lang: str, *, short: bool) -> list[Block]:
    """Return the fair split of the bundles of one term: a row per bundle and side, as the programme holds it."""
    bundles = sides.bundles[sides.bundles["short"] == short]
    shares = plan.programme.split
    rows = [
        [
            "" if at else row["year"], "" if at else row["name"], sides.names.get(side, side),
            *(_amount(shares, row["bundle"], side, column, lang) for column in ("apart_eur", "fair_eur", "saving_eur")),
        ]
        for row in bundles.to_dict("records")
        for at, side in enumerate((sides.city, sides.party))
    ]  # fmt: skip
    if not rows:
        return [Sentence(say("In these years the programme holds no street that both open together.", lang))]
    asked = (
        ("paper.years", 0.7), ("paper.bundle", 1.8), ("paper.party", 2.0), ("paper.apart", 1.0), ("paper.fair_share", 1.0), ("paper.saved", 1.0),
    )  # fmt: skip
    caption = say("What each pays for opening the streets: alone, and fairly shared", lang)
    return [paper(rows, asked, caption, lang)]


def _amount(shares: pd.DataFrame, bundle: str, owner: str, column: str, lang: str) -> str:
    """Return an amount of the fair split as it stands there, to be agreed where it may not be told."""
    found = shares.loc[(shares["bundle"] == bundle) & (shares["owner"] == owner), column].dropna()
    return euros(int(found.iloc[0]), lang) if len(found) else say("to be agreed", lang)


def _open(plan: Plan, sides: Sides, lang: str, *, money: bool = False) -> list[Block]:
    """Return what is still open between both, as points to tick off."""
    inside = plan.programme.plan[plan.programme.plan["bundle"].isin(sides.bundles["bundle"])]
    blind = int(inside["cost_eur"].isna().sum())
    shift = _talks(plan, sides)
    shift = shift[shift["shift_years"] > 0]
    more = sides.bundles[sides.bundles["owners"] > 2]  # noqa: PLR2004 -- others than both
    uncovered = plan.account.bundles
    uncovered = uncovered[uncovered["bundle"].isin(sides.bundles["bundle"]) & (uncovered["uncovered_eur"] > 0)]
    points = []
    if blind:
        points.append(many(blind, "Of one work the cost is unknown or not shared.", "Of {count} works the cost is unknown or not shared.", lang))  # fmt: skip
    if len(more):
        names = listed(more["name"].tolist(), most=MOST_NAMED, lang=lang)
        points.append(say("Other parties open these streets too; they must agree as well: {names}.", lang, names=names))
    if len(shift) and not money:
        streets = listed(sorted(set(shift["street"].dropna())), most=MOST_NAMED, lang=lang)
        points.append(say("Who of both can shift a year or more in {streets}?", lang, streets=streets))
    if money and len(uncovered):
        names = listed(called(uncovered["bundle"], sides.bundles.set_index("bundle")["name"].to_dict()), most=MOST_NAMED, lang=lang)  # fmt: skip
        points.append(say("For a part of the opening no purse is named yet: {names}.", lang, names=names))
    if money:
        points.append(say("Cost of opening is a key figure, not an estimate: replace it by an estimate before signing.", lang))  # fmt: skip
    points.append(say("The programme is proven to within {gap} % of the best; another programme may change years.", lang, gap=number(100 * float(plan.programme.value.get("gap") or 0.0), lang, 1)))  # fmt: skip
    points.append(say("Other points of both: {blank}.", lang, blank=BLANK))
    return [Sentence(f"☐ {point}") for point in points]


def _duration(lang: str) -> list[Block]:
    """Return how long the agreement holds, how it is changed and who decides in a dispute."""
    return [
        Sentence(text)
        for text in (
            say("This agreement holds from {blank} up to and including {blank}. Both look at it each year.", lang, blank=BLANK),
            say("A change holds when both have signed it.", lang),
            say("In a dispute both talk first. Where they do not agree, it goes to {blank}.", lang, blank=BLANK),
        )
    ]  # fmt: skip


def _signatures(sides: Sides, lang: str) -> list[Block]:
    """Return the room to sign: a column per side."""
    city, party = _names(sides)
    rows = [[say(what, lang), BLANK, BLANK] for what in ("Name of who signs", "Role", "Place and date", "Signature")]
    asked = (("paper.what", 0.8), (_column(city), 1.6), (_column(party), 1.6))
    return [
        Heading(say("Signatures", lang)),
        paper(rows, asked, say("Agreed and signed in two copies", lang), lang),
    ]
