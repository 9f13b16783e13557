"""Geometry in GML 3.1 and 3.2: points, lines, arcs, polygons and their collections. (nl: GML)."""

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from lxml import etree
from shapely.geometry.base import BaseGeometry

Coordinates = npt.NDArray[np.float64]

MOST_PIECES = 10_000
"""Straight pieces of one arc; an arc of a street needs fewer than a hundred."""
ARC_STEP = np.deg2rad(4.0)
"""Largest angle of a straight piece of an arc, as in GDAL."""
ARC_DEPTH_M = 0.01
"""Largest distance (m) between an arc and its straight pieces: at 4 degrees a bend of 400 m radius would be 24 cm off."""
FEWEST_ON_ARC = 3

_LINES = frozenset({"LineString", "Curve", "CompositeCurve", "OrientableCurve"})
_PATCHES = frozenset({"PolygonPatch", "Rectangle", "Triangle"})
_SURFACES = frozenset({"Surface", "CompositeSurface", "MultiSurface", "MultiPolygon"})
_GEOMETRIES = (
    _LINES | _SURFACES | frozenset({"Point", "Polygon", "MultiPoint", "MultiCurve", "MultiLineString", "MultiGeometry"})
)


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def find_geometry(element: etree._Element) -> etree._Element | None:
    """Return the first geometry in an element, itself included."""
    return next((part for part in element.iter(etree.Element) if local(part) in _GEOMETRIES), None)


def epsg(element: etree._Element) -> str:
    """Return the CRS that a geometry names, as `EPSG:28992`; empty where it names none.

    >>> epsg(etree.fromstring('<Point srsName="urn:x-ogc:def:crs:EPSG:28992"/>'))
    'EPSG:28992'
    """
    found = re.search(r"EPSG[:/].*?(\d+)$", element.get("srsName", ""), flags=re.IGNORECASE)
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
        rings = [_ring(ring, size) for ring in element if local(ring) in ("exterior", "outerBoundaryIs")]
        holes = [_ring(ring, size) for ring in element if local(ring) in ("interior", "innerBoundaryIs")]
        return shapely.Polygon(rings[0], holes)
    if name in _LINES:
        return shapely.LineString(_line(element, size))
    parts = [part for child in _members(element) if (part := _shape(child, size)) is not None]
    if name in _SURFACES:
        flat = [one for part in parts for one in getattr(part, "geoms", [part])]
        return flat[0] if len(flat) == 1 and not name.startswith("Multi") else shapely.MultiPolygon(flat)
    gather = {"MultiPoint": shapely.MultiPoint, "MultiGeometry": shapely.GeometryCollection}
    return gather.get(name, shapely.MultiLineString)(parts) if parts else None


def _members(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the geometries within the properties (`surfaceMember`, `patches` …) of an aggregate."""
    for holder in element:
        for child in holder.iterchildren(etree.Element):
            if local(child) in _GEOMETRIES or local(child) in _PATCHES:
                yield child


def _ring(holder: etree._Element, size: int) -> Coordinates:
    """Return the coordinates of a LinearRing, or of a Ring of curves."""
    ring = list(holder.iterchildren(etree.Element))[0]  # noqa: RUF015  an empty one is told as no shape
    return _line(ring, _size(ring, size))


def _line(element: etree._Element, size: int) -> Coordinates:
    """Return the coordinates of a line, ring or curve, with its arcs in short straight pieces."""
    name, size = local(element), _size(element, size)
    if name in ("LineString", "LinearRing", "LineStringSegment", "GeodesicString"):
        return _coordinates(element, size)
    if name in ("Arc", "ArcString"):
        return _arcs(_coordinates(element, size))
    if name == "Circle":
        return _circle(_coordinates(element, size))
    inner = [_line(child, size) for child in _pieces(element)]
    joined = [
        inner[0],
        *(piece[1:] if np.array_equal(piece[0], last[-1]) else piece for last, piece in pairwise(inner)),
    ]
    found: Coordinates = np.vstack(joined)
    return found[::-1] if element.get("orientation") == "-" else found


def _pieces(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the segments of a curve, or the curves of a ring or composite curve, in their order."""
    for holder in element.iterchildren(etree.Element):
        if local(holder) in ("segments", "curveMember", "baseCurve"):
            yield from holder.iterchildren(etree.Element)


def _coordinates(element: etree._Element, size: int) -> Coordinates:
    """Return the coordinates of one element as points of two, from posList, pos or (GML 2) coordinates."""
    own: list[Coordinates] = []
    for part in element.iterchildren(etree.Element):
        name = local(part)
        if name in ("posList", "pos"):
            own.append(np.array((part.text or "").split(), dtype=float).reshape(-1, _size(part, size))[:, :2])
        elif name == "coordinates":
            pairs = (part.text or "").split()
            own.append(np.array([pair.split(",")[:2] for pair in pairs], dtype=float))
        elif name == "pointProperty":
            own += [_coordinates(inner, size) for inner in part.iterchildren(etree.Element)]
    return own[0] if len(own) == 1 else np.vstack(own)


def _size(element: etree._Element, size: int) -> int:
    """Return the number of coordinates per point that an element says, else that around it."""
    return int(element.get("srsDimension") or size)


def _arcs(points: Coordinates) -> Coordinates:
    """Return a string of arcs through points (start, on the arc, end, on the arc, end …) as a line."""
    if len(points) < FEWEST_ON_ARC or len(points) % 2 == 0:
        return points
    pieces = [_arc(points[i : i + 3]) for i in range(0, len(points) - 2, 2)]
    found: Coordinates = np.vstack([points[:1], *pieces])
    return found


def _arc(points: Coordinates) -> Coordinates:
    """Return the points of one arc after its first, the end included; straight where the three lie on a line."""
    centre = _centre(points)
    if not np.isfinite(centre).all():
        return points[1:]
    angles = np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0])
    to_middle, whole = (angles[1] - angles[0]) % (2 * np.pi), (angles[2] - angles[0]) % (2 * np.pi)
    sweep = whole if to_middle <= whole else whole - 2 * np.pi
    radius = np.hypot(*(points[0] - centre))
    step = min(ARC_STEP, 2 * np.arccos(max(1 - ARC_DEPTH_M / radius, 0)))
    if abs(sweep) > MOST_PIECES * step:
        return np.full((1, 2), np.nan)  # no arc on a map: told as coordinates that are nowhere
    count = max(int(np.ceil(abs(sweep) / step)), 2)
    turns = angles[0] + sweep * np.arange(1, count) / count
    between = centre + radius * np.column_stack([np.cos(turns), np.sin(turns)])
    found: Coordinates = np.vstack([between, points[2:]])
    return found


def _circle(points: Coordinates) -> Coordinates:
    """Return a whole circle through three points, from the first round to the first."""
    centre = _centre(points)
    opposite = 2 * centre - points[0]
    quarter = centre + (points[0] - centre)[::-1] * np.array([-1.0, 1.0])
    back = 2 * centre - quarter
    return _arcs(np.vstack([points[0], quarter, opposite, back, points[0]]))


def _centre(points: Coordinates) -> Coordinates:
    """Return the centre of the circle through three points; infinite where they lie on a line."""
    _, (bx, by), (cx, cy) = points - points[0]
    twice = 2 * (bx * cy - by * cx)
    if abs(twice) < 1e-9:  # noqa: PLR2004
        return np.array([np.inf, np.inf])
    b, c = bx * bx + by * by, cx * cx + cy * cy
    found: Coordinates = points[0] + np.array([cy * b - by * c, bx * c - cx * b]) / twice
    return found
