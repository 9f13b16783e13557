"""Ground as polygons with a class: roads, footpaths, yards, green, water, buildings. (nl: topografie)."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.demo.eras import BY_NAME, FIELDS
from koppelkans.demo.lines import Numbers, Shapes, Wholes, ends, left, points_along, shift, shorten, unit
from koppelkans.demo.plan import CRS, TURN, dice
from koppelkans.demo.town import Town

FOOT_M = 1.8
"""Width of a footpath (m)."""
WITH_FOOTPATH_M = 6.8
"""Streets from this width on have footpaths."""
YARD_M = 8.5
PARCEL_M = 74.0
DITCH_M = 1.6
LEAST_M2 = 12.0
"""Slivers smaller than this are left out."""
COLUMNS = ["class", "function", "surface", "owner", "height", "quarter", "geometry"]


def topography(town: Town) -> gpd.GeoDataFrame:
    """Return the ground as polygons with class, surface and owner.

    Also function, height (1 on a bridge) and quarter.
    """
    roads = road_parts(town)
    built = _part(town.buildings.geometry.to_numpy(), "pand", quarter=town.buildings["quarter"].to_numpy())
    church = _part(np.array([town.church]), "pand", quarter=np.zeros(1, dtype=np.int64))
    wet = _part(shapely.get_parts(town.water), "waterdeel", function="waterloop", owner="W0999")
    grounds = [_yards(town, roads), _country(town, roads)]
    made = pd.concat([roads, built, church, wet, *grounds], ignore_index=True)
    made = made[shapely.area(made.geometry.to_numpy()) > LEAST_M2]
    return gpd.GeoDataFrame(made[COLUMNS].reset_index(drop=True), geometry="geometry", crs=CRS)


def road_parts(town: Town) -> gpd.GeoDataFrame:
    """Return carriageways, footpaths and crossings side by side.

    Without overlap but for sharp corners.
    """
    sections = town.sections
    lines = sections.geometry.to_numpy()
    width = sections["width_m"].to_numpy()
    trim = _trims(sections)
    trimmed = shorten(lines, trim[:, 0], at_end_m=trim[:, 1])
    foot = width >= WITH_FOOTPATH_M
    carriage = np.where(foot, width - 2 * FOOT_M, width)
    path = (sections["road_class"] == "path").to_numpy()
    function = np.where(path, "voetpad", "rijbaan lokale weg")
    surface = np.where(path, "half verhard", np.where(_asphalt(town), "gesloten verharding", "open verharding"))
    height = sections["over_water"].to_numpy().astype(int)
    quarter = sections["quarter"].to_numpy()
    drive = shapely.buffer(trimmed, carriage / 2, cap_style="flat")
    made = [_part(drive, "wegdeel", function=function, surface=surface, height=height, quarter=quarter)]
    for side in (1, -1):
        aside = shift(trimmed[foot], side * (width[foot] - FOOT_M) / 2)
        strip = shapely.buffer(aside, FOOT_M / 2, cap_style="flat")
        made.append(
            _part(
                strip,
                "wegdeel",
                function="voetpad",
                surface="open verharding",
                height=height[foot],
                quarter=quarter[foot],
            )
        )
    crossing, which = _crossings(sections, trimmed, trim)
    made.append(_part(crossing, "wegdeel", function=function[which], surface=surface[which], quarter=quarter[which]))
    square = shapely.difference(town.square, shapely.union_all([*drive[quarter == 0], town.church]))
    made.append(
        _part(shapely.get_parts(square), "wegdeel", function="voetgangersgebied", surface="open verharding", quarter=0)
    )
    return pd.concat(made, ignore_index=True)


def _asphalt(town: Town) -> Shapes:
    """Tell which sections are asphalt: main roads, and streets of eras that liked it."""
    quarter = town.sections["quarter"].to_numpy()
    era = np.where(quarter >= 0, town.quarters["era"].to_numpy()[quarter.clip(min=0)], FIELDS.era)
    liked = np.array([name for name, era_ in BY_NAME.items() if era_.paving == "asfalt"])
    return np.asarray(np.isin(era, liked) | (town.sections["road_class"] == "main").to_numpy())


def _trims(sections: gpd.GeoDataFrame) -> Numbers:
    """Return how much of each section lies in the crossing at its start and end (m)."""
    node, degree = _nodes(sections)
    width = sections["width_m"].to_numpy()
    widest = np.zeros(len(degree))
    np.maximum.at(widest, node.ravel(), np.repeat(width, 2))
    length = sections["length_m"].to_numpy()[:, None]
    return np.where(degree[node] > 2, np.minimum(widest[node] / 2 + 1.0, 0.35 * length), 0.0)


def _nodes(sections: gpd.GeoDataFrame) -> tuple[Wholes, Wholes]:
    """Return the numbers of the two nodes per section, and how many sections meet in each node."""
    first, last = ends(sections.geometry.to_numpy())
    both = np.concatenate([first, last])
    number = np.unique(np.round(both * 4).astype(np.int64), axis=0, return_inverse=True)[1].ravel()
    return number.reshape(2, -1).T, np.bincount(number)


def _crossings(sections: gpd.GeoDataFrame, trimmed: Shapes, trim: Numbers) -> tuple[Shapes, Wholes]:
    """Return the polygon of every crossing, and the first section that meets there."""
    node, _ = _nodes(sections)
    half = sections["width_m"].to_numpy()[:, None] / 2
    corners, where, which = [], [], []
    for end in (0, 1):
        meets = trim[:, end] > 0
        at = np.zeros(len(trimmed)) if end == 0 else shapely.length(trimmed)
        point, way = points_along(trimmed, at)
        side = left(unit(way)) * half
        corners += [(point + side)[meets], (point - side)[meets]]
        where += [node[meets, end]] * 2
        which += [np.flatnonzero(meets)] * 2
    nodes, inverse = np.unique(np.concatenate(where), return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    hulls = shapely.convex_hull(shapely.multipoints(np.concatenate(corners)[order], indices=inverse[order]))
    first = np.full(len(nodes), len(trimmed))
    np.minimum.at(first, inverse, np.concatenate(which))
    return hulls, first


def _yards(town: Town, roads: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return what lies between the streets in every quarter: yards round buildings, green beside them, parks."""
    tree = shapely.STRtree(roads.geometry.to_numpy())
    cells = town.quarters.geometry.to_numpy()
    number = np.flatnonzero((town.quarters["era"] != FIELDS.era).to_numpy())
    paved = [roads.geometry.to_numpy()[np.sort(tree.query(cell, predicate="intersects"))] for cell in cells[number]]
    closed = np.array([shapely.union_all([*parts, town.water, town.church]) for parts in paved])
    blocks, row = shapely.get_parts(shapely.difference(cells[number], closed), return_index=True)
    number = number[row]
    houses = town.buildings.geometry.to_numpy()
    block, house = shapely.STRtree(houses).query(blocks, predicate="intersects")
    order = np.lexsort((house, block))
    with_homes = np.unique(block)
    together = np.full(len(blocks), shapely.MultiPolygon(), dtype=object)
    together[with_homes] = shapely.multipolygons(
        houses[house[order]], indices=np.searchsorted(with_homes, block[order])
    )
    green = np.array([BY_NAME[name].green for name in town.quarters["era"]])[number]
    rows = shapely.simplify(shapely.buffer(together, 0.0), 0.01)
    near = shapely.buffer(rows, np.where(green < 1, YARD_M, 0.5), join_style="mitre")
    free = shapely.difference(blocks, rows)
    yards, rest = shapely.intersection(free, near), shapely.difference(free, near)
    closed_in = (green < 0.05) | (shapely.is_empty(together) & (green < 0.1))
    return pd.concat(
        [
            _lots(yards, number, "onbegroeidterreindeel", "erf"),
            _lots(rest[closed_in], number[closed_in], "onbegroeidterreindeel", "erf"),
            _lots(rest[~closed_in], number[~closed_in], "begroeidterreindeel", "groenvoorziening"),
        ],
        ignore_index=True,
    )


def _lots(shapes: Shapes, number: Wholes, kind: str, surface: str) -> gpd.GeoDataFrame:
    """Return the parts of shapes as ground of one class, in the quarter of each."""
    parts, row = shapely.get_parts(shapes, return_index=True)
    return _part(parts, kind, surface=surface, quarter=number[row])


def _country(town: Town, roads: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the land outside: strips of pasture with ditches between."""
    inside = town.quarters.geometry.to_numpy()[(town.quarters["era"] != FIELDS.era).to_numpy()]
    low_x, low_y, high_x, high_y = town.border.bounds
    middle, reach = np.array([(low_x + high_x) / 2, (low_y + high_y) / 2]), np.hypot(high_x - low_x, high_y - low_y)
    angle = dice(town.seed, "parcels").uniform(0, TURN)
    way = np.array([np.cos(angle), np.sin(angle)])
    across = np.arange(-reach / 2, reach / 2, PARCEL_M)[:, None] * np.array([-way[1], way[0]])
    ditches = shapely.linestrings(
        np.stack([middle + across - way * reach / 2, middle + across + way * reach / 2], axis=1)
    )
    tree = shapely.STRtree(roads.geometry.to_numpy())
    outside = shapely.difference(town.border, shapely.union_all(inside))
    paved = roads.geometry.to_numpy()[np.sort(tree.query(outside, predicate="intersects"))]
    houses = town.buildings.geometry.to_numpy()
    near = houses[np.sort(shapely.STRtree(houses).query(outside, predicate="intersects"))]
    yards = shapely.union_all(shapely.buffer(near, 2 * YARD_M, join_style="mitre"))
    free = shapely.difference(outside, shapely.union_all([*paved, *near, town.water]))
    yard, land = shapely.intersection(free, yards), shapely.difference(free, yards)
    wet = shapely.union_all(shapely.buffer(ditches, DITCH_M, cap_style="flat"))
    return pd.concat(
        [
            _part(shapely.get_parts(yard), "onbegroeidterreindeel", surface="erf"),
            _part(
                shapely.get_parts(shapely.intersection(land, wet)),
                "waterdeel",
                function="greppel, droge sloot",
                owner="W0999",
            ),
            _part(
                shapely.get_parts(shapely.difference(land, wet)),
                "begroeidterreindeel",
                surface="grasland agrarisch",
                owner="L0999",
            ),
        ],
        ignore_index=True,
    )


def _part(  # noqa: PLR0913
    shapes: Shapes,
    kind: str,
    *,
    function: object = None,
    surface: object = None,
    owner: str = "G0999",
    height: object = 0,
    quarter: object = -1,
) -> gpd.GeoDataFrame:
    """Return polygons of one class."""
    flat = shapely.get_dimensions(shapes) == 2
    columns = {
        "class": kind,
        "function": function,
        "surface": surface,
        "owner": owner,
        "height": height,
        "quarter": quarter,
    }
    made = pd.DataFrame(
        {name: np.broadcast_to(np.asarray(value, dtype=object), len(shapes)) for name, value in columns.items()}
    )
    return gpd.GeoDataFrame(made[flat].reset_index(drop=True), geometry=np.asarray(shapes)[flat], crs=CRS)
