"""Which works a change moves, from which year to which, and what money moves with them. (nl: beeld van een wijziging)."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import say
from koppelkans.report.pictures.look import ACCENT, INK, LINE, PAPER, QUIET, WARN, WIDTH, named_rows, svg
from koppelkans.report.pictures.wrapping import wrapped

NAMES, ROW, LETTERS = 270, 21, 44
"""Width (px) of the names of works, height of a row, and letters in a line of a name."""
SPACE = " "
"""A column without a name, so that the words for undone do not touch the last year."""
PANEL = 74
"""Height (px) of the bars of one change."""


def work_moves(moves: pd.DataFrame, *, years: Horizon, lang: str) -> str:
    """Draw a row per work: a circle in its year now, a dot in its new year, and a line between them.

    `moves` has name, from_year, to_year (unknown: left undone) and promise_moves; rows are drawn in their order.
    """
    undone = say("left undone", lang)
    shown = pd.DataFrame(
        {
            "row": range(len(moves)),
            "was": _column(moves["from_year"], undone),
            "now": _column(moves["to_year"], undone),
            "tone": [WARN if broken else ACCENT for broken in moves["promise_moves"]],
        }
    )
    columns = [str(year) for year in years.years]
    if undone in {*shown["was"], *shown["now"]}:
        columns += [SPACE, undone]
    scale = alt.Scale(domain=columns, type="point", padding=0.5)
    short = alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, grid=True, labelExpr="length(datum.label) == 4 && isNumber(+datum.label) && +datum.label > 0 ? '’' + slice(datum.label, 2) : datum.label")  # fmt: skip
    labels = [_short(name) for name in moves["name"]]
    place = alt.Chart(shown).encode(
        x=alt.X("was:O", title=None, scale=scale, axis=short),
        y=named_rows(labels, limit=NAMES),
        color=alt.Color("tone:N", scale=None),
    )
    line = place.mark_rule(strokeWidth=2.5).encode(x2="now:O")
    before = place.mark_point(size=70, fill=PAPER, opacity=1, strokeWidth=2)
    after = place.mark_circle(size=90, opacity=1).encode(x=alt.X("now:O", scale=scale))
    chart = (line + before + after).properties(width=WIDTH - NAMES, height=ROW * len(moves))
    return svg(chart, lang=lang)


def money_shift(shift: pd.DataFrame, *, labels: Mapping[str, str], years: Horizon, lang: str) -> str:
    """Draw a row of bars per change: what is spent more or less in each year, in thousands of euros.

    `shift` has what_if, year and eur; `labels` says what each change is called, in the order to draw.
    """
    shown = shift.assign(
        label=shift["what_if"].map(dict(labels)),
        keur=shift["eur"] / 1000,
        tone=[WARN if eur > 0 else QUIET for eur in shift["eur"]],
        year=shift["year"].astype("int64").astype("str"),
    )
    columns = [str(year) for year in years.years]
    x = alt.X("year:O", title=None, scale=alt.Scale(domain=columns), axis=alt.Axis(labelAngle=0, ticks=False))
    y = alt.Y("keur:Q", title=None, axis=alt.Axis(tickCount=3, format=",.0f", domain=False, ticks=False))
    bars = alt.Chart().mark_bar(size=16).encode(x=x, y=y, color=alt.Color("tone:N", scale=None))
    zero = alt.Chart().mark_rule(color=INK, strokeWidth=0.8).encode(y=alt.datum(0))
    header = alt.Header(labelAnchor="start", labelLimit=WIDTH - 80)
    chart = (
        alt.layer(bars, zero, data=shown)
        .properties(width=WIDTH - 70, height=PANEL)
        .facet(facet=alt.Facet("label:N", sort=list(labels.values()), header=header), columns=1)
        .resolve_scale(y="independent")
        .configure_axisY(gridColor=LINE)
    )
    return svg(chart, lang=lang)


def _column(years: pd.Series, undone: str) -> list[str]:
    """Return the column of each year."""
    return [undone if pd.isna(year) else str(int(year)) for year in years]


def _short(name: str) -> str:
    """Return as much of a name as fits before its row."""
    lines = wrapped(name, LETTERS)
    return lines[0] if len(lines) == 1 else f"{lines[0]} …"
