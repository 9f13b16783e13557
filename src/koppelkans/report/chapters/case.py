"""A business case: its answer, effects, range, spread and what is unknown. (nl: businesscase)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.outcome import MONEY
from koppelkans.appraisal.business.product import (
    ALTERNATIVE_WORDS,
    ALTERNATIVES,
    BASES,
    CITY,
    LINE_WORDS,
    READING_WORDS,
)
from koppelkans.appraisal.business.rates import rates_of
from koppelkans.appraisal.effects import EFFECTS
from koppelkans.ground.words import euros, number, say
from koppelkans.report.document import Block, Heading, Picture, Sentence, Table, Tile, Tiles
from koppelkans.report.names import effect_names, figure_name, holder_names, listed, many
from koppelkans.report.paper import Asked, amounts, paper
from koppelkans.report.pictures.case_charts import running_sums, spread_bars, tornado, yearly_money
from koppelkans.report.plan import STILL_TO_COME, Plan

ORDER = {effect.name: at for at, effect in enumerate(EFFECTS)}
CHOSEN = "together"
MOST_BARS, MOST_PM, SHOWN_YEARS = 10, 14, 40
MARKS = {"p5_eur": "5 %", "p50_eur": "50 %", "p95_eur": "95 %"}


@dataclass(frozen=True)
class CaseRows:
    """Rows of a case and their amounts per year (eur, NaN where nothing).

    `rows` holds `alternative`, `effect`, `holder`, `side`, `basis`, `pm`, `money` and `rate`.
    """

    rows: pd.DataFrame
    amounts: np.ndarray
    years: list[int]


def case_rows(plan: Plan, case: str) -> CaseRows:
    """Return the cash flows of a case in the order of alternatives and effects."""
    flows = plan.business.flows[plan.business.flows["case"] == case]
    rank = flows["basis"].map({name: at for at, name in enumerate(BASES)})
    key = ["alternative", "effect", "holder", "side"]
    grouped = flows.assign(rank=rank).groupby(key)
    rows = grouped.agg(pm=("pm", "max"), rank=("rank", "max"), first=("year", "min")).reset_index()
    rows["basis"] = rows["rank"].map(dict(enumerate(BASES)))
    places = [rows["alternative"].map({name: at for at, name in enumerate(ALTERNATIVES)}), rows["effect"].map(ORDER)]
    rows = rows.assign(nth=places[0], place=places[1]).sort_values(
        ["nth", "place", "holder", "side"], ignore_index=True
    )
    last = plan.business.base_year + plan.settings.appraisal.business.years
    years = list(range(plan.business.base_year, last))
    wide = flows.pivot_table(index=key, columns="year", values="amount_eur", aggfunc="sum", dropna=False)
    amounts = wide.reindex(index=pd.MultiIndex.from_frame(rows[key]), columns=years).to_numpy(dtype=float)
    amounts = np.where(amounts == 0.0, np.nan, amounts)
    part = plan.settings.appraisal.business
    rows["rate"] = rates_of(rows["effect"], standard=plan.business.rate, part=part)
    rows["money"] = rows["effect"].isin(MONEY)
    return CaseRows(rows, amounts, years)


def alternative_names(lang: str) -> dict[str, str]:
    """Return what each alternative is called."""
    return {name: say(word, lang) for name, word in ALTERNATIVE_WORDS.items()}


def case_answer(plan: Plan, case: str, lang: str) -> list[Block]:
    """Return the answer of a case in sentences and figures, and its alternatives in a table."""
    row = plan.business.cases.set_index("case").loc[case]
    outcomes = plan.business.outcomes
    outcomes = outcomes[outcomes["case"] == case].set_index("alternative")
    title = say("The whole city", lang) if case == CITY else str(row["name"])
    return [
        Heading(title),
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


def city_case(plan: Plan, lang: str) -> list[Block]:
    """Return the answer of the business case of the whole city; nothing for who may not see it."""
    heading = Heading(say("What it costs and brings: the business case of the city", lang))
    if "business" in plan.to_come:
        return [heading, Sentence(say(STILL_TO_COME, lang))] if plan.viewer.circle == "inside" else []
    if CITY not in set(plan.business.cases["case"]):
        return []
    return [heading, *case_answer(plan, CITY, lang)[1:]]


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
            Tile(number(chosen["pm"], lang), say("amounts unknown (p.m.)", lang), say(READING_WORDS[chosen["reads"]], lang)),
        )
    )  # fmt: skip


def _alternatives(outcomes: pd.DataFrame, lang: str) -> Table:
    """Return the alternatives beside each other."""
    figures = ["cost_eur", "benefit_eur", "npv_eur", "ratio", "payback_year", "above_zero", "pm"]
    order = [name for name in ALTERNATIVES if name != "null"]
    shown = outcomes.loc[order, figures].reset_index()
    shown["payback_year"] = shown["payback_year"].astype("str").where(shown["payback_year"].notna())
    heads = ("costs", "benefits", "balance", "ratio", "payback_year", "above_zero", "unknown")
    asked = (
        ("business.outcomes.alternative", 1.5),
        *((f"paper.{name}", 0.9 if at > 2 else 1.0) for at, name in enumerate(heads)),  # noqa: PLR2004
    )
    return paper(shown, asked, say("Each alternative against doing nothing, present values", lang), lang)


def case_effects(plan: Plan, case: str, lang: str) -> list[Block]:
    """Return the present value of each effect, done nothing and together, with pictures."""
    made = case_rows(plan, case)
    factors = (1.0 + made.rows["rate"].to_numpy()[:, None]) ** -np.arange(len(made.years))
    worth = np.nansum(made.amounts * factors, axis=1)
    sums = made.rows.assign(worth=worth).pivot_table(
        index="effect", columns="alternative", values="worth", aggfunc="sum"
    )
    sums = sums.reindex(columns=["null", CHOSEN]).fillna(0.0)
    sums = sums[(sums.abs() >= 0.5).any(axis=1)]  # noqa: PLR2004 -- half a euro
    names, sums = effect_names(lang), sums.assign(difference=sums[CHOSEN] - sums["null"])
    rows = [(names[effect], *worths) for effect, *worths in sorted(sums.itertuples(), key=lambda row: ORDER[row[0]])]
    whole = (say("All together", lang), *sums.sum())
    heads = (amounts(say(ALTERNATIVE_WORDS[name], lang).capitalize()) for name in ("null", CHOSEN))
    asked: tuple[Asked, ...] = (("business.flows.effect", 2.0), *heads, "paper.difference")
    caption = say("Present value per effect; costs below zero", lang)
    table = paper([*rows, whole], asked, caption, lang, total=True)
    return [Heading(say("Where it comes from", lang), 2), table, *_pictures(made, lang)]


def _differences(made: CaseRows) -> pd.DataFrame:
    """Return per alternative and year the difference with doing nothing: money, effect, and both discounted."""
    factors = (1.0 + made.rows["rate"].to_numpy()[:, None]) ** -np.arange(len(made.years))
    parts = []
    for alternative in [name for name in ALTERNATIVE_WORDS if name != "null"]:
        sign = np.where(
            made.rows["alternative"] == alternative, 1.0, np.where(made.rows["alternative"] == "null", -1.0, 0.0)
        )
        signed = np.nan_to_num(made.amounts) * sign[:, None]
        money = made.rows["money"].to_numpy()
        parts.append(
            pd.DataFrame(
                {
                    "alternative": alternative,
                    "year": made.years,
                    "money": signed[money].sum(axis=0),
                    "effect": signed[~money].sum(axis=0),
                    "running_eur": (signed * factors).sum(axis=0).cumsum(),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _pictures(made: CaseRows, lang: str) -> list[Block]:
    """Return the cash flow per year of the alternative together, and the running sum of every alternative."""
    rows = _differences(made)
    chosen = rows[rows["alternative"] == CHOSEN].head(SHOWN_YEARS)
    words = {"money": say("money of those who do the works", lang), "effect": say("all other effects", lang)}
    long = pd.concat([chosen[["year"]].assign(what=word, amount_eur=chosen[name]) for name, word in words.items()])
    names = {name: say(word, lang) for name, word in ALTERNATIVE_WORDS.items()}
    alt = say("Chart of the cash flows; the figures stand per year in the workbook of business cases.", lang)
    return [
        Picture(
            yearly_money(long, lang=lang),
            alt,
            say("Together against doing nothing, per year, in thousands of euros, not discounted: the first {count} years", lang, count=len(chosen)),
        ),
        Picture(
            running_sums(rows, names=names, lang=lang),
            alt,
            say("Running sum of discounted differences with doing nothing, in thousands of euros: above zero it is paid back", lang),
        ),
    ]  # fmt: skip


def case_tornado(plan: Plan, case: str, lang: str) -> list[Block]:
    """Return how far the outcome moves with each key figure, and where it would be nothing."""
    bars = plan.business.tornado
    bars = bars[(bars["case"] == case) & (bars["alternative"] == CHOSEN)].head(MOST_BARS)
    heading = Heading(say("What moves the outcome", lang), 2)
    if bars.empty:
        return [heading, Sentence(say("No key figure of this case has a range.", lang))]
    named = bars.assign(figure=[figure_name(plan, name, lang) for name in bars["figure"]])
    outcomes = plan.business.outcomes.set_index(["case", "alternative"])
    npv = float(outcomes.loc[(case, CHOSEN), "npv_eur"])
    turning = named[named["low_eur"] * named["high_eur"] < 0]
    words = listed(turning["figure"], most=MOST_BARS, lang=lang)
    told = (
        say("Within its range one figure alone turns the outcome around: {names}.", lang, names=words)
        if len(turning)
        else say("No figure alone turns the outcome around within its range.", lang)
    )
    picture = tornado(named, npv=npv, low=say("at its low end", lang), high=say("at its high end", lang), lang=lang)
    alt = say("Chart of the sensitivity; the figures stand in the workbook, sheet “Sensitivity”.", lang)
    caption = say("Balance of together in thousands of euros when one key figure goes to an end of its range", lang)
    return [heading, Sentence(told), Picture(picture, alt, caption)]


def case_unknown(plan: Plan, case: str, lang: str) -> list[Block]:
    """Return what is unknown (p.m.) in the alternatives, never counted as zero."""
    flows = plan.business.flows
    rows = flows[(flows["case"] == case) & (flows["pm"] > 0)]
    if rows.empty:
        return []
    holders, effects = holder_names(plan, rows["holder"], lang), effect_names(lang)
    found = rows.groupby("effect").agg(
        holders=("holder", lambda part: sorted({holders[name] for name in part})),
        alternatives=("alternative", lambda part: [name for name in ALTERNATIVE_WORDS if name in set(part)]),
    )
    cells = [
        [effects[effect], listed(row["holders"], most=4, lang=lang), "; ".join(say(ALTERNATIVE_WORDS[name], lang) for name in row["alternatives"])]
        for effect, row in sorted(found.to_dict("index").items(), key=lambda pair: ORDER[pair[0]])
    ][:MOST_PM]  # fmt: skip
    asked = (("business.flows.effect", 1.4), ("paper.for_whom", 1.4), ("paper.alternatives", 1.6))
    text = say("These effects are there, but no key figure with a source is known, or a quantity or cost is missing. They count for nothing here, not for zero.", lang)  # fmt: skip
    return [
        Heading(say("What is unknown (p.m.)", lang), 2),
        Sentence(text),
        paper(cells, asked, say("Effects without an amount", lang), lang),
    ]


def case_estimate(plan: Plan, case: str, lang: str) -> list[Block]:
    """Return the investment in the form of SSK, all phases together, with its range."""
    rows = plan.business.estimates
    rows = rows[rows["case"] == case]
    if rows.empty:
        return []
    sums = rows.groupby("nth").agg(
        line=("line", "first"), amount=("amount_eur", "sum"), low=("low_eur", "sum"), high=("high_eur", "sum")
    )
    rows = [(say(LINE_WORDS[line], lang), *sized) for line, *sized in sums.itertuples(index=False, name=None)]
    whole = (say("investment with VAT", lang), *(sums[name].sum() for name in ("amount", "low", "high")))
    asked = (("business.estimates.line", 1.6), "paper.amount", "paper.low", "paper.high")
    assumed = say("SSK is the form of the estimate; the percentages per phase are assumptions until the city sets its own. VAT is not in the balance: for a municipality it is mostly compensated.", lang)  # fmt: skip
    caption = say("Investment of the alternative together, all phases", lang)
    title = say("Estimate (SSK)", lang)
    return [Heading(title, 2), paper([*rows, whole], asked, caption, lang, total=True), Sentence(assumed, "small")]


def case_spread(plan: Plan, case: str, lang: str) -> list[Block]:
    """Return the range of the outcome when all key figures are drawn at once.

    Nothing for a work alone.
    """
    outcomes = plan.business.outcomes
    outcomes = outcomes[outcomes["case"] == case].set_index("alternative")
    rows = outcomes[outcomes["p50_eur"].notna()]
    if CHOSEN not in rows.index:
        return []
    chosen = rows.loc[CHOSEN]
    business = plan.settings.appraisal.business
    told = say(
        "In 90 of 100 draws doing this together comes to between {low} and {high}; the middle is {middle}.",
        lang,
        low=euros(chosen["p5_eur"], lang),
        high=euros(chosen["p95_eur"], lang),
        middle=euros(chosen["p50_eur"], lang),
    )
    how = say(
        "{draws} draws of every key figure that has a range. Construction costs move together (correlation {correlation}): when one turns out dearer, the others mostly do too. What is unknown (p.m.) is in no draw.",
        lang,
        draws=number(business.draws, lang),
        correlation=number(business.cost_correlation.value, lang, 2),
    )
    bars = plan.business.spreads
    bars = bars[(bars["case"] == case) & (bars["alternative"] == CHOSEN)]
    picture = spread_bars(bars, marks={word: float(chosen[name]) for name, word in MARKS.items()}, lang=lang)
    alt = say("Chart of the draws; the figures stand in the table below.", lang)
    caption = say(
        "Draws per balance of together, in thousands of euros; lines where 5, 50 and 95 in 100 draws lie below", lang
    )
    order = [name for name in ALTERNATIVES if name in rows.index]
    shown = rows.loc[order, [*MARKS, "mean_eur", "above_zero"]].reset_index()
    asked: tuple[Asked, ...] = (
        ("business.outcomes.alternative", 1.5), *(amounts(word) for word in MARKS.values()), "paper.mean",
        "paper.above_zero",
    )  # fmt: skip
    return [
        Heading(say("How sure it is", lang), 2),
        Sentence(told),
        Picture(picture, alt, caption),
        paper(shown, asked, say("Balance that so many of 100 draws stay below", lang), lang),
        Sentence(how, "small"),
    ]
