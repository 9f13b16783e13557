"""From which purses a case is paid, and who pays in advance. (nl: financiering)."""

import pandas as pd

from koppelkans.appraisal.business.product import CITY
from koppelkans.appraisal.financing.product import FACILITY_WORDS, UPTAKE_WORDS
from koppelkans.ground.words import euros, number, say
from koppelkans.report.document import (
    Block,
    Heading,
    Picture,
    Sentence,
    Table,
    Tile,
    Tiles,
)
from koppelkans.report.names import called, kind_names, many, party_names, purse_names, span, work_names
from koppelkans.report.paper import Asked, amounts, first_rows, paper
from koppelkans.report.pictures.case_charts import balances
from koppelkans.report.plan import Plan
from koppelkans.report.table import sheet_name
from koppelkans.rules.purse_sorts import purse_sorts

MOST_GAPS = 12
MOST_USERS = 6
"""Later users that fit beside each other in a table; with more the workbook has them, year by year."""


def purses(plan: Plan, case: str, lang: str, *, level: int = 2) -> list[Block]:
    """Return what is to be paid in a case, from which purses, and the gaps with their reasons."""
    covered = plan.financing.coverage
    covered = covered if case == CITY else covered[covered["case"] == case]
    heading = Heading(say("Which purse pays", lang), level)
    if covered.empty:
        return [heading, Sentence(say("No work of this is in the programme, or not everyone may see it.", lang))]
    mix = plan.financing.mix
    mix = mix if case == CITY else mix[mix["case"] == case]
    return [
        heading,
        _tiles(covered, lang),
        _paid(plan, mix, lang),
        *_gaps(plan, covered, lang),
        *(_rules(plan, lang) if case == CITY else _short_rules(plan, mix, lang)),
    ]


def _tiles(covered: pd.DataFrame, lang: str) -> Tiles:
    """Return cost, cover and gap in one look."""
    unknown = int(covered["cost_eur"].isna().sum())
    note = many(unknown, "and one work of unknown cost", "and {count} works of unknown cost", lang) if unknown else ""
    gap = int(covered["gap_eur"].sum())
    return Tiles(
        (
            Tile(euros(int(covered["wanted_eur"].sum()), lang), say("to be paid, with opening the street", lang), note),
            Tile(
                euros(int(covered["given_eur"].sum() + covered["assumed_eur"].sum()), lang),
                say("paid from purses", lang),
                say("of which {amount} from purses of which no amount was given", lang, amount=euros(int(covered["assumed_eur"].sum()), lang)),
            ),
            Tile(euros(gap, lang), say("gap: no purse pays this", lang), ""),
        )
    )  # fmt: skip


def _paid(plan: Plan, mix: pd.DataFrame, lang: str) -> Table:
    """Return what each purse pays per year."""
    names, sorts = purse_names(plan, lang), plan.financing.purses.set_index("fund")["sort"]
    summed = mix.groupby(["fund", "basis"], as_index=False)["amount_eur"].sum()
    summed = summed.sort_values(["amount_eur", "fund"], ascending=[False, True])
    parties = party_names(plan)
    held = mix.groupby("fund")["holder"].agg(lambda part: ", ".join(sorted({parties.get(name, name) for name in part})))
    rows = [
        (names.get(fund, fund), _sort(sorts.get(fund), lang), held[fund], basis, paid)
        for fund, basis, paid in summed.itertuples(index=False, name=None)
    ]
    whole = (say("Together", lang), "", "", "", int(mix["amount_eur"].sum()))
    asked = (
        ("paper.purse", 1.8), ("paper.purse_sort", 1.2), ("paper.holder", 1.2), ("paper.budget_is", 1.0), "paper.pays",
    )  # fmt: skip
    years = span(mix["year"].min(), mix["year"].max())
    return paper([*rows, whole], asked, say("What each purse pays, in {years}", lang, years=years), lang, total=True)


def _sort(sort: object, lang: str) -> str:
    """Return what a sort of purse is called; a dash where none was named."""
    return str(getattr(purse_sorts()[sort], lang)) if isinstance(sort, str) else "–"


def _gaps(plan: Plan, covered: pd.DataFrame, lang: str) -> list[Block]:
    """Return the works that are not paid whole, with the reason."""
    short = covered[(covered["gap_eur"].fillna(0) > 0) | covered["cost_eur"].isna()]
    if short.empty:
        return [Sentence(say("Every part has a purse: there is no gap.", lang))]
    short = short.assign(size=short["gap_eur"].fillna(0)).sort_values(["size", "work"], ascending=[False, True])
    works = work_names(plan)
    shown = short[["work", "year", "wanted_eur", "given_eur", "gap_eur", "reason"]].assign(
        work=called(short["work"], works),
        wanted_eur=short["wanted_eur"].where(short["cost_eur"].notna()),
        given_eur=short["given_eur"] + short["assumed_eur"],
    )
    asked = (
        ("context.works.name", 2.0), "financing.coverage.year", "paper.to_be_paid", "paper.covered", "paper.gap",
        ("paper.because", 1.6),
    )  # fmt: skip
    caption = say("Gaps, the largest first: nobody has promised this money", lang)
    return first_rows(shown, asked, caption, lang, most=MOST_GAPS, sheet=sheet_name("financing.coverage", lang))


def _short_rules(plan: Plan, mix: pd.DataFrame, lang: str) -> list[Block]:
    """Return the rules of the purses that pay here, with their source, in small print."""
    table = plan.financing.purses
    used = table[table["fund"].isin(mix["fund"])]
    names = purse_names(plan, lang)
    return [
        Sentence(f"{names[fund]}: {rule} ({say(source, lang)}; {_status(status, lang)})", "small")
        for fund, rule, source, status in zip(
            used["fund"], used[f"rule_{lang}"], used["source"], used["status"], strict=True
        )
        if not fund.startswith("own:")
    ]


def _rules(plan: Plan, lang: str) -> list[Block]:
    """Return every purse with its rule, money and what lapses."""
    table, names = plan.financing.purses.sort_values(["order", "fund"]), purse_names(plan, lang)
    table = table[~table["fund"].str.startswith("own:")]
    told = [
        f"{rule} ({say(source, lang)}; {_status(status, lang)})"
        for rule, source, status in zip(table[f"rule_{lang}"], table["source"], table["status"], strict=True)
    ]
    until = table["last_year"].astype("object")
    shown = table[["fund", "budget_eur", "used_eur", "lapsed_eur", "last_year"]].assign(
        fund=table["fund"].map(names), last_year=until.astype("str").where(until.notna(), ""), rule=told
    )
    asked = (
        ("paper.purse", 1.2), "paper.budget", "paper.used", "paper.lapses", "paper.until", ("paper.rule_and_source", 3.0),
    )  # fmt: skip
    refused, kinds = table.dropna(subset=["forbidden"]), kind_names(plan, lang)
    warnings: list[Block] = [
        Sentence(
            say(
                "{purse} was told to pay {kinds}; its rule forbids that, so it does not.",
                lang,
                purse=names[fund],
                kinds=", ".join(kinds.get(kind, kind) for kind in barred.split(", ")),
            ),
            "note",
        )
        for fund, barred in zip(refused["fund"], refused["forbidden"], strict=True)
    ]
    caption = say("Purses in the order in which they pay", lang)
    return [*warnings, paper(shown, asked, caption, lang), *_charges(plan, lang)]


def _status(status: str, lang: str) -> str:
    """Return whether the source of a rule was read, in words."""
    return say("source read", lang) if status == "verified" else say("not checked", lang)


def _charges(plan: Plan, lang: str) -> list[Block]:
    """Return the capital charges of credits, per five years."""
    table = plan.financing.charges
    if table.empty:
        return []
    first = int(table["year"].min())
    kept = table[((table["year"] - first) % 5 == 0) | (table["year"] == table["year"].max())]
    summed = kept.groupby("year")[["opening_eur", "interest_eur", "depreciation_eur", "charge_eur"]].sum()
    asked = (
        "financing.coverage.year",
        "paper.book_value",
        "paper.interest",
        "paper.depreciation",
        "paper.capital_charges",
    )
    caption = say("Capital charges of credits, every five years; all years stand in the workbook", lang)
    text = say(
        "What credits pay is put on the balance sheet; every later budget bears interest and depreciation, {amount} in all.",
        lang,
        amount=euros(int(table["charge_eur"].sum()), lang),
    )
    return [Sentence(text), paper(summed.reset_index(), asked, caption, lang)]


def advance(plan: Plan, case: str, lang: str, *, level: int = 2) -> list[Block]:
    """Return the plan of pre-financing of every facility of a case.

    Nothing where it has none. The city has all.
    """
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
    figures = ["opening_eur", "advance_eur", "interest_eur", "repayment_eur", "closing_eur"]
    full = rows[rows["uptake"] == "full"].set_index("year")[figures]
    others = {
        name: rows[rows["uptake"] == name].set_index("year")["closing_eur"] for name in ("expected", "low", "none")
    }
    amounts = ("start", "advance", "interest", "paid_back", "closing", "expected", "few", "nobody")
    caption = say(
        "The loan year by year if all users come; the last three columns are the balance at the end in the other cases",
        lang,
    )
    asked = ("financing.advances.year", *(f"paper.{name}" for name in amounts))
    return paper(full.assign(**others).reset_index(), asked, caption, lang)


def _users(plan: Plan, back: pd.DataFrame, lang: str) -> Table:
    """Return what each user pays in all, and from when."""
    summed = back.groupby("user").agg(first=("year", "min"), last=("year", "max"), amount=("amount_eur", "sum"))
    summed = summed.reset_index().sort_values(["first", "user"])
    years = [span(first, last) for first, last in zip(summed["first"], summed["last"], strict=True)]
    shown = summed[["user", "first", "amount"]].assign(user=called(summed["user"], party_names(plan)), first=years)
    asked = (("financing.repayments.user", 2.0), "paper.pays_in", "paper.pays_in_all")
    return paper(shown, asked, say("What each user pays back if all come", lang), lang)


def _per_year(plan: Plan, back: pd.DataFrame, lang: str) -> list[Block]:
    """Return who pays back what in which year; nothing where that is one payment each, or where there are too many users."""
    users = sorted(back["user"].unique())
    if not 0 < len(users) <= MOST_USERS or len(back) == len(users):
        return []
    wide = back.pivot_table(index="year", columns="user", values="amount_eur", aggfunc="sum").reindex(columns=users)
    shown = wide.assign(together=wide.sum(axis=1).astype("int64")).reset_index()
    heads = (*called(pd.Series(users), party_names(plan)), say("Together", lang))
    asked: tuple[Asked, ...] = ("financing.advances.year", *(amounts(head) for head in heads))
    return [paper(shown, asked, say("Who pays back what in which year, if all come", lang), lang)]
