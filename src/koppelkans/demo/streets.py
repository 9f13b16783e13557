"""The streets of the town, as named sections with a class and a width. (nl: straten)."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.demo.eras import BY_NAME, FIELDS
from koppelkans.demo.lines import Shapes, Wholes
from koppelkans.demo.names import named, neighbours
from koppelkans.demo.network import classed, in_quarter, noded, sections, strokes
from koppelkans.demo.patterns import streets
from koppelkans.demo.plan import CRS, Outline, as_lines, dice, main_roads, municipality
from koppelkans.demo.water import BANK_M

WIDTH_M = {"main": 13.5, "collector": 10.0, "path": 3.0}
LEAST_GROUND_M2 = 3500.0
BORDER_M = 15.0
"""Roads to other towns end so far before the border of the municipality."""
LOCAL = ("residential", "path")


def street_map(town: Outline, cells: gpd.GeoDataFrame, wet: shapely.Geometry) -> gpd.GeoDataFrame:
    """Return the sections of all streets, with name, class and size.

    Columns section, name, road_class, quarter, street, width_m, length_m, over_water, line.
    """
    lines = pd.concat([_through(town, cells, wet), _local(town, cells, wet)], ignore_index=True)
    edges = noded(lines.geometry.to_numpy())
    line = classed(edges, lines)
    road_class, kind = lines["road_class"].to_numpy()[line], lines["theme"].to_numpy()[line]
    quarter = in_quarter(edges, cells)
    local = np.isin(road_class, LOCAL)
    apart = pd.factorize(pd.Series(kind).str.cat(np.where(local, quarter, -9).astype(str), sep=" "))[0]
    street = strokes(edges, apart)
    made = sections(
        edges, pd.DataFrame({"road_class": road_class, "theme": kind, "quarter": quarter, "street": street})
    )
    made = made.set_crs(CRS)
    made["street"] = pd.factorize(made["street"])[0]
    made["name"] = _names(made, cells, town)
    made["length_m"] = made.geometry.length
    made["width_m"] = _widths(made, cells, town.seed)
    made["over_water"] = shapely.intersects(made.geometry.to_numpy(), wet)
    made.insert(0, "section", [f"W{number:05d}" for number in range(1, len(made) + 1)])
    return made.drop(columns="theme")


def _through(town: Outline, cells: gpd.GeoDataFrame, wet: shapely.Geometry) -> gpd.GeoDataFrame:
    """Return the roads between quarters; those without bridges stop at the water."""
    roads = main_roads(town, cells)
    shapes = roads.geometry.to_numpy()
    dry = wet.buffer(BANK_M)
    shapes = np.where(roads["bridges"], shapes, shapely.difference(shapes, dry))
    shapes = shapely.intersection(shapes, municipality(town).buffer(-BORDER_M))
    count = len(town.main_angles)
    spokes = neighbours(town.seed, count)
    ring = np.where(roads["ring"] == 0, "gates", "collector")
    theme = np.where(roads["road_class"] == "main", "=Rondweg", ring).astype(object)
    theme[:count] = [f"={name}" for name in spokes]
    parts, owner = shapely.get_parts(shapes, return_index=True)
    return gpd.GeoDataFrame(
        {"road_class": roads["road_class"].to_numpy()[owner], "theme": theme[owner]}, geometry=parts, crs=CRS
    )


def _local(town: Outline, cells: gpd.GeoDataFrame, wet: shapely.Geometry) -> gpd.GeoDataFrame:
    """Return the streets inside every quarter, and the quays where a quarter meets water."""
    rng = dice(town.seed, "streets")
    dry, bank = wet.buffer(BANK_M), wet.buffer(BANK_M + 0.6)
    found: list[Shapes] = []
    classes: list[str] = []
    themes: list[str] = []
    for cell, era_name, turn in zip(cells.geometry.to_numpy(), cells["era"], cells["turn"], strict=True):
        era = BY_NAME[era_name]
        if era is FIELDS:
            continue
        for ground in _grounds(shapely.difference(cell, dry)):
            quays = as_lines(np.array([shapely.intersection(ground.boundary, bank)]))
            inside = streets(ground, era, turn=turn, rng=rng)
            found += [quays, inside]
            classes += ["residential"] * len(quays) + ["path" if era_name == "park" else "residential"] * len(inside)
            themes += ["quays"] * len(quays) + ["quarter"] * len(inside)
    lines = np.concatenate([np.array([], dtype=object), *found])
    return gpd.GeoDataFrame({"road_class": classes, "theme": themes}, geometry=lines, crs=CRS)


def _grounds(dry: shapely.Geometry) -> list[shapely.Polygon]:
    """Return the pieces of ground that are large enough for streets, without small holes."""
    parts = shapely.get_parts(dry)
    parts = parts[(shapely.area(parts) > LEAST_GROUND_M2) & ~shapely.is_empty(shapely.buffer(parts, -20.0))]
    return [
        shapely.Polygon(part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area > BANK_M**2])
        for part in parts
    ]


def _names(made: gpd.GeoDataFrame, cells: gpd.GeoDataFrame, town: Outline) -> list[str]:
    """Return a name per section: every street has its own, with the theme of its quarter."""
    first = made.drop_duplicates("street").sort_values("street")
    theme_of = themes(cells)
    asked = [
        (theme_of[cell] if cell >= 0 else FIELDS.themes[0]) if theme in ("quarter", "collector") else theme
        for cell, theme in zip(first["quarter"], first["theme"], strict=True)
    ]
    fixed = [theme[1:] for theme in asked if theme.startswith("=")]
    queue = iter(named([theme for theme in asked if not theme.startswith("=")], seed=town.seed, taken=fixed))
    name = [theme[1:] if theme.startswith("=") else next(queue) for theme in asked]
    return [name[street] for street in made["street"]]


def themes(cells: gpd.GeoDataFrame) -> list[str]:
    """Return the theme of the street names per cell.

    Each next quarter of an era has the next theme.
    """
    number = cells.groupby("era")["area"].rank(method="dense").astype(int) - 1
    return [
        BY_NAME[era].themes[turn % len(BY_NAME[era].themes)] for era, turn in zip(cells["era"], number, strict=True)
    ]


def _widths(made: gpd.GeoDataFrame, cells: gpd.GeoDataFrame, seed: int) -> Wholes:
    """Return the paved width per section (m): by class, by era in local streets, a little different per street."""
    rng = dice(seed, "widths")
    era = (
        cells["era"].map({name: era.road_m for name, era in BY_NAME.items()}).to_numpy()[made["quarter"].clip(lower=0)]
    )
    usual = made["road_class"].map(WIDTH_M).to_numpy()
    whim = 1 + rng.uniform(-0.1, 0.1, int(made["street"].max()) + 1)[made["street"]]
    return np.asarray(np.round(np.where(np.isnan(usual), era, usual) * whim, 1))
