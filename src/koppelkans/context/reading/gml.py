"""Geometry in GML 3.1 and 3.2: points, lines, arcs, polygons and their collections. (nl: GML)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from math import acos, atan2, ceil, cos, hypot, inf, isfinite, nan, pi, radians, sin

import numpy as np
import shapely
from lxml import etree
from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]
Coordinates = list[Point]

MOST_PIECES = 10_000
"""Straight pieces of one arc; an arc of a street needs fewer than a hundred."""
ARC_STEP = radians(4.0)
"""Largest angle of a straight piece of an arc, as in GDAL."""
ARC_DEPTH_M = 0.01
"""Largest distance (m) between an arc and its straight pieces: at 4 degrees a bend of 400 m radius would be 24 cm off."""
FEWEST_ON_ARC = 3

_LINES = frozenset({"LineString", "Curve", "CompositeCurve", "OrientableCurve"})
_STRAIGHT = frozenset({"LineString", "LinearRing", "LineStringSegment", "GeodesicString"})
_PATCHES = frozenset({"PolygonPatch", "Rectangle", "Triangle"})
_SURFACES = frozenset({"Surface", "CompositeSurface", "MultiSurface", "MultiPolygon"})
_GEOMETRIES = (
    _LINES | _SURFACES | frozenset({"Point", "Polygon", "MultiPoint", "MultiCurve", "MultiLineString", "MultiGeometry"})
)


@lru_cache(maxsize=4_096)
def bare(tag: str) -> str:
    """Return a tag without its namespace."""
    return tag.rpartition("}")[2]


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    tag = element.tag
    return bare(tag) if isinstance(tag, str) else ""


def find_geometry(element: etree._Element) -> etree._Element | None:
    """Return the first geometry in an element, itself included."""
    for part in element.iter():
        if local(part) in _GEOMETRIES:
            return part
    return None


def epsg(element: etree._Element) -> str:
    """Return the CRS that a geometry names, as `EPSG:28992`; empty where it names none.

    >>> epsg(etree.fromstring('<Point srsName="urn:x-ogc:def:crs:EPSG:28992"/>'))
    'EPSG:28992'
    """
    return _code(element.get("srsName", ""))


@lru_cache(maxsize=256)
def _code(said: str) -> str:
    """Return the code of a system in the words of GML."""
    found = re.search(r"EPSG[:/].*?(\d+)$", said, flags=re.IGNORECASE)
    return f"EPSG:{found.group(1)}" if found else ""


def shape_of(element: etree._Element) -> BaseGeometry | None:
    """Return the shape of a GML geometry in two dimensions; None where it cannot be read."""
    try:
        with np.errstate(all="ignore"):  # what is not finite is told with its row, when the shape is placed
            return _shape(element, 2)
    except (ValueError, IndexError, shapely.errors.GEOSException):
        return None


def _shape(element: etree._Element, size: int) -> BaseGeometry | None:
    """Return the shape of one geometry element; `size` is the number of coordinates per point around it."""
    name, size = local(element), _size(element, size)
    if name == "Point":
        return shapely.Point(_coordinates(element, size)[0])
    if name == "Polygon" or name in _PATCHES:
        plain = _plain_polygon(element, size)
        if plain is not None:
            return plain
        rings = [_ring(ring, size) for ring in element if local(ring) in ("exterior", "outerBoundaryIs")]
        holes = [_ring(ring, size) for ring in element if local(ring) in ("interior", "innerBoundaryIs")]
        return shapely.Polygon(np.array(rings[0]), [np.array(hole) for hole in holes])
    if name in _LINES:
        return shapely.LineString(np.array(_line(element, size)))
    parts = [part for child in _members(element) if (part := _shape(child, size)) is not None]
    if name in _SURFACES:
        flat = [one for part in parts for one in getattr(part, "geoms", [part])]
        return flat[0] if len(flat) == 1 and not name.startswith("Multi") else shapely.MultiPolygon(flat)
    gather = {"MultiPoint": shapely.MultiPoint, "MultiGeometry": shapely.GeometryCollection}
    return gather.get(name, shapely.MultiLineString)(parts) if parts else None


def _plain_polygon(element: etree._Element, size: int) -> BaseGeometry | None:
    """Return a polygon of one ring of straight lines, as nearly all are; None where it has more."""
    holder = element[0] if len(element) == 1 else None
    ring = holder[0] if holder is not None and len(holder) == 1 else None
    points = ring[0] if ring is not None and len(ring) == 1 else None
    if ring is None or points is None or local(points) != "posList" or local(ring) != "LinearRing":
        return None
    values = np.array([*map(float, (points.text or "").split())]).reshape(-1, _size(points, _size(ring, size)))
    whole = len(values) > FEWEST_ON_ARC and (values[0, :2] == values[-1, :2]).all()
    made: BaseGeometry | None = shapely.polygons(values[:, :2]) if whole else None
    return made


def _members(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the geometries within the properties (`surfaceMember`, `patches` …) of an aggregate."""
    for holder in element:
        for child in holder:
            if (name := local(child)) in _GEOMETRIES or name in _PATCHES:
                yield child


def _ring(holder: etree._Element, size: int) -> Coordinates:
    """Return the coordinates of a LinearRing, or of a Ring of curves."""
    ring = next(part for part in [*holder, None] if part is None or local(part))
    if ring is None:
        msg = "a ring without points"
        raise ValueError(msg)
    return _line(ring, _size(ring, size))


def _line(element: etree._Element, size: int) -> Coordinates:
    """Return the coordinates of a line, ring or curve, with its arcs in short straight pieces."""
    name, size = local(element), _size(element, size)
    if name in _STRAIGHT:
        return _coordinates(element, size)
    if name in ("Arc", "ArcString"):
        return _arcs(_coordinates(element, size))
    if name == "Circle":
        return _circle(_coordinates(element, size))
    joined: Coordinates = []
    for child in _pieces(element):
        piece = _line(child, size)
        joined += piece[1:] if joined and piece[0] == joined[-1] else piece
    if not joined:
        msg = "a curve without points"
        raise ValueError(msg)
    return joined[::-1] if element.get("orientation") == "-" else joined


def _pieces(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the segments of a curve, or the curves of a ring or composite curve, in their order."""
    for holder in element:
        if local(holder) in ("segments", "curveMember", "baseCurve"):
            yield from (child for child in holder if local(child))


def _coordinates(element: etree._Element, size: int) -> Coordinates:
    """Return the coordinates of one element as points of two, from posList, pos or (GML 2) coordinates."""
    own: Coordinates = []
    for part in element:
        name = local(part)
        if name in ("posList", "pos"):
            step = _size(part, size)
            values = [*map(float, (part.text or "").split())]
            if len(values) % step:
                msg = f"{len(values)} numbers in points of {step}"
                raise ValueError(msg)
            own += zip(values[::step], values[1::step], strict=True)
        elif name == "coordinates":
            pairs = (pair.split(",") for pair in (part.text or "").split())
            own += [(float(pair[0]), float(pair[1])) for pair in pairs]
        elif name == "pointProperty":
            own += (point for inner in part if local(inner) for point in _coordinates(inner, size))
    if not own:
        msg = "a geometry without points"
        raise ValueError(msg)
    return own


def _size(element: etree._Element, size: int) -> int:
    """Return the number of coordinates per point that an element says, else that around it."""
    said = element.get("srsDimension")
    return max(2, int(said)) if said else size


def _arcs(points: Coordinates) -> Coordinates:
    """Return a string of arcs through points (start, on the arc, end, on the arc, end …) as a line."""
    if len(points) < FEWEST_ON_ARC or len(points) % 2 == 0:
        return points
    return [points[0], *(one for at in range(0, len(points) - 2, 2) for one in _arc(*points[at : at + 3]))]


def _arc(first: Point, middle: Point, last: Point) -> Coordinates:
    """Return the points of one arc after its first, the end included; straight where the three lie on a line."""
    x, y = _centre(first, middle, last)
    if not (isfinite(x) and isfinite(y)):
        return [middle, last]
    begin, halfway, end = (atan2(point[1] - y, point[0] - x) for point in (first, middle, last))
    to_middle, whole = (halfway - begin) % (2 * pi), (end - begin) % (2 * pi)
    sweep = whole if to_middle <= whole else whole - 2 * pi
    radius = hypot(first[0] - x, first[1] - y)
    step = min(ARC_STEP, 2 * acos(max(1 - ARC_DEPTH_M / radius, 0)))
    if abs(sweep) > MOST_PIECES * step:
        return [(nan, nan)]  # no arc on a map: told as coordinates that are nowhere
    count = max(ceil(abs(sweep) / step), 2)
    turns = [begin + sweep * nth / count for nth in range(1, count)]
    made = [(x + radius * cos(turn), y + radius * sin(turn)) for turn in turns]
    made.append(last)
    return made


def _circle(points: Coordinates) -> Coordinates:
    """Return a whole circle through three points, from the first round to the first."""
    first = points[0]
    x, y = _centre(*points[:3])
    opposite = (2 * x - first[0], 2 * y - first[1])
    quarter = (x - (first[1] - y), y + (first[0] - x))
    back = (2 * x - quarter[0], 2 * y - quarter[1])
    return _arcs([first, quarter, opposite, back, first])


def _centre(first: Point, middle: Point, last: Point) -> Point:
    """Return the centre of the circle through three points; infinite where they lie on a line."""
    bx, by, cx, cy = middle[0] - first[0], middle[1] - first[1], last[0] - first[0], last[1] - first[1]
    twice = 2 * (bx * cy - by * cx)
    if abs(twice) < 1e-9:  # noqa: PLR2004
        return inf, inf
    b, c = bx * bx + by * by, cx * cx + cy * cy
    return first[0] + (cy * b - by * c) / twice, first[1] + (bx * c - cx * b) / twice
