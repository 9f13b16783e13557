"""Buildings along the streets, as every era built them, and the addresses in them. (nl: panden en adressen)."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from koppelkans.demo.eras import BY_NAME, FIELDS
from koppelkans.demo.lines import Numbers, Wholes, boxes, left, points_along, unit
from koppelkans.demo.plan import CRS, dice

CORNER_M = 5.0
FARM_M = 34.0


def candidates(sections: gpd.GeoDataFrame, cells: gpd.GeoDataFrame, *, seed: int) -> gpd.GeoDataFrame:
    """Return every building that the streets could have, row by row, with overlaps still in it."""
    rng = dice(seed, "buildings")
    era = np.where(sections["quarter"] >= 0, cells["era"].to_numpy()[sections["quarter"].clip(lower=0)], FIELDS.era)
    side_of = np.repeat(np.arange(len(sections)), 2)
    side = np.tile([1, -1], len(sections))
    draw = rng.uniform(size=len(side_of))
    found = []
    for name in dict.fromkeys(era.tolist()):
        kinds, passed = BY_NAME[name].kinds, 0.0
        for kind in kinds:
            chosen = (era[side_of] == name) & (draw >= passed) & (draw < passed + kind.share)
            passed += kind.share
            part = _rows(sections, side_of[chosen], side[chosen], kind.width_m, kind.in_row, kind.gap_m)
            part["depth_m"], part["homes"], part["width_m"] = kind.depth_m, kind.homes, kind.width_m
            part["setback_m"], part["garden_m"], part["era"] = kind.setback_m, kind.garden_m, name
            found.append(part)
    found.append(_farms(sections[era == FIELDS.era], rng))
    made = pd.concat(found, ignore_index=True)
    made = made.sort_values(["section", "side", "along_m"], kind="stable", ignore_index=True)
    return _placed(made, sections)


def built(wanted: gpd.GeoDataFrame, closed: npt.NDArray[np.object_]) -> gpd.GeoDataFrame:
    """Return the buildings that fit, clear of roads, water and other gardens.

    `closed` are roads and water.
    """
    tree = shapely.STRtree(closed)
    hit, _ = tree.query(wanted.geometry.to_numpy(), predicate="intersects")
    free = np.setdiff1d(np.arange(len(wanted)), hit)
    fits = wanted.iloc[free].reset_index(drop=True)
    plots = fits["plot"].to_numpy()
    small = shapely.buffer(fits.geometry.to_numpy(), -0.25, join_style="mitre")
    one, other = shapely.STRtree(small).query(plots, predicate="intersects")
    one, other = one[one != other], other[one != other]
    taken = _in_turn(len(fits), np.concatenate([one, other]), np.concatenate([other, one]))
    return fits[taken].drop(columns=["plot"]).reset_index(drop=True)


def _in_turn(count: int, one: Wholes, other: Wholes) -> npt.NDArray[np.bool_]:
    """Return which of things that exclude each other in pairs are kept: each in turn, unless one before it was kept."""
    kept, open_ = np.zeros(count, dtype=bool), np.ones(count, dtype=bool)
    while open_.any():
        alive = open_[one] & open_[other]
        one, other = one[alive], other[alive]
        waits = np.zeros(count, dtype=bool)
        waits[one[other < one]] = True
        now = open_ & ~waits
        kept |= now
        open_ &= ~now
        gone = one[now[other]]
        open_[gone] = False
    return kept


def settled(buildings: gpd.GeoDataFrame, cells: gpd.GeoDataFrame, *, homes: int, seed: int) -> gpd.GeoDataFrame:
    """Return the buildings with exactly so many homes, less those at the edge of town."""
    rng = dice(seed, "settled")
    ring = np.where(buildings["quarter"] >= 0, cells["ring"].to_numpy()[buildings["quarter"].clip(lower=0)], 99)
    counts = buildings["homes"].to_numpy().copy()
    row = buildings["section"].to_numpy() * 2 + (buildings["side"].to_numpy() > 0)
    whim = rng.uniform(size=int(row.max()) + 1)[row]
    order = np.lexsort((np.arange(len(row)), whim, -ring - 2.2 * whim))
    order = order[counts[order] > 0]
    surplus = int(counts.sum()) - homes
    if surplus > 0:
        reached = np.cumsum(counts[order])
        whole = int(np.searchsorted(reached, surplus, side="right"))
        rest = surplus - int(reached[whole - 1]) if whole else surplus
        counts[order[:whole]] = -1
        counts[order[whole]] -= rest
    elif surplus < 0:
        weight = np.cumsum(counts[order] ** 2)
        counts[order] += np.diff(np.round(weight / weight[-1] * -surplus).astype(np.int64), prepend=0)
    made = buildings.assign(homes=counts)
    return made[made["homes"] >= 0].reset_index(drop=True)


def addresses(buildings: gpd.GeoDataFrame, *, seed: int) -> gpd.GeoDataFrame:
    """Return a point per address: homes, shops in the centre and businesses.

    No numbers, no names.
    """
    rng = dice(seed, "addresses")
    centre = (buildings["era"] == "centre").to_numpy() & (rng.uniform(size=len(buildings)) < 0.22)
    homes, business = buildings["homes"].to_numpy(), (buildings["homes"] == 0).to_numpy()
    count = homes + np.where(centre | business, 1, 0)
    row = np.repeat(np.arange(len(buildings)), count)
    number = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    use = np.where(number < homes[row], "woonfunctie", np.where(business[row], "industriefunctie", "winkelfunctie"))
    where = buildings[["door_x", "door_y"]].to_numpy()[row]
    return gpd.GeoDataFrame(
        {"building": row, "section": buildings["section"].to_numpy()[row], "use": use},
        geometry=shapely.points(where),
        crs=CRS,
    )


def _rows(
    sections: gpd.GeoDataFrame, section: Wholes, side: Wholes, width_m: float, in_row: int, gap_m: float
) -> pd.DataFrame:
    """Return the places of buildings along sides of streets: rows of so many with a gap between."""
    length = sections["length_m"].to_numpy()[section]
    room = np.maximum(length - 2 * CORNER_M, 0.0)
    step = in_row * width_m + gap_m
    rows = np.ceil((room + gap_m) / step).astype(np.int64)
    rows = np.where((room + gap_m - (rows - 1) * step) < width_m + gap_m, rows - 1, rows)
    owner = np.repeat(np.arange(len(section)), np.maximum(rows, 0))
    row = np.arange(len(owner)) - np.repeat(np.cumsum(np.maximum(rows, 0)) - np.maximum(rows, 0), np.maximum(rows, 0))
    start = row * step
    count = np.minimum(in_row, np.floor((room[owner] - start + 1e-6) / width_m)).astype(np.int64)
    used = pd.Series(np.maximum(start + count * width_m, 0)).groupby(owner).transform("max").to_numpy()
    begin = CORNER_M + start + (room[owner] - used) / 2
    which = np.repeat(np.arange(len(owner)), np.maximum(count, 0))
    number = np.arange(len(which)) - np.repeat(
        np.cumsum(np.maximum(count, 0)) - np.maximum(count, 0), np.maximum(count, 0)
    )
    return pd.DataFrame(
        {
            "section": section[owner[which]],
            "side": side[owner[which]],
            "along_m": begin[which] + number * width_m,
            "row_from_m": begin[which],
            "row_to_m": (begin + count * width_m)[which],
        }
    )


def _farms(sections: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return a few farms along the roads outside the town."""
    index = sections.index.to_numpy()
    chosen = index[(rng.uniform(size=len(index)) < 0.4) & (sections["length_m"].to_numpy() > FARM_M)]
    middle = sections["length_m"].to_numpy()[np.searchsorted(index, chosen)] / 2
    side = rng.choice([-1, 1], len(chosen))
    return pd.DataFrame(
        {"section": chosen, "side": side, "along_m": middle - 9, "row_from_m": middle - 9, "row_to_m": middle + 9,
         "width_m": 18.0, "depth_m": 26.0, "setback_m": 14.0, "garden_m": 8.0, "homes": 1, "era": FIELDS.era}
    )  # fmt: skip


def _placed(rows: pd.DataFrame, sections: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the buildings as polygons: each row straight, along the street that it stands on."""
    street = sections.geometry.to_numpy()[rows["section"]]
    first, _ = points_along(street, rows["row_from_m"].to_numpy())
    last, _ = points_along(street, rows["row_to_m"].to_numpy())
    way = unit(last - first)
    chord = np.hypot(*(last - first).T) / np.maximum(rows["row_to_m"] - rows["row_from_m"], 1e-6).to_numpy()
    side = rows["side"].to_numpy()[:, None]
    front = (sections["width_m"].to_numpy()[rows["section"]] / 2 + rows["setback_m"].to_numpy())[:, None]
    begin = (
        first + way * ((rows["along_m"] - rows["row_from_m"]).to_numpy() * chord)[:, None] + left(way) * side * front
    )
    width: Numbers = rows["width_m"].to_numpy()
    depth: Numbers = rows["depth_m"].to_numpy()
    door = begin + way * width[:, None] / 2 + left(way) * side
    made = gpd.GeoDataFrame(
        rows[["section", "side", "homes", "era"]],
        geometry=boxes(begin, way, length_m=width, depth_m=depth * side[:, 0]),
        crs=CRS,
    )
    made["plot"] = boxes(begin, way, length_m=width, depth_m=(depth + rows["garden_m"].to_numpy()) * side[:, 0])
    made["quarter"] = sections["quarter"].to_numpy()[rows["section"]]
    made["door_x"], made["door_y"] = door[:, 0], door[:, 1]
    return made
