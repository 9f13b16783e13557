"""Money per fund, and people per crew. (nl: geld en mensen)."""

import pandas as pd

from koppelkans.ground.words import number, say
from koppelkans.report.document import Block, Heading, Picture, Sentence, Table
from koppelkans.report.names import fund_names, runs
from koppelkans.report.paper import paper
from koppelkans.report.pictures.charts import MOST_FUNDS, fund_years
from koppelkans.report.plan import Plan


def money(plan: Plan, lang: str) -> list[Block]:
    """Return what each fund spends and has."""
    table = plan.programme.money
    heading = Heading(say("Money per fund", lang))
    if table.empty:
        return [heading, Sentence(say("No fund is drawn upon.", lang))]
    named = table.assign(name=table["fund"].map(fund_names(plan, lang)))
    sums = named.groupby(["fund", "name"], as_index=False).agg(
        budget=("budget_eur", "sum"),
        spent=("spent_eur", "sum"),
        left=("left_eur", "last"),
        assumed=("basis", lambda part: (part == "assumed").all()),
        carries=("carries_over", "last"),
    )
    sums = sums.sort_values(["spent", "fund"], ascending=[False, True])
    alt = say(
        "Chart: what each fund spends and has available per year. The figures stand in the table below and, per year, in the workbook.",
        lang,
    )
    caption = say(
        "Spent and available per year, in thousands of euros. At most {count} funds: those that spend most.",
        lang,
        count=MOST_FUNDS,
    )
    return [
        heading,
        Sentence(
            say(
                "Each fund has its own rule and its own years. Money of one fund never pays for another. “Assumption” means that the city gave no budget: the fund then holds nothing back, and pays what the programme asks of it. Spent holds the works and the fair part of opening and closing the streets.",
                lang,
            )
        ),
        Picture(fund_years(named, lang=lang), alt, caption),
        _funds(plan, sums, lang),
        *_scarce(named, lang),
    ]


SPARE = 0.1
"""Share of what a fund holds that may be left of it in a year in which it is called short."""


def short_of_money(money: pd.DataFrame) -> pd.DataFrame:
    """Return funds and years that are nearly used up and where a euro helps, the dearest first.

    A fund that carries over is as short as it is in the leanest year that follows. What one euro is worth is read from a search in
    which works may be done in parts: of a fund that holds much that is not used it would say what no reader sees.
    """
    kept = money.sort_values(["fund", "year"])
    holds = kept["spent_eur"] + kept["left_eur"]
    free = (kept["left_eur"] / holds.where(holds > 0)).fillna(0.0).astype("float64")
    later = free[::-1].groupby(kept["fund"][::-1]).cummin()[::-1]
    tight = later.where(kept["carries_over"], free) <= SPARE
    short = kept[(kept["worth_per_eur"] > 0) & tight]
    return short.sort_values(["worth_per_eur", "fund", "year"], ascending=[False, True, True])


def _scarce(named: pd.DataFrame, lang: str) -> list[Block]:
    """Return in which years one more euro in a fund lowers the weighted cost, and in which most."""
    heading = Heading(say("What one more euro changes", lang), 2)
    if named["worth_per_eur"].isna().all():
        return []
    first = int(named["year"].min())
    dearest = short_of_money(named)
    if dearest.empty:
        text = "In no fund and year does one more euro change anything. A work may still not fit: it asks for more than one euro."
        return [heading, Sentence(say(text, lang))]
    text = "The price of money: how much one more euro in that fund and year lowers the weighted cost. It is a weight, no money that comes back. Worked out at the margin of the proof, in euros of {first}. Here stand only funds that are nearly used up. Elsewhere a work may not fit either: it asks for more than is left then. Every year is in the workbook."
    rows = []
    for _, part in dearest.groupby("fund", sort=False):
        name, year, worth = (part[column].iloc[0] for column in ("name", "year", "worth_per_eur"))
        rows.append([name, runs(part["year"]), str(year), f"€ {number(worth, lang, 2)}"])
    asked = (
        ("programme.money.fund", 2.0), ("paper.too_little", 1.6), ("paper.most_in", 0.9), ("paper.one_more_euro", 1.2),
    )  # fmt: skip
    table = paper(rows, asked, say("Where money is scarce", lang), lang)
    return [heading, Sentence(say(text, lang, first=first)), table]


def _funds(plan: Plan, sums: pd.DataFrame, lang: str) -> Table:
    """Return the sums per fund with its rule."""
    rules = {fund.fund: fund.rule for fund in plan.settings.funds}
    shown = sums[["name", "budget", "spent", "left"]].assign(
        budget=sums["budget"].astype("Float64").where(~sums["assumed"]),
        left=sums["left"].astype("Float64").where(sums["carries"] & ~sums["assumed"]),
        basis=["assumed" if guess else "given" for guess in sums["assumed"]],
        rule=[rules.get(fund, "") for fund in sums["fund"]],
    )
    asked = (
        ("programme.money.fund", 1.5), "paper.budget", "programme.money.spent_eur", "paper.left",
        ("paper.budget_is", 0.9), ("paper.rule", 1.7),
    )  # fmt: skip
    return paper(shown, asked, say("Funds, the largest spender first", lang), lang)


def people(plan: Plan, lang: str) -> list[Block]:
    """Return how busy each crew is."""
    load = plan.programme.load
    heading = Heading(say("People", lang))
    if load.empty:
        return [heading, Sentence(say("No crew is asked: no crew was declared for these kinds of work.", lang))]
    given = load["crew"].isin(load.loc[load["basis"] == "given", "crew"])
    most = load["available_h"].where(given, load.groupby("crew")["used_h"].transform("max"))
    share = load["used_h"] / most.where(most > 0)
    busiest = (
        load.assign(share=share.fillna(0.0))
        .sort_values(["crew", "share", "year"], ascending=[True, False, True])
        .drop_duplicates("crew")
    )
    hours = load.assign(available_h=load["available_h"].astype("Float64").where(given))
    means = hours.groupby("crew")[["available_h", "used_h"]].mean().loc[busiest["crew"]].reset_index(drop=True)
    shown = pd.DataFrame(
        {
            "name": busiest["name"].to_numpy(),
            "available": means["available_h"],
            "used": means["used_h"],
            "year": [
                f"{year} ({number(100 * part, lang)} %)" if known else str(year)
                for year, part, known in zip(busiest["year"], busiest["share"], given[busiest.index], strict=True)
            ],
            "basis": busiest["basis"].to_numpy(),
        }
    )
    asked = (
        ("programme.load.crew", 2.0), ("paper.hours", 1.2), ("paper.hours_used", 1.2), ("paper.busiest_year", 1.2),
        ("paper.hours_are", 1.2),
    )  # fmt: skip
    return [heading, paper(shown, asked, say("Own hours per crew: preparation and supervision", lang), lang)]
