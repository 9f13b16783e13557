"""What is still to be paid back of an advance, year by year, for each number of users that comes. (nl: leningbeeld)."""

import altair as alt
import pandas as pd

from koppelkans.report.pictures.look import ACCENT, GOOD, INK, WARN, WIDTH, svg

TONES = (GOOD, ACCENT, INK, WARN)


def balances(rows: pd.DataFrame, *, lang: str) -> str:
    """Draw a line per outcome: the balance at the end of each year, in thousands of euros.

    `rows` has outcome (as it is called, in the order to draw), year and closing_eur.
    """
    outcomes = list(dict.fromkeys(rows["outcome"]))
    chart = (
        alt.Chart(rows.assign(thousands=rows["closing_eur"] / 1000))
        .mark_line(interpolate="linear", strokeWidth=2, point=alt.OverlayMarkDef(size=18))
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False)),
            y=alt.Y("thousands:Q", title=None, axis=alt.Axis(tickCount=5, format=",.0f", domain=False, ticks=False)),
            color=alt.Color("outcome:N", sort=outcomes, scale=alt.Scale(domain=outcomes, range=TONES[: len(outcomes)])),
            strokeDash=alt.StrokeDash("outcome:N", sort=outcomes, legend=None),
        )
        .properties(width=WIDTH - 60, height=170)
    )
    return svg(chart, lang=lang)
