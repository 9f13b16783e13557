"""What a business case comes to: the answer first, then the alternatives beside each other. (nl: uitkomst van de businesscase)."""

import pandas as pd

from koppelkans.appraisal.business.product import ALTERNATIVE_WORDS as WORDS
from koppelkans.appraisal.business.product import ALTERNATIVES, CITY
from koppelkans.ground.words import euros, number, say
from koppelkans.report.blocks import Block, Heading, Sentence, Table, TableColumn, Tile, Tiles
from koppelkans.report.names import many
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

CHOSEN = "together"
READS = {
    "exact": "everything is known",
    "at_least": "at least: unknown benefits come on top",
    "at_most": "at most: unknown costs come off",
    "unclear": "not complete: costs and benefits are unknown",
}


def case_answer(plan: Plan, case: str, lang: str) -> list[Block]:
    """Return the heading of a case, the answer in sentences and figures, and the alternatives in a table."""
    row = plan.business.cases.set_index("case").loc[case]
    outcomes = plan.business.outcomes
    outcomes = outcomes[outcomes["case"] == case].set_index("alternative")
    title = say("The whole city", lang) if case == CITY else str(row["name"])
    return [
        Heading(title, new_page=True),
        Sentence(_told(outcomes, row, lang), "lead"),
        _tiles(outcomes.loc[CHOSEN], lang),
        _alternatives(outcomes, lang),
        Sentence(
            say(
                "Every alternative is compared with doing nothing: then things are replaced one by one when they break. Costs are money of those who do the works, benefits are all other effects; both brought back to {year} at {rate} % a year, over {years} years, at the price level of {price}.",
                lang,
                year=plan.business.base_year,
                rate=number(100 * plan.business.rate, lang, 2),
                years=plan.settings.appraisal.business.years,
                price=plan.settings.city.price_year,
            ),
            "small",
        ),
    ]


def _told(outcomes: pd.DataFrame, row: pd.Series, lang: str) -> str:
    """Say in a few sentences what working together is worth, and how sure that is."""
    chosen, apart = outcomes.loc[CHOSEN], outcomes.loc["apart"]
    parts = [many(row["works"], "One work.", "{count} works.", lang)]
    more = int(chosen["npv_eur"] - apart["npv_eur"])
    if chosen["npv_eur"] > 0:
        parts.append(say("Doing this together is worth {amount} more than doing nothing.", lang, amount=euros(chosen["npv_eur"], lang)))  # fmt: skip
    else:
        parts.append(say("As far as it is known, doing this together brings {amount} less than it costs.", lang, amount=euros(-chosen["npv_eur"], lang)))  # fmt: skip
    if more > 0:
        parts.append(say("That is {amount} better than each apart.", lang, amount=euros(more, lang)))
    elif more < 0:
        parts.append(say("That is {amount} worse than each apart.", lang, amount=euros(-more, lang)))
    if chosen["pm"]:
        parts.append(
            many(chosen["pm"], "One amount is unknown (p.m.) and not in this.", "{count} amounts are unknown (p.m.) and not in this.", lang)
        )  # fmt: skip
    if chosen["needed_eur_per_year"] > 0:
        parts.append(say("What is unknown must bring {amount} every year to make up for it.", lang, amount=euros(chosen["needed_eur_per_year"], lang)))  # fmt: skip
    return " ".join(parts)


def _tiles(chosen: pd.Series, lang: str) -> Tiles:
    """Return the outcome of the alternative together in figures."""
    payback = chosen["payback_year"]
    spread = say("in 8 of 10 draws between {low} and {high}", lang, low=euros(chosen["p10_eur"], lang), high=euros(chosen["p90_eur"], lang))  # fmt: skip
    ratio = chosen["ratio"]
    chance = chosen["above_zero"]
    return Tiles(
        (
            Tile(euros(chosen["npv_eur"], lang), say("net present value, together", lang), "" if pd.isna(chance) else spread),
            Tile(
                "–" if pd.isna(ratio) else number(ratio, lang, 2),
                say("euros of benefits per euro of costs", lang),
                say("costs less than doing nothing", lang) if pd.isna(ratio) else "",
            ),
            Tile(
                "–" if pd.isna(payback) else str(int(payback)),
                say("year in which it is paid back", lang),
                say("not within the years that are compared", lang) if pd.isna(payback) else "",
            ),
            Tile(
                "–" if pd.isna(chance) else number(100 * chance, lang) + " %",
                say("of the draws above zero", lang),
                say("all key figures drawn within their ranges", lang),
            ),
            Tile(number(chosen["pm"], lang), say("amounts unknown (p.m.)", lang), say(READS[chosen["reads"]], lang)),
        )
    )  # fmt: skip


def _alternatives(outcomes: pd.DataFrame, lang: str) -> Table:
    """Return the alternatives beside each other."""
    rows = [
        [
            say(WORDS[name], lang),
            euros(row["cost_eur"], lang),
            euros(row["benefit_eur"], lang),
            euros(row["npv_eur"], lang),
            "–" if pd.isna(row["ratio"]) else number(row["ratio"], lang, 2),
            "–" if pd.isna(row["payback_year"]) else str(int(row["payback_year"])),
            "–" if pd.isna(row["above_zero"]) else number(100 * row["above_zero"], lang) + " %",
            number(row["pm"], lang),
        ]
        for name in ALTERNATIVES
        if name != "null"
        for row in (outcomes.loc[name],)
    ]
    heads = ("Costs", "Benefits", "Balance", "Ratio", "Paid back", "Above zero", "Unknown")
    columns = (
        paper_column("business.outcomes", "alternative", lang, share=1.5),
        *(TableColumn(say(head, lang), "right", 0.9 if at > 2 else 1.0) for at, head in enumerate(heads)),  # noqa: PLR2004
    )
    return Table(columns, rows, say("Each alternative against doing nothing, present values", lang))
