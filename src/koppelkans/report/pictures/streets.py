"""How many streets lie open each year, and how many it would be if everyone came alone. (nl: openstratenbeeld)."""

import altair as alt
import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import say
from koppelkans.report.pictures.look import ACCENT, WARN, WIDTH, svg


def open_years(opened: pd.DataFrame, *, years: Horizon, lang: str) -> str:
    """Draw the sections that lie open per year: opened by one work, or shared; with a line for each work by itself.

    `opened` is the table `open` of the programme.
    """
    alone, shared, apart = say("one work", lang), say("works together", lang), say("if each work came alone", lang)
    counted = pd.DataFrame({"year": years.years}).set_index("year")
    counted["alone"] = opened[opened["works"] == 1].groupby("year").size()
    counted["shared"] = opened[opened["works"] > 1].groupby("year").size()
    counted["apart"] = opened.groupby("year")["works"].sum()
    counted = counted.fillna(0).astype("int64").reset_index()
    bars = counted.rename(columns={"alone": alone, "shared": shared}).melt("year", [shared, alone], "what", "count")
    line = counted[counted["apart"] > 0].assign(what=apart, count=counted["apart"])[["year", "what", "count"]]
    colour = alt.Color("what:N", scale=alt.Scale(domain=[shared, alone, apart], range=[ACCENT, "#9fb8b8", WARN]))
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False))
    few = min(5, max(1, int(counted["apart"].max())))
    y = alt.Y("count:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=few, domain=False, ticks=False))
    order = alt.Order("what:N", sort="descending")
    stacked = alt.Chart(bars).mark_bar(size=20).encode(x=x, y=y, color=colour, order=order)
    dashes = alt.Chart(line).mark_tick(thickness=2, size=26).encode(x=x, y=y, color=colour)
    return svg(alt.layer(stacked, dashes).properties(width=WIDTH - 40, height=150), lang=lang)
