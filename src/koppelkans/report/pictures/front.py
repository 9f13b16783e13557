"""The curve of money: what solved programmes bring, and where money and quality meet. (nl: front tussen geld en kwaliteit)."""

from typing import Literal

import altair as alt
import pandas as pd

from koppelkans.ground.words import say
from koppelkans.report.pictures.look import ACCENT, INK, LINE, PAPER, QUIET, WARN, WIDTH, svg

MILLION = 1e6
HEIGHT = 120
NEAR = 0.16
"""Points that lie nearer than this share of the picture are named together."""


def money_curve(points: pd.DataFrame, *, lang: str) -> str:
    """Draw what each point of the curve gains against its budget, with what no programme can gain more than as a bar.

    `points` has label, role, budget_eur, gain_eur and gain_most_eur.
    """
    shown = points.assign(
        budget=points["budget_eur"].astype(float) / MILLION,
        gain=points["gain_eur"].astype(float) / MILLION,
        most=points["gain_most_eur"].astype(float) / MILLION,
        own=points["role"] == "base",
    )
    base = alt.Chart(shown).encode(
        x=alt.X(
            "budget:Q",
            title=say("budgets of the city, all years (million euros)", lang),
            scale=_scale(shown["budget"]),
            axis=_axis(),
        )
    )
    y = alt.Y(
        "gain:Q", title=None,
        scale=_scale(pd.concat([shown["gain"], shown["most"]])), axis=_axis(),
    )  # fmt: skip
    bars = base.mark_rule(color=QUIET, strokeWidth=1.4).encode(y=y, y2="most:Q")
    caps = base.mark_tick(color=QUIET, size=9, thickness=1.4, orient="horizontal").encode(y=alt.Y("most:Q"))
    line = base.mark_line(color=ACCENT, strokeWidth=1.6).encode(y=y)
    dots = base.mark_circle(size=70, opacity=1).encode(
        y=y, color=alt.condition(alt.datum["own"], alt.value(INK), alt.value(ACCENT))
    )
    names = base.mark_text(dy=15, color=INK).encode(y=y, text="label:N")
    return svg(
        (bars + caps + line + dots + names).properties(
            width=WIDTH - 60, height=HEIGHT, title=_over(say("gained over doing nothing (million euros)", lang))
        ),
        lang=lang,
    )


def money_quality(points: pd.DataFrame, *, lang: str) -> str:
    """Draw what each programme spends and which worth of ambitions it reaches; dominated ones are hollow.

    `points` has label, role, spent_eur, quality_eur and dominated; the line runs over those that are not dominated.
    """
    shown = points.assign(
        spent=points["spent_eur"].astype(float) / MILLION, quality=points["quality_eur"].astype(float) / 1000
    )
    best = shown[~shown["dominated"]].sort_values(["spent", "quality"])
    x = alt.X(
        "spent:Q", title=say("spent on works and openings (million euros)", lang), scale=_scale(shown["spent"]), axis=_axis()
    )  # fmt: skip
    y = alt.Y(
        "quality:Q", title=None, scale=_scale(shown["quality"], 0.3), axis=_axis()
    )  # fmt: skip
    line = alt.Chart(best).mark_line(color=ACCENT, strokeWidth=1.6, interpolate="step-after").encode(x=x, y=y)
    front = alt.Chart(best).mark_circle(size=80, color=ACCENT, opacity=1).encode(x=x, y=y)
    worse = shown[shown["dominated"]]
    hollow = alt.Chart(worse).mark_point(size=70, color=WARN, strokeWidth=1.6, fill=PAPER).encode(x=x, y=y)
    names = [
        alt.Chart(part).mark_text(align=side, dx=dx, dy=dy, baseline="top", **look).encode(x=x, y=y, text="names:N")
        for side, dx, dy, part in _names(shown)
        for look in ({"stroke": PAPER, "strokeWidth": 4, "color": PAPER}, {"color": INK})
    ]
    return svg(
        alt.layer(line, front, hollow, *names).properties(
            width=WIDTH - 60, height=HEIGHT, title=_over(say("worth of ambitions reached (thousand euros)", lang))
        ),
        lang=lang,
    )


def _names(shown: pd.DataFrame) -> list[tuple[Literal["left", "right"], int, int, pd.DataFrame]]:
    """Return where the names stand, on either side: points that lie near each other share a line of names, in their order."""
    far = {name: NEAR * max(float(shown[name].max() - shown[name].min()), 1e-9) for name in ("spent", "quality")}
    order = shown.sort_values(["spent", "quality"], kind="stable")
    apart = (order["spent"].diff().abs() > far["spent"]) | (order["quality"].diff().abs() > 2 * far["quality"])
    groups = order.assign(group=apart.cumsum()).groupby("group")
    placed = groups.agg(
        first=("spent", "first"), last=("spent", "last"), quality=("quality", "min"), names=("label", " · ".join)
    ).reset_index()
    middle = (shown["spent"].min() + shown["spent"].max()) / 2
    right = placed["first"] > middle
    ends = placed["last"].where(right, placed["first"])
    placed = placed.assign(spent=ends)
    low = pd.Series(range(len(placed)), index=placed.index) % 2 == 1
    told: list[tuple[Literal["left", "right"], int, int, pd.DataFrame]] = []
    for dy, turn in ((8, ~low), (21, low)):
        told += [("right", 6, dy, placed[right & turn]), ("left", -6, dy, placed[~right & turn])]
    return told


def _scale(values: pd.Series, below: float = 0.12) -> alt.Scale:
    """Return a scale with some air around its values."""
    known = values.dropna()
    low, high = float(known.min()), float(known.max())
    span = (high - low) or max(abs(high) * 0.05, 0.05)
    return alt.Scale(domain=[low - below * span, high + 0.12 * span], nice=False, zero=False)


def _axis() -> alt.Axis:
    """Return an axis with a few numbers and quiet lines."""
    return alt.Axis(tickCount=5, ticks=False, gridColor=LINE, domain=False)


def _over(text: str) -> alt.TitleParams:
    """Return what stands up the picture, written above it."""
    return alt.TitleParams(text, anchor="start", color=QUIET, fontSize=11, fontWeight="normal", offset=6)
