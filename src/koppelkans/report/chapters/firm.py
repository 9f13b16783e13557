"""How firm the ranking stands under other weights. (nl: hoe vast de rangorde staat)."""

import pandas as pd

from koppelkans.ground.words import number, say
from koppelkans.report.blocks import Block, Heading, Picture, Sentence, Table, TableColumn
from koppelkans.report.names import criterion_names, many
from koppelkans.report.pictures.acceptability import rank_spans
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

MOST, FLIPS = 15, 8
SURE = 0.9
"""Share of the weightings from which a work counts as firmly in the top."""


def firm(plan: Plan, lang: str) -> list[Block]:
    """Return between which ranks the first works move, and the smallest changes of a weight that turn neighbours round."""
    table = plan.weighing.acceptability
    if table.empty:
        return []
    how = plan.settings.weighing.sensitivity
    around = {
        "weights": say("around the weights of the city", lang),
        "any": say("from all weights that are possible", lang),
    }[how.around]
    text = say(
        "Weights are never certain. Therefore {count} other sets of weights were drawn, {around}, and the works were ranked with each.",
        lang,
        count=number(plan.weighing.sampled.get("drawn", 0), lang),
        around=around,
    )
    text += " " + many(
        int((table["top_share"] >= SURE).sum()),
        "{count} work is in the first {top} % in at least 9 of 10 of them.",
        "{count} works are in the first {top} % in at least 9 of 10 of them.",
        lang,
        top=number(100 * how.top, lang),
    )
    return [
        Heading(say("How firm the ranking stands", lang), 2),
        Sentence(text),
        *_spans(plan, lang),
        *_flips(plan, lang),
    ]


def _spans(plan: Plan, lang: str) -> list[Block]:
    """Return the picture of the ranks between which the first works move."""
    ranked = plan.weighing.ranking[["work", "rank"]].merge(plan.weighing.acceptability, on="work")
    first = ranked.sort_values(["rank", "work"]).head(MOST)
    names = first["work"].map(plan.context.works.set_index("work")["name"])
    first = first.assign(label=first["rank"].astype(str) + ". " + names)
    widest = (
        first.assign(name=names, wide=first["high_rank"] - first["low_rank"])
        .sort_values(["wide", "rank", "work"], ascending=[False, True, True])
        .iloc[0]
    )
    alt = say(
        "Chart of the ranks between which the {count} works that rank highest move under other weights. The widest: {name}, from {low} to {high}.",
        lang,
        count=len(first),
        name=widest["name"],
        low=number(widest["low_rank"], lang),
        high=number(widest["high_rank"], lang),
    )
    caption = say(
        "Bar: the ranks that a work keeps in 9 of 10 sets of weights. Line: its calculated rank. Behind it: in how many of the sets it is in the first {top} %.",
        lang,
        top=number(100 * plan.settings.weighing.sensitivity.top, lang),
    )
    return [Picture(rank_spans(first, lang=lang), alt, caption)]


def _flips(plan: Plan, lang: str) -> list[Block]:
    """Return the neighbours that change places after the smallest change of one weight."""
    found = plan.weighing.flips.dropna(subset=["criterion"])
    if found.empty:
        return []
    found = found.assign(size=found["change"].abs()).sort_values(["size", "work"]).head(FLIPS)
    works, criteria = plan.context.works.set_index("work")["name"], criterion_names(plan, lang)
    rows = [
        [
            str(works.get(work, work)),
            str(works.get(other, other)),
            criteria.get(criterion, criterion),
            _percent(now, lang),
            _percent(then, lang),
        ]
        for work, other, criterion, now, then in zip(
            found["work"], found["other_work"], found["criterion"], found["weight"], found["flip_weight"], strict=True
        )
    ]
    columns = (
        TableColumn(say("Stands higher", lang), share=2.0),
        TableColumn(say("Right behind it", lang), share=2.0),
        paper_column("weighing.flips", "criterion", lang, share=2.0),
        TableColumn(say("Weight now", lang), "right"),
        TableColumn(say("Equal at", lang), "right"),
    )
    caption = say("Neighbours that change places soonest, when the weight of one criterion changes", lang)
    return [Table(columns, rows, caption)]


def _percent(share: float, lang: str) -> str:
    """Return a share as people write it."""
    return "–" if pd.isna(share) else number(100 * share, lang, 2) + " %"
