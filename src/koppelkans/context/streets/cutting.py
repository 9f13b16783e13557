"""Lines cut into pieces of equal length, and short pieces joined to a neighbour. (nl: opknippen).

To the straightest one.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from koppelkans.context.arrays import Floats, Ints, Shapes, sum_by
from koppelkans.context.streets.axes import MILLIMETRES, chains
from koppelkans.context.works.grouping import Limits, Members, components, grow

SHORT_SHARE = 0.4
"""A piece shorter than this share of the aimed length is no street of its own (assumed)."""
LONGEST_SHARE = 1.5
"""Joining makes no piece longer than this share of the aimed length (assumed)."""
CROSSING_M = 12.0
"""A piece between two crossings shorter than this is part of one crossing (assumed: half the width of a wide street)."""
WIDEST_CROSSING_M = 3 * CROSSING_M
"""Crossings are not drawn together over more than this, counted along the lines between them (m)."""
STRAIGHT = 0.3
"""Two pieces that bend less than this (0.3 is 45 degrees) can be one street (assumed)."""
LOOK_M = 15.0
"""Distance over which the direction of an end is measured (m)."""


@dataclass(frozen=True)
class Ends:
    """The ends of lines as nodes, with the number of lines at each and its place.

    `node` is (n, 2): the node of both ends of each line.
    """

    node: Ints
    degree: Ints
    places: Floats


def ends(lines: Shapes) -> Ends:
    """Return the ends of lines and how many ends meet at each."""
    xy = np.stack([shapely.get_coordinates(shapely.get_point(lines, at)).reshape(-1, 2) for at in (0, -1)], axis=1)
    places, node = np.unique(np.round(xy.reshape(-1, 2), MILLIMETRES), axis=0, return_inverse=True)
    number = node.reshape(-1, 2).astype(np.int64)
    return Ends(number, np.bincount(number.ravel(), minlength=len(places))[number], places)


def join_crossings(lines: Shapes) -> Shapes:
    """Return the lines with nearby crossings drawn together in their middle.

    Nearby is less than `CROSSING_M` apart.
    """
    found = ends(lines)
    short = (shapely.length(lines) < CROSSING_M) & (found.degree > 1).all(axis=1)
    if not short.any():
        return lines
    count = len(found.places)
    half = np.repeat(shapely.length(lines[short]) / 2, 2)
    reach = sum_by(found.node[short].ravel(), half, count)
    nothing = np.zeros(count)
    label = grow(found.node[short], Members(nothing, nothing, reach), limits=Limits(run_m=WIDEST_CROSSING_M))
    weight = np.bincount(label, minlength=count).clip(1)
    middle = np.column_stack([sum_by(label, found.places[:, axis], count) / weight for axis in (0, 1)])
    goal = np.round(middle[label][found.node], MILLIMETRES)
    kept = label[found.node[:, 0]] != label[found.node[:, 1]]
    kept |= ~short
    coordinates, line = shapely.get_coordinates(lines[kept], return_index=True)
    first, last = np.r_[True, line[1:] != line[:-1]], np.r_[line[1:] != line[:-1], True]
    coordinates[first], coordinates[last] = goal[kept, 0], goal[kept, 1]
    moved: Shapes = shapely.linestrings(coordinates, indices=line)
    return chains(moved)


def cut(lines: Shapes, *, length_m: float) -> Shapes:
    """Return each line cut into equal pieces of about `length_m`."""
    whole = shapely.length(lines)
    pieces = np.maximum(1, np.round(whole / length_m)).astype(np.int64)
    coordinates, line = shapely.get_coordinates(lines, return_index=True)
    steps = np.r_[0.0, np.hypot(*np.diff(coordinates, axis=0).T)]
    starts = np.r_[True, line[1:] != line[:-1]]
    steps[starts] = 0.0
    walked = np.cumsum(steps)
    along = walked - walked[starts][line]
    owner = np.repeat(np.arange(len(lines)), pieces - 1)
    nth = np.arange(len(owner)) - np.repeat(np.cumsum(pieces - 1) - (pieces - 1), pieces - 1) + 1
    at = nth * (whole / pieces)[owner]
    spots = np.round(
        shapely.get_coordinates(shapely.line_interpolate_point(lines[owner], at)).reshape(-1, 2), MILLIMETRES
    )
    before = np.cumsum(pieces) - pieces
    share = (whole / pieces)[line]
    inner = np.clip(np.ceil(along / np.where(share > 0, share, 1.0) - 1e-9).astype(np.int64) - 1, 0, pieces[line] - 1)
    points = np.concatenate([coordinates, spots, spots])
    piece = np.concatenate([before[line] + inner, before[owner] + nth - 1, before[owner] + nth])
    order = np.lexsort((np.concatenate([along, at, at]), piece))
    made: Shapes = shapely.linestrings(points[order], indices=piece[order])
    return made


def join_short(lines: Shapes, *, length_m: float) -> Shapes:
    """Return the lines with each short one joined to its straightest neighbour."""
    length = shapely.length(lines)
    found = meetings(lines)
    limits = Limits(run_m=LONGEST_SHARE * length_m, short_m=SHORT_SHARE * length_m)
    nothing = np.zeros(len(lines))
    pairs, bend = found[["one", "two"]].to_numpy(), found["bend"].to_numpy()
    label = grow(pairs, Members(nothing, nothing, length), limits=limits, penalty=bend)
    group = np.unique(label, return_inverse=True)[1]
    order = np.argsort(group, kind="stable")
    gathered: Shapes = shapely.line_merge(shapely.multilinestrings(lines[order], indices=group[order]))
    return gathered


def meetings(lines: Shapes) -> pd.DataFrame:
    """Return the pairs of line ends that meet.

    Returns
    -------
    one, two (positions of lines), end_one, end_two (2 x position + side) and bend: 0 straight on, 1 a right angle, 2 back.
    """
    node, line, side = _by_node(ends(lines))
    one, two = _pairs_at_nodes(node)
    heading = _headings(lines)
    cosine = (heading[line[one], side[one]] * heading[line[two], side[two]]).sum(axis=1)
    end = 2 * line + side
    return pd.DataFrame(
        {
            "one": line[one], "two": line[two], "end_one": end[one], "end_two": end[two],
            "bend": np.round(1.0 + cosine, 3),
        }
    )  # fmt: skip


def strokes(lines: Shapes) -> Ints:
    """Return which lines run on into each other as one street, by the lowest position in it.

    At a crossing the two that run on most straight belong together (good continuation; Thomson and Richardson 1999).
    """
    found = meetings(lines)
    found = found[(found["bend"] <= STRAIGHT) & (found["one"] != found["two"])]
    found = found.sort_values(["bend", "end_one", "end_two"], ignore_index=True)
    rank = np.arange(len(found))
    best = np.full(2 * len(lines), len(found), dtype=np.int64)
    np.minimum.at(best, found["end_one"].to_numpy(), rank)
    np.minimum.at(best, found["end_two"].to_numpy(), rank)
    mutual = (best[found["end_one"]] == rank) & (best[found["end_two"]] == rank)
    return components(found.loc[mutual, ["one", "two"]].to_numpy(), count=len(lines))


def _by_node(found: Ends) -> tuple[Ints, Ints, Ints]:
    """Return all line ends in order of their node: node, line and side."""
    node = found.node.ravel()
    order = np.argsort(node, kind="stable")
    return node[order], order // 2, order % 2


def _pairs_at_nodes(node: Ints) -> tuple[Ints, Ints]:
    """Return all pairs of positions with the same (sorted) node."""
    last = np.searchsorted(node, node, side="right")
    partners = last - np.arange(len(node)) - 1
    one = np.repeat(np.arange(len(node)), partners)
    two = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(partners) - partners, partners)
    return one, two


def _headings(lines: Shapes) -> Floats:
    """Return the unit vector that leads from each end into the line, shape (n, 2 ends, 2)."""
    look = np.minimum(LOOK_M, shapely.length(lines))
    begin = shapely.get_coordinates(shapely.get_point(lines, 0))
    finish = shapely.get_coordinates(shapely.get_point(lines, -1))
    into = shapely.get_coordinates(shapely.line_interpolate_point(lines, look)) - begin
    back = shapely.get_coordinates(shapely.line_interpolate_point(lines, -look)) - finish
    vectors = np.stack([into, back], axis=1).reshape(-1, 2, 2)
    size = np.linalg.norm(vectors, axis=2, keepdims=True)
    unit: Floats = vectors / np.where(size > 0, size, 1.0)
    return unit
