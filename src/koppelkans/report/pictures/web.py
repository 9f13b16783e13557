"""The ambitieweb as a picture: level wanted and level reached per theme, 0-3. (nl: ambitieweb als beeld)."""

from html import escape

import numpy as np
import pandas as pd

from koppelkans.ground.words import number, say
from koppelkans.report.pictures.look import ACCENT, FONT, INK, LINE, PAPER, QUIET

LEVELS = 3
RADIUS, SIDE, HEIGHT = 118, 460, 330
CORNERS = 3
"""Fewer themes than this make no web."""


def draw_web(themes: pd.DataFrame, *, lang: str) -> str:
    """Draw the web of one area.

    `themes` has name, wanted_level (0: not wanted) and reached_level (unknown: only the theme itself is drawn, with a
    question mark). From three themes on, the levels are joined to a web.
    """
    angles = 2 * np.pi * np.arange(len(themes)) / max(len(themes), 1) - np.pi / 2
    wanted = themes["wanted_level"].to_numpy(dtype=float)
    reached = themes["reached_level"].to_numpy(dtype=float)
    parts = [*_rings(angles), *_shape(angles, np.nan_to_num(reached), ACCENT, fill=0.28)]
    parts += _shape(angles, wanted, INK, dashed=True)
    parts += [_dot(point, ACCENT) for point in _at(angles, reached)[~np.isnan(reached)]]
    parts += _names(themes["name"].tolist(), angles, wanted, reached, lang)
    parts += _legend(lang)
    inside = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{HEIGHT}" viewBox="0 0 {SIDE} {HEIGHT}">'
        f'<rect width="{SIDE}" height="{HEIGHT}" fill="{PAPER}"/><g font-family="{FONT}" font-size="11">{inside}</g></svg>'
    )


def _at(angles: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Return the points (px) at a level along each ray."""
    length = RADIUS * np.asarray(levels) / LEVELS
    return np.column_stack([SIDE / 2 + length * np.cos(angles), HEIGHT / 2 - 10 + length * np.sin(angles)])


def _points(points: np.ndarray) -> str:
    """Return points as SVG writes them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points.tolist())


def _rings(angles: np.ndarray) -> list[str]:
    """Return the rings of the three levels and the rays of the themes."""
    round_about = np.linspace(0, 2 * np.pi, 73)
    around = angles if len(angles) >= CORNERS else round_about
    rings = [
        f'<polygon points="{_points(_at(around, np.full(len(around), level)))}" fill="none" stroke="{LINE}"/>'
        for level in range(1, LEVELS + 1)
    ]
    rays = [
        f'<polyline points="{_points(np.vstack([_at(np.array([angle]), np.zeros(1)), _at(np.array([angle]), np.full(1, 3.0))]))}" stroke="{LINE}" fill="none"/>'
        for angle in angles.tolist()
    ]
    middle, top = SIDE / 2, HEIGHT / 2 - 10
    scale = [
        f'<text x="{middle + 3:.1f}" y="{top - RADIUS * level / LEVELS + 10:.1f}" fill="{QUIET}" font-size="9">{level}</text>'
        for level in range(1, LEVELS + 1)
    ]
    return [*rings, *rays, *scale]


def _shape(
    angles: np.ndarray, levels: np.ndarray, colour: str, *, fill: float = 0.0, dashed: bool = False
) -> list[str]:
    """Return levels joined to a web, or drawn along their rays where there are fewer than three themes."""
    style = f'stroke="{colour}" stroke-width="{2 if dashed or len(angles) >= CORNERS else 6}"' + (
        ' stroke-dasharray="5 3"' if dashed else ""
    )
    if len(angles) >= CORNERS:
        inside = f'fill="{colour}" fill-opacity="{fill}"' if fill else 'fill="none"'
        return [f'<polygon points="{_points(_at(angles, levels))}" {inside} {style}/>']
    ends, start = _at(angles, levels), _at(angles, np.zeros(len(angles)))
    pairs = zip(start.tolist(), ends.tolist(), strict=True)
    return [f'<line x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}" {style}/>' for a, b in pairs]


def _dot(point: np.ndarray, colour: str) -> str:
    """Return a dot."""
    return f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="3.2" fill="{colour}" stroke="{PAPER}"/>'


def _names(names: list[str], angles: np.ndarray, wanted: np.ndarray, reached: np.ndarray, lang: str) -> list[str]:
    """Return the name of each theme at the end of its ray, with the levels in figures."""
    points = _at(angles, np.full(len(angles), LEVELS + 0.3))
    lines = []
    for name, (x, y), angle, goal, level in zip(names, points.tolist(), angles, wanted, reached, strict=True):
        side = np.cos(angle)
        anchor = "middle" if abs(side) < 0.2 else ("start" if side > 0 else "end")  # noqa: PLR2004 -- near the vertical
        down = 10 if np.sin(angle) > 0.5 else (-12 if np.sin(angle) < -0.5 else -2)  # noqa: PLR2004
        known = "?" if np.isnan(level) else number(level, lang, 1)
        figures = say("{reached} of {wanted}", lang, reached=known, wanted=int(goal))
        lines.append(
            f'<text x="{x:.1f}" y="{y + down:.1f}" text-anchor="{anchor}" fill="{INK}" font-weight="600">{escape(name)}</text>'
            f'<text x="{x:.1f}" y="{y + down + 12:.1f}" text-anchor="{anchor}" fill="{QUIET}" font-size="10">{figures}</text>'
        )
    return lines


def _legend(lang: str) -> list[str]:
    """Return what the two webs are."""
    base = HEIGHT - 8
    return [
        f'<line x1="8" y1="{base - 20}" x2="30" y2="{base - 20}" stroke="{INK}" stroke-width="2" stroke-dasharray="5 3"/>',
        f'<text x="36" y="{base - 16}" fill="{INK}">{say("level wanted", lang)}</text>',
        f'<rect x="8" y="{base - 9}" width="22" height="9" fill="{ACCENT}" fill-opacity="0.28" stroke="{ACCENT}"/>',
        f'<text x="36" y="{base}" fill="{INK}">{say("level reached by the works", lang)}</text>',
    ]
