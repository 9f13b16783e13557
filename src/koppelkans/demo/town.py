"""The town as a whole: water, quarters, streets, square, buildings and addresses. (nl: stad).

Fitted to the asked number of homes.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from koppelkans.demo.buildings import addresses, built, candidates, settled
from koppelkans.demo.eras import PARK
from koppelkans.demo.lines import Shapes
from koppelkans.demo.names import town_name
from koppelkans.demo.plan import Outline, municipality, outline, quarters
from koppelkans.demo.streets import street_map
from koppelkans.demo.water import inner_water, moat, river

TRIES = 6
SHORT, AIM, AMPLE = 0.97, 1.15, 1.4
"""The streets must have room for this share of the homes: a few less are made up with more flats, more is not built."""

SQUARE_M2 = 4200.0
"""The market square is at most so large (m2)."""


@dataclass(frozen=True)
class Town:
    """An invented town, before anything was laid in its streets."""

    name: str
    seed: int
    outline: Outline
    border: shapely.Polygon
    quarters: gpd.GeoDataFrame
    water: shapely.Geometry
    square: shapely.Polygon
    church: shapely.Polygon
    sections: gpd.GeoDataFrame
    buildings: gpd.GeoDataFrame
    addresses: gpd.GeoDataFrame


def build(homes: int, seed: int) -> Town:
    """Return the town of a seed with so many homes."""
    stretch, low, high = 1.0, 0.0, np.inf
    for _ in range(TRIES):
        town = outline(homes, seed, stretch=stretch)
        cells = quarters(town)
        wet = _water(town, cells)
        sections = street_map(town, cells, wet)
        square, church = market(town, sections)
        room = _room(town, cells, wet, sections, square)
        ratio = int(room["homes"].sum()) / homes
        if SHORT <= ratio <= AMPLE:
            break
        low, high = (max(low, stretch), high) if ratio < SHORT else (low, min(high, stretch))
        guess = stretch * float(np.clip(np.sqrt(AIM / max(ratio, 0.1)), 0.7, 1.5))
        stretch = guess if low < guess < high else (low + high) / 2
    houses = settled(room, cells, homes=homes, seed=seed)
    return Town(
        town_name(seed), seed, town, municipality(town), cells, wet, square, church, sections, houses,
        addresses(houses, seed=seed),
    )  # fmt: skip


def road_surface(sections: gpd.GeoDataFrame, more_m: float = 0.0) -> Shapes:
    """Return the ground that every section takes, `more_m` wider on each side."""
    return np.asarray(
        shapely.buffer(sections.geometry.to_numpy(), sections["width_m"].to_numpy() / 2 + more_m, cap_style="square")
    )


def market(town: Outline, sections: gpd.GeoDataFrame) -> tuple[shapely.Polygon, shapely.Polygon]:
    """Return the market square and the church on it.

    The yard between streets nearest the middle of the centre.
    """
    centre = sections[(sections["quarter"] == 0)]
    faces = shapely.get_parts(shapely.polygonize(centre.geometry.to_numpy()))
    if len(faces) == 0:
        return shapely.Polygon(), shapely.Polygon()
    away = shapely.distance(shapely.centroid(faces), shapely.Point(town.middle))
    face = faces[np.lexsort((away, shapely.area(faces) > SQUARE_M2))[0]]
    middle = shapely.get_point(shapely.maximum_inscribed_circle(face, 1.0), 0)
    face = shapely.intersection(face, shapely.buffer(middle, np.sqrt(SQUARE_M2 / np.pi)))
    spot = shapely.get_coordinates(shapely.maximum_inscribed_circle(face, 1.0))[0]
    half = min(0.42 * float(shapely.maximum_inscribed_circle(face, 1.0).length), 17.0)
    nave = shapely.box(spot[0] - 1.1 * half, spot[1] - 0.45 * half, spot[0] + 0.8 * half, spot[1] + 0.45 * half)
    transept = shapely.box(spot[0] - 0.1 * half, spot[1] - 0.8 * half, spot[0] + 0.4 * half, spot[1] + 0.8 * half)
    return face, shapely.union(nave, transept)


def _water(town: Outline, cells: gpd.GeoDataFrame) -> shapely.Geometry:
    """Return all water inside the municipality."""
    wet = shapely.union_all([river(town), moat(town), *inner_water(town, cells)])
    return shapely.intersection(wet, municipality(town))


def _room(
    town: Outline, cells: gpd.GeoDataFrame, wet: shapely.Geometry, sections: gpd.GeoDataFrame, square: shapely.Polygon
) -> gpd.GeoDataFrame:
    """Return every building that the streets have room for."""
    parks = cells.geometry.to_numpy()[(cells["era"] == PARK.era).to_numpy()]
    closed = np.concatenate([road_surface(sections, 0.2), shapely.get_parts(wet.buffer(3.0)), parks, [square]])
    return built(candidates(sections, cells, seed=town.seed), closed)
