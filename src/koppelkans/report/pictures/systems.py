"""Condition of a vital system over the years, with the programme and without renewal. (nl: conditiebeeld)."""

import altair as alt
import pandas as pd

from koppelkans.ground.words import say
from koppelkans.report.pictures.look import WIDTH, svg

CLASSES = (("good_share", "good condition", "#2f7d4f"), ("fair_share", "fair condition", "#c9b458"), ("poor_share", "poor condition", "#b3541e"), ("unknown_share", "condition unknown", "#c3cad1"))  # fmt: skip


def condition_years(forecast: pd.DataFrame, *, lang: str) -> str:
    """Draw the share of one system per condition class: left with the programme, right without renewal.

    `forecast` holds the rows of one system.
    """
    names = {column: say(word, lang) for column, word, _ in CLASSES}
    cases = {"programme": say("with this programme", lang), "nothing": say("without any renewal", lang)}
    long = forecast.rename(columns=names).melt(["case", "year"], list(names.values()), "what", "share")
    order = {name: rank for rank, name in enumerate(names.values())}
    long = long.assign(case=long["case"].map(cases), rank=long["what"].map(order))
    colour = alt.Color("what:N", scale=alt.Scale(domain=list(order), range=[tone for _, _, tone in CLASSES]))
    chart = (
        alt.Chart(long)
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False)),
            y=alt.Y("share:Q", title=None, axis=alt.Axis(format=".0%", tickCount=4, domain=False, ticks=False)),
            color=colour,
            order=alt.Order("rank:Q"),
        )
        .properties(width=WIDTH / 2 - 60, height=95)
        .facet(column=alt.Column("case:N", sort=list(cases.values()), header=alt.Header(labelAnchor="start")))
        .resolve_axis(y="independent")
    )
    return svg(chart, lang=lang)
