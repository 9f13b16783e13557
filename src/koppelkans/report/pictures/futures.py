"""Sampled futures in pictures: what is firm per year, and planning together beside planning alone. (nl: toekomstbeeld)."""

import altair as alt
import pandas as pd

from koppelkans.ground.words import say
from koppelkans.report.pictures.look import ACCENT, LINE, WARN, WIDTH, svg

MOST = 24
"""Futures that are drawn one by one."""
FRAGILE = "#e3b27a"
MILLION = 1_000_000


def firm_years(firmness: pd.DataFrame, *, lang: str) -> str:
    """Draw per year how many of its works are firm and how many fragile. `firmness` is the table of the programme."""
    firm, fragile = say("firm", lang), say("fragile", lang)
    planned = firmness.dropna(subset=["year"])
    counted = planned.assign(
        what=planned["firm"].map({True: firm, False: fragile}), year=planned["year"].astype("int64")
    )
    counted = counted.groupby(["year", "what"]).size().rename("works").reset_index()
    counted["turn"] = counted["what"].map({firm: 0, fragile: 1})
    few = min(5, max(1, int(counted.groupby("year")["works"].sum().max()))) if len(counted) else 1
    chart = (
        alt.Chart(counted)
        .mark_bar(size=20)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False)),
            y=alt.Y("works:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=few, domain=False, ticks=False)),
            color=alt.Color("what:N", scale=alt.Scale(domain=[firm, fragile], range=[ACCENT, FRAGILE])),
            order=alt.Order("turn:Q"),
        )
        .properties(width=WIDTH - 40, height=150)
    )
    return svg(chart, lang=lang)


def together_and_alone(futures: pd.DataFrame, *, lang: str) -> str:
    """Draw per future what the programme costs and what planning alone costs, both planned again (mln eur).

    `futures` is the table of the programme; the first futures are drawn, the dearest programme first.
    """
    together, alone = say("this programme", lang), say("each party alone", lang)
    drawn = futures.head(MOST).sort_values(["replanned_eur", "future"], ascending=[False, True])
    order = drawn["future"].tolist()
    pairs = pd.DataFrame(
        {
            "future": drawn["future"],
            together: drawn["replanned_eur"] / MILLION,
            alone: drawn["silo_replanned_eur"] / MILLION,
        }
    )
    dots = pairs.melt("future", [together, alone], "what", "value")
    lines = pairs.rename(columns={together: "from", alone: "to"})
    y = alt.Y("future:O", sort=order, title=None, axis=None)
    dear = pairs[[together, alone]].max().max() >= 10  # noqa: PLR2004 - below ten million whole millions tell nothing apart
    x = alt.Axis(tickCount=6, domain=False, ticks=False, format=",.0f" if dear else ",.2f")
    line = (
        alt.Chart(lines)
        .mark_rule(color=LINE, strokeWidth=2)
        .encode(x=alt.X("from:Q", title=None, scale=alt.Scale(zero=False), axis=x), x2="to:Q", y=y)
    )
    dot = (
        alt.Chart(dots)
        .mark_circle(size=48, opacity=1)
        .encode(
            x=alt.X("value:Q", title=None, scale=alt.Scale(zero=False), axis=x),
            y=y,
            color=alt.Color("what:N", scale=alt.Scale(domain=[together, alone], range=[ACCENT, WARN])),
        )
    )
    return svg((line + dot).properties(width=WIDTH - 40, height=9 * len(order)), lang=lang)
