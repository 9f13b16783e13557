"""Which type of case it is, with its step-by-step plan, and which financing models fit and why. (nl: financieringsmodel en stappenplan)."""

import pandas as pd

from koppelkans.appraisal.financing.catalogue import clusters, models
from koppelkans.ground.words import say
from koppelkans.report.blocks import Block, Heading, Sentence, Table, TableColumn
from koppelkans.report.plan import Plan

USUAL = "method"
"""Cluster of which the steps fit any case: the approach for the whole city."""
MOST = 4
"""Models that are told of a case."""


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
    columns = (
        TableColumn("", "right"),
        TableColumn(say("Step", lang), share=3.0),
        TableColumn(say("Who takes the lead", lang), share=1.4),
    )
    columns = (TableColumn(say("No.", lang), "right"), *columns[1:])
    return [
        Heading(say("How to bring the money together", lang), level),
        Sentence(text),
        _models(table[table["what"] == "model"].sort_values("rank"), lang),
        Table(columns, rows, say("Step-by-step plan for this type of case", lang)),
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
    heads = (("Model", 1.2), ("Fits, because", 1.4), ("Asks", 1.6), ("Can go wrong", 1.4))
    return Table(
        tuple(TableColumn(say(head, lang), share=share) for head, share in heads),
        rows,
        say("Financing models that fit best", lang),
    )
