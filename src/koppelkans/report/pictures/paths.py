"""Shapes as SVG paths, many at once. (nl: paden)."""

import numpy as np
import numpy.typing as npt
import shapely


def svg_path(shapes: npt.NDArray[np.object_]) -> str:
    """Return the data of one SVG path for many lines and polygons together (coordinates in px, y downwards), 1 decimal."""
    parts = shapely.get_parts(shapes)
    kinds = shapely.get_type_id(parts)
    lines = parts[(kinds == shapely.GeometryType.LINESTRING) | (kinds == shapely.GeometryType.LINEARRING)]
    rings = shapely.get_rings(parts[kinds == shapely.GeometryType.POLYGON])
    return _data(lines, end="") + _data(rings, end="Z")


def _data(lines: npt.NDArray[np.object_], *, end: str) -> str:
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
    """Return shapes in px: `scale` px per m, the upper left corner of `bounds` (m) at 0, 0; details under half a px are gone."""
    left, top = bounds[0], bounds[3]
    moved = shapely.transform(shapes, lambda xy: np.column_stack([(xy[:, 0] - left) * scale, (top - xy[:, 1]) * scale]))
    simple: npt.NDArray[np.object_] = shapely.simplify(moved, 0.4, preserve_topology=False)
    return simple
