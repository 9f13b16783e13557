"""Who gains and who loses in which alternative, as a matrix of colours with the amounts in it. (nl: houdersbeeld)."""

import altair as alt
import pandas as pd

from koppelkans.report.pictures.look import GOOD, INK, LINE, WARN, WIDTH, svg

LABELS, CELL, TALL = 290, 84, 30


def holder_matrix(cells: pd.DataFrame, *, lang: str) -> str:
    """Draw a row per holder and a column per alternative: green gains, brown loses, the darker the more.

    `cells` has holder and alternative (as they are called, in the order to draw), gain_eur and text (what stands in it).
    """
    holders, alternatives = (list(dict.fromkeys(cells[name])) for name in ("holder", "alternative"))
    most = float(cells["gain_eur"].abs().max()) or 1.0
    shown = cells.assign(part=(cells["gain_eur"] / most).astype("float64"), dark=cells["gain_eur"].abs() > 0.6 * most)
    base = alt.Chart(shown).encode(
        x=alt.X("alternative:N", sort=alternatives, title=None, axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, labelLimit=CELL + 20)),
        y=alt.Y("holder:N", sort=holders, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=LABELS)),
    )  # fmt: skip
    colour = alt.Color(
        "part:Q", legend=None, scale=alt.Scale(domain=[-1, 0, 1], range=[WARN, "#f7f8f9", GOOD], interpolate="rgb")
    )
    squares = base.mark_rect(stroke=LINE).encode(color=colour)
    texts = base.mark_text(fontSize=11).encode(
        text="text:N", color=alt.condition("datum.dark", alt.value("white"), alt.value(INK))
    )
    wide = min(CELL * len(alternatives) * 1.3, WIDTH - LABELS)
    return svg((squares + texts).properties(width=wide, height=TALL * len(holders)), lang=lang)
