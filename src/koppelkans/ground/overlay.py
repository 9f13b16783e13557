"""How much of one shape lies in another, for many shapes at once. (nl: overlap)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]
LINES = (1, 2, 5)
"""Shapely type ids of line strings, rings and multi line strings."""
POLYGONS = (3, 6)
"""Shapely type ids of polygons and multi polygons."""


@dataclass(frozen=True)
class Overlaps:
    """Overlapping pairs of shapes: their positions, and the overlap in the first.

    The measure is that of the part of the one in the other. `measure` is m2 where the one is a polygon, m where it is
    a line, and a number of points where it is a point.
    """

    one: Ints
    other: Ints
    measure: Floats


def overlaps(ones: npt.ArrayLike, others: npt.ArrayLike) -> Overlaps:
    """Return the overlap of each of `ones` with each of `others`.

    Pairs that only touch are left out. One index query for all pairs; a shape that lies wholly in the other is
    measured without cutting it.
    """
    first, second = sound(ones), sound(others)
    one, other = shapely.STRtree(second).query(first, predicate="intersects")
    shapely.prepare(second)
    whole = shapely.covers(second[other], first[one])
    measure = size(first)[one]
    cut = shapely.intersection(first[one[~whole]], second[other[~whole]])
    measure[~whole] = _size_as(cut, like=first[one[~whole]])
    kept = measure > 0
    order = np.lexsort((other[kept], one[kept]))
    return Overlaps(one[kept][order].astype(np.int64), other[kept][order].astype(np.int64), measure[kept][order])


def size(shapes: Shapes) -> Floats:
    """Return the size of each shape in its own dimension.

    In m2 of polygons, m of lines, number of points.
    """
    return _size_as(shapes, like=shapes)


def sound(shapes: npt.ArrayLike) -> Shapes:
    """Return the shapes with those that cross themselves repaired; missing ones become empty."""
    made = np.array(shapes, dtype=object)
    made[shapely.is_missing(made)] = shapely.Point()
    wrong = ~shapely.is_valid(made)
    made[wrong] = shapely.make_valid(made[wrong], method="structure", keep_collapsed=False)
    return made


def _size_as(shapes: Shapes, *, like: Shapes) -> Floats:
    """Return the size of `shapes`, measured in the dimension of `like`."""
    types = shapely.get_type_id(like)
    areas, lengths = shapely.area(shapes), shapely.length(shapes)
    points = np.where(shapely.is_empty(shapes), 0.0, shapely.get_num_coordinates(shapes))
    polygons = np.isin(types, POLYGONS) | ((types == 7) & (shapely.area(like) > 0))  # noqa: PLR2004
    lines = np.isin(types, LINES) | ((types == 7) & ~polygons & (shapely.length(like) > 0))  # noqa: PLR2004
    return np.asarray(np.where(polygons, areas, np.where(lines, lengths, points)), dtype=float)
