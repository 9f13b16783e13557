"""When each work of an area may be done, had best be done, and is done. (nl: balkenplanning)."""

from html import escape

import numpy as np
import pandas as pd

from koppelkans.ground.columns import SYSTEM_WORDS as NAMES
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import say
from koppelkans.report.pictures.look import FONT, INK, LINE, PAPER, SYSTEMS, WIDTH

LEFT, ROW, TOP = 240, 19, 24
"""Width (px) of the names, height of a row, and height of the years above the rows."""
LETTER, LINE_HEIGHT = 6.3, 18
"""Mean width (px) of a letter of 11 px, and height of a line of the legend."""


def work_years(works: pd.DataFrame, *, years: Horizon, lang: str) -> str:
    """Draw a row per work: the window in which it may be done, the best year, and the year of the programme.

    `works` has label, earliest_year, best_year, latest_year, year, system and mark (letter of its bundle, or empty).
    """
    legend, head = _legend(works, lang)
    low = head + TOP
    bottom = low + ROW * len(works)
    step = (WIDTH - LEFT) / len(years)
    parts = [*legend, *_years(years, step, low, bottom)]
    middles = low + ROW * (np.arange(len(works)) + 0.5)
    edges = {
        name: LEFT + (works[name].clip(years.first, years.last) - years.first).to_numpy(dtype=float) * step
        for name in ("earliest_year", "latest_year", "year", "best_year")
    }
    seen = (works["best_year"].between(years.first, years.last) & (works["best_year"] != works["year"])).tolist()
    rows = zip(
        works["label"],
        works["system"],
        works["mark"],
        seen,
        middles.tolist(),
        *(edges[name].tolist() for name in edges),
        strict=True,
    )
    for label, system, mark, shown, y, first, last, at, best in rows:
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{escape(_short(label))}</text>')
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


def _short(label: str) -> str:
    """Return a name that fits before the rows."""
    most = int((LEFT - 10) / LETTER)
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


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
        wide = 32 + LETTER * len(text)
        if x + wide > WIDTH:
            x, y = 0.0, y + LINE_HEIGHT
        parts.append(f'<g transform="translate({x:.1f} {y})">{sign}<text x="18">{escape(text)}</text></g>')
        x += wide
    return parts, y + 6.0
