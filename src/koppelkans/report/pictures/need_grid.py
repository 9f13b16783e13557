"""Ambitions per quarter: the need in colour, and how much of it is met. (nl: ambities per buurt)."""

from html import escape

import pandas as pd

from koppelkans.ground.words import number, say
from koppelkans.report.pictures.look import FONT, INK, LINE, PAPER, QUIET, WIDTH, short, wrapped

LEFT, TOP, ROW, LEGEND = 178, 34, 30, 26
"""Width (px) of the names of ambitions, height of the names of quarters, of a row and of the legend."""
LETTER_WIDTH = 6.3
SHADES = ("#f3f6f8", "#fbe3c4", "#f6b879", "#e27d4b", "#b3401f")
"""From no need to the highest, in fifths; told apart in grey too, and the number stands in each."""
DARK_FROM = 3
"""Shade from which letters are light."""
BAR = 4


def need_grid(stack: pd.DataFrame, lang: str) -> str:
    """Draw a row per ambition and a column per place, in the order in which they first stand.

    `stack` has name_nl, name_en, place_name, need_score and met_share. The colour and the number are the need; the bar
    under the number is the share of it that the programme meets. A question mark is unknown.
    """
    ambitions = list(dict.fromkeys(stack[f"name_{lang}"]))
    places = list(dict.fromkeys(stack["place_name"]))
    step = (WIDTH - LEFT) / max(len(places), 1)
    height = LEGEND + TOP + ROW * len(ambitions) + 4
    parts = [*_legend(lang), *_heads(places, step)]
    for row, name in enumerate(ambitions):
        y = LEGEND + TOP + ROW * row
        parts.append(
            f'<text x="{LEFT - 8}" y="{y + 19}" text-anchor="end">{escape(short(name, (LEFT - 10) / LETTER_WIDTH))}</text>'
        )
    cells = zip(stack[f"name_{lang}"], stack["place_name"], stack["need_score"], stack["met_share"], strict=True)
    for name, place, need, met in cells:
        x, y = LEFT + step * places.index(place), LEGEND + TOP + ROW * ambitions.index(name)
        parts += _cell(x, y, step, need, met, lang)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>'
        f'<g font-family="{FONT}" font-size="11" fill="{INK}">{"".join(parts)}</g></svg>'
    )  # fmt: skip


def _cell(x: float, y: float, step: float, need: float, met: float, lang: str) -> list[str]:
    """Return one cell: its colour, the need as a number, and the bar of what is met."""
    middle = x + step / 2
    if pd.isna(need):
        return [
            f'<rect x="{x + 1:.1f}" y="{y + 1}" width="{step - 2:.1f}" height="{ROW - 2}" fill="{PAPER}" stroke="{LINE}"/>',
            f'<text x="{middle:.1f}" y="{y + 19}" text-anchor="middle" fill="{QUIET}">?</text>',
        ]
    shade = min(int(need * len(SHADES)), len(SHADES) - 1)
    tone = PAPER if shade >= DARK_FROM else INK
    parts = [
        f'<rect x="{x + 1:.1f}" y="{y + 1}" width="{step - 2:.1f}" height="{ROW - 2}" fill="{SHADES[shade]}"/>',
        f'<text x="{middle:.1f}" y="{y + 15}" text-anchor="middle" fill="{tone}">{number(need, lang, 1)}</text>',
    ]
    if pd.isna(met):
        return parts
    wide = step - 14
    return [
        *parts,
        f'<rect x="{x + 7:.1f}" y="{y + 20}" width="{wide:.1f}" height="{BAR}" fill="{PAPER}" fill-opacity="0.7"/>',
        f'<rect x="{x + 7:.1f}" y="{y + 20}" width="{wide * min(met, 1.0):.1f}" height="{BAR}" fill="{INK}"/>',
    ]


def _heads(places: list[str], step: float) -> list[str]:
    """Return the names of the quarters above their columns, in at most two lines."""
    parts = []
    for at, place in enumerate(places):
        size = 10.5 if max(map(len, place.split()), default=0) * LETTER_WIDTH <= step else 8.0
        letters = step / LETTER_WIDTH * 10.5 / size + 1
        lines = wrapped(place, max(int(letters), 4))[:2]
        for line, text in enumerate(lines):
            y = LEGEND + TOP - 6 - 12 * (len(lines) - 1 - line)
            told = escape(short(text, letters))
            parts.append(
                f'<text x="{LEFT + step * (at + 0.5):.1f}" y="{y}" text-anchor="middle" font-size="{size}">{told}</text>'
            )
    return parts


def _legend(lang: str) -> list[str]:
    """Return what colours and bars mean."""
    parts, x = [f'<text x="0" y="13">{escape(say("need:", lang))}</text>'], 62.0
    for at, shade in enumerate(SHADES):
        low, high = number(at / len(SHADES), lang, 1), number((at + 1) / len(SHADES), lang, 1)
        parts.append(f'<rect x="{x:.0f}" y="3" width="13" height="13" fill="{shade}" stroke="{LINE}"/>')
        parts.append(f'<text x="{x + 17:.0f}" y="13">{low}–{high}</text>')
        x += 62
    parts.append(f'<rect x="{x:.0f}" y="8" width="26" height="{BAR}" fill="{PAPER}" stroke="{LINE}"/>')
    parts.append(f'<rect x="{x:.0f}" y="8" width="13" height="{BAR}" fill="{INK}"/>')
    parts.append(f'<text x="{x + 32:.0f}" y="13">{escape(say("share that the programme meets", lang))}</text>')
    return parts
