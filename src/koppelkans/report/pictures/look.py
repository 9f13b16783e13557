"""One letter and one set of colours for every picture; charts as SVG, shapes as paths. (nl: uiterlijk)."""

import json
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from html import escape
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Literal

import altair as alt
import numpy as np
import numpy.typing as npt
import shapely
import vl_convert

from koppelkans.report.legible import charted, mapped

FONT = "Public Sans"
INK, QUIET, LINE, PAPER = "#17324d", "#5b6b7a", "#d5dbe1", "#ffffff"
"""Text, quiet text (5.5:1 on white), lines, background."""
ACCENT, WARN, GOOD = "#0f6e6e", "#b3541e", "#2f7d4f"
SYSTEMS = {"infrastructure": "#6b7280", "biodiversity": "#2f7d4f", "water": "#1f6fb2", "cables_and_pipes": "#b07c00"}
PERIODS = ("#3b0f70", "#8c2981", "#d6456c", "#f58a53", "#fcc66d")
"""Colours of periods, the nearest the darkest; also told apart in grey and by the colour-blind."""
GROUNDS = {
    "ambitions": "#2f7d4f",
    "technical": "#17324d",
    "financing": "#b07c00",
    "feasibility": "#7a5195",
    "manageability": "#1f6fb2",
    "liveability": "#d6456c",
}
LETTER = {"font": FONT, "background": PAPER, "padding": 2}
DRESS: dict[str, dict[str, Any]] = {
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": QUIET,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "gridColor": LINE,
        "domainColor": LINE,
        "tickColor": LINE,
        "labelLimit": 260,
    },
    "header": {"labelColor": INK, "labelFontSize": 12, "labelFontWeight": 600, "title": None, "labelPadding": 4},
    "legend": {
        "labelColor": INK,
        "labelFontSize": 11,
        "title": None,
        "orient": "top",
        "symbolType": "square",
        "labelLimit": 300,
        "offset": 6,
    },
    "text": {"font": FONT, "fontSize": 11},
}
"""Letter, sizes and quiet lines of every chart."""
MOST_LINES, ROW_LINE = 3, 12
"""Lines of the name of a row at most, and the height (px) of one."""
WIDTH = 640
"""Width of a picture (px) that fills the column of a document; letters of 12 px come out at about 9 pt."""


def periods(first: int, last: int) -> list[tuple[int, int, str]]:
    """Cut years into at most five periods of equal length: first and last year, and colour."""
    length = -(-(last - first + 1) // len(PERIODS))
    starts = range(first, last + 1, length)
    return [(start, min(start + length - 1, last), colour) for start, colour in zip(starts, PERIODS, strict=False)]


def period_colours(years: Sequence[int], *, first: int, last: int) -> np.ndarray:
    """Return the colour of the period that each year lies in."""
    length = -(-(last - first + 1) // len(PERIODS))
    at = np.clip((np.asarray(years, dtype=int) - first) // length, 0, len(PERIODS) - 1)
    chosen: np.ndarray = np.array(PERIODS, dtype=object).take(at)
    return chosen


def named_rows(labels: Sequence[str | list[str]], *, limit: int) -> alt.Y:
    """Return the axis of rows 0, 1, 2 ... with these names.

    Two rows may have the same name, and a name may have lines.
    """
    names = json.dumps(list(labels), ensure_ascii=False)
    axis = alt.Axis(ticks=False, domain=False, labelLimit=limit, labelExpr=f"{names}[datum.value]", labelOverlap=False)
    return alt.Y("row:O", sort=None, title=None, axis=axis)


def font_folder() -> Path:
    """Return the folder with the letter of documents (Public Sans, SIL Open Font License)."""
    with as_file(files("koppelkans.report") / "vendor" / "fonts") as folder:
        return folder


@cache
def _fonts_are_known() -> bool:
    """Tell the chart maker once where the letter is."""
    vl_convert.register_font_directory(str(font_folder()))
    return True


def svg(chart: alt.TopLevelMixin, *, lang: str) -> str:
    """Return a chart as SVG, the same bytes for the same chart.

    Numbers are written as in `lang`.
    """
    return _drawn(json.dumps(_dressed(chart)), "nl-NL" if lang == "nl" else "en-GB")


@lru_cache(maxsize=300)
def _drawn(spec: str, locale: Literal["nl-NL", "en-GB"]) -> str:
    """Return a finished description as SVG; what several circles may see alike is drawn once."""
    _fonts_are_known()
    drawn = vl_convert.vegalite_to_svg(spec, format_locale=locale)
    seen: dict[str, str] = {}
    # The chart maker goes on counting the names of its clips from one chart to the next.
    return re.sub(
        r"\b(clip|gradient_)\d+", lambda hit: seen.setdefault(hit.group(), f"{hit.group(1)}{len(seen)}"), drawn
    )


def _dressed(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """Return what the chart maker draws: a chart with the letter, sizes and quiet lines of the house.

    Put on the finished description: a chart copies itself whole at every `configure`.
    """
    made: dict[str, Any] = mapped(chart.to_dict(validate=False), charted)
    config = made.get("config", {})
    made["config"] = config | {part: config.get(part, {}) | dress for part, dress in DRESS.items()} | LETTER
    return made


def short(name: str, letters: float) -> str:
    """Return a name of at most so many letters; a longer one is cut, with dots at its end."""
    return name if len(name) <= letters else name[: int(letters) - 1].rstrip() + "…"


def wrapped(name: str, letters: int) -> list[str]:
    """Break a name at its spaces into lines of at most so many letters.

    A longer word keeps a line of its own.
    """
    rows = [""]
    for word in name.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and len(longer) > letters:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def row_lines(labels: Sequence[str], letters: int) -> list[list[str]]:
    """Break the names of rows into lines of at most so many letters.

    Only what is longer than three lines is cut.
    """
    broken = []
    for label in labels:
        lines = wrapped(label, letters)
        lines = lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]
        broken.append([short(line, letters) for line in lines])
    return broken


def row_name(lines: Sequence[str], *, x: float, y: float) -> str:
    """Return the name of a row as SVG text that ends at `x`, its lines around `y`."""
    first = y + 4 - ROW_LINE * (len(lines) - 1) / 2
    return "".join(
        f'<text x="{x:.1f}" y="{first + ROW_LINE * at:.1f}" text-anchor="end">{escape(line)}</text>'
        for at, line in enumerate(lines)
    )


def svg_path(shapes: npt.NDArray[np.object_]) -> str:
    """Return one SVG path for many lines and polygons together.

    Coordinates in px, y downwards, 1 decimal.
    """
    parts = shapely.get_parts(shapes)
    kinds = shapely.get_type_id(parts)
    lines = parts[(kinds == shapely.GeometryType.LINESTRING) | (kinds == shapely.GeometryType.LINEARRING)]
    rings = shapely.get_rings(parts[kinds == shapely.GeometryType.POLYGON])
    return _path_data(lines, end="") + _path_data(rings, end="Z")


def _path_data(lines: npt.NDArray[np.object_], *, end: str) -> str:
    """Return lines or rings as path data."""
    points, line_of = shapely.get_coordinates(lines, return_index=True)
    if not len(points):
        return ""
    first = np.r_[True, line_of[1:] != line_of[:-1]]
    last = np.r_[first[1:], True]
    start = np.where(first, "M", "L")
    close = np.where(last, end, "")
    texts = np.char.mod("%.1f", points)
    return "".join((start + texts[:, 0].astype(object) + " " + texts[:, 1].astype(object) + close).tolist())


def to_paper(
    shapes: npt.NDArray[np.object_], *, bounds: tuple[float, float, float, float], scale: float
) -> npt.NDArray[np.object_]:
    """Return shapes in px.

    `scale` px per m, the upper left corner of `bounds` (m) at 0, 0; details under half a px are gone.
    """
    left, top = bounds[0], bounds[3]
    moved = shapely.transform(shapes, lambda xy: np.column_stack([(xy[:, 0] - left) * scale, (top - xy[:, 1]) * scale]))
    simple: npt.NDArray[np.object_] = shapely.simplify(moved, 0.4, preserve_topology=False)
    return simple
