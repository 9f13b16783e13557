"""From amount to amount: every total of the programme, and how one follows from the other. (nl: van bedrag naar bedrag)."""

from koppelkans.account import Account
from koppelkans.account.figures import FIGURES, LADDER, AccountFigure
from koppelkans.ground.words import euros, number, say
from koppelkans.report.document import Block, Heading, Picture, Sentence, Table, TableColumn
from koppelkans.report.names import called, party_names
from koppelkans.report.pictures.charts import waterfall
from koppelkans.report.plan import Plan

WEIGHED = tuple(kind.key for kind in FIGURES if kind.rung == "weighed")
TOLD = (*LADDER, *WEIGHED, "saving_eur", "own_saving_eur")
OWNER_FIGURES = (
    "works_eur",
    "openings_eur",
    "on_top_eur",
    "investment_eur",
    "charged_eur",
    "uncovered_eur",
    "saving_eur",
)


def ladder(plan: Plan, lang: str) -> list[Block]:
    """Return the ladder as a picture and a table, what is weighed beside it, and the account per owner."""
    account = plan.account
    heading = say("From amount to amount", lang)
    if account.figures.empty:
        return [Heading(heading), Sentence(say("Nothing was counted: there is no account.", lang))]
    figures = {key: account.figure(key) for key in TOLD}
    intro = say(
        "Every total in these reports is one of these amounts, with the same name and the same euros everywhere. They are not discounted, at the price level of {year}, without VAT.",
        lang,
        year=plan.settings.city.price_year,
    )
    return [
        Heading(heading, new_page=True),
        Sentence(intro),
        *_circle(account, lang),
        Picture(waterfall([figures[key] for key in LADDER], lang=lang), _in_words(figures, lang), heading),
        Table(_columns(lang), [_row(account, figures[key], lang) for key in TOLD], say("What is in each amount", lang)),
        Sentence(_undone(account, lang)),
        *_owners(plan, lang),
    ]


def _circle(account: Account, lang: str) -> list[Block]:
    """Return for whom the account was counted, where not all is in it."""
    if account.figures["circle"].iloc[0] == "inside":
        return []
    text = (
        "This is the account of what everyone may see: what other parties do not share with everyone is in no amount."
    )
    return [Sentence(say(text, lang), "small")]


def _columns(lang: str) -> tuple[TableColumn, ...]:
    """Return the columns of the table of figures."""
    return (
        TableColumn(say("Amount of the account", lang), share=1.5),
        TableColumn(say("Euros", lang), "right", 0.9),
        TableColumn(say("What is in it", lang), share=4.2),
        TableColumn(say("Assumed", lang), "right", 0.7),
    )


def _row(account: Account, figure: AccountFigure, lang: str) -> list[str]:
    """Return the row of one figure."""
    share = account.figures.set_index("figure")["assumed_share"].get(figure.key)
    assumed = number(None if share is None or share != share else 100 * share, lang)  # noqa: PLR0124
    return [figure.called(lang), figure.text(lang), figure.holds(lang), "–" if assumed == "–" else f"{assumed} %"]


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
    rows = [
        [
            name if name != "–" else say("without owner", lang),
            *(euros(row[column], lang) for column, _ in shown),
        ]
        for name, row in zip(names, order.to_dict("records"), strict=True)
    ]
    rows.append([say("Together", lang), *(figure.text(lang) for _, figure in shown)])
    columns = (
        TableColumn(say("Owner", lang), share=1.6),
        *(TableColumn(figure.called(lang), "right", 1.2) for _, figure in shown),
    )
    return [Table(columns, rows, say("The account per owner", lang), total=True)]
