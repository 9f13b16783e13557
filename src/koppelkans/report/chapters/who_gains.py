"""Who pays and who gains in a case, what settles it, and under which model. (nl: wie betaalt, wie profiteert)."""

import pandas as pd

from koppelkans.appraisal.business.product import ALTERNATIVE_WORDS
from koppelkans.appraisal.financing.catalogue import clusters, models
from koppelkans.ground.words import euros, number, say
from koppelkans.report.document import Block, Heading, Picture, Sentence, Table
from koppelkans.report.names import holder_names, listed, many
from koppelkans.report.paper import paper
from koppelkans.report.pictures.case_charts import holder_matrix
from koppelkans.report.plan import Plan

CHOSEN = "together"
RULE_WORDS = {
    "proportional": "Losers get exactly what they lose; winners pay in proportion to what they gain.",
    "equal": "Everybody ends with the same gain.",
}
AGAINST = {"null": "Compared with doing nothing:", "apart": "Compared with each work apart:"}
MOST_NAMES = 4
USUAL = "method"
"""Cluster of which the steps fit any case: the approach for the whole city."""
MOST = 4
"""Models that are told of a case."""


def who_gains(plan: Plan, case: str, lang: str, *, level: int = 2) -> list[Block]:
    """Return who pays and who gains in a case, in a picture and a table, and the transfers."""
    table = plan.financing.holders
    table = table[table["case"] == case]
    heading = Heading(say("Who pays, who gains", lang), level)
    if table.empty:
        return [heading, Sentence(say("No business case was made of this, or not everyone may see it.", lang))]
    names = holder_names(plan, table["holder"], lang)
    return [
        heading,
        Sentence(_told(table, names, lang)),
        _picture(table, names, lang),
        _table(table, names, lang),
        *_unknown(table, lang),
        *_transfers(plan, case, names, lang, level=level + 1),
    ]


def _told(table: pd.DataFrame, names: dict[str, str], lang: str) -> str:
    """Say in two sentences who is better off and who is worse off together than when nothing is done."""
    rows = table[table["alternative"] == CHOSEN].sort_values(["gain_null_eur", "holder"], ascending=[False, True])
    gain = [names[name] for name in rows.loc[rows["gain_null_eur"] > 0, "holder"]]
    lose = [names[name] for name in rows.loc[rows["gain_null_eur"] < 0, "holder"][::-1]]
    parts = []
    if gain:
        parts.append(
            say("Better off than when nothing is done: {names}.", lang, names=listed(gain, most=MOST_NAMES, lang=lang))
        )
    if lose:
        parts.append(say("Worse off: {names}.", lang, names=listed(lose, most=MOST_NAMES, lang=lang)))
    total = int(rows["gain_null_eur"].sum())
    parts.append(say("All together: {amount}, as present value.", lang, amount=euros(total, lang)))
    return " ".join(parts)


def _picture(table: pd.DataFrame, names: dict[str, str], lang: str) -> Picture:
    """Return the matrix of holders and alternatives."""
    shown = table[table["alternative"] != "null"]
    order = list(ALTERNATIVE_WORDS)
    shown = shown.assign(
        place=shown["alternative"].map(order.index), size=shown.groupby("holder")["gain_null_eur"].transform("max")
    ).sort_values(["size", "holder", "place"], ascending=[False, True, True])
    cells = pd.DataFrame(
        {
            "holder": shown["holder"].map(names),
            "alternative": [say(ALTERNATIVE_WORDS[name], lang) for name in shown["alternative"]],
            "gain_eur": shown["gain_null_eur"],
            "text": [number(round(amount / 1000) or 0, lang) for amount in shown["gain_null_eur"]],
        }
    )
    alt = say(
        "Matrix: what {count} holders gain or lose in each alternative. The amounts of the alternative “together” stand in the table below.",
        lang,
        count=shown["holder"].nunique(),
    )
    caption = say(
        "Gain (green) or loss (brown) against doing nothing, per holder and alternative: present value, in thousands of euros.",
        lang,
    )
    return Picture(holder_matrix(cells, lang=lang), alt, caption, 0.9)


def _table(table: pd.DataFrame, names: dict[str, str], lang: str) -> Table:
    """Return what each holder pays and gains together."""
    figures = ["cost_eur", "benefit_eur", "worth_eur", "gain_null_eur", "gain_apart_eur"]
    rows = table[table["alternative"] == CHOSEN].sort_values(["worth_eur", "holder"], ascending=[True, True])
    every = [
        (names[holder], *amounts, pm or "")
        for holder, *amounts, pm in rows[["holder", *figures, "pm"]].itertuples(index=False, name=None)
    ]
    whole = (say("Together", lang), *(int(rows[name].sum()) for name in figures), rows["pm"].sum() or "")
    heads = ("pays", "gains", "present_value", "versus_nothing", "versus_apart")
    asked = (("paper.holder", 1.5), *((f"paper.{name}", 1.15) for name in heads), ("paper.pm", 0.5))
    caption = say(
        "All works together, over all years. What is paid and gained is not discounted; the other amounts are present value. The municipality stands in a row per purse, by the rules of the purses.",
        lang,
    )
    return paper([*every, whole], asked, caption, lang, total=True)


def _unknown(table: pd.DataFrame, lang: str) -> list[Block]:
    """Return the note on amounts that are unknown."""
    count = int(table.loc[table["alternative"] == CHOSEN, "pm"].sum())
    if not count:
        return []
    text = many(
        count,
        "One amount is unknown (p.m.) and in none of the sums: the picture is incomplete.",
        "{count} amounts are unknown (p.m.) and in none of the sums: the picture is incomplete.",
        lang,
    )
    return [Sentence(text, "note")]


def _transfers(plan: Plan, case: str, names: dict[str, str], lang: str, *, level: int) -> list[Block]:
    """Return what transfers would leave nobody worse off than when nothing is done, and than when each goes apart."""
    bargains = plan.financing.bargains
    rows = bargains[(bargains["case"] == case) & (bargains["alternative"] == CHOSEN)].set_index("against")
    if rows.empty:
        return []
    blocks: list[Block] = [Heading(say("Transfers that leave nobody worse off", lang), level)]
    moved = False
    for against in rows.index.sort_values(ascending=False):
        told = _bargain(plan, rows.loc[against], names, lang, against=str(against), case=case)
        moved |= len(told) > 1
        blocks += told
    note = say(
        "Amounts are present value. Not everybody can be sent a bill: what residents gain is an argument for a charge or a tax, no receipt.",
        lang,
    )
    return [*blocks, Sentence(note, "small")] if moved else blocks


def _bargain(plan: Plan, found: pd.Series, names: dict[str, str], lang: str, *, against: str, case: str) -> list[Block]:
    """Return what transfers one comparison asks, or what is missing."""
    start = say(AGAINST[against], lang) + " "
    if not found["feasible"]:
        text = say(
            "all together lose {amount}. That is missing: no transfer between the parties can mend it. Only a benefit that is not counted yet, or lower cost, can.",
            lang,
            amount=euros(int(found["missing_eur"]), lang),
        )
        return [Sentence(start + text)]
    if not found["losers"]:
        return [Sentence(start + say("nobody is worse off, so no transfer is needed.", lang))]
    rule = plan.settings.appraisal.financing.transfers
    moved = plan.financing.transfers
    here = (moved["case"] == case) & (moved["alternative"] == CHOSEN)
    moved = moved[here & (moved["against"] == against) & (moved["rule"] == rule)]
    shown = moved[["holder", "gain_eur", "transfer_eur", "after_eur"]].assign(holder=moved["holder"].map(names))
    asked = (("paper.holder", 1.8), "paper.without_transfers", "paper.receives", "paper.after_transfers")
    lead = say(
        "at least {amount} must change hands, and that is possible: all together gain more than the losers lose.",
        lang,
        amount=euros(int(found["moved_eur"]), lang),
    )
    caption = say("Transfers", lang) + ": " + say(RULE_WORDS[rule], lang)
    return [Sentence(start + lead), paper(shown, asked, caption, lang)]


def model(plan: Plan, case: str, lang: str, *, level: int = 2) -> list[Block]:
    """Return the cluster that a case looks most like, its steps, and the models that fit best."""
    table = plan.financing.fits
    table = table[table["case"] == case]
    if table.empty:
        return []
    best = table[table["what"] == "cluster"].sort_values("rank").iloc[0]
    cluster = clusters()[best["key"]]
    text = say(
        "This looks most like cluster {letter} of the City Deal Openbare Ruimte: {name}. Seen here: {why}.",
        lang,
        letter=cluster.letter, name=getattr(cluster, lang), why=best[f"why_{lang}"],
    )  # fmt: skip
    if not best["met"]:
        cluster = clusters()[USUAL]
        text = say("None of the four clusters is clearly seen here; the first steps that fit any case follow.", lang)
    rows = [
        [str(at), getattr(step, lang), getattr(step, f"who_{lang}")] for at, step in enumerate(cluster.steps, start=1)
    ]
    asked = ("paper.nr", ("paper.step", 3.0), ("paper.who_leads", 1.4))
    return [
        Heading(say("How to bring the money together", lang), level),
        Sentence(text),
        _models(table[table["what"] == "model"].sort_values("rank"), lang),
        paper(rows, asked, say("Step-by-step plan for this type of case", lang), lang),
        Sentence(
            say("The clusters are those of the City Deal; the steps were composed by this project.", lang), "small"
        ),
    ]


def _models(found: pd.DataFrame, lang: str) -> Table:
    """Return the models that fit best with reason, what they ask and what can go wrong."""
    shown = found[found["met"] > 0].head(MOST)
    rows = []
    for key, why in zip(shown["key"], shown[f"why_{lang}"], strict=True):
        entry = models()[key]
        rows.append([getattr(entry, lang), why, getattr(entry, f"needs_{lang}"), getattr(entry, f"risk_{lang}")])
    asked = (("paper.model", 1.2), ("paper.fits", 1.4), ("paper.asks", 1.6), ("paper.can_go_wrong", 1.4))
    return paper(rows, asked, say("Financing models that fit best", lang), lang)
