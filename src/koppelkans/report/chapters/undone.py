"""What is left undone, and why. (nl: niet gedaan)."""

import pandas as pd

from koppelkans.ground.words import euros, number, say
from koppelkans.report.blocks import Block, Heading, Sentence, Table, TableColumn, left_out, shortened
from koppelkans.report.names import called, party_names, span
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

MOST = 16


def undone(plan: Plan, lang: str) -> list[Block]:
    """Return the works that were weighed and left undone, the highest ranked first, and counts of what was not weighed."""
    planned = plan.programme.plan
    missed = planned[planned["year"].isna()]
    heading = Heading(say("What is left undone, and why", lang))
    if missed.empty:
        return [heading, Sentence(say("Nothing: every work has a year.", lang))]
    weighed, outside = missed[missed["outside"].isna()], missed[missed["outside"].notna()]
    blocks: list[Block] = [heading]
    if len(weighed):
        intro = say(
            "These works were weighed against the others. They did not fit within money, people or streets, or doing them costs more than leaving them.",
            lang,
        )
        blocks += [
            Sentence(intro),
            *_table(plan, weighed, say("Left undone after weighing, the highest ranked first", lang), lang),
        ]
    if len(outside):
        blocks += [
            Heading(say("Not weighed", lang), 2),
            Sentence(_reasons(outside, lang)),
            *_table(plan, outside, say("Works that could not be weighed", lang), lang),
        ]
    return blocks


def _reasons(outside: pd.DataFrame, lang: str) -> str:
    """Return how many works were not weighed for which reason."""
    counts = outside["outside"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    parts = "; ".join(f"{say(str(reason), lang)}: {number(count, lang)}" for reason, count in counts.items())
    return say("These works were not put to the solver. Reasons: {reasons}.", lang, reasons=parts)


def _table(plan: Plan, missed: pd.DataFrame, caption: str, lang: str) -> list[Block]:
    """Return the works with their window and why they have no year."""
    works = plan.context.works[["work", "name", "owner", "earliest_year", "latest_year"]]
    ranked = missed.merge(works, on="work").merge(plan.weighing.ranking[["work", "rank"]], on="work", how="left")
    ranked = ranked.sort_values(["rank", "work"])
    rows = [
        [name, owner, span(first, last), euros(cost, lang), why]
        for name, owner, first, last, cost, why in zip(
            ranked["name"],
            called(ranked["owner"], party_names(plan)),
            ranked["earliest_year"],
            ranked["latest_year"],
            ranked["cost_eur"].astype("Float64").astype("float64"),
            ranked[f"why_{lang}"],
            strict=True,
        )
    ]
    shown, more = shortened(rows, MOST)
    columns = (
        paper_column("context.works", "name", lang, share=2.0),
        paper_column("context.works", "owner", lang, share=1.3),
        TableColumn(say("May be done in", lang)),
        paper_column("programme.plan", "cost_eur", lang, align="right"),
        TableColumn(say("Why not", lang), share=3.0),
    )
    return [Table(columns, shown, caption), *left_out(more, say("Programme", lang), lang)]
