"""Years across, rows down: how busy each area or owner is, and when each work of an area is done. (nl: jaarbeelden)."""

import altair as alt
import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import say
from koppelkans.report.names import SYSTEMS as NAMES
from koppelkans.report.pictures.look import INK, LINE, PAPER, SYSTEMS, WIDTH, named_rows, svg

AREA_NAMES, WORK_NAMES = 150, 240
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


def work_years(works: pd.DataFrame, *, years: Horizon, lang: str) -> str:
    """Draw each work of an area: the window in which it may be done, the best year, and the year of the programme.

    `works` has label, earliest_year, best_year, latest_year, year, system and mark (letter of its bundle, or empty).
    """
    window, best = say("may be done", lang), say("best year", lang)
    systems = {name: say(word, lang) for name, word in NAMES.items() if name in set(works["system"])}
    scale = alt.Scale(domain=[*systems.values(), window, best], range=[*(SYSTEMS[name] for name in systems), LINE, INK])
    colour = alt.Color("what:N", scale=scale, legend=alt.Legend(columns=6))
    drawn = works.assign(
        row=range(len(works)),
        first=works["earliest_year"].clip(years.first, years.last) - 0.5,
        last=works["latest_year"].clip(years.first, years.last) + 0.5,
        start=works["year"] - 0.46,
        end=works["year"] + 0.46,
        system=works["system"].map(systems),
        seen=works["best_year"].between(years.first, years.last) & (works["best_year"] != works["year"]),
    )
    axis = alt.Axis(orient="top", values=years.years.tolist(), format="d", ticks=False, domain=False, title=None)
    across = alt.Scale(domain=[years.first - 0.5, years.last + 0.5], nice=False)
    base = alt.Chart(drawn).encode(y=named_rows(works["label"].tolist(), limit=WORK_NAMES))
    layers = [
        base.transform_calculate(what=f"'{window}'")
        .mark_bar(height=4)
        .encode(x=alt.X("first:Q", scale=across, axis=axis), x2="last:Q", color=colour),
        base.transform_calculate(what="datum.system")
        .mark_bar(height=15, cornerRadius=2)
        .encode(x=alt.X("start:Q", scale=across), x2="end:Q", color=colour),
        base.transform_filter("datum.seen")
        .transform_calculate(what=f"'{best}'")
        .mark_point(shape="diamond", size=55, filled=True, opacity=1, stroke=PAPER, strokeWidth=1)
        .encode(x=alt.X("best_year:Q", scale=across), color=colour),
        base.mark_text(color=PAPER, fontWeight=600, fontSize=10).encode(x=alt.X("year:Q", scale=across), text="mark:N"),
    ]
    return svg(alt.layer(*layers).properties(width=WIDTH - WORK_NAMES, height=19 * len(works)), lang=lang)
