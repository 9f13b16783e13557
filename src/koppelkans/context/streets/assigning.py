"""In which sections things lie. (nl: toedelen aan wegvakken)."""

import numpy as np
import pandas as pd
import shapely

from koppelkans.context.arrays import Floats, Ints, Shapes, sum_by
from koppelkans.context.streets.territory import sample
from koppelkans.ground.overlay import overlaps

STEP_M = 10.0
"""Lines are followed in steps of at most this (m): the length in a section is right to half a step at each of its ends."""
SLICE = 400_000
"""Points that are looked up at a time, to bound the memory."""
COLUMNS = ("item", "section", "length_m", "share")


def place(things: Shapes, sections: Shapes, *, reach_m: float) -> pd.DataFrame:
    """Tell in which sections things lie, and how much of each.

    A line lies where its steps are nearest, a point in the nearest section, a polygon in the sections that it overlaps
    or else in the nearest; never farther than `reach_m` away. Where two sections are equally near, the first counts.

    Returns
    -------
    item and section (positions), length_m (of lines; else NaN) and share (0-1 of the item), sorted by item and section.
    """
    kind = shapely.get_dimensions(things)
    found = [
        _lines(np.flatnonzero(kind == 1), things, sections, reach_m=reach_m),
        _points(np.flatnonzero(kind == 0), things, sections, reach_m=reach_m),
        _polygons(np.flatnonzero(kind == 2), things, sections, reach_m=reach_m),  # noqa: PLR2004
    ]
    return pd.concat(found).sort_values(["item", "section"], ignore_index=True)


def main_section(places: pd.DataFrame, *, count: int) -> Ints:
    """Return per item the section with its largest part; -1 without one.

    The first of equals.
    """
    best = places.sort_values(["item", "share", "section"], ascending=[True, False, True]).drop_duplicates("item")
    main = np.full(count, -1, dtype=np.int64)
    main[best["item"]] = best["section"]
    return main


def nearest(things: Shapes, sections: Shapes, *, reach_m: float) -> Ints:
    """Return per thing the position of the nearest section within reach; -1 without one.

    The first of equals (to a millimetre).
    """
    found = np.full(len(things), -1, dtype=np.int64)
    if not len(sections) or not len(things):
        return found
    tree = shapely.STRtree(sections)
    for start in range(0, len(things), SLICE):
        part = things[start : start + SLICE]
        item, section = tree.query(part, predicate="dwithin", distance=reach_m)
        alone = np.bincount(item, minlength=len(part))[item] == 1
        found[start + item[alone]] = section[alone]
        item, section = item[~alone], section[~alone]
        far = np.round(shapely.distance(part[item], sections[section]), 3)
        order = np.lexsort((section, far, item))
        first = order[np.diff(item[order], prepend=-1) > 0]
        found[start + item[first]] = section[first]
    return found


def _lines(items: Ints, things: Shapes, sections: Shapes, *, reach_m: float) -> pd.DataFrame:
    """Place lines, step by step."""
    spots, line, step = sample(things[items], step_m=STEP_M)
    section = nearest(spots, sections, reach_m=reach_m)
    pairs = _runs(line, section, step)
    line_of, section_of = pairs["line"].to_numpy(), pairs["section"].to_numpy()
    length, steps = pairs["length"].to_numpy(dtype=float), pairs["steps"].to_numpy()
    whole = shapely.length(things[items])[line_of]
    share = np.where(
        whole > 0, length / np.where(whole > 0, whole, 1.0), steps / np.bincount(line, minlength=1)[line_of]
    )
    return _found(items[line_of], section_of, share, length_m=length)


def _runs(line: Ints, section: Ints, step: Floats) -> pd.DataFrame:
    """Return length (m) and number of steps per line and section; steps of one line follow each other."""
    starts = np.flatnonzero((np.diff(line, prepend=-1) != 0) | (np.diff(section, prepend=-2) != 0))
    runs = pd.DataFrame(
        {
            "line": line[starts],
            "section": section[starts],
            "length": np.add.reduceat(step, starts) if len(starts) else step[:0],
            "steps": np.diff(starts, append=len(line)),
        }
    )
    return runs[runs["section"] >= 0].groupby(["line", "section"], as_index=False).sum()


def _points(items: Ints, things: Shapes, sections: Shapes, *, reach_m: float) -> pd.DataFrame:
    """Place points (of a multipoint its first)."""
    spots = shapely.point_on_surface(things[items])
    section = nearest(spots, sections, reach_m=reach_m)
    near = section >= 0
    return _found(items[near], section[near], np.ones(int(near.sum())))


def _polygons(items: Ints, things: Shapes, sections: Shapes, *, reach_m: float) -> pd.DataFrame:
    """Place polygons by their overlap, or by their nearest side where they overlap nothing."""
    if not len(items) or not len(sections):
        return _found(items[:0], items[:0], np.empty(0))
    found = overlaps(sections, things[items])
    section, item, overlap = found.one, found.other, found.measure
    whole = sum_by(item, overlap, len(items))
    rest = np.setdiff1d(np.arange(len(items)), item)
    beside = nearest(things[items[rest]], sections, reach_m=reach_m)
    rest, beside = rest[beside >= 0], beside[beside >= 0]
    share = np.concatenate([overlap / whole[item], np.ones(len(rest))])
    return _found(items[np.concatenate([item, rest])], np.concatenate([section, beside]), share)


def _found(items: Ints, sections: Ints, share: Floats, *, length_m: Floats | None = None) -> pd.DataFrame:
    """Return places as a table."""
    length = np.full(len(items), np.nan) if length_m is None else length_m
    return pd.DataFrame(dict(zip(COLUMNS, (items, sections, length, share), strict=True)))
