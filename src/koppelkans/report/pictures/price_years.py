"""What each year of the window of works would cost: a strip of years per work. (nl: jaren met hun prijs)."""

from html import escape

import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import number, say
from koppelkans.report.pictures.look import ACCENT, FONT, INK, LINE, PAPER, QUIET, WIDTH

NAMES, ROW, TOP = 220, 20, 24
"""Width (px) of the names of the works, height of a row, and height of the years above the rows."""
LETTER = 6.3
"""Mean width (px) of a letter of 11 px."""
LIGHT, DEAR = "#fbe9dc", "#d98a55"
CHEAPER = "#d5eadb"


def price_years(prices: pd.DataFrame, *, years: Horizon, lang: str) -> str:
    """Draw a row per work: its own year full, each other year with what it costs more, in thousands of euros.

    `prices` has label, year, extra_eur (unknown where it is not shared), forbidden and own; rows are drawn in the order in
    which they first stand. A year that is forbidden is crossed; outside the window there is nothing.
    """
    labels = list(dict.fromkeys(prices["label"]))
    row = prices["label"].map({label: at for at, label in enumerate(labels)})
    shown = prices.assign(row=row, tone=_tones(prices), sign=_signs(prices, lang), ink=INK)
    shown.loc[shown["own"], "ink"] = PAPER
    shown.loc[shown["forbidden"], "ink"] = QUIET
    shown = shown[shown["year"].between(years.first, years.last)]
    step, high = (WIDTH - NAMES) / len(years), TOP + ROW * len(labels)
    heads = [
        f'<text x="{NAMES + step * (at + 0.5):.1f}" y="{TOP - 7}" text-anchor="middle">’{year % 100:02d}</text>'
        for at, year in enumerate(years.years.tolist())
    ]
    names = [
        f'<text x="{NAMES - 6}" y="{TOP + ROW * (at + 0.5) + 4:.1f}" text-anchor="end">{escape(_fitting(label))}</text>'
        for at, label in enumerate(labels)
    ]
    cells = [
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{step - 2:.1f}" height="{ROW - 2}" fill="{tone}"/>'
        f'<text x="{x + step / 2 - 1:.1f}" y="{y + ROW / 2 + 2.5:.1f}" text-anchor="middle" font-size="9.5" fill="{ink}">{sign}</text>'
        for x, y, tone, ink, sign in zip(
            (NAMES + (shown["year"] - years.first) * step + 1).tolist(),
            (TOP + shown["row"] * ROW + 1).tolist(),
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


def _fitting(label: str) -> str:
    """Return a name that fits before the rows."""
    most = int((NAMES - 8) / LETTER)
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


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
        say("now", lang) if own else "×" if forbidden else _short(extra, lang)
        for own, forbidden, extra in zip(shown["own"], shown["forbidden"], shown["extra_eur"], strict=True)
    ]


def _short(extra: object, lang: str) -> str:
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
