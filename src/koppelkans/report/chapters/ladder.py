"""From amount to amount: every total of the programme, and how one follows from the other. (nl: van bedrag naar bedrag)."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from koppelkans.account import Account
from koppelkans.account.charge import paid_for_others
from koppelkans.account.figures import FIGURES, LADDER, AccountFigure
from koppelkans.ground.words import euros, say
from koppelkans.report.document import Block, Heading, Picture, Sentence, Table
from koppelkans.report.names import called, party_names, purse_names, runs
from koppelkans.report.paper import Asked, amounts, paper
from koppelkans.report.pictures.look import ACCENT, INK, WARN, WIDTH, svg
from koppelkans.report.plan import Plan
from koppelkans.report.scope import scope_note
from koppelkans.rules.purses import OWN

WEIGHED = tuple(kind.key for kind in FIGURES if kind.rung == "weighed")
TOLD = (*LADDER, "on_top_assumed_eur", *WEIGHED, "saving_eur", "own_saving_eur")
OWNER_FIGURES = (
    "works_eur",
    "openings_eur",
    "on_top_eur",
    "investment_eur",
    "charged_eur",
    "uncovered_eur",
    "saving_eur",
)

UNCOVERED = ("uncovered_works_eur", "uncovered_openings_eur", "uncovered_eur")
WHOM = {"public": "everyone", "party": "{party}", "inside": "those inside"}
"""For whom the reports of a circle are."""
OTHERS = {
    "public": "In reports for those inside and for one party the amounts can be higher: they see more.",
    "party": "In reports for others the amounts can differ: there what they may see is counted.",
    "inside": "In reports for others the amounts can be lower: there only what they may see is counted.",
}
"""Why the same total can be another amount in the reports of another circle."""
LEAST_MOVED = 100
"""Euros that one purse pays for another owner from which it is told; less than that comes of whole euros."""
STEP_UP, STEP_OPEN = "#6fa8a8", WARN
"""Colours of a step of the ladder, and of what no purse pays."""


def ladder(plan: Plan, lang: str) -> list[Block]:
    """Return the ladder as picture and table, with the account per owner."""
    account = plan.account
    heading = say("From amount to amount", lang)
    if account.figures.empty:
        return [Heading(heading), Sentence(say("Nothing was counted: there is no account.", lang))]
    figures = {key: account.figure(key) for key in TOLD}
    intro = say(
        "Every total in the reports for {whom} is one of these amounts, with the same name and the same euros. {others} They are not discounted, at the price level of {year}, without VAT.",
        lang,
        whom=say(WHOM[plan.viewer.circle], lang, party=plan.viewer.name or plan.viewer.party),
        others=say(OTHERS[plan.viewer.circle], lang),
        year=plan.settings.city.price_year,
    )
    return [
        Heading(heading),
        Sentence(intro),
        *scope_note(plan, lang),
        Picture(waterfall([figures[key] for key in LADDER], lang=lang), _in_words(figures, lang), heading),
        _told(account, figures, lang),
        Sentence(_undone(account, lang)),
        *_owners(plan, lang),
        *_for_others(plan, lang),
        *_uncovered(plan, lang),
    ]


def _told(account: Account, figures: dict[str, AccountFigure], lang: str) -> Table:
    """Return the table of figures, with what is in each and which share of it is assumed."""
    shares = account.figures.set_index("figure")["assumed_share"]
    rows = [(figures[key].called(lang), figures[key].amount, figures[key].holds(lang), shares.get(key)) for key in TOLD]
    asked = (
        ("paper.account_figure", 1.5),
        ("paper.amount", 0.9),
        ("paper.what_holds", 4.2),
        ("paper.assumed_part", 0.8),
    )
    return paper(rows, asked, say("What is in each amount", lang), lang)


def _in_words(figures: dict[str, AccountFigure], lang: str) -> str:
    """Return what the picture of the ladder shows."""
    return "; ".join(f"{figures[key].called(lang)} {figures[key].text(lang)}" for key in LADDER) + "."


def _undone(account: Account, lang: str) -> str:
    """Return what is left undone, in numbers that are no money won or lost."""
    share, years = account.figure("undone_need_share"), account.figure("undone_backlog_years")
    cost = account.figure("undone_cost_eur")
    text = say("Left undone: {count} works.", lang, count=account.figure("undone_works").text(lang))
    if cost.amount:
        text += " " + say(
            "As far as known they would cost {cost}, without opening the street.", lang, cost=cost.text(lang)
        )
    if share.amount is not None:
        text += " " + say("{share} of the need that all works would meet stays.", lang, share=share.text(lang))
    if years.amount is not None:
        text += " " + say(
            "At the end they are {years} years past their best year on average.", lang, years=years.text(lang)
        )
    return text


def _owners(plan: Plan, lang: str) -> list[Block]:
    """Return the account per owner, adding up to the whole."""
    table = plan.account.owners
    if table.empty:
        return []
    figures = [plan.account.figure(name) for name in OWNER_FIGURES]
    shown = [
        (name, figure)
        for name, figure in zip(OWNER_FIGURES, figures, strict=True)
        if figure.amount or name != "on_top_eur"
    ]
    order = table.sort_values(["investment_eur", "owner"], ascending=[False, True])
    names = called(order["owner"], party_names(plan))
    owners = [name if name != "–" else say("without owner", lang) for name in names]
    rows = [*zip(owners, *(order[column] for column, _ in shown), strict=True)]
    total = (say("Together", lang), *(figure.amount for _, figure in shown))
    asked: tuple[Asked, ...] = (
        ("programme.split.owner", 1.6),
        *((amounts(figure.called(lang)), 1.2) for _, figure in shown),
    )
    return [paper([*rows, total], asked, say("The account per owner", lang), lang, total=True)]


def _for_others(plan: Plan, lang: str) -> list[Block]:
    """Return what purses pay of the part of another owner, which is to be agreed; nothing where each pays its own."""
    owners = dict(zip(plan.account.works["work"], plan.account.works["owner"], strict=True))
    table = paid_for_others(plan.account.charges, owners, _payers(plan))
    table = table[table["amount_eur"] >= LEAST_MOVED]
    if table.empty:
        return []
    purses, names = purse_names(plan, lang), party_names(plan)
    rows = [
        [purses.get(fund, fund), names.get(owner, owner), amount]
        for fund, owner, amount in table[["fund", "owner", "amount_eur"]].itertuples(index=False)
    ]
    asked: tuple[Asked, ...] = (("paper.purse", 2.0), ("paper.for_whom", 2.0), "paper.amount")
    told = say("These purses also pay a part of opening streets that is of another owner, whose own purse lacks room then. That is still to be agreed. In the account per owner it stands with the owner whose part it is.", lang)  # fmt: skip
    return [Sentence(told), paper(rows, asked, say("Paid for another: to be agreed", lang), lang)]


def _payers(plan: Plan) -> dict[str, str]:
    """Return the owner of each purse; the municipality where a declared one names none."""
    city = next((party.party for party in plan.settings.parties if party.kind == "gemeente"), "")
    declared = {fund.fund: fund.owner or city for fund in plan.settings.funds}
    own = {fund: fund.removeprefix(OWN) for fund in plan.account.charges["fund"] if fund.startswith(OWN)}
    return {fund: owner for fund, owner in (declared | own).items() if owner}


def _uncovered(plan: Plan, lang: str) -> list[Block]:
    """Return what no purse pays per party, with the years and the year of most; nothing where all is paid."""
    table = plan.account.uncovered
    if table.empty:
        return []
    names = called(table["owner"], party_names(plan))
    kept = table.assign(name=[name if name != "–" else say("without owner", lang) for name in names])
    rows = []
    for name, part in kept.groupby("name", sort=False):
        most = part.loc[part["uncovered_eur"].idxmax()]
        sums = [int(part[column].sum()) for column in UNCOVERED]
        rows.append([name, *sums, runs(part["year"]), f"{most['year']}: {euros(most['uncovered_eur'], lang)}"])
    rows.sort(key=lambda row: (-row[len(UNCOVERED)], row[0]))
    asked: tuple[Asked, ...] = (
        ("account.uncovered.owner", 1.6),
        *((f"account.uncovered.{column}", 1.1) for column in UNCOVERED),
        ("paper.too_little", 1.4),
        ("paper.most_in", 1.4),
    )
    return [paper(rows, asked, say("Uncovered, per party; per year in the workbook", lang), lang)]


def waterfall(steps: Sequence[AccountFigure], *, lang: str) -> str:
    """Draw the ladder: each amount starts where the one before it ends, sums at zero.

    `steps` are the figures of the ladder in their order; one that adds up starts from zero, the last two divide the investment.
    """
    rows, level = [], 0.0
    for step in steps:
        amount = step.amount or 0.0
        whole = bool(step.kind.adds) and step.key != "uncovered_eur"
        low = 0.0 if whole or step.key == "charged_eur" else level
        level = low + amount
        colour = STEP_OPEN if step.key == "uncovered_eur" else ACCENT if whole else STEP_UP
        rows.append({"name": step.called(lang), "low": low, "high": level, "text": step.text(lang), "colour": colour})
    shown = pd.DataFrame(rows)
    most = max(float(shown["high"].max()), 1.0)
    names = shown["name"].tolist()
    base = alt.Chart(shown).encode(
        y=alt.Y("name:N", sort=names, title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=230))
    )
    x = alt.X("low:Q", title=None, scale=alt.Scale(domain=[0, 1.18 * most]), axis=None)
    bars = base.mark_bar(size=15).encode(x=x, x2="high:Q", color=alt.Color("colour:N", scale=None))
    words = base.mark_text(align="left", dx=5, fontSize=11, color=INK).encode(
        x=alt.X("high:Q", axis=None), text="text:N"
    )
    return svg(alt.layer(bars, words).properties(width=WIDTH - 240, height=22 * len(shown)), lang=lang)
