"""The one page of a party: its works, money, whom it phones, and what is left undone. (nl: bladzijde per partij)."""

import pandas as pd

from koppelkans.ground.words import euros, number, say
from koppelkans.report.document import Block, Heading, Sentence, Tile, Tiles
from koppelkans.report.names import called, kind_names, listed, many, party_names, span, streets_of
from koppelkans.report.paper import paper
from koppelkans.report.plan import Plan
from koppelkans.report.scope import scope_note

MOST_CALLS, MOST_UNDONE, STREETS = 3, 2, 2
"""Calls, works left undone, and streets of one work that are named; the workbook of the party holds them all."""
MOST_STREETS = 20
"""Streets that are named on the page of a party without works."""
LINES, LEAST_WORKS = 21, 6
"""Rows for which the page has room, where a call takes two and a reason three; and works that are named at least."""


def party_page(plan: Plan, party: str, lang: str) -> list[Block]:
    """Return what a party must know first: what it does when, with whom, what it pays and saves."""
    years, works = plan.settings.years, _works(plan, party)
    if works.empty:
        return _without_works(plan, party, lang)
    lead = say("What the programme of the years {first} to {last} asks of you and brings you. Everything stands in your workbook.", lang, first=years.first, last=years.last)  # fmt: skip
    return [
        Sentence(lead, "lead"),
        Tiles(_tiles(plan, party, works, lang)),
        *scope_note(plan, lang, counts=False),
        *_calls(plan, party, lang),
        *_coming(plan, works, lang),
        *_undone(works, lang),
    ]


def _without_works(plan: Plan, party: str, lang: str) -> list[Block]:
    """Return what a party of which no work is known can do: whom it tells its plans, when, and where streets open."""
    years = plan.settings.years
    lead = say("No work of yours is known for the years {first} to {last}. If you have plans for a street, they can still come along: then it opens once.", lang, first=years.first, last=years.last)  # fmt: skip
    asked = say("Tell the municipality where, in which years and what kind of work: a list or a map in any usual format will do. A plan that is known before a street is prepared can go together with it.", lang)  # fmt: skip
    told = _desk(plan, lang)
    head: list[Block] = [Sentence(lead, "lead"), Heading(say("What can you do?", lang)), Sentence(asked)]
    opened = _opened(plan, party)
    if opened.empty:
        return [*head, *told, Sentence(say("In these years no street opens that you may see.", lang))]
    rows, names = opened.head(MOST_STREETS), party_names(plan)
    shown = [
        [int(year), street, listed(called(pd.Series(owners), names), most=3, lang=lang)]
        for year, street, owners in rows.itertuples(index=False)
    ]
    table = paper(shown, (("programme.plan.year", 0.6), ("paper.streets", 2.2), ("paper.partners", 2.6)), say("Streets that open, the first ones first", lang), lang)  # fmt: skip
    more = len(opened) - len(rows)
    rest = [Sentence(many(more, "One more street follows; see your workbook.", "{count} more streets follow; see your workbook.", lang), "small")] if more else []  # fmt: skip
    return [*head, *told, Heading(say("Which streets open first?", lang)), table, *rest]


def _desk(plan: Plan, lang: str) -> list[Block]:
    """Return whom a party tells its plans: the desk of the municipality, where that is known."""
    city = {party.party for party in plan.settings.parties if party.kind == "gemeente"}
    known = plan.context.parties
    desks = [
        f"{name} ({contact})" if isinstance(contact, str) else str(name)
        for key, name, contact in zip(known["party"], known["name"], known["contact"], strict=True)
        if key in city
    ]
    return [Sentence(say("You tell it to: {desk}.", lang, desk=", ".join(desks)))] if desks else []


def _opened(plan: Plan, party: str) -> pd.DataFrame:
    """Return year, street and owners of each street that others open, in order of year."""
    works = plan.context.works[["work", "owner"]].merge(plan.programme.plan[["work", "year"]], on="work")
    sections = pd.DataFrame(plan.context.sections[["section", "name"]])
    met = plan.context.touches[["work", "section"]].merge(works.dropna(), on="work").merge(sections, on="section")
    met = met.merge(plan.programme.open[["section", "year"]], on=["section", "year"]).dropna(subset=["name"])
    met = met[met["owner"] != party].drop_duplicates(["year", "name", "owner"]).sort_values(["year", "name", "owner"])
    return met.groupby(["year", "name"], as_index=False)["owner"].agg(list)


def _works(plan: Plan, party: str) -> pd.DataFrame:
    """Return the works of a party with year, bundle and reason, in order of year."""
    works = pd.DataFrame(plan.context.works[["work", "name", "owner", "kind"]])
    mine = works[works["owner"] == party].merge(plan.programme.plan, on="work")
    return mine.sort_values(["year", "work"], ignore_index=True)


def _tiles(plan: Plan, party: str, works: pd.DataFrame, lang: str) -> tuple[Tile, ...]:
    """Return the page in three figures: works, money and saving."""
    owners = plan.account.owners
    row = owners[owners["owner"] == party]
    invested, saved = (
        euros(int(row[name].iloc[0]), lang) if len(row) and pd.notna(row[name].iloc[0]) else "–"
        for name in ("investment_eur", "saving_eur")
    )
    done, together = int(works["year"].notna().sum()), int(works["bundle"].notna().sum())
    return (
        Tile(
            say("{part} of {whole}", lang, part=number(done, lang), whole=number(len(works), lang)),
            many(done, "work of yours has a year", "works of yours have a year", lang),
            many(together, "one goes together with others", "{count} go together with others", lang),
        ),
        Tile(
            invested,
            say("investment of your works with the streets", lang),
            say("price level {year}, without VAT", lang, year=plan.settings.city.price_year),
        ),
        Tile(saved, say("you save by opening together", lang), ""),
    )


def _calls(plan: Plan, party: str, lang: str) -> list[Block]:
    """Return whom this party phones first."""
    table = plan.alignment.calls
    mine = table[table["party"] == party].sort_values(["saving_eur", "other_party"], ascending=[False, True])
    heading = Heading(say("Whom do you call?", lang))
    if mine.empty:
        return [heading, Sentence(say("No other party wants to open the same street in these years.", lang))]
    rows = mine.head(MOST_CALLS)
    names = called(rows["other_party"], party_names(plan))
    shown = pd.DataFrame(
        {
            "who": [
                name + (f" ({contact})" if isinstance(contact, str) else "")
                for name, contact in zip(names, rows["contact"], strict=True)
            ],
            "about": [
                listed(streets.split(", "), most=STREETS, lang=lang) if isinstance(streets, str) else "–"
                for streets in rows["streets"]
            ],
            "years": [span(first, last) for first, last in zip(rows["first_year"], rows["last_year"], strict=True)],
            "saving": rows["saving_eur"].array,
        }
    )
    asked = (("paper.party", 2.0), ("paper.about", 2.4), "paper.years", "paper.at_stake")
    return [heading, paper(shown, asked, say("What opening these streets once can save", lang), lang)]


def _coming(plan: Plan, works: pd.DataFrame, lang: str) -> list[Block]:
    """Return the first works of this party: year, what, where and with whom."""
    heading = Heading(say("What do you do first?", lang))
    done = works[works["year"].notna()]
    if done.empty:
        return [heading, Sentence(say("No work has a year.", lang))]
    rows, every = (
        done.head(_room(plan, works)),
        plan.programme.plan.merge(plan.context.works[["work", "owner"]], on="work"),
    )
    where, kinds, names = streets_of(plan.context), kind_names(plan, lang), party_names(plan)
    others = every.dropna(subset=["bundle", "owner"]).groupby("bundle")["owner"].unique()
    own = works["owner"].iloc[0]
    shown = [
        [
            int(year),
            str(kinds.get(kind, kind)).partition(" (")[0],
            listed(str(where.get(work, "–")).split(", "), most=STREETS, lang=lang),
            listed(called(pd.Series([one for one in others.get(bundle, []) if one != own]), names), most=3, lang=lang) or "–",
        ]
        for year, kind, work, bundle in zip(rows["year"], rows["kind"], rows["work"], rows["bundle"], strict=True)
    ]  # fmt: skip
    asked = (("programme.plan.year", 0.6), ("paper.what", 1.6), ("paper.streets", 2.2), ("paper.partners", 2.0))
    more = len(done) - len(rows)
    rest = [Sentence(many(more, "One more work follows; see your workbook.", "{count} more works follow; see your workbook.", lang), "small")] if more else []  # fmt: skip
    return [heading, paper(shown, asked, say("Your first works, in order of year", lang), lang), *rest]


def _room(plan: Plan, works: pd.DataFrame) -> int:
    """Return how many works fit on the page, beside its calls and what is left undone."""
    calls = int((plan.alignment.calls["party"] == works["owner"].iloc[0]).sum())
    undone = int(works["year"].isna().sum())
    return (
        max(LINES - 2 * min(calls, MOST_CALLS) - 3 * (1 + min(undone, MOST_UNDONE)) * bool(undone), LEAST_WORKS * 2)
        // 2
        + 2
    )


def _undone(works: pd.DataFrame, lang: str) -> list[Block]:
    """Return which works of this party are left undone, and why."""
    undone = works[works["year"].isna()]
    if undone.empty:
        return []
    reasons = [
        f"{name}: {why}" if isinstance(why, str) else str(name)
        for name, why in zip(undone["name"].fillna(undone["work"]), undone[f"why_{lang}"], strict=True)
    ][:MOST_UNDONE]
    heading = many(len(undone), "One work is left undone", "{count} works are left undone", lang)
    return [Heading(heading), *(Sentence(text, "small") for text in reasons)]
