"""What each year of the window of works would cost: a strip of years per work. (nl: jaren met hun prijs)."""

import altair as alt
import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import number, say
from koppelkans.report.pictures.look import ACCENT, INK, LINE, PAPER, QUIET, WIDTH, named_rows, svg

NAMES, ROW = 220, 20
"""Width (px) of the names of the works, and height of a row."""
LIGHT, DEAR = "#fbe9dc", "#d98a55"
CHEAPER = "#d5eadb"


def price_years(prices: pd.DataFrame, *, years: Horizon, lang: str) -> str:
    """Draw a row per work: its own year full, each other year with what it costs more, in thousands of euros.

    `prices` has label, year, extra_eur (unknown where it is not shared), forbidden and own; rows are drawn in the order in
    which they first stand. A year that is forbidden is crossed; outside the window there is nothing.
    """
    labels = list(dict.fromkeys(prices["label"]))
    shown = prices.assign(row=prices["label"].map({label: at for at, label in enumerate(labels)}))
    shown = shown.assign(tone=_tones(shown), sign=_signs(shown, lang), ink=INK)
    shown.loc[shown["own"], "ink"] = PAPER
    shown.loc[shown["forbidden"], "ink"] = QUIET
    x = alt.X(
        "year:O",
        title=None,
        scale=alt.Scale(domain=years.years.tolist()),
        axis=alt.Axis(
            orient="top", labelAngle=0, ticks=False, domain=False, grid=False, labelExpr="'’' + slice(datum.label, 2)"
        ),
    )
    place = alt.Chart(shown).encode(x=x, y=named_rows(labels, limit=NAMES))
    cells = place.mark_rect(stroke=PAPER, strokeWidth=2).encode(color=alt.Color("tone:N", scale=None))
    signs = place.mark_text(fontSize=9.5).encode(text="sign:N", color=alt.Color("ink:N", scale=None))
    return svg((cells + signs).properties(width=WIDTH - NAMES, height=ROW * len(labels)), lang=lang)


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
