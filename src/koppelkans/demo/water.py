"""Water of the town: a river, the moat round the old centre, ponds and canals. (nl: water)."""

import geopandas as gpd
import numpy as np
import shapely

from koppelkans.demo.eras import BY_NAME, PARK
from koppelkans.demo.lines import Numbers
from koppelkans.demo.plan import TURN, Outline, dice, place

BANK_M = 8.0
MOAT_FROM = 1200
CANAL_M2 = 48_000.0


def river(town: Outline) -> shapely.Polygon:
    """Return the river along the old centre, from end to end of the municipality.

    With bends.
    """
    rng = dice(town.seed, "river")
    width = float(np.clip(17.0 * (town.homes / 2000) ** 0.22, 6.0, 48.0))
    away = rng.uniform(0, TURN)
    edge = place(town, np.ones(90), np.linspace(0, TURN, 90)) - np.array(town.middle)
    nearest = float((edge @ np.array([np.cos(away), np.sin(away)])).max()) + width / 2 + 11.0
    reach = town.extent_m * 1.6
    along = np.linspace(-reach, reach, int(reach / 6))
    calm = np.clip((np.abs(along) - 0.8 * town.radii_m[1]) / town.extent_m, 0, 1)
    calm = calm * calm * (3 - 2 * calm)
    drift = np.where(along < 0, rng.uniform(-0.35, 0.1), rng.uniform(0.0, 0.5)) * town.extent_m
    length = 0.17 * town.extent_m
    bends = 0.1 * town.extent_m * np.sin(along / length + rng.uniform(0, TURN))
    out = nearest + calm * (drift + bends)
    course = _frame(town, along, out, away)
    return shapely.LineString(course).buffer(width / 2, cap_style="flat")


def moat(town: Outline) -> shapely.Polygon:
    """Return the moat outside the edge of the centre; nothing in a small town."""
    if town.homes < MOAT_FROM or town.rings == 0:
        return shapely.Polygon()
    width = float(np.clip(11.0 * (town.homes / 2000) ** 0.15, 9.0, 22.0))
    centre = shapely.Polygon(place(town, np.ones(120), np.linspace(0, TURN, 120)))
    return centre.buffer(9.0 + width, quad_segs=16).difference(centre.buffer(9.0, quad_segs=16))


def inner_water(town: Outline, cells: gpd.GeoDataFrame) -> list[shapely.Geometry]:
    """Return ponds in parks and canals through quarters that were built with them."""
    rng = dice(town.seed, "ponds")
    found = []
    for shape, era, turn in zip(cells.geometry.to_numpy(), cells["era"], cells["turn"], strict=True):
        size = float(np.sqrt(shape.area))
        middle = shapely.get_coordinates(shape.representative_point())[0]
        if era == PARK.era:
            around = np.linspace(0, TURN, 40, endpoint=False)
            wave = (
                1 + 0.28 * np.sin(2 * around + rng.uniform(0, TURN)) + 0.15 * np.sin(3 * around + rng.uniform(0, TURN))
            )
            blob = middle + (0.15 * size * wave)[:, None] * np.stack([np.cos(around), 0.6 * np.sin(around)], axis=1)
            found.append(shapely.intersection(shapely.Polygon(blob), shape.buffer(-0.18 * size)))
        elif BY_NAME[era].canal and shape.area > CANAL_M2:
            along = np.linspace(-0.75 * size, 0.75 * size, 40)
            bend = 0.07 * size * np.sin(along / size * 3.2 + rng.uniform(0, TURN))
            axis = turn + np.pi / 2 + BY_NAME[era].turn
            way = np.array([np.cos(axis), np.sin(axis)])
            line = middle + along[:, None] * way + bend[:, None] * np.array([-way[1], way[0]])
            canal = shapely.LineString(line).buffer(4.5, cap_style="flat")
            found.append(shapely.intersection(canal, shape.buffer(-0.14 * size)))
    return [shape for shape in found if shape.area > 200]


def _frame(town: Outline, along: Numbers, out: Numbers, away: float) -> Numbers:
    """Return coordinates from a distance along and away from the middle."""
    outward = np.array([np.cos(away), np.sin(away)])
    return np.asarray(
        np.array(town.middle) + out[:, None] * outward + along[:, None] * np.array([-outward[1], outward[0]])
    )
