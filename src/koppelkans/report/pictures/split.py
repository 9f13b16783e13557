"""What the owners of a bundle pay apart and together, fairly split. (nl: verdeelbeeld)."""

import altair as alt
import pandas as pd

from koppelkans.ground.words import say
from koppelkans.report.pictures.look import WIDTH, named_rows, svg
from koppelkans.report.pictures.wrapping import wrapped

LABELS, LETTERS = 230, 36
"""Width (px) of the names, and letters that fit in a line of it."""
ROW, LINE_HEIGHT = 17, 13
"""Height (px) of a bar with its room, and of a line of a name."""
OWNERS = ("#17324d", "#0f6e6e", "#b07c00", "#7a5195", "#b3541e", "#1f6fb2", "#2f7d4f", "#d6456c")
"""Colours of owners, those with most at stake first; the rest shares the last."""
REST = "#9aa5b1"


def fair_bars(split: pd.DataFrame, *, lang: str) -> str:
    """Draw two bars per bundle, cut into what each owner pays: apart, and together with the fair split.

    `split` has bundle (in the order to draw), label, party, apart_eur and fair_eur.
    """
    apart, together = say("apart", lang), say("together, fairly split", lang)
    order = split.groupby("party")["apart_eur"].sum().sort_values(ascending=False, kind="stable").index.tolist()
    others = say("others", lang)
    named = order if len(order) <= len(OWNERS) else [*order[: len(OWNERS) - 1], others]
    colours = [REST if name == others else colour for name, colour in zip(named, OWNERS, strict=False)]
    names = [wrapped(f"{label}: {apart}", LETTERS) for label in split.drop_duplicates("bundle")["label"]]
    labels = [text for lines in names for text in (lines, [together])]
    step = max(ROW, LINE_HEIGHT * max(map(len, names), default=1) + 4)
    row = split["bundle"].map({bundle: 2 * at for at, bundle in enumerate(split["bundle"].unique())})
    shown = split.assign(party=split["party"].where(split["party"].isin(named), others))
    bars = pd.concat(
        [
            shown.assign(row=row, euros=shown["apart_eur"] / 1000)[["row", "party", "euros"]],
            shown.assign(row=row + 1, euros=shown["fair_eur"] / 1000)[["row", "party", "euros"]],
        ]
    )
    bars = bars.assign(turn=bars["party"].map(named.index)).sort_values(["row", "turn"], ignore_index=True)
    chart = (
        alt.Chart(bars)
        .mark_bar(height=11)
        .encode(
            x=alt.X("sum(euros):Q", title=None, axis=alt.Axis(tickCount=5, domain=False, ticks=False, format=",.0f")),
            y=named_rows(labels, limit=LABELS),
            color=alt.Color("party:N", scale=alt.Scale(domain=named, range=colours), legend=alt.Legend(columns=4)),
            order=alt.Order("turn:Q"),
        )
        .properties(width=WIDTH - LABELS, height=step * len(labels))
    )
    return svg(chart, lang=lang)
