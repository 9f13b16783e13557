"""Centre lines of streets, from the surface that they cover. (nl: hartlijnen)."""

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import Voronoi

from koppelkans.context.arrays import Flags, Floats, Ints, Shapes

MILLIMETRES = 3
"""Decimals to which nodes are rounded, so that ends that meet are the same point."""
TIP_M = 8.0
"""How far around an edge of the skeleton must keep apart to be more than the rounding of an end (m)."""


@dataclass(frozen=True)
class _Skeleton:
    """Edges of a Voronoi diagram inside a surface: nodes (n, 2), edges (m, 2) and how far around the surface each sets apart."""

    nodes: Floats
    edges: Ints
    apart_m: Floats


def centre_lines(surface: shapely.Geometry, *, spacing_m: float, spur_m: float) -> Shapes:
    """Return the centre lines of a street surface, from crossing to crossing or dead end.

    The skeleton of the surface (Voronoi diagram of its edge) is pruned by how far one must walk along the edge
    between the two sides that an edge of the skeleton keeps apart (chord residual of Ogniewicz and Kübler, Pattern
    Recognition 28, 1995): bulges of less than half of `spur_m` deep leave no branch. Dead ends keep their full length.

    Parameters
    ----------
    surface
        Polygon or multipolygon; coordinates in metres.
    spacing_m
        Distance between the points on the edge (m); less than the narrowest street is wide.
    spur_m
        Twice the depth (m) of a side branch that is left out.
    """
    if surface.is_empty:
        return np.empty(0, dtype=object)
    surface = shapely.normalize(surface)
    skeleton = _skeleton(surface, spacing_m=spacing_m)
    trunk = skeleton.apart_m > spur_m
    kept = trunk | _tips(skeleton, trunk)
    lines = shapely.linestrings(skeleton.nodes[skeleton.edges[kept]])
    return chains(lines[shapely.length(lines) > 0])


def chains(lines: Shapes) -> Shapes:
    """Return lines merged between crossings and dead ends, in canonical order and direction."""
    parts = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapely.get_parts(lines))))
    parts = shapely.normalize(parts)
    box = np.round(shapely.bounds(parts), MILLIMETRES).reshape(-1, 4)
    found: Shapes = parts[np.lexsort((np.round(shapely.length(parts), MILLIMETRES), *box.T[::-1]))]
    return found


def without_small_holes(surface: shapely.Geometry, *, least_m2: float) -> shapely.Geometry:
    """Return a surface with its holes smaller than `least_m2` filled."""
    parts = shapely.get_parts(surface)
    rings, part = shapely.get_rings(parts, return_index=True)
    outer = np.r_[True, part[1:] != part[:-1]] if len(part) else np.empty(0, dtype=bool)
    ground = shapely.polygons(rings)
    holes = ground[~outer & (shapely.area(ground) >= least_m2)]
    return shapely.difference(shapely.union_all(ground[outer]), shapely.union_all(holes))


def _skeleton(surface: shapely.Geometry, *, spacing_m: float) -> _Skeleton:
    """Return the Voronoi edges inside the surface between points of its edge that are no neighbours."""
    points, ring, along, around = _edge_points(surface, spacing_m=spacing_m)
    origin = np.floor(points.min(axis=0))
    diagram = Voronoi(points - origin)
    edges, sides = np.asarray(diagram.ridge_vertices), diagram.ridge_points
    bounded = (edges >= 0).all(axis=1)
    edges, sides = edges[bounded], sides[bounded]
    left, right = sides.T
    walk = np.abs(along[left] - along[right])
    walk = np.minimum(walk, around[left] - walk)
    chord = np.hypot(*(points[left] - points[right]).T)
    apart = np.where(ring[left] == ring[right], walk - chord, np.inf)
    edges, apart = edges[apart > TIP_M], apart[apart > TIP_M]
    nodes = np.round(diagram.vertices + origin, MILLIMETRES)
    inside = np.zeros(len(nodes), dtype=bool)
    used = np.unique(edges)
    shapely.prepare(surface)
    inside[used] = shapely.contains_xy(surface, nodes[used, 0], nodes[used, 1])
    within = inside[edges].all(axis=1)
    return _Skeleton(nodes, edges[within].astype(np.int64), apart[within])


def _edge_points(surface: shapely.Geometry, *, spacing_m: float) -> tuple[Floats, Ints, Floats, Floats]:
    """Return points on the edge of the surface, the ring of each, how far along the ring it lies, and how long that ring is."""
    rings = shapely.get_rings(shapely.get_parts(shapely.segmentize(surface, spacing_m)))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    first = np.r_[True, ring[1:] != ring[:-1]]
    steps = np.r_[0.0, np.hypot(*np.diff(points, axis=0).T)]
    steps[first] = 0.0
    walked = np.cumsum(steps)
    along = walked - walked[first][np.cumsum(first) - 1]
    closing = np.r_[first[1:], True]
    return points[~closing], ring[~closing], along[~closing], shapely.length(rings)[ring[~closing]]


def _tips(skeleton: _Skeleton, trunk: Flags) -> Flags:
    """Tell which edges lead from a dead end of the trunk to its farthest tip, or form the longest line of a part without trunk."""
    count, edges = len(skeleton.nodes), skeleton.edges
    loose = np.flatnonzero(~trunk)
    one, two = edges[loose].T
    length = np.hypot(*(skeleton.nodes[one] - skeleton.nodes[two]).T) + 10.0**-MILLIMETRES
    graph = coo_array((length, (one, two)), shape=(count, count)).tocsr()
    ends = np.flatnonzero(np.bincount(edges[trunk].ravel(), minlength=count) == 1)
    lone = _one_per_loose_part(edges, trunk, count=count)
    starts = np.unique(np.r_[ends, _farthest(graph, lone)[0]]).astype(np.int64)
    tip, before = _farthest(graph, starts)
    steps = [np.empty((0, 2), dtype=np.int64)]
    while len(tip):
        tip = tip[before[tip] >= 0]
        steps.append(np.column_stack([tip, before[tip]]))
        tip = before[tip]
    on_the_way = np.isin(_edge_key(edges, count=count), _edge_key(np.concatenate(steps), count=count))
    return on_the_way & ~trunk


def _edge_key(edges: Ints, *, count: int) -> Ints:
    """Return one number per edge, the same in both directions."""
    key: Ints = np.min(edges, axis=1) * count + np.max(edges, axis=1)
    return key


def _one_per_loose_part(edges: Ints, trunk: Flags, *, count: int) -> Ints:
    """Return one node of each part of the skeleton that has no trunk."""
    part = connected_components(coo_array((np.ones(len(edges)), edges.T), shape=(count, count)), directed=False)[1]
    nodes = np.setdiff1d(np.unique(edges), np.flatnonzero(np.isin(part, part[edges[trunk].ravel()])))
    found: Ints = nodes[np.unique(part[nodes], return_index=True)[1]]
    return found


def _farthest(graph: csr_array, starts: Ints) -> tuple[Ints, Ints]:
    """Return per start the farthest node that is nearer to it than to other starts, and per node the one before it on the way there."""
    if not len(starts):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    far, before, source = dijkstra(graph, directed=False, indices=starts, min_only=True, return_predecessors=True)
    reached = np.flatnonzero(np.isfinite(far))
    order = reached[np.lexsort((reached, far[reached], source[reached]))]
    last = np.r_[source[order][1:] != source[order][:-1], True]
    return order[last], before
