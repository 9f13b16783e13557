"""Where the outcome comes from: effects, cash flow per year, what moves it, what is unknown, and the estimate. (nl: onderbouwing van de businesscase)."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.product import ALTERNATIVE_WORDS as WORDS
from koppelkans.ground.words import euros, say
from koppelkans.report.blocks import Block, Heading, Picture, Sentence, Table, TableColumn
from koppelkans.report.book.case_rows import ORDER, CaseRows, case_rows
from koppelkans.report.figure_words import figure_words
from koppelkans.report.names import effect_names, holder_names, kind_names, listed
from koppelkans.report.pictures.cases import running_sums, tornado, yearly_money
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

CHOSEN = "together"
MOST_BARS, MOST_PM, SHOWN_YEARS = 10, 14, 40
LINES = {
    "named": "named direct cost",
    "to_be_detailed": "to be detailed",
    "indirect": "indirect cost",
    "engineering": "engineering",
    "other": "other cost",
    "risk": "risk reserve",
    "vat": "VAT",
}


def case_effects(plan: Plan, case: str, lang: str) -> list[Block]:
    """Return what each effect is worth when nothing is done and together, and the pictures of the years."""
    made = case_rows(plan, case)
    factors = (1.0 + made.rows["rate"].to_numpy()[:, None]) ** -np.arange(len(made.years))
    worth = np.nansum(made.amounts * factors, axis=1)
    sums = made.rows.assign(worth=worth).pivot_table(
        index="effect", columns="alternative", values="worth", aggfunc="sum"
    )
    sums = sums.reindex(columns=["null", CHOSEN]).fillna(0.0)
    sums = sums[(sums.abs() >= 0.5).any(axis=1)]  # noqa: PLR2004 -- half a euro
    names = effect_names(lang)
    rows = [
        [names[effect], *(euros(amount, lang) for amount in (null, chosen, chosen - null))]
        for effect, null, chosen in sorted(sums.itertuples(), key=lambda row: ORDER[row[0]])
    ]
    whole = [say("All together", lang), *(euros(amount, lang) for amount in (sums["null"].sum(), sums[CHOSEN].sum(), (sums[CHOSEN] - sums["null"]).sum()))]  # fmt: skip
    columns = (
        paper_column("business.flows", "effect", lang, share=2.0),
        TableColumn(say(WORDS["null"], lang).capitalize(), "right"),
        TableColumn(say(WORDS[CHOSEN], lang).capitalize(), "right"),
        TableColumn(say("Difference", lang), "right"),
    )
    table = Table(columns, [*rows, whole], say("Present value per effect; costs below zero", lang), total=True)
    return [Heading(say("Where it comes from", lang), 2), table, *_pictures(made, lang)]


def _differences(made: CaseRows) -> pd.DataFrame:
    """Return per alternative and year the difference with doing nothing: money, effect, and both discounted."""
    factors = (1.0 + made.rows["rate"].to_numpy()[:, None]) ** -np.arange(len(made.years))
    parts = []
    for alternative in [name for name in WORDS if name != "null"]:
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
    names = {name: say(word, lang) for name, word in WORDS.items()}
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


def figure_name(plan: Plan, figure: str, lang: str) -> str:
    """Return what a key figure is called; prices and lifetimes by their kind, estimates by their phase."""
    parts = figure.split(".")
    if parts[0] == "kinds":
        kind = kind_names(plan, lang).get(parts[1], parts[1])
        return say("lifetime of {kind}" if parts[2] == "life_years" else "price of {kind}", lang, kind=kind)
    if parts[0] == "benefits":
        return say("growth of the price of {effect}", lang, effect=effect_names(lang)[parts[1]])
    if parts[0] == "cost":
        phase = plan.settings.appraisal.business.ssk.phases.get(parts[1])
        return say("estimate in the phase {phase}", lang, phase=phase.name if phase else parts[1])
    if figure == "discount_rate":
        return say("discount rate", lang)
    return figure_words(figure, kind_names(plan, lang), lang)


def case_unknown(plan: Plan, case: str, lang: str) -> list[Block]:
    """Return what is unknown (p.m.) in the alternatives, never counted as zero."""
    flows = plan.business.flows
    rows = flows[(flows["case"] == case) & (flows["pm"] > 0)]
    if rows.empty:
        return []
    holders, effects = holder_names(plan, rows["holder"], lang), effect_names(lang)
    found = rows.groupby("effect").agg(
        holders=("holder", lambda part: sorted({holders[name] for name in part})),
        alternatives=("alternative", lambda part: [name for name in WORDS if name in set(part)]),
    )
    cells = [
        [effects[effect], listed(row["holders"], most=4, lang=lang), "; ".join(say(WORDS[name], lang) for name in row["alternatives"])]
        for effect, row in sorted(found.to_dict("index").items(), key=lambda pair: ORDER[pair[0]])
    ][:MOST_PM]  # fmt: skip
    columns = (
        paper_column("business.flows", "effect", lang, share=1.4),
        TableColumn(say("For whom", lang), share=1.4),
        TableColumn(say("In which alternative", lang), share=1.6),
    )
    text = say("These effects are there, but no key figure with a source is known, or a quantity or cost is missing. They count for nothing here, not for zero.", lang)  # fmt: skip
    return [
        Heading(say("What is unknown (p.m.)", lang), 2),
        Sentence(text),
        Table(columns, cells, say("Effects without an amount", lang)),
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
    cells = [[say(LINES[row["line"]], lang), *(euros(row[name], lang) for name in ("amount", "low", "high"))] for row in sums.to_dict("records")]  # fmt: skip
    whole = [say("investment with VAT", lang), *(euros(sums[name].sum(), lang) for name in ("amount", "low", "high"))]
    columns = (
        paper_column("business.estimates", "line", lang, share=1.6),
        *(TableColumn(say(head, lang), "right") for head in ("Amount", "Low", "High")),
    )
    assumed = say("SSK is the form of the estimate; the percentages per phase are assumptions until the city sets its own. VAT is not in the balance: for a municipality it is mostly compensated.", lang)  # fmt: skip
    caption = say("Investment of the alternative together, all phases", lang)
    title = say("Estimate (SSK)", lang)
    return [Heading(title, 2), Table(columns, [*cells, whole], caption, total=True), Sentence(assumed, "small")]
