"""What is paid in advance for later users of an underground facility, and what stays if fewer come. (nl: voorfinanciering)."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.product import CITY
from koppelkans.appraisal.financing.product import FACILITY_WORDS, UPTAKE_WORDS
from koppelkans.ground.words import euros, number, say
from koppelkans.report.blocks import Block, Heading, Picture, Sentence, Table, TableColumn
from koppelkans.report.names import called, many, party_names
from koppelkans.report.pictures.loan import balances
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

MOST_USERS = 6
"""Later users that fit beside each other in a table; with more the workbook has them, year by year."""


def advance(plan: Plan, case: str, lang: str, *, level: int = 2) -> list[Block]:
    """Return the plan of pre-financing of every facility of a case; nothing where it has none. The city has all."""
    loans = plan.financing.loans
    loans = loans if case == CITY else loans[loans["case"] == case]
    if loans.empty:
        return []
    made: list[Block] = [Heading(say("Paid in advance for later users", lang), level)]
    for facility in loans["facility"]:
        made += _one(plan, loans.set_index("facility").loc[facility], str(facility), lang)
    return made


def _one(plan: Plan, loan: pd.Series, facility: str, lang: str) -> list[Block]:
    """Return the plan of one facility."""
    rows = plan.financing.advances
    rows = rows[rows["facility"] == facility]
    back = plan.financing.repayments
    back = back[(back["facility"] == facility) & (back["uptake"] == "full")]
    return [
        Sentence(_told(plan, loan, rows, lang)),
        *_notes(loan, lang),
        _picture(rows, lang),
        _schedule(rows, lang),
        _users(plan, back, lang),
        *_per_year(plan, back, lang),
    ]


def _told(plan: Plan, loan: pd.Series, rows: pd.DataFrame, lang: str) -> str:
    """Say who advances what, at which price, and what stays if fewer come."""
    left = rows.sort_values("year").groupby("uptake").tail(1).set_index("uptake")
    repaid = {
        "on_entry": "A place costs {price} when a user comes, plus interest.",
        "yearly": "A place costs {price} a year.",
    }
    text = say(
        "{name} ({what}): {lender} advances {amount} in {year}, at {rate} interest a year.",
        lang,
        name=loan["name"], what=say(FACILITY_WORDS[loan["what"]], lang), lender=party_names(plan).get(loan["lender"], loan["lender"]),
        amount=euros(int(loan["advanced_eur"]), lang), year=loan["year"], rate=number(100 * loan["interest"], lang, 2) + " %",
    )  # fmt: skip
    price = say(repaid[loan["repay"]], lang, price=euros(loan["fee_eur"], lang))
    rest = say(
        "In {year} this is left for {lender}: {full} if all users come, {expected} if {share} come, {low} if {few} come, {none} if nobody comes.",
        lang,
        year=loan["last_year"], lender=party_names(plan).get(loan["lender"], loan["lender"]),
        full=euros(int(left.loc["full", "closing_eur"]), lang), expected=euros(int(left.loc["expected", "closing_eur"]), lang),
        share=number(100 * left.loc["expected", "uptake_share"], lang) + " %", low=euros(int(left.loc["low", "closing_eur"]), lang),
        few=number(100 * left.loc["low", "uptake_share"], lang) + " %", none=euros(int(left.loc["none", "closing_eur"]), lang),
    )  # fmt: skip
    full = rows[rows["uptake"] == "full"]
    back = say(
        "If all come, they pay back {amount} between {first} and {last}, of which {interest} is interest.",
        lang,
        amount=euros(int(full["repayment_eur"].sum()), lang), first=loan["year"], last=loan["last_year"],
        interest=euros(int(full["interest_eur"].sum()), lang),
    )  # fmt: skip
    return f"{text} {price} {back} {rest}"


def _notes(loan: pd.Series, lang: str) -> list[Block]:
    """Return what to know with it: a year that was assumed, and users without a year."""
    made: list[Block] = []
    if loan["year_basis"] == "assumed":
        text = say("The programme does not open its streets; the year of laying is an assumption.", lang)
        made.append(Sentence(text, "note"))
    if loan["undated"]:
        text = many(
            int(loan["undated"]),
            "Of one later user no year is known, or it comes after the last year; its part stays open.",
            "Of {count} later users no year is known, or they come after the last year; their part stays open.",
            lang,
        )
        made.append(Sentence(text, "note"))
    return made


def _picture(rows: pd.DataFrame, lang: str) -> Picture:
    """Return the balances as lines."""
    words = {name: say(text, lang) for name, text in UPTAKE_WORDS.items()}
    order = rows.assign(place=rows["uptake"].map(list(UPTAKE_WORDS).index)).sort_values(["place", "year"])
    drawn = order.assign(outcome=order["uptake"].map(words))
    alt = say(
        "Chart: what is still to be paid back at the end of each year, in four cases. The figures stand in the table below.",
        lang,
    )
    caption = say("Still to be paid back at the end of each year, in thousands of euros", lang)
    return Picture(balances(drawn, lang=lang), alt, caption)


def _schedule(rows: pd.DataFrame, lang: str) -> Table:
    """Return the loan year by year if all come, with the balance in the other cases."""
    full = rows[rows["uptake"] == "full"].set_index("year")
    others = {
        name: rows[rows["uptake"] == name].set_index("year")["closing_eur"] for name in ("expected", "low", "none")
    }
    figures = ["opening_eur", "advance_eur", "interest_eur", "repayment_eur", "closing_eur"]
    cells = [
        [
            str(year),
            *(euros(amount, lang) for amount in amounts),
            *(euros(int(other.loc[year]), lang) for other in others.values()),
        ]
        for year, amounts in zip(full.index, full[figures].to_numpy().tolist(), strict=True)
    ]
    heads = ("At the start", "Advance", "Interest", "Paid back", "At the end", "Expected number", "Few", "Nobody")
    columns = (
        paper_column("financing.advances", "year", lang),
        *(TableColumn(say(head, lang), "right") for head in heads),
    )
    return Table(
        columns,
        cells,
        say(
            "The loan year by year if all users come; the last three columns are the balance at the end in the other cases",
            lang,
        ),
    )


def _users(plan: Plan, back: pd.DataFrame, lang: str) -> Table:
    """Return what each user pays in all, and from when."""
    summed = (
        back.groupby("user")
        .agg(first=("year", "min"), last=("year", "max"), amount=("amount_eur", "sum"))
        .reset_index()
    )
    summed = summed.sort_values(["first", "user"])
    rows = [
        [name, str(first) if first == last else f"{first}–{last}", euros(amount, lang)]
        for name, first, last, amount in zip(
            called(summed["user"], party_names(plan)), summed["first"], summed["last"], summed["amount"], strict=True
        )
    ]
    columns = (
        paper_column("financing.repayments", "user", lang, share=2.0),
        TableColumn(say("Pays in", lang)),
        TableColumn(say("Pays in all", lang), "right"),
    )
    return Table(columns, rows, say("What each user pays back if all come", lang))


def _per_year(plan: Plan, back: pd.DataFrame, lang: str) -> list[Block]:
    """Return who pays back what in which year; nothing where that is one payment each, or where there are too many users."""
    users = sorted(back["user"].unique())
    if not 0 < len(users) <= MOST_USERS or len(back) == len(users):
        return []
    wide = back.pivot_table(index="year", columns="user", values="amount_eur", aggfunc="sum").reindex(columns=users)
    cells = [
        [
            str(year),
            *("–" if pd.isna(one) else euros(int(one), lang) for one in paid),
            euros(int(np.nansum(paid)), lang),
        ]
        for year, paid in zip(wide.index, wide.to_numpy(dtype=float).tolist(), strict=True)
    ]
    heads = (*called(pd.Series(users), party_names(plan)), say("Together", lang))
    columns = (paper_column("financing.advances", "year", lang), *(TableColumn(head, "right") for head in heads))
    return [Table(columns, cells, say("Who pays back what in which year, if all come", lang))]
