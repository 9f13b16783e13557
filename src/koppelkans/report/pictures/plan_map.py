"""A map for paper: streets in the colour of the years in which they open. (nl: kaart op papier)."""

from dataclasses import dataclass, replace
from html import escape

import geopandas as gpd
import numpy as np
import shapely
from shapely import STRtree

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import say
from koppelkans.report.pictures.look import (
    FONT,
    INK,
    LINE,
    PAPER,
    PERIODS,
    QUIET,
    WIDTH,
    period_colours,
    periods,
    svg_path,
    to_paper,
)

BACKDROP = {"water": "#cfe3ef", "green": "#dfeadb", "building": "#e3e1dc"}
GROUND, STREET = "#f6f5f1", "#c9ccd0"
LOWEST = 260
"""Height of a map at least (px)."""
MOST_NAMES, NOWHERE = 600, -1e6
FEW, ENOUGH, LARGER = 0.02, 20, 1.4
"""Share of streets that may stay outside a map, from how many streets on, and how much larger the map must be for it."""
SMALLEST = 2.0
"""Topography smaller than this (square px) is left out."""
SCALES = (20, 50, 100, 200, 500, 1000, 2000, 5000)

Bounds = tuple[float, float, float, float]
Shapes = np.ndarray


@dataclass(frozen=True)
class MapFrame:
    """Sections with year, works and name, areas, topography and dots of one map.

    A section that is not opened has no year.
    """

    sections: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    backdrop: gpd.GeoDataFrame
    years: Horizon
    focus: shapely.Geometry | None = None
    """The area that the map is of: the rest is veiled; None: nothing is."""
    frame: Bounds | None = None
    """Bounds (m) to show; None: those of all sections."""
    names: str = "areas"
    """What is named: areas or streets."""
    highest: int = 700
    """Height at most (px)."""


def frame_of(sections: gpd.GeoDataFrame) -> tuple[Bounds, int]:
    """Return the bounds (m) that show the streets, and how many lie outside.

    All of them, unless a few (at most 2 %) lie so far off that without them the map is at least 1.4 times as large.
    """
    boxes = sections.bounds.to_numpy()
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    off = np.linalg.norm(middles - np.median(middles, axis=0), axis=1)
    few = max(int(FEW * len(boxes)), 1) if len(boxes) >= ENOUGH else 0
    near = np.sort(np.argsort(off, kind="stable")[: len(boxes) - few])
    for rows in (near, slice(None)):
        low, high = boxes[rows, :2].min(axis=0), boxes[rows, 2:].max(axis=0)
        whole = boxes[:, 2:].max(axis=0) - boxes[:, :2].min(axis=0)
        if rows is not near or (high - low).max() * LARGER <= whole.max():
            break
    outside = ((boxes[:, 2:] < low) | (boxes[:, :2] > high)).any(axis=1)
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1])), int(outside.sum())


def draw_map(shown: MapFrame, *, lang: str) -> str:
    """Draw the map with legend, scale bar and north arrow."""
    bounds, scale, height = _fit(shown)
    inside = shapely.box(*bounds)
    seen = replace(
        shown,
        sections=_within(shown.sections, inside),
        areas=_within(shown.areas, inside),
        backdrop=_within(shown.backdrop, inside),
    )
    parts = [f'<rect width="{WIDTH}" height="{height}" fill="{GROUND}"/>']
    parts += _behind(seen, bounds, scale)
    parts += _streets(seen, bounds, scale)
    if shown.focus is not None:
        rest = to_paper(np.array([inside.difference(shown.focus)]), bounds=bounds, scale=scale)
        parts.append(f'<path d="{svg_path(rest)}" fill="{PAPER}" fill-opacity="0.62" fill-rule="evenodd"/>')
    parts += _names(seen, bounds, scale, height)
    parts += _scale_bar(scale, height)
    foot, low = _legend(shown.years, height, lang)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{low}" viewBox="0 0 {WIDTH} {low}">'
        f'<defs><clipPath id="map"><rect width="{WIDTH}" height="{height}"/></clipPath></defs>'
        f'<rect width="{WIDTH}" height="{low}" fill="{PAPER}"/>'
        f'<g font-family="{FONT}" font-size="11"><g clip-path="url(#map)">{"".join(parts)}</g>'
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" fill="none" stroke="{LINE}"/>{"".join(foot)}</g></svg>'
    )


def _fit(shown: MapFrame) -> tuple[Bounds, float, int]:
    """Return the bounds (m) that fill the paper, the scale (px per m) and the height (px)."""
    left, low, right, high = shown.frame or tuple(shown.sections.total_bounds.tolist())
    margin = 0.04 * max(right - left, high - low, 50.0)
    left, low, right, high = left - margin, low - margin, right + margin, high + margin
    scale = min(WIDTH / (right - left), shown.highest / (high - low))
    height = int(np.clip((high - low) * scale, LOWEST, shown.highest))
    wide, tall = WIDTH / scale, height / scale
    across, along = (left + right) / 2, (low + high) / 2
    return (across - wide / 2, along - tall / 2, across + wide / 2, along + tall / 2), scale, height


def _within(frame: gpd.GeoDataFrame, inside: shapely.Geometry) -> gpd.GeoDataFrame:
    """Return the rows that touch the part that is shown."""
    if frame.empty:
        return frame
    return frame.iloc[np.sort(STRtree(frame.geometry.to_numpy()).query(inside, predicate="intersects"))]


def _behind(shown: MapFrame, bounds: Bounds, scale: float) -> list[str]:
    """Return topography and the borders of areas."""
    parts = []
    for kind, colour in BACKDROP.items():
        shapes = shown.backdrop.loc[shown.backdrop["kind"] == kind].geometry.to_numpy()
        large = shapes[shapely.area(shapes) * scale**2 > SMALLEST] if len(shapes) else shapes
        if len(large):
            parts.append(
                f'<path d="{svg_path(to_paper(large, bounds=bounds, scale=scale))}" fill="{colour}" fill-rule="evenodd"/>'
            )
    if len(shown.areas):
        border = to_paper(shown.areas.geometry.to_numpy(), bounds=bounds, scale=scale)
        style = f'fill="none" stroke="{QUIET}" stroke-width="1" stroke-dasharray="1 3" stroke-linecap="round"'
        parts.append(f'<path d="{svg_path(border)}" {style}/>')
    return parts


def _streets(shown: MapFrame, bounds: Bounds, scale: float) -> list[str]:
    """Return the sections: quiet where nothing opens, else in the colour of the period, wide where works share it."""
    sections = shown.sections
    planned = sections["year"].notna().to_numpy()
    shapes = to_paper(sections.geometry.to_numpy(), bounds=bounds, scale=scale)
    flat = bool(len(shapes)) and shapely.get_dimensions(shapes).max() == 2  # noqa: PLR2004 -- polygons
    parts = [_stroke(shapes[~planned], STREET, 1.3, flat=flat)]
    colours = np.full(len(sections), STREET, dtype=object)
    years = sections.loc[planned, "year"].astype("int64").to_numpy()
    colours[planned] = period_colours(years, first=shown.years.first, last=shown.years.last)
    shared = planned & (sections["works"].fillna(0).to_numpy() > 1)
    for _, _, colour in reversed(periods(shown.years.first, shown.years.last)):
        parts.append(_stroke(shapes[planned & ~shared & (colours == colour)], colour, 2.4, flat=flat))
    parts.append(_stroke(shapes[shared], INK, 6.4, flat=flat))
    for _, _, colour in reversed(periods(shown.years.first, shown.years.last)):
        parts.append(_stroke(shapes[shared & (colours == colour)], colour, 4.4, flat=flat))
    return parts


def _stroke(shapes: np.ndarray, colour: str, width: float, *, flat: bool) -> str:
    """Return shapes of one colour: lines as wide as told, polygons filled with a rim."""
    if not len(shapes):
        return ""
    fill = f'fill="{colour}" fill-rule="evenodd"' if flat else 'fill="none"'
    rim = max(width - 2.0, 0.4) if flat else width
    return f'<path d="{svg_path(shapes)}" {fill} stroke="{colour}" stroke-width="{rim:.1f}" stroke-linecap="round" stroke-linejoin="round"/>'


def _names(shown: MapFrame, bounds: Bounds, scale: float, height: int) -> list[str]:
    """Return names of areas or of streets that open, leaving out what would lie over another name or the edge."""
    if shown.names == "areas":
        named, size, weight = shown.areas, 12.0, 600
    else:
        opens = shown.sections[shown.sections["year"].notna() & shown.sections["name"].notna()]
        opens = opens if shown.focus is None else _within(opens, shown.focus)
        opens = opens.assign(long=opens.geometry.length).sort_values(["long", "section"], ascending=[False, True])
        named, size, weight = opens.head(MOST_NAMES), 10.0, 400
    if named.empty:
        return []
    spots = _middles(to_paper(named.geometry.to_numpy(), bounds=bounds, scale=scale))
    kept: dict[str, str] = {}
    boxes = np.empty((0, 4))
    inside = (2, 2, WIDTH - 2, height - 24)
    for text, (x, y) in zip(named["name"].tolist(), spots.tolist(), strict=True):
        half = 0.29 * size * len(text)
        place = np.array([x - half, y - size, x + half, y + 0.4 * size])
        over = (boxes[:, :2] < place[2:]).all(axis=1) & (boxes[:, 2:] > place[:2]).all(axis=1)
        if text in kept or over.any() or (place[:2] < inside[:2]).any() or (place[2:] > inside[2:]).any():
            continue
        boxes = np.vstack([boxes, place])
        style = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:.0f}" font-weight="{weight}" text-anchor="middle"'
        halo = f'<text {style} fill="{PAPER}" stroke="{PAPER}" stroke-width="3" stroke-linejoin="round">'
        kept[text] = f'{halo}{escape(text)}</text><text {style} fill="{INK}">{escape(text)}</text>'
    return list(kept.values())


def _middles(shapes: Shapes) -> np.ndarray:
    """Return a point (px) on the middle of each line, or inside each polygon; off the paper for what is too small for it."""
    points = shapely.point_on_surface(shapes)
    lines = shapely.get_type_id(shapes) == shapely.GeometryType.LINESTRING
    points[lines] = shapely.line_interpolate_point(shapes[lines], 0.5, normalized=True)
    spots = np.full((len(shapes), 2), NOWHERE)
    drawn = ~shapely.is_empty(points)
    spots[drawn] = shapely.get_coordinates(points[drawn])
    return spots


def _scale_bar(scale: float, height: int) -> list[str]:
    """Return a scale bar of a round length and an arrow to the north."""
    metres = max((length for length in SCALES if length * scale <= 130), default=SCALES[0])  # noqa: PLR2004 -- px
    wide, base = metres * scale, height - 10
    text = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"  # noqa: PLR2004
    return [
        f'<rect x="4" y="{base - 15}" width="{wide + 62:.1f}" height="21" fill="{PAPER}" fill-opacity="0.85"/>',
        f'<path d="M10 {base - 4}V{base}H{10 + wide:.1f}V{base - 4}" fill="none" stroke="{INK}" stroke-width="1.2"/>',
        f'<text x="{14 + wide:.1f}" y="{base}" fill="{INK}" font-size="10">{text}</text>',
        f'<path d="M{WIDTH - 16} 26L{WIDTH - 20} 10L{WIDTH - 24} 26L{WIDTH - 20} 22Z" fill="{INK}"/>',
        f'<text x="{WIDTH - 20}" y="37" fill="{INK}" font-size="10" text-anchor="middle">N</text>',
    ]


def _legend(years: Horizon, height: int, lang: str) -> tuple[list[str], int]:
    """Return what colours and widths mean, under the map, and the height of the whole (px)."""
    spans = [
        (f"{first}–{last}" if first < last else str(first), [(colour, 3.8)])
        for first, last, colour in periods(years.first, years.last)
    ]
    spans.append((say("works together", lang), [(INK, 6.4), (PERIODS[2], 4.4)]))
    spans.append((say("not opened", lang), [(STREET, 1.6)]))
    parts, x, y = [], 4.0, height + 20
    for text, strokes in spans:
        wide = 24 + 6.3 * len(text)
        if x + wide > WIDTH:
            x, y = 4.0, y + 18
        for colour, width in strokes:
            parts.append(
                f'<path d="M{x + 3:.0f} {y - 4}h11" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"/>'
            )
        parts.append(f'<text x="{x + 19:.0f}" y="{y}" fill="{INK}" font-size="10">{escape(text)}</text>')
        x += wide
    return parts, y + 10
