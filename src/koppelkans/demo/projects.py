"""Projects of the municipality: the square, redesigned streets, ring road, new homes. (nl: eigen projecten)."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.demo.eras import FIELDS
from koppelkans.demo.plan import CRS, dice
from koppelkans.demo.town import Town

MARKET_YEAR = 2030
REDESIGN_EUR_M2 = 125
HOME_EUR = 21_000
COLUMNS = [
    "omschrijving",
    "soort",
    "vroegst",
    "gewenst",
    "uiterlijk",
    "raming",
    "hoeveelheid",
    "status",
    "verplicht",
    "geometry",
]


def projects(town: Town, streets: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the projects of the municipality with window, certainty and cost."""
    rng = dice(town.seed, "projects")
    rows = [_market(town), _redesigns(streets, rng), _ring_road(town), _homes(town, rng), _shade(streets, rng)]
    made = pd.concat([part for part in rows if len(part)], ignore_index=True)[COLUMNS]
    made.insert(0, "project", [f"P{number:03d}" for number in range(1, len(made) + 1)])
    return gpd.GeoDataFrame(made, geometry="geometry", crs=CRS)


def _market(town: Town) -> pd.DataFrame:
    """Return the project of the market square, agreed with the shopkeepers for one year."""
    if town.square.is_empty:
        return pd.DataFrame(columns=COLUMNS)
    area = float(shapely.difference(town.square, town.church).area)
    return pd.DataFrame(
        {"omschrijving": ["Herinrichting Markt"], "soort": ["herinrichting"], "vroegst": [MARKET_YEAR], "gewenst": [MARKET_YEAR],
         "uiterlijk": [MARKET_YEAR], "raming": [round(area * 260, -3)], "hoeveelheid": [round(area)], "status": ["vast"],
         "verplicht": ["ja"], "geometry": [shapely.difference(town.square, town.church)]}
    )  # fmt: skip


def _redesigns(streets: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return streets of the fifties to seventies that are to be made anew, with homes in doubt as to when."""
    fits = streets[streets["era"].isin(["1955", "1968", "1978"]) & streets["length_m"].between(90, 420)]
    chosen = fits[rng.uniform(size=len(fits)) < 0.24]
    chosen = chosen if len(chosen) else streets.head(2)
    area = shapely.buffer(chosen.geometry.to_numpy(), chosen["width_m"].to_numpy() / 2 + 1.5, cap_style="flat")
    size = np.round(shapely.area(area))
    best = 2028 + np.round(9 * chosen["flow"].to_numpy() + rng.uniform(-1, 1, len(chosen))).astype(int)
    return pd.DataFrame(
        {"omschrijving": "Herinrichting " + chosen["name"].to_numpy(), "soort": "herinrichting", "vroegst": np.maximum(best - 2, 2027),
         "gewenst": np.maximum(best, 2027), "uiterlijk": best + 3, "raming": np.round(size * REDESIGN_EUR_M2, -3), "hoeveelheid": size,
         "status": np.where(best < 2031, "gepland", "voornemen"), "verplicht": "nee", "geometry": area}
    )  # fmt: skip


def _ring_road(town: Town) -> pd.DataFrame:
    """Return the great upkeep of the ring road, in parts of a few sections, one after the other."""
    road = town.sections[town.sections["name"] == "Rondweg"]
    if len(road) == 0:
        return pd.DataFrame(columns=COLUMNS)
    place = shapely.get_coordinates(shapely.centroid(road.geometry.to_numpy())) - np.array(town.outline.middle)
    parts = max(1, len(road) // 6)
    part = np.floor((np.arctan2(place[:, 1], place[:, 0]) / (2 * np.pi) + 0.5) * parts * 0.9999).astype(int)
    made = road.assign(part=part, m2=road["length_m"] * road["width_m"]).dissolve("part", aggfunc={"m2": "sum"})
    best = 2029 + 2 * np.arange(len(made)) % 10
    return pd.DataFrame(
        {"omschrijving": [f"Groot onderhoud Rondweg deel {number}" for number in range(1, len(made) + 1)], "soort": "asfalt",
         "vroegst": best - 1, "gewenst": best, "uiterlijk": best + 2, "raming": np.nan, "hoeveelheid": made["m2"].round().to_numpy(),
         "status": "gepland", "verplicht": "nee", "geometry": made.geometry.to_numpy()}
    )  # fmt: skip


def _homes(town: Town, rng: np.random.Generator) -> pd.DataFrame:
    """Return new homes on the first fields beside the town; in a small town on its edge."""
    cells = town.quarters
    fields = cells[cells["era"] == FIELDS.era]
    spots = fields if len(fields) else cells.tail(1)
    spots = spots.head(max(1, len(cells) // 12))
    ground = shapely.intersection(shapely.buffer(spots.geometry.to_numpy(), -25.0), town.border)
    ground = shapely.difference(ground, town.water.buffer(15.0))
    room = shapely.area(ground) > 500
    ground = ground[room]
    homes = np.maximum(6, np.round(shapely.area(ground) * 0.55 / 260)).astype(int)
    first = 2028 + rng.integers(0, 3, len(ground))
    return pd.DataFrame(
        {"omschrijving": [f"Woningbouw veld {number}: {count} woningen" for number, count in enumerate(homes, 1)],
         "soort": "woningbouw", "vroegst": first, "gewenst": first + 1, "uiterlijk": first + 5, "raming": homes * HOME_EUR,
         "hoeveelheid": homes, "status": "gepland", "verplicht": "nee", "geometry": ground}
    )  # fmt: skip


def _shade(streets: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return streets that get trees against the heat."""
    fits = streets[streets["era"].isin(["1900", "centre", "1955"]) & (streets["length_m"] > 70)]
    chosen = fits[rng.uniform(size=len(fits)) < 0.22]
    count = np.maximum(3, np.round(chosen["length_m"].to_numpy() / 14)).astype(int)
    first = 2027 + rng.integers(0, 8, len(chosen))
    return pd.DataFrame(
        {"omschrijving": "Bomen tegen de hitte " + chosen["name"].to_numpy(), "soort": "bomen", "vroegst": first, "gewenst": first + 1,
         "uiterlijk": first + 4, "raming": np.nan, "hoeveelheid": count, "status": "voornemen", "verplicht": "nee",
         "geometry": chosen.geometry.to_numpy()}
    )  # fmt: skip
