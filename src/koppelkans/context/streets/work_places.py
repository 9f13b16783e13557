"""Places made from the works themselves, where a city gives no streets. (nl: plekken uit werken)."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import shapely
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from koppelkans.context.arrays import Floats, Ints, Shapes
from koppelkans.context.streets.territory import sample

ROUNDED_M = 10.0
"""Works are set on a grid of this size first, so that the outline of a place does not tell where exactly one lies."""
WIDEST = 2.0
"""A place is at most so many times the distance wide within which works are one place."""
MOST_TOGETHER = 2_000
"""Spots of one chain that are compared pair by pair; a longer chain is first cut at the lines of a coarse grid."""
COARSE = 12.0
"""Size of that grid, in distances."""
SKETCH = 10.0
"""An area wider than so many distances is a sketch: its middle counts, not its border."""
LEAST_M = 20.0
"""Length of street that one work alone opens (m, assumed)."""


def work_places(works: Shapes, *, place_m: float) -> pd.DataFrame:
    """Return places (plekken): works within a distance of each other are one place.

    Works are taken as spots, lines and borders of areas as a row of them. Spots that hang together within `place_m` are one
    place; a chain of them wider than twice that is cut where it is widest. Every work lies in at least one place, and the
    order of the rows changes nothing.

    Parameters
    ----------
    works
        Shapes of works; coordinates in metres.
    place_m
        Distance within which works are one place (m).

    Returns
    -------
    geometry (polygons that do not overlap), axis (line through the longest side), length_m; in the order of their places.
    """
    spots = _spots(works, place_m)
    if not len(spots):
        return pd.DataFrame({"geometry": [], "axis": [], "length_m": []}).astype({"geometry": object, "axis": object})
    place = _places(spots, place_m)
    order = np.argsort(place, kind="stable")
    starts = np.flatnonzero(np.diff(place[order], prepend=-1))
    ground = _ground(spots, place_m / 2)
    parts = np.split(order, starts[1:])
    axes = [_axis(spots[own]) for own in parts]
    return pd.DataFrame(
        {
            "geometry": np.array([shapely.union_all(ground[own]) for own in parts], dtype=object),
            "axis": np.array(axes, dtype=object),
            "length_m": shapely.length(axes),
        }
    )


def _spots(works: Shapes, place_m: float) -> Floats:
    """Return where works lie, on the grid, each spot once and in order."""
    kind = shapely.get_dimensions(works)
    wide = (kind == 2) & (shapely.area(works) > (SKETCH * place_m) ** 2)  # noqa: PLR2004
    edges = np.concatenate([works[kind == 1], shapely.boundary(works[(kind == 2) & ~wide])])  # noqa: PLR2004
    along = sample(edges, step_m=place_m / 2)[0] if len(edges) else edges
    middles = shapely.point_on_surface(works[kind == 2])  # noqa: PLR2004
    found = shapely.get_coordinates(np.concatenate([works[kind == 0], along, middles]))
    snapped: Floats = np.unique(np.round(found[np.isfinite(found).all(axis=1)] / ROUNDED_M) * ROUNDED_M, axis=0)
    return snapped


def _places(spots: Floats, place_m: float) -> Ints:
    """Return the number of the place of each spot; numbers run with the first spot of each place."""
    chain = _chains(spots, place_m)
    chain = np.where(_counts(chain) <= MOST_TOGETHER, chain, _cut(spots, chain, COARSE * place_m))
    label = np.empty(len(spots), dtype=np.int64)
    after = 0
    for own in _groups(chain):
        wide = np.ptp(spots[own], axis=0).max() > WIDEST * place_m
        part = (
            fcluster(linkage(spots[own], "complete"), WIDEST * place_m, "distance") if wide else np.ones(len(own), int)
        )
        label[own] = after + part
        after += part.max()
    numbers: Ints = pd.factorize(label)[0]
    return numbers


def _chains(spots: Floats, place_m: float) -> Ints:
    """Return the chain of each spot: spots within the distance of each other hang together."""
    points = shapely.points(spots)
    one, two = shapely.STRtree(points).query(points, predicate="dwithin", distance=place_m)
    links = coo_array((np.ones(len(one), dtype=np.int8), (one, two)), shape=(len(spots), len(spots)))
    found: Ints = connected_components(links, directed=False)[1].astype(np.int64)
    return found


def _counts(chain: Ints) -> Ints:
    """Return how many spots the chain of each spot has."""
    found: Ints = np.bincount(chain)[chain]
    return found


def _cut(spots: Floats, chain: Ints, size_m: float) -> Ints:
    """Return chains cut at the lines of a grid; numbers are other ones than those of the chains."""
    cells = np.floor(spots / size_m).astype(np.int64)
    found: Ints = len(chain) + np.unique(np.column_stack([chain, cells]), axis=0, return_inverse=True)[1].reshape(-1)
    return found


def _groups(chain: Ints) -> Iterator[Ints]:
    """Yield the spots of each chain, in order."""
    order = np.argsort(chain, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(chain[order])) + 1)


def _ground(spots: Floats, reach_m: float) -> Shapes:
    """Return the ground around each spot: within reach of it, and nearer to it than to another."""
    around: Shapes = shapely.buffer(shapely.points(spots), reach_m, quad_segs=4)
    if len(spots) == 1:
        return around
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(spots), extend_to=shapely.box(*shapely.total_bounds(around)), ordered=True))  # fmt: skip
    made: Shapes = shapely.intersection(around, cells)
    return made


def _axis(spots: Floats) -> shapely.LineString:
    """Return a line through the middle of spots, along the way in which they lie furthest apart, of at least `LEAST_M`."""
    middle = spots.mean(axis=0)
    apart = spots - middle
    way = np.linalg.eigh(apart.T @ apart)[1][:, -1] if len(spots) > 1 else np.array([1.0, 0.0])
    way = way if way[np.flatnonzero(np.round(way, 9))[0]] > 0 else -way
    along = apart @ way
    first, last = along.min(), along.max()
    short = max(LEAST_M - (last - first), 0.0) / 2
    return shapely.LineString(np.round([middle + way * (first - short), middle + way * (last + short)], 3))
