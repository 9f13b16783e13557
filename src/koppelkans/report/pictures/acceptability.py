"""Between which ranks works move under other weights. (nl: rang bij andere gewichten)."""

import altair as alt
import pandas as pd

from koppelkans.ground.words import say
from koppelkans.report.pictures.look import ACCENT, INK, QUIET, WIDTH, named_rows, svg

LABELS, SHARES = 250, 60


def rank_spans(spans: pd.DataFrame, *, lang: str) -> str:
    """Draw per work a bar over the ranks of nine in ten sets of weights, its calculated rank, and its share of the top.

    `spans` has label, rank, low_rank, high_rank and top_share, one row per work in the order to draw.
    """
    rows = spans.assign(
        row=range(len(spans)),
        first=spans["low_rank"] - 0.4,
        last=spans["high_rank"] + 0.4,
        told=(100 * spans["top_share"]).round().astype(int).astype(str) + " %",
    )
    furthest = float(rows["last"].max()) + 0.5
    scale = alt.Scale(domain=[0.5, furthest], nice=False)
    rank = alt.Axis(domain=False, ticks=False, tickMinStep=1, format="d")
    places = alt.Chart(rows).encode(y=named_rows(rows["label"].tolist(), limit=LABELS))
    bars = places.mark_bar(height=9, color=ACCENT, opacity=0.45).encode(
        x=alt.X("first:Q", title=say("rank", lang), scale=scale, axis=rank), x2="last:Q"
    )
    lines = places.mark_tick(thickness=3, size=15, color=INK).encode(x=alt.X("rank:Q", scale=scale))
    shares = places.mark_text(align="right", color=QUIET, dx=SHARES - 12).encode(
        x=alt.value(WIDTH - LABELS - SHARES), text="told:N"
    )
    chart = alt.layer(bars, lines, shares).properties(width=WIDTH - LABELS - SHARES, height=19 * len(rows))
    return svg(chart, lang=lang)
