"""What each fund spends and has, year by year. (nl: geldbeeld)."""

import altair as alt
import pandas as pd

from koppelkans.ground.words import say
from koppelkans.report.pictures.look import ACCENT, INK, WIDTH, svg

MOST = 8
"""Funds in the picture; the others stand in the table."""


def fund_years(money: pd.DataFrame, *, lang: str) -> str:
    """Draw spent (bars) and available with what was left (line) per fund, the largest spender first.

    `money` is the table of the programme.
    """
    spent = money.groupby("name")["spent_eur"].sum().sort_values(ascending=False, kind="stable")
    names = spent.index[:MOST].tolist()
    shown = money[money["name"].isin(names)].copy()
    carried = (shown["spent_eur"] + shown["left_eur"]).where(shown["carries_over"], shown["budget_eur"])
    shown = shown.assign(spent=shown["spent_eur"] / 1000, available=carried.clip(lower=0) / 1000)
    base = alt.Chart().encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False))
    )
    scale = alt.Scale(domain=[say("spent", lang), say("available, with what was left", lang)], range=[ACCENT, INK])
    y = alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=4, format=",.0f", domain=False, ticks=False))
    bars = (
        base.transform_calculate(value="datum.spent", what=f"'{scale.domain[0]}'")
        .mark_bar(size=9)
        .encode(y=y, color=alt.Color("what:N", scale=scale))
    )
    line = (
        base.transform_calculate(value="datum.available", what=f"'{scale.domain[1]}'")
        .mark_line(interpolate="step", strokeWidth=1.5)
        .encode(y=y, color=alt.Color("what:N", scale=scale))
    )
    whole = (
        alt.layer(bars, line, data=shown)
        .properties(width=WIDTH / 2 - 62, height=92)
        .facet(facet=alt.Facet("name:N", sort=names, header=alt.Header(labelAnchor="start", labelLimit=280)), columns=2)
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
    )
    return svg(whole, lang=lang)
