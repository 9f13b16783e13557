"""What the city wants, and how far the programme helps. (nl: ambities)."""

import pandas as pd

from koppelkans.ground.words import number, say
from koppelkans.report.blocks import Block, Heading, Sentence, Table, TableColumn
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column


def ambitions(plan: Plan, lang: str) -> list[Block]:
    """Return the ambitions with who set them, how much need there is and how much of it the planned works meet."""
    wanted = plan.vision.ambitions
    heading = Heading(say("Ambitions", lang))
    if wanted.empty:
        return [heading, Sentence(say("The city has set no ambitions.", lang))]
    need = plan.opportunities.section_needs.groupby("ambition")["need_score"].agg(["mean", "sum"])
    done = plan.programme.plan.loc[plan.programme.plan["year"].notna(), "work"]
    met = plan.appraisal.needs_met
    met = met[met["work"].isin(done)].groupby("ambition")["met"].sum(min_count=1)
    effects = set(plan.vision.effects["ambition"])
    rows = [
        [
            name,
            str(level),
            number(100 * weight, lang) + " %",
            say(by, lang) + (f", {on}" if isinstance(on, str) else ""),
            *_need(key, need, met, effects, lang),
        ]
        for key, name, level, weight, by, on in zip(
            wanted["ambition"],
            wanted[f"name_{lang}"],
            wanted["level"],
            wanted["weight"],
            wanted["set_by"],
            wanted["set_on"],
            strict=True,
        )
    ]
    columns = (
        paper_column("vision.ambitions", "ambition", lang, share=1.3),
        TableColumn(say("Level 1–3", lang), "right"),
        paper_column("vision.ambitions", "weight", lang, align="right"),
        paper_column("vision.ambitions", "set_by", lang, share=1.6),
        TableColumn(say("Mean need", lang), "right", 0.8),
        TableColumn(say("Need met by the works", lang), "right", 1.0),
    )
    intro = say(
        "Need runs from 0 (none) to 1 (highest). “Unknown” means that no map or figure of this need was given; it is not zero.",
        lang,
    )
    return [
        heading,
        Sentence(intro),
        Table(columns, rows, say("Ambitions and how far the works of this programme help", lang)),
    ]


def _need(key: str, need: pd.DataFrame, met: pd.Series, effects: set[str], lang: str) -> list[str]:
    """Return the mean need and the share of it that is met, in words where they are unknown."""
    unknown = say("unknown", lang)
    if key not in need.index:
        return [unknown, unknown]
    mean, total = need.loc[key, "mean"], need.loc[key, "sum"]
    if key not in effects or total <= 0:
        return [number(mean, lang, 2), unknown]
    part = met.get(key, 0.0)
    return [number(mean, lang, 2), unknown if pd.isna(part) else number(min(100 * part / total, 100), lang, 1) + " %"]
