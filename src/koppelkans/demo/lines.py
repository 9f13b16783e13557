"""Lines as arrays: cut them, walk along them, shift them, all at once. (nl: lijnen)."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Numbers = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]
Shapes = npt.NDArray[Any]
CLOSE_M = 1e-6


def cut_evenly(lines: Shapes, aim_m: Numbers | float) -> tuple[Shapes, Wholes]:
    """Cut every line into equal parts of about `aim_m`.

    Returned are the parts in order and the line that each came from.
    """
    lengths = shapely.length(lines)
    counts = np.maximum(1, np.round(lengths / aim_m)).astype(np.int64)
    points, line = shapely.get_coordinates(lines, return_index=True)
    along = _along(points, line)
    part_m = (lengths / counts)[line]
    place = along / part_m
    at_cut = np.abs(place - np.round(place)) * part_m < CLOSE_M
    part = np.clip(np.floor(place).astype(np.int64), 0, counts[line] - 1)
    first, step = _spread(counts - 1)
    distance = (step + 1) * (lengths / counts)[first]
    cuts = shapely.get_coordinates(shapely.line_interpolate_point(lines[first], distance))
    ends = np.flatnonzero(at_cut)
    ends = ends[(np.round(place[ends]) == 0) | (np.round(place[ends]) == counts[line[ends]])]
    keep = np.union1d(np.flatnonzero(~at_cut), ends)
    owner = np.concatenate([line[keep], first, first])
    number = np.concatenate([part[keep], step, step + 1])
    where = np.concatenate([along[keep], distance, distance])
    every = np.concatenate([points[keep], cuts, cuts])
    order = np.lexsort((where, number, owner))
    start = np.concatenate([[0], np.cumsum(counts)[:-1]])
    made = shapely.linestrings(every[order], indices=(start[owner] + number)[order])
    return made, np.repeat(np.arange(len(lines)), counts)


def points_along(lines: Shapes, distance: Numbers) -> tuple[Numbers, Numbers]:
    """Return the point and direction at a distance along each line.

    Directions are unit vectors.
    """
    here = shapely.get_coordinates(shapely.line_interpolate_point(lines, distance))
    back = shapely.get_coordinates(shapely.line_interpolate_point(lines, np.maximum(distance - 0.5, 0.0)))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(lines, distance + 0.5))
    return here, unit(ahead - back)


def every(lines: Shapes, spacing_m: Numbers | float, *, margin_m: float = 0.0) -> tuple[Wholes, Numbers]:
    """Return line number and distance of points spread evenly along lines.

    About `spacing_m` apart and `margin_m` from the ends.
    """
    room = np.maximum(shapely.length(lines) - 2 * margin_m, 0.0)
    counts = np.floor(room / spacing_m).astype(np.int64)
    line, step = _spread(counts)
    return line, margin_m + (step + 0.5) * (room / np.maximum(counts, 1))[line]


def shorten(lines: Shapes, by_m: Numbers | float, *, at_end_m: Numbers | float | None = None) -> Shapes:
    """Return the lines shortened at both ends.

    By `by_m` at the start and the same (or `at_end_m`) at the end.
    """
    lengths = shapely.length(lines)
    start = np.broadcast_to(by_m, lengths.shape)
    end = lengths - np.broadcast_to(by_m if at_end_m is None else at_end_m, lengths.shape)
    points, line = shapely.get_coordinates(lines, return_index=True)
    along = _along(points, line)
    inside = (along > start[line] + CLOSE_M) & (along < end[line] - CLOSE_M)
    first = shapely.get_coordinates(shapely.line_interpolate_point(lines, start))
    last = shapely.get_coordinates(shapely.line_interpolate_point(lines, end))
    number = np.arange(len(lines))
    owner = np.concatenate([number, line[inside], number])
    where = np.concatenate([start, along[inside], end])
    order = np.lexsort((where, owner))
    return np.asarray(shapely.linestrings(np.concatenate([first, points[inside], last])[order], indices=owner[order]))


def shift(lines: Shapes, by_m: Numbers | float) -> Shapes:
    """Return the lines moved sideways; to the left above 0.

    Bent lines by the mean direction at each vertex.
    """
    points, line = shapely.get_coordinates(lines, return_index=True)
    same = line[1:] == line[:-1]
    step = np.where(same[:, None], points[1:] - points[:-1], 0.0)
    step = unit(step)
    direction = np.zeros_like(points)
    direction[1:] += step
    direction[:-1] += step
    moved = points + left(unit(direction)) * np.broadcast_to(by_m, (len(lines),))[line][:, None]
    return np.asarray(shapely.linestrings(moved, indices=line))


def unit(vectors: Numbers) -> Numbers:
    """Return the vectors at length one; a vector of no length stays as it is."""
    size = np.hypot(vectors[..., 0], vectors[..., 1])[..., None]
    return np.asarray(vectors / np.where(size > 0, size, 1.0))


def left(vectors: Numbers) -> Numbers:
    """Return the vectors turned a quarter to the left."""
    return np.stack([-vectors[..., 1], vectors[..., 0]], axis=-1)


def ends(lines: Shapes) -> tuple[Numbers, Numbers]:
    """Return the first and the last point of every line."""
    return (
        shapely.get_coordinates(shapely.get_point(lines, 0)),
        shapely.get_coordinates(shapely.get_point(lines, -1)),
    )


def boxes(origin: Numbers, direction: Numbers, *, length_m: Numbers, depth_m: Numbers) -> Shapes:
    """Return rectangles along a direction, to its left (or right below 0).

    From `origin` along `direction` for `length_m`, for `depth_m` deep.
    """
    side = left(direction) * depth_m[:, None]
    along = direction * length_m[:, None]
    corners = np.stack([origin, origin + along, origin + along + side, origin + side, origin], axis=1)
    return np.asarray(shapely.polygons(corners))


def _along(points: Numbers, line: Wholes) -> Numbers:
    """Return the distance of each vertex from the start of its line."""
    step = np.hypot(*(points[1:] - points[:-1]).T)
    total = np.concatenate([[0.0], np.cumsum(np.where(line[1:] == line[:-1], step, 0.0))])
    start = np.searchsorted(line, line)
    return np.asarray(total - total[start])


def _spread(counts: Wholes) -> tuple[Wholes, Wholes]:
    """Return owner and number within the owner for `counts` things per owner."""
    owner = np.repeat(np.arange(len(counts)), counts)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return owner, number
