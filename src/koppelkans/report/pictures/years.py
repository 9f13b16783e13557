"""Years across, rows down: how busy each area or owner is. (nl: drukte per jaar)."""

import altair as alt
import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.report.pictures.look import INK, PAPER, WIDTH, named_rows, svg

AREA_NAMES = 150
"""Width (px) that the names of rows take."""


def busy_years(counts: pd.DataFrame, *, years: Horizon, lang: str) -> str:
    """Draw how many works come in each row and year.

    `counts` has label, year and works; rows are drawn in the order in which they first stand.
    """
    labels = list(dict.fromkeys(counts["label"]))
    grid = pd.MultiIndex.from_product([labels, years.years.tolist()], names=["label", "year"]).to_frame(index=False)
    shown = grid.merge(counts, on=["label", "year"], how="left").fillna({"works": 0}).astype({"works": "int64"})
    shown["row"] = shown["label"].map({label: row for row, label in enumerate(labels)})
    most = max(int(shown["works"].max()), 1)
    place = alt.Chart(shown).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False)),
        y=named_rows(labels, limit=AREA_NAMES),
    )
    cells = place.mark_rect(stroke=PAPER, strokeWidth=2).encode(
        color=alt.Color("works:Q", scale=alt.Scale(domain=[0, most], range=["#eef2f5", "#0f4c5c"]), legend=None)
    )
    tone = alt.condition(alt.datum["works"] > most / 2, alt.value(PAPER), alt.value(INK))
    numbers = place.transform_filter(alt.datum["works"] > 0).mark_text().encode(text="works:Q", color=tone)
    return svg((cells + numbers).properties(width=WIDTH - AREA_NAMES, height=22 * len(labels)), lang=lang)
