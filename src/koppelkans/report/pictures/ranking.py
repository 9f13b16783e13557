"""What lifts the works at the top of the ranking. (nl: rangordebeeld)."""

import altair as alt
import pandas as pd

from koppelkans.ground.columns import GROUND_WORDS as NAMES
from koppelkans.ground.words import say
from koppelkans.report.pictures.look import GROUNDS, WIDTH, named_rows, svg

LABELS = 250


def top_works(parts: pd.DataFrame, *, lang: str) -> str:
    """Draw the total of works as a bar, cut into what each ground contributes.

    `parts` has work (in the order to draw), label, ground and contribution.
    """
    labels = parts.drop_duplicates("work")["label"].tolist()
    rows = {work: row for row, work in enumerate(dict.fromkeys(parts["work"]))}
    named = parts.assign(
        what=parts["ground"].map({ground: say(word, lang) for ground, word in NAMES.items()}),
        row=parts["work"].map(rows),
        rank=parts["ground"].map(list(NAMES).index),
    )
    domain = [say(word, lang) for word in NAMES.values()]
    chart = (
        alt.Chart(named)
        .mark_bar(height=13)
        .encode(
            x=alt.X(
                "sum(contribution):Q", title=None, axis=alt.Axis(tickCount=5, domain=False, ticks=False, format=".1f")
            ),
            y=named_rows(labels, limit=LABELS),
            color=alt.Color("what:N", scale=alt.Scale(domain=domain, range=[GROUNDS[ground] for ground in NAMES])),
            order=alt.Order("rank:Q"),
        )
        .properties(width=WIDTH - LABELS, height=19 * len(rows))
    )
    return svg(chart, lang=lang)
