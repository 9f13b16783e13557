"""Works against years: in which year each is done, and what other years would cost. (nl: werken per jaar)."""

from html import escape

import altair as alt
import numpy as np
import pandas as pd

from koppelkans.ground.columns import SYSTEM_WORDS as NAMES
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import number, say
from koppelkans.report.pictures.look import (
    ACCENT,
    FONT,
    INK,
    LINE,
    PAPER,
    QUIET,
    ROW_LINE,
    SYSTEMS,
    WIDTH,
    named_rows,
    row_lines,
    row_name,
    svg,
)

AREA_NAMES = 150
"""Width (px) that the names of rows take."""
LEFT, WORK_ROW, WORK_TOP = 240, 19, 24
"""Width (px) of the names, height of a row, and height of the years above the rows."""
LETTER_WIDTH, LINE_HEIGHT = 6.3, 18
"""Mean width (px) of a letter of 11 px, and height of a line of the legend."""
PRICE_NAMES, PRICE_ROW, PRICE_TOP = 220, 20, 24
"""Width (px) of the names of the works, height of a row, and height of the years above the rows."""
LIGHT, DEAR = "#fbe9dc", "#d98a55"
CHEAPER = "#d5eadb"


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
    """Draw a row per work: its window, its best year, and its year in the programme.

    `works` has label, earliest_year, best_year, latest_year, year, system and mark (letter of its bundle, or empty).
    """
    legend, head = _legend(works, lang)
    names = row_lines(works["label"].tolist(), int((LEFT - 10) / LETTER_WIDTH))
    row = _row_height(names, WORK_ROW)
    low = head + WORK_TOP
    bottom = low + row * len(works)
    step = (WIDTH - LEFT) / len(years)
    parts = [*legend, *_years(years, step, low, bottom)]
    middles = low + row * (np.arange(len(works)) + 0.5)
    edges = {
        name: LEFT + (works[name].clip(years.first, years.last) - years.first).to_numpy(dtype=float) * step
        for name in ("earliest_year", "latest_year", "year", "best_year")
    }
    seen = (works["best_year"].between(years.first, years.last) & (works["best_year"] != works["year"])).tolist()
    rows = zip(
        names,
        works["system"],
        works["mark"],
        seen,
        middles.tolist(),
        *(edges[name].tolist() for name in edges),
        strict=True,
    )
    for label, system, mark, shown, y, first, last, at, best in rows:
        parts.append(row_name(label, x=LEFT - 8, y=y))
        parts.append(
            f'<rect x="{first:.1f}" y="{y - 2:.1f}" width="{last - first + step:.1f}" height="4" fill="{LINE}"/>'
        )
        parts.append(
            f'<rect x="{at + 1:.1f}" y="{y - 7.5:.1f}" width="{step - 2:.1f}" height="15" rx="2" fill="{SYSTEMS.get(system, INK)}"/>'
        )
        if shown:
            x = best + step / 2
            parts.append(f'<path d="M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5z" fill="{INK}" stroke="{PAPER}"/>')
        if mark:
            parts.append(
                f'<text x="{at + step / 2:.1f}" y="{y + 3.6:.1f}" text-anchor="middle" fill="{PAPER}" font-weight="600" font-size="10">{mark}</text>'
            )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{bottom + 4:.0f}" viewBox="0 0 {WIDTH} {bottom + 4:.0f}">'
        f'<rect width="{WIDTH}" height="{bottom + 4:.0f}" fill="{PAPER}"/>'
        f'<g font-family="{FONT}" font-size="11" fill="{INK}">{"".join(parts)}</g></svg>'
    )


def _row_height(names: list[list[str]], least: int) -> int:
    """Return the height (px) of a row that holds the longest name."""
    return max(least, ROW_LINE * max(map(len, names), default=1) + 4)


def _years(years: Horizon, step: float, low: float, bottom: float) -> list[str]:
    """Return the years above the rows, with a line between each two."""
    parts = []
    for at, year in enumerate(years.years.tolist()):
        x = LEFT + at * step
        parts.append(f'<path d="M{x:.1f} {low}V{bottom}" stroke="{LINE}" stroke-width="0.6"/>')
        parts.append(f'<text x="{x + step / 2:.1f}" y="{low - 8}" text-anchor="middle">{year}</text>')
    return parts


def _legend(works: pd.DataFrame, lang: str) -> tuple[list[str], float]:
    """Return what colours and signs mean, and the height (px) that it takes."""
    present = set(works["system"])
    entries = [
        (say(word, lang), f'<rect y="-9" width="11" height="11" rx="2" fill="{SYSTEMS[name]}"/>')
        for name, word in NAMES.items()
        if name in present
    ]
    entries.append((say("may be done", lang), f'<rect y="-5.5" width="14" height="4" fill="{LINE}"/>'))
    entries.append((say("best year", lang), f'<path d="M6 -9l5 5l-5 5l-5 -5z" fill="{INK}"/>'))
    parts, x, y = [], 0.0, 12
    for text, sign in entries:
        wide = 32 + LETTER_WIDTH * len(text)
        if x + wide > WIDTH:
            x, y = 0.0, y + LINE_HEIGHT
        parts.append(f'<g transform="translate({x:.1f} {y})">{sign}<text x="18">{escape(text)}</text></g>')
        x += wide
    return parts, y + 6.0


def price_years(prices: pd.DataFrame, *, years: Horizon, lang: str) -> str:
    """Draw a row per work: its own year, and the extra cost of each other year.

    In thousands of euros.

    `prices` has label, year, extra_eur (unknown where it is not shared), forbidden and own; rows are drawn in the order in
    which they first stand. A year that is forbidden is crossed; outside the window there is nothing.
    """
    labels = list(dict.fromkeys(prices["label"]))
    row = prices["label"].map({label: at for at, label in enumerate(labels)})
    shown = prices.assign(row=row, tone=_tones(prices), sign=_signs(prices, lang), ink=INK)
    shown.loc[shown["own"], "ink"] = PAPER
    shown.loc[shown["forbidden"], "ink"] = QUIET
    shown = shown[shown["year"].between(years.first, years.last)]
    lines = row_lines(labels, int((PRICE_NAMES - 8) / LETTER_WIDTH))
    tall = _row_height(lines, PRICE_ROW)
    step, high = (WIDTH - PRICE_NAMES) / len(years), PRICE_TOP + tall * len(labels)
    heads = [
        f'<text x="{PRICE_NAMES + step * (at + 0.5):.1f}" y="{PRICE_TOP - 7}" text-anchor="middle">’{year % 100:02d}</text>'
        for at, year in enumerate(years.years.tolist())
    ]
    names = [row_name(name, x=PRICE_NAMES - 6, y=PRICE_TOP + tall * (at + 0.5)) for at, name in enumerate(lines)]
    cells = [
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{step - 2:.1f}" height="{tall - 2}" fill="{tone}"/>'
        f'<text x="{x + step / 2 - 1:.1f}" y="{y + tall / 2 + 2.5:.1f}" text-anchor="middle" font-size="9.5" fill="{ink}">{sign}</text>'
        for x, y, tone, ink, sign in zip(
            (PRICE_NAMES + (shown["year"] - years.first) * step + 1).tolist(),
            (PRICE_TOP + shown["row"] * tall + 1).tolist(),
            shown["tone"],
            shown["ink"],
            shown["sign"],
            strict=True,
        )
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{high}" viewBox="0 0 {WIDTH} {high}">'
        f'<rect width="{WIDTH}" height="{high}" fill="{PAPER}"/>'
        f'<g font-family="{FONT}" font-size="11" fill="{INK}">{"".join([*heads, *names, *cells])}</g></svg>'
    )


def _tones(shown: pd.DataFrame) -> pd.Series:
    """Return the colour of each cell: the dearer the darker, per work; cheaper is green."""
    extra = shown["extra_eur"].astype("Float64").fillna(0.0).astype(float)
    free = extra.where(~shown["forbidden"])
    most = free.groupby(shown["label"]).transform("max").clip(lower=1.0)
    share = (free / most).clip(0.0, 1.0).fillna(0.0)
    tone = pd.Series([_between(LIGHT, DEAR, part) for part in share], index=shown.index)
    tone = tone.mask(extra < 0, CHEAPER).mask(shown["forbidden"], LINE)
    return tone.mask(shown["own"], ACCENT)


def _signs(shown: pd.DataFrame, lang: str) -> list[str]:
    """Return what stands in each cell."""
    return [
        say("now", lang) if own else "×" if forbidden else _thousands(extra, lang)
        for own, forbidden, extra in zip(shown["own"], shown["forbidden"], shown["extra_eur"], strict=True)
    ]


def _thousands(extra: object, lang: str) -> str:
    """Return a price in thousands with its sign; a question mark where it is unknown."""
    if pd.isna(extra):
        return "?"
    thousands = round(float(str(extra)) / 1000)
    sign = "+" if thousands > 0 else "−" if thousands < 0 else ""
    return sign + number(abs(thousands), lang)


def _between(light: str, dark: str, share: float) -> str:
    """Return the colour at a share of the way from light to dark."""
    pairs = [(int(light[at : at + 2], 16), int(dark[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(low + share * (high - low)):02x}" for low, high in pairs)
