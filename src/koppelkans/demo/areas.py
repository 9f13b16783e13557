"""The quarters as the statistics office counts them: names, inhabitants and figures. (nl: buurten)."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from koppelkans.demo.eras import BY_NAME, FIELDS, PARK
from koppelkans.demo.names import words
from koppelkans.demo.plan import CRS, dice
from koppelkans.demo.streets import themes
from koppelkans.demo.town import Town

HOUSEHOLD = {"centre": 1.6, "1900": 1.9, "1930": 2.2, "1955": 1.8, "1968": 1.9, "1978": 2.3, "1992": 2.6, "2008": 2.5}
NOT_KNOWN = -99997
"""What the statistics office writes where a figure is secret or not known."""
SIDES = ("Oost", "Noordoost", "Noord", "Noordwest", "West", "Zuidwest", "Zuid", "Zuidoost")
HEAT = {
    "centre": 41.0,
    "1900": 41.5,
    "1930": 38.0,
    "1955": 37.0,
    "1968": 38.5,
    "1978": 36.5,
    "1992": 38.0,
    "2008": 38.5,
    "business": 43.5,
    "park": 32.5,
    "fields": 31.5,
}
LIVABLE = {"centre": 7.6, "1900": 6.6, "1930": 7.9, "1955": 5.7, "1968": 5.3, "1978": 6.9, "1992": 8.0, "2008": 8.2}
POOR = {"centre": 6.0, "1900": 9.5, "1930": 5.0, "1955": 13.5, "1968": 14.5, "1978": 7.5, "1992": 2.5, "2008": 1.5}
OLD = {"centre": 22.0, "1900": 14.0, "1930": 19.0, "1955": 24.0, "1968": 23.0, "1978": 26.0, "1992": 18.0, "2008": 9.0}
MINIMUM = {"centre": 7.0, "1900": 9.0, "1930": 4.0, "1955": 14.0, "1968": 15.5, "1978": 7.0, "1992": 3.0, "2008": 2.5}
CRIMES = {
    "centre": 46.0,
    "1900": 31.0,
    "1930": 18.0,
    "1955": 34.0,
    "1968": 38.0,
    "1978": 20.0,
    "1992": 12.0,
    "2008": 11.0,
}
VOTERS = {
    "centre": 50.0,
    "1900": 47.0,
    "1930": 61.0,
    "1955": 39.0,
    "1968": 36.0,
    "1978": 52.0,
    "1992": 60.0,
    "2008": 56.0,
}
LIVING = (
    "leefbaarheid",
    "energiearmoede_pct",
    "percentage_personen_65_jaar_en_ouder",
    "percentage_huishoudens_onder_of_rond_sociaal_minimum",
    "misdrijven_per_1000",
    "opkomst_pct",
)
"""Columns of figures that are known only where people live."""


def quarters_counted(town: Town) -> gpd.GeoDataFrame:
    """Return the quarters with inhabitants and figures; the land outside is one too."""
    cells = town.quarters
    inside = cells[cells["era"] != FIELDS.era]
    shapes = inside.dissolve("area", as_index=False)[["area", "era", "geometry"]]
    theme = pd.Series(themes(cells), index=cells.index)[inside.drop_duplicates("area").index].to_numpy()
    rest = shapely.difference(town.border, shapely.union_all(shapes.geometry.to_numpy()))
    names = _named(theme, shapes.geometry.to_numpy(), town)
    era = np.append(shapes["era"].to_numpy(), FIELDS.era)
    homes = _homes(town, shapes["area"].to_numpy())
    made = gpd.GeoDataFrame(
        {"buurtcode": [f"BU0999{number:04d}" for number in range(len(era))], "buurtnaam": [*names, "Buitengebied"]},
        geometry=np.append(shapes.geometry.to_numpy(), rest), crs=CRS,
    )  # fmt: skip
    return _figures(made, era, homes, town.seed)


def area_of_cell(town: Town) -> npt.NDArray[np.int64]:
    """Return per cell the row of its quarter in `quarters_counted`; fields are part of the last."""
    cells = town.quarters
    built = (cells["era"] != FIELDS.era).to_numpy()
    rows, inverse = np.unique(cells["area"].to_numpy()[built], return_inverse=True)
    found = np.full(len(cells) + 1, len(rows))
    found[:-1][built] = inverse
    return found


def _homes(town: Town, areas: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the homes per quarter, those outside last."""
    living = town.addresses["use"].to_numpy() == "woonfunctie"
    cell = town.buildings["quarter"].to_numpy()[town.addresses["building"].to_numpy()[living]]
    return np.bincount(area_of_cell(town)[cell], minlength=len(areas) + 1)


def _named(theme: npt.NDArray[np.object_], shapes: npt.NDArray[np.object_], town: Town) -> list[str]:
    """Return the name of every quarter: by its theme, with a side of the wind where two have the same."""
    place = shapely.get_coordinates(shapely.centroid(shapes)) - np.array(town.outline.middle)
    side = np.round(np.arctan2(place[:, 1], place[:, 0]) / (np.pi / 4)).astype(int) % 8
    plain = pd.Series([words()["themes"][one]["quarter"] for one in theme])
    sided = plain.str.cat(pd.Series([SIDES[one] for one in side]), sep=" ")
    names = plain.where(~plain.duplicated(keep=False), sided)
    again = names.groupby(names).cumcount() + 1
    return list(names.where(again == 1, names.str.cat(again.astype(str), sep=" ")))


def _figures(
    made: gpd.GeoDataFrame, era: npt.NDArray[np.object_], homes: npt.NDArray[np.int64], seed: int
) -> gpd.GeoDataFrame:
    """Return the quarters with figures: heat, green, how people live, poverty of energy; a few are not known."""
    rng = dice(seed, "figures")
    size = pd.Series(era).map(HOUSEHOLD).fillna(2.4).to_numpy()
    count = len(made)
    green = np.array([BY_NAME[name].green for name in era]) * 60 + 8
    made["aantal_huishoudens"] = homes
    made["aantal_inwoners"] = np.round(homes * size / 5).astype(int) * 5
    made["gevoelstemperatuur"] = np.round(pd.Series(era).map(HEAT).to_numpy() + rng.normal(0, 0.5, count), 1)
    made["groen_pct"] = np.clip(np.round(green + rng.normal(0, 3, count)), 2, 95)
    made["leefbaarheid"] = np.round(
        np.clip(pd.Series(era).map(LIVABLE).to_numpy(dtype=float) + rng.normal(0, 0.25, count), 1, 10), 1
    )
    made["energiearmoede_pct"] = np.round(
        np.clip(pd.Series(era).map(POOR).to_numpy(dtype=float) + rng.normal(0, 0.8, count), 0, 40), 1
    )
    lot = dice(seed, "living together")
    made["percentage_personen_65_jaar_en_ouder"] = _around(era, OLD, lot, 2.0)
    made["percentage_huishoudens_onder_of_rond_sociaal_minimum"] = _around(era, MINIMUM, lot, 0.8)
    made["misdrijven_per_1000"] = _around(era, CRIMES, lot, 3.0)
    made["opkomst_pct"] = _around(era, VOTERS, lot, 2.0)
    empty = np.isin(era, [PARK.era, FIELDS.era, "business"])
    for column in LIVING:
        made[column] = made[column].mask(empty, NOT_KNOWN).fillna(NOT_KNOWN)
    return made


def _around(
    era: npt.NDArray[np.object_], usual: Mapping[str, float], lot: np.random.Generator, spread: float
) -> npt.NDArray[np.float64]:
    """Return a figure per quarter, around what is usual in a quarter of its time."""
    middle = pd.Series(era).map(usual).to_numpy(dtype=float)
    return np.asarray(np.round(np.clip(middle + lot.normal(0, spread, len(era)), 0, 100), 1), dtype=float)
