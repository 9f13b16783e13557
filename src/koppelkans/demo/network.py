"""A street network from loose lines: crossings, streets with a name, and sections. (nl: stratennet)."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from koppelkans.demo.lines import Numbers, Shapes, Wholes, cut_evenly, ends, left, points_along, unit
from koppelkans.demo.plan import as_lines

GRID_M = 0.05
STUB_M = 24.0
JOIN_M = 21.0
WIDEST_M = 46.0
SAME_M = 1.0
SECTION_M = 100.0
STRAIGHT_ON = np.deg2rad(42.0)
RANK = {"main": 0, "collector": 1, "residential": 2, "path": 3}


def noded(lines: Shapes) -> Shapes:
    """Return the edges between crossings.

    Lines are cut there, stubs dropped, near crossings made one, islands left out.
    """
    edges = merged(lines)
    for _ in range(2):
        edges = merged(_contracted(merged(without_stubs(edges))))
    edges = merged(without_stubs(edges))
    node, where = _nodes(edges)
    links = coo_array((np.ones(len(node)), (node[:, 0], node[:, 1])), shape=(len(where),) * 2)
    island = connected_components(links, directed=False)[1][node[:, 0]]
    length = np.bincount(island, weights=shapely.length(edges))
    return np.asarray(edges[island == length.argmax()])


def classed(edges: Shapes, lines: gpd.GeoDataFrame) -> Wholes:
    """Return per edge its source line.

    Of two that lie together the one with the greater road class.
    """
    middle = shapely.line_interpolate_point(edges, 0.5, normalized=True)
    rank = lines["road_class"].map(RANK).to_numpy()
    greatest = np.argsort(rank, kind="stable")
    tree = shapely.STRtree(lines.geometry.to_numpy()[greatest])
    found = tree.query_nearest(middle, all_matches=False)[1]
    edge, line = tree.query(middle, predicate="dwithin", distance=SAME_M)
    best = np.full(len(edges), len(lines))
    np.minimum.at(best, edge, line)
    return np.asarray(greatest[np.where(best == len(lines), found, best)])


def strokes(edges: Shapes, apart: Wholes) -> Wholes:
    """Return per edge its street: edges that run straight on and share `apart`."""
    node, _ = _nodes(edges)
    count = len(edges)
    edge = np.concatenate([np.arange(count)] * 2)
    at = np.concatenate([node[:, 0], node[:, 1]])
    reach = np.minimum(14.0, shapely.length(edges) / 2)
    start, finish = ends(edges)
    near = shapely.get_coordinates(shapely.line_interpolate_point(edges, reach))
    far = shapely.get_coordinates(shapely.line_interpolate_point(edges, shapely.length(edges) - reach))
    way = unit(np.concatenate([near - start, far - finish]))
    here = pd.DataFrame({"node": at, "end": np.arange(2 * count)})
    pair = here.merge(here, on="node")
    one, two = pair["end_x"].to_numpy(), pair["end_y"].to_numpy()
    fits = (edge[one] != edge[two]) & (apart[edge[one]] == apart[edge[two]])
    one, two = one[fits], two[fits]
    bend = np.arccos(np.clip(-(way[one] * way[two]).sum(axis=1), -1, 1))
    order = np.lexsort((two, bend, one))
    one, two, bend = one[order], two[order], bend[order]
    first = np.append(True, one[1:] != one[:-1]) if len(one) else np.array([], dtype=bool)
    best = np.full(2 * count, -1)
    best[one[first & (bend < STRAIGHT_ON)]] = two[first & (bend < STRAIGHT_ON)]
    mutual = np.flatnonzero((best >= 0) & (best[best] == np.arange(2 * count)))
    links = coo_array((np.ones(len(mutual)), (edge[mutual], edge[best[mutual]])), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def in_quarter(edges: Shapes, cells: gpd.GeoDataFrame) -> Wholes:
    """Return per edge its quarter; -1 outside all.

    The oldest of two for a road between them.
    """
    middle = shapely.length(edges) / 2
    here, way = points_along(edges, middle)
    aside = left(way) * 6.0
    found = np.full(len(edges), len(cells))
    tree = shapely.STRtree(cells.geometry.to_numpy())
    for points in (here, here + aside, here - aside):
        edge, cell = tree.query(shapely.points(points), predicate="within")
        np.minimum.at(found, edge, cell)
    return np.where(found == len(cells), -1, found)


def sections(edges: Shapes, frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the edges cut into sections, ordered by quarter and street.

    With what is known of each edge.
    """
    parts, edge = cut_evenly(edges, SECTION_M)
    made = gpd.GeoDataFrame(frame.iloc[edge].reset_index(drop=True), geometry=parts)
    first, _ = ends(parts)
    order = np.lexsort((first[:, 1], first[:, 0], made["street"], made["quarter"]))
    return made.iloc[order].reset_index(drop=True)


def merged(lines: Shapes) -> Shapes:
    """Return the lines cut where they cross and joined where only two meet."""
    whole = shapely.union_all(lines, grid_size=GRID_M)
    return as_lines(np.array([shapely.line_merge(whole)]))


def _nodes(edges: Shapes) -> tuple[Wholes, Numbers]:
    """Return the numbers of the two nodes of every edge, and the place of every node."""
    first, last = ends(edges)
    both = np.concatenate([first, last])
    place, number = np.unique(np.round(both / (4 * GRID_M)).astype(np.int64), axis=0, return_inverse=True)
    where = np.zeros((len(place), 2))
    where[number.ravel()] = both
    return number.ravel().reshape(2, -1).T, where


def without_stubs(edges: Shapes, stub_m: float = STUB_M) -> Shapes:
    """Return the edges without dead ends shorter than `stub_m`."""
    node, _ = _nodes(edges)
    degree = np.bincount(node.ravel())
    dead = (degree[node] == 1).any(axis=1)
    return np.asarray(edges[~(dead & (shapely.length(edges) < stub_m))])


def _contracted(edges: Shapes) -> Shapes:
    """Return the edges with crossings that lie closer than `JOIN_M` drawn together into one."""
    node, where = _nodes(edges)
    short = shapely.length(edges) < JOIN_M
    links = coo_array((np.ones(short.sum()), (node[short, 0], node[short, 1])), shape=(len(where),) * 2)
    count, group = connected_components(links, directed=False)
    low, high = np.full((count, 2), np.inf), np.full((count, 2), -np.inf)
    np.minimum.at(low, group, where)
    np.maximum.at(high, group, where)
    wide = ((high - low).max(axis=1) > WIDEST_M)[group]
    group = np.where(wide, count + np.arange(len(where)), group)
    group = np.unique(group, return_inverse=True)[1]
    count = int(group.max()) + 1
    size = np.bincount(group, minlength=count)
    middle = np.stack([np.bincount(group, weights=where[:, axis], minlength=count) / size for axis in (0, 1)], axis=1)
    kept = ~(short & (group[node[:, 0]] == group[node[:, 1]]))
    edges, node = edges[kept], node[kept]
    points, line = shapely.get_coordinates(edges, return_index=True)
    start = np.searchsorted(line, np.arange(len(edges)))
    end = np.append(start[1:], len(line)) - 1
    points[start], points[end] = middle[group[node[:, 0]]], middle[group[node[:, 1]]]
    inner = np.ones(len(points), dtype=bool)
    inner[start], inner[end] = False, False
    near = np.minimum(np.hypot(*(points - points[start][line]).T), np.hypot(*(points - points[end][line]).T))
    keep = ~inner | (near > JOIN_M / 2)
    return np.asarray(shapely.simplify(shapely.linestrings(points[keep], indices=line[keep]), 0.25))
