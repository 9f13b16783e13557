"""Neighbouring assets of one owner that fall due together become one work. (nl: samenvoegen tot werken)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from koppelkans.context.arrays import Flags, Floats, Ints, Shapes, sum_by
from koppelkans.context.works.grouping import Limits, Members, components, grow
from koppelkans.ground.settings import ContextPart


@dataclass(frozen=True)
class StreetNetwork:
    """Sections as a network: which of them touch, and the street of each.

    Touching pairs are positions `one` < `two`.
    """

    neighbours: pd.DataFrame
    street: npt.NDArray[np.object_]


def join_assets(due: pd.DataFrame, streets: StreetNetwork, *, part: ContextPart) -> Ints:
    """Return the work that each due asset goes into, as the position of the first asset in it.

    A section is opened as one, so what falls due in it within `join_years` joins, of one owner and kind. Then it joins with
    what lies within `join_gap_m` of it in a section that touches, along the street first and then round the corner, as
    long as years allow and the work runs at most `longest_work_m`. What is left with less than `least_work_m` of line
    joins the work of its owner and kind that is nearest in time, in its section or else in one that touches.

    Parameters
    ----------
    due
        owner, kind, section (position), year (from which it can be planned), length_m and geometry, in order of their ids.
    """
    shapes: Shapes = due["geometry"].to_numpy()
    network = due.groupby(["owner", "kind"], sort=True).ngroup().to_numpy()
    section = due["section"].to_numpy()
    place = network * np.int64(len(streets.street)) + section
    year = due["year"].to_numpy(dtype=float)
    nothing = np.zeros(len(due))
    label = grow(_next_in_time(place, year), Members(year, year, nothing), limits=Limits(years=part.join_years))
    pairs = _near(shapes, network, gap_m=part.join_gap_m)
    pairs = pairs[_touch(section[pairs], streets.neighbours, count=len(streets.street))]
    label = _along_streets(pairs, label, year=year, shapes=shapes, street=streets.street[section], part=part)
    length = due["length_m"].fillna(np.inf).to_numpy()
    own = due[["section", "year"]].assign(network=network)
    return _without_stubs(label, own, streets.neighbours, length=length, least_m=part.least_work_m)


def _next_in_time(place: Ints, year: Floats) -> Ints:
    """Return the pairs of assets in one place that follow each other in time."""
    order = np.lexsort((np.arange(len(place)), year, place))
    follows = place[order][1:] == place[order][:-1]
    return np.column_stack([order[:-1][follows], order[1:][follows]])


def _near(shapes: Shapes, network: Ints, *, gap_m: float) -> Ints:
    """Return the pairs of assets of one network that lie within the gap of each other."""
    order = np.argsort(network, kind="stable")
    bounds = np.flatnonzero(np.diff(network[order])) + 1
    found = [np.empty((0, 2), dtype=np.int64)]
    for members in np.split(order, bounds):
        own = shapes[members]
        one, two = shapely.STRtree(own).query(own, predicate="dwithin", distance=gap_m)
        found.append(members[np.column_stack([one[one < two], two[one < two]])])
    return np.concatenate(found)


def _touch(sections: Ints, neighbours: pd.DataFrame, *, count: int) -> Flags:
    """Tell which pairs of sections touch."""
    keys = neighbours["one"].to_numpy() * np.int64(count) + neighbours["two"].to_numpy()
    touch: Flags = np.isin(sections.min(axis=1) * np.int64(count) + sections.max(axis=1), keys)
    return touch


def _along_streets(
    pairs: Ints, label: Ints, *, year: Floats, shapes: Shapes, street: npt.NDArray[np.object_], part: ContextPart
) -> Ints:
    """Join the groups of assets of each section with those of the next, as long as the work may be."""
    first, group = np.unique(label, return_inverse=True)
    box = pd.DataFrame(shapely.bounds(shapes), columns=["x0", "y0", "x1", "y1"]).assign(year=year).groupby(group)
    low, high = box[["x0", "y0", "year"]].min().to_numpy(), box[["x1", "y1", "year"]].max().to_numpy()
    run = np.hypot(high[:, 0] - low[:, 0], high[:, 1] - low[:, 1])
    links = np.unique(np.sort(group[pairs], axis=1), axis=0).reshape(-1, 2)
    around = (street[first][links[:, 0]] != street[first][links[:, 1]]).astype(float)
    limits = Limits(years=part.join_years, run_m=part.longest_work_m)
    return first[grow(links, Members(low[:, 2], high[:, 2], run), limits=limits, penalty=around)][group]


def _without_stubs(label: Ints, due: pd.DataFrame, neighbours: pd.DataFrame, *, length: Floats, least_m: float) -> Ints:
    """Join works with too little length to the one of their owner and kind that is nearest in time, in the same section or else beside it."""
    count = len(label)
    short = sum_by(label, length, count)[label] < least_m
    if not short.any():
        return label
    works = due[["network", "section", "year"]].assign(work=label, short=short).drop_duplicates(["section", "work"])
    stubs = works[works["short"]]
    beside = pd.concat([neighbours, neighbours.rename(columns={"one": "two", "two": "one"})])
    beside = stubs.merge(beside, left_on="section", right_on="one").drop(columns=["section", "one"])
    reach = pd.concat([stubs.assign(steps=0), beside.rename(columns={"two": "section"}).assign(steps=1)])
    options = reach.merge(works, on=["network", "section"], suffixes=("", "_to"))
    options = options[options["work"] != options["work_to"]]
    options["apart"] = (options["year"] - options["year_to"]).abs()
    best = options.sort_values(["work", "steps", "apart", "short_to", "work_to"]).drop_duplicates("work")
    joined = components(best[["work", "work_to"]].to_numpy(), count=count)
    return joined[label]
