"""Street furniture above ground: lights, trees, plants, paving, bridges and quays. (nl: straatinrichting)."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.demo.eras import BY_NAME, PARK
from koppelkans.demo.history import NOW
from koppelkans.demo.lines import Wholes, cut_evenly, every, left, points_along
from koppelkans.demo.nets import condition
from koppelkans.demo.plan import CRS, as_lines, dice
from koppelkans.demo.town import Town

LAMP_M = 31.0
PARK_TREE_M2 = 170.0
PAVING_LIFE = 40.0
PAVING_SEEN = 0.55
SPECIES = {
    "old": ["Tilia europaea", "Aesculus hippocastanum", "Platanus hispanica", "Quercus robur"],
    "young": [
        "Acer campestre",
        "Carpinus betulus",
        "Prunus avium",
        "Betula pendula",
        "Alnus cordata",
        "Liquidambar styraciflua",
    ],
}


def lights(town: Town, history: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the light masts, by turns on both sides of the street."""
    lit = np.flatnonzero((history["living"] | (history["era"] == PARK.era)).to_numpy())
    row, along = every(town.sections.geometry.to_numpy()[lit], LAMP_M)
    section = lit[row]
    built = history["lighting"].to_numpy()[section]
    side = np.where(np.arange(len(row)) % 2 == 0, 1, -1) * (town.sections["width_m"].to_numpy()[section] / 2 - 0.4)
    place = _beside(town, section, along, side)
    return gpd.GeoDataFrame(
        {"mast": [f"LM{number:06d}" for number in range(1, len(row) + 1)], "plaatsing": built,
         "armatuur": np.where(built >= 2013, "led", "PL-L"), "materiaal": np.where(built < 2006, "staal", "aluminium"),
         "straat": town.sections["name"].to_numpy()[section]},
        geometry=place, crs=CRS,
    )  # fmt: skip


def trees(town: Town, history: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the trees along streets and in parks."""
    rng = dice(town.seed, "trees")
    era = history["era"].to_numpy()
    apart = np.array([BY_NAME[name].tree_m for name in era])
    section, along = every(town.sections.geometry.to_numpy(), apart, margin_m=6.0)
    keep = rng.uniform(size=len(section)) < 0.85
    section, along = section[keep], along[keep]
    side = np.where(np.arange(len(section)) % 2 == 0, 1, -1) * (town.sections["width_m"].to_numpy()[section] / 2 + 0.7)
    street = _beside(town, section, along, side)
    grown = history["street_year"].to_numpy()[section] + rng.integers(0, 4, len(section))
    planted = np.where(rng.uniform(size=len(section)) < 0.3, rng.integers(1985, NOW, len(section)), grown)
    inside = _in_parks(town, rng)
    planted = np.concatenate([planted, rng.integers(1925, 2020, len(inside))])
    place = np.concatenate([street, inside])
    free = np.setdiff1d(
        np.arange(len(place)),
        shapely.STRtree(town.buildings.geometry.to_numpy()).query(place, predicate="dwithin", distance=0.6)[0],
    )
    place, planted = place[free], planted[free]
    old = np.where(planted < 1985, 1, 0)
    lists = [SPECIES["young"], SPECIES["old"]]
    species = np.where(
        old == 1,
        np.array(lists[1])[rng.integers(0, len(lists[1]), len(place))],
        np.array(lists[0])[rng.integers(0, len(lists[0]), len(place))],
    )
    seen = rng.uniform(size=len(place)) < 0.35
    score = np.clip(np.round(1.5 + (NOW - planted) / 60 + rng.gumbel(0, 0.6, len(place))), 1, 6)
    return gpd.GeoDataFrame(
        {"boomnummer": [f"B{number:06d}" for number in range(1, len(place) + 1)], "soort": species, "plantjaar": planted,
         "conditie": np.where(seen, score, np.nan), "controle": pd.array(np.where(seen, 2024, 0), dtype="Int64")},
        geometry=place, crs=CRS,
    ).pipe(lambda made: made.assign(controle=made["controle"].mask(~seen)))  # fmt: skip


def plants(topography: gpd.GeoDataFrame, town: Town, history: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the public green with its kind: lawns and shrubs."""
    rng = dice(town.seed, "plants")
    green = topography[(topography["class"] == "begroeidterreindeel") & (topography["quarter"] >= 0)]
    green = green[green.geometry.area > 40.0].reset_index(drop=True)
    years = history.groupby(town.sections["quarter"].to_numpy())["green"].median()
    planted = years.reindex(green["quarter"].astype(int)).fillna(2005).to_numpy() + rng.integers(-9, 7, len(green))
    shrubs = (rng.uniform(size=len(green)) < 0.4) & (green.geometry.area.to_numpy() < 1500)
    return gpd.GeoDataFrame(
        {"vlak": [f"GR{number:05d}" for number in range(1, len(green) + 1)],
         "soort": np.where(shrubs, "heesters", "gras"), "aanlegjaar": np.minimum(planted, 2024).astype("int64")},
        geometry=green.geometry.to_numpy(), crs=CRS,
    )  # fmt: skip


def paving(town: Town, history: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the paving of every section, with its condition where the street was inspected."""
    rng = dice(town.seed, "paving")
    sections = town.sections
    area = shapely.buffer(sections.geometry.to_numpy(), sections["width_m"].to_numpy() / 2, cap_style="flat")
    count = int(sections["street"].max()) + 1
    seen = rng.uniform(size=count)[sections["street"]] < PAVING_SEEN
    built = history["paving"].to_numpy()
    whim = rng.normal(-0.85, 0.6, count)[sections["street"]] + rng.normal(0, 0.3, len(sections))
    year = rng.integers(2022, NOW, count)[sections["street"]]
    score = condition(np.maximum(year - built, 0).astype(float), PAVING_LIFE, whim)
    material = np.array([BY_NAME[name].paving for name in history["era"]])
    material = np.where((sections["road_class"] == "main").to_numpy(), "asfalt", material)
    return gpd.GeoDataFrame(
        {"vlak": "V" + sections["section"].str[1:], "straat": sections["name"], "soort": material, "aanleg": built,
         "conditie": np.where(seen, score, np.nan), "inspectie": pd.array(np.where(seen, year, 0), dtype="Int64")},
        geometry=area, crs=CRS,
    ).pipe(lambda made: made.assign(inspectie=made["inspectie"].mask(~seen)))  # fmt: skip


def bridges(town: Town) -> gpd.GeoDataFrame:
    """Return the bridges, as points with the section that they carry."""
    rng = dice(town.seed, "bridges")
    over = town.sections[town.sections["over_water"] & (town.sections["road_class"] != "path")]
    middle = shapely.centroid(shapely.intersection(over.geometry.to_numpy(), town.water))
    built = rng.choice([1912, 1931, 1934, 1957, 1958, 1963, 1974, 1989, 1996], len(over))
    score = np.clip(np.round((NOW - built) / 30 + rng.normal(0.6, 0.7, len(over))), 1, 6)
    return gpd.GeoDataFrame(
        {"kunstwerk": [f"KW{number:04d}" for number in range(1, len(over) + 1)], "naam": over["name"].to_numpy() + " (brug)",
         "bouwjaar": built, "conditiescore": score, "inspectiejaar": 2023, "wegvak": over["section"].to_numpy()},
        geometry=middle, crs=CRS,
    )  # fmt: skip


def quays(town: Town) -> gpd.GeoDataFrame:
    """Return the quay walls: the edge of the water along the old centre."""
    rng = dice(town.seed, "quays")
    centre = town.quarters.geometry.to_numpy()[0].buffer(15.0)
    walls = as_lines(np.array([shapely.line_merge(shapely.intersection(shapely.boundary(town.water), centre))]))
    walls, _ = cut_evenly(shapely.simplify(walls, 0.3), 70.0)
    walls = walls[shapely.length(walls) > 8.0]
    built = rng.choice([1898, 1906, 1921, 1938, 1952, 1985, 2004], len(walls))
    score = np.clip(np.round(0.6 + (NOW - built) / 75 + rng.normal(0, 0.65, len(walls))), 1, 6)
    return gpd.GeoDataFrame(
        {"wand": [f"KD{number:04d}" for number in range(1, len(walls) + 1)], "bouwjaar": built,
         "materiaal": np.where(built < 1940, "metselwerk", "beton"), "conditie": score, "jaar_insp": 2022},
        geometry=walls, crs=CRS,
    )  # fmt: skip


def _beside(town: Town, section: Wholes, along: np.ndarray, aside: np.ndarray) -> np.ndarray:
    """Return points beside sections: so far along and so far to the left."""
    place, way = points_along(town.sections.geometry.to_numpy()[section], along)
    return np.asarray(shapely.points(place + left(way) * aside[:, None]))


def _in_parks(town: Town, rng: np.random.Generator) -> np.ndarray:
    """Return scattered points in the parks, off the water and the paths."""
    parks = town.quarters[town.quarters["era"] == PARK.era].geometry.to_numpy()
    free = shapely.difference(
        parks,
        shapely.union_all([town.water, *shapely.buffer(town.sections.geometry.to_numpy(), 4.0)])
        if len(parks)
        else town.water,
    )
    count = (shapely.area(free) / PARK_TREE_M2).astype(int)
    low = shapely.bounds(free)
    which = np.repeat(np.arange(len(free)), 2 * count)
    x = rng.uniform(low[which, 0], low[which, 2]) if len(which) else np.array([])
    y = rng.uniform(low[which, 1], low[which, 3]) if len(which) else np.array([])
    points = shapely.points(x, y)
    return np.asarray(points[shapely.contains(free[which], points)])
