"""Street patterns by era (winding, grid, cauliflower) that fill a piece of ground. (nl: stratenpatronen)."""

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import Voronoi

from koppelkans.demo.eras import Era
from koppelkans.demo.lines import Numbers, Shapes, ends, every, left, points_along, unit
from koppelkans.demo.network import merged, without_stubs
from koppelkans.demo.plan import TURN, as_lines

SAMPLE_M = 9.0
FLAT = 0.6
"""A street that comes closer to the edge more slowly than this (per m) runs along it."""


def streets(ground: shapely.Polygon, era: Era, *, turn: float, rng: np.random.Generator) -> Shapes:
    """Return the local streets of one piece of ground, cut off at its edge."""
    if era.pattern in ("winding", "paths"):
        return winding(ground, spacing_m=era.block_m[0], rng=rng)
    if era.pattern == "grid":
        return grid(ground, era, turn=turn, rng=rng)
    if era.pattern == "cauliflower":
        return cauliflower(ground, era, turn=turn, rng=rng)
    return np.array([], dtype=object)


def winding(ground: shapely.Polygon, *, spacing_m: float, rng: np.random.Generator) -> Shapes:
    """Return short winding streets: the edges between cells round scattered yards."""
    left_m, low_m, right_m, high_m = ground.buffer(2 * spacing_m).bounds
    columns, rows = np.meshgrid(
        np.arange(left_m, right_m, spacing_m * 1.07), np.arange(low_m, high_m, spacing_m * 0.93), indexing="ij"
    )
    yards = np.stack([columns, rows + spacing_m * 0.46 * (np.arange(len(columns)) % 2)[:, None]], axis=-1).reshape(
        -1, 2
    )
    yards = yards + rng.uniform(-0.3, 0.3, yards.shape) * spacing_m
    found = Voronoi(yards)
    edges = np.array(found.ridge_vertices)
    edges = edges[(edges >= 0).all(axis=1)]
    first, last = found.vertices[edges[:, 0]], found.vertices[edges[:, 1]]
    bow = left(last - first) * rng.uniform(-0.09, 0.09, (len(edges), 1))
    lines = shapely.linestrings(np.stack([first, (first + last) / 2 + bow, last], axis=1))
    inside = as_lines(shapely.intersection(lines, ground))
    return clear_of_edge(inside, ground, within_m=0.42 * spacing_m)


def grid(ground: shapely.Polygon, era: Era, *, turn: float, rng: np.random.Generator) -> Shapes:
    """Return long parallel streets with staggered cross streets.

    Bent where the era liked bends.
    """
    middle = np.array(shapely.get_coordinates(ground.centroid)[0])
    reach = float(shapely.minimum_bounding_radius(ground)) * 1.15 + era.block_m[1]
    axis = turn + np.pi / 2 + era.turn * np.sign(rng.uniform(-1, 1)) + rng.normal(0, 0.04)
    apart, cross = era.block_m
    along = np.arange(-reach, reach + SAMPLE_M, SAMPLE_M)
    flat = shapely.get_coordinates(ground) - middle
    seen = flat @ np.array([-np.sin(axis), np.cos(axis)])
    across = _between(seen, apart)
    phase, wave = rng.uniform(0, TURN), rng.uniform(300, 420)

    def bent(s: Numbers, t: Numbers) -> Numbers:
        """Return coordinates from a distance along and across the main direction."""
        aside = t + era.bend_m * np.sin(s / wave * TURN + phase)
        ahead = s + 0.4 * era.bend_m * np.sin(t / wave * TURN + phase)
        turned = np.stack(
            [ahead * np.cos(axis) - aside * np.sin(axis), ahead * np.sin(axis) + aside * np.cos(axis)], -1
        )
        return np.asarray(middle + turned)

    s, t = np.meshgrid(along, across)
    long_streets = shapely.linestrings(bent(s, t))
    gaps = np.arange(len(across) - 1)
    ahead = _between(flat @ np.array([np.cos(axis), np.sin(axis)]), cross)
    offset = rng.uniform(-0.25, 0.25, len(across))[gaps // 2] * cross
    places = offset[:, None] + ahead[None, :]
    part = np.linspace(0, 1, 6)[None, None, :]
    low, high = across[gaps][:, None, None], across[gaps + 1][:, None, None]
    t_cross = low + (high - low) * part + np.zeros_like(places)[:, :, None]
    s_cross = places[:, :, None] + np.zeros_like(part)
    cross_streets = shapely.linestrings(bent(s_cross, t_cross).reshape(-1, 6, 2))
    inside = as_lines(shapely.intersection(np.concatenate([long_streets, cross_streets]), ground))
    return _tidy(clear_of_edge(inside, ground, within_m=0.45 * apart), ground, stub_m=0.8 * apart)


def _between(seen: Numbers, apart: float) -> Numbers:
    """Return evenly spread places over what is seen, about `apart`, half of that from both sides, and one more beyond."""
    count = max(1, round(float(np.ptp(seen)) / apart))
    return np.asarray(seen.min() + (np.arange(-1, count + 1) + 0.5) * np.ptp(seen) / count)


def _tidy(lines: Shapes, ground: shapely.Polygon, *, stub_m: float) -> Shapes:
    """Return the lines without tails that reach neither another street nor the edge."""
    if len(lines) == 0:
        return lines
    edge = ground.boundary
    edges = without_stubs(merged(np.append(lines, edge)), stub_m)
    return np.asarray(edges[shapely.distance(shapely.line_interpolate_point(edges, 0.5, normalized=True), edge) > 1.0])


def clear_of_edge(lines: Shapes, ground: shapely.Polygon, *, within_m: float) -> Shapes:
    """Return the lines without stretches along the edge of the ground.

    A street lies there already.
    """
    shapely.prepare(ground)
    fine = shapely.segmentize(lines, SAMPLE_M)
    points, line = shapely.get_coordinates(fine, return_index=True)
    away = shapely.distance(shapely.points(points), ground.boundary)
    same = line[1:] == line[:-1]
    step = np.hypot(*(points[1:] - points[:-1]).T)
    along_edge = (np.minimum(away[1:], away[:-1]) < within_m) & (np.abs(away[1:] - away[:-1]) < FLAT * step)
    kept = same & ~along_edge
    pieces = shapely.linestrings(np.stack([points[:-1][kept], points[1:][kept]], axis=1))
    if len(pieces) == 0:
        return np.array([], dtype=object)
    return as_lines(np.array([shapely.line_merge(shapely.multilinestrings(pieces))]))


def cauliflower(ground: shapely.Polygon, era: Era, *, turn: float, rng: np.random.Generator) -> Shapes:
    """Return loops with dead ends on both sides, as the woonerven of the seventies."""
    spacing = era.block_m[0]
    lots = _lots(ground, turn, 290.0)
    between = as_lines(np.array([shapely.difference(lot.boundary, ground.boundary.buffer(12.0)) for lot in lots]))
    found = [_loop(shapely.Polygon(lot.exterior), spacing, rng) for lot in lots]
    return as_lines(np.concatenate([*found, shapely.segmentize(between, 40.0)]))


def _lots(ground: shapely.Polygon, turn: float, size_m: float) -> list[shapely.Polygon]:
    """Return the ground cut into lots of about `size_m`."""
    middle = shapely.get_coordinates(ground.centroid)[0]
    flat = shapely.affinity.rotate(ground, -turn, origin=tuple(middle), use_radians=True)
    low_x, low_y, high_x, high_y = flat.bounds
    columns, rows = (max(1, round((high - low) / size_m)) for low, high in ((low_x, high_x), (low_y, high_y)))
    x, y = np.meshgrid(np.linspace(low_x, high_x, columns + 1), np.linspace(low_y, high_y, rows + 1), indexing="ij")
    lots = shapely.box(x[:-1, :-1].ravel(), y[:-1, :-1].ravel(), x[1:, 1:].ravel(), y[1:, 1:].ravel())
    cut = shapely.get_parts(shapely.intersection(lots, flat))
    cut = cut[shapely.area(cut) > 0.25 * size_m**2]
    if len(cut) < 2:
        return [ground]
    return [shapely.affinity.rotate(lot, turn, origin=tuple(middle), use_radians=True) for lot in cut]


def _loop(lot: shapely.Polygon, spacing: float, rng: np.random.Generator) -> Shapes:
    """Return the loop of one lot, its two ways out, and the dead ends along it."""
    deep = float(shapely.maximum_inscribed_circle(lot, 2.0).length)
    loop = lot.buffer(-0.46 * deep, join_style="mitre").buffer(-16.0).buffer(16.0, quad_segs=4)
    loop = max(shapely.get_parts(loop), key=shapely.area, default=shapely.Polygon())
    if loop.is_empty or loop.length < 4 * spacing:
        return np.array([lot.exterior], dtype=object)
    course = np.array([shapely.LineString(loop.exterior.coords).simplify(2.0)])
    owner, where = every(course, spacing)
    here, way = (np.repeat(part, 2, axis=0) for part in points_along(course[owner], where))
    side = np.tile([1.0, -1.0], len(owner))[:, None]
    outward = left(way) * side
    stem_m = rng.uniform(0.6, 0.9, (len(here), 1)) * spacing
    tip = here + outward * stem_m + way * rng.uniform(-0.15, 0.15, (len(here), 1)) * spacing
    hook = tip + way * rng.choice([-0.55, 0.55], (len(here), 1)) * spacing + outward * 3.0
    edge = shapely.LineString(lot.exterior.coords)
    hooked = shapely.linestrings(np.stack([here, tip, hook], axis=1))
    stems = np.where(_clash(hooked, 0.5 * spacing), shapely.linestrings(np.stack([here, tip], axis=1)), hooked)
    fits = shapely.contains(lot, stems) & (shapely.distance(stems, edge) > 0.5 * spacing)
    stems, here = stems[fits], here[fits]
    stems, here = stems[~_clash(stems, 0.4 * spacing)], here[~_clash(stems, 0.4 * spacing)]
    gates = _gates(lot, course[0])
    return np.concatenate([course, stems, gates, _through(loop, spacing)])


def _clash(lines: Shapes, near_m: float) -> npt.NDArray[np.bool_]:
    """Tell which lines come too near an earlier one."""
    one, other = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=near_m)
    found = np.zeros(len(lines), dtype=bool)
    found[one[one > other]] = True
    return found


def _gates(lot: shapely.Polygon, course: shapely.LineString) -> Shapes:
    """Return two ways from the loop to the edge of the lot, at its corners-off middle and opposite."""
    where = np.array([0.12, 0.62]) * course.length
    here = shapely.line_interpolate_point(course, where)
    gates = shapely.shortest_line(here, shapely.LineString(lot.exterior.coords))
    start, end = ends(gates)
    return np.asarray(shapely.linestrings(np.stack([start, end + unit(end - start) * 0.2], axis=1)))


def _through(loop: shapely.Polygon, spacing: float) -> Shapes:
    """Return a way through the loop where it is long."""
    if loop.length < 14 * spacing:
        return np.array([], dtype=object)
    frame = shapely.get_coordinates(loop.minimum_rotated_rectangle)[:4]
    sides = np.hypot(*(frame[1] - frame[0])), np.hypot(*(frame[2] - frame[1]))
    one, two = (frame[:2], frame[2:][::-1]) if sides[0] > sides[1] else (frame[1:3], frame[[0, 3]])
    line = shapely.LineString([one.mean(axis=0), two.mean(axis=0)])
    return as_lines(np.array([shapely.intersection(line, loop)]))
