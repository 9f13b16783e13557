"""Sewers, water, gas, power and heat under the streets, as their owners keep them. (nl: ondergrondse netten)."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from koppelkans.demo.history import NOW, smooth
from koppelkans.demo.lines import Shapes, Wholes, cut_evenly, ends, shift
from koppelkans.demo.plan import CRS, dice
from koppelkans.demo.town import Town

PIPE_M = 45.0
INSPECTED = 0.6
SEWER_LIFE = 60.0
SEPARATE_FROM = 1988
"""From this year on rain and waste water have a sewer each."""
NO_GAS_FROM = 2017


def sewers(town: Town, history: pd.DataFrame) -> dict[str, gpd.GeoDataFrame]:
    """Return the sewer pipes from manhole to manhole, and the manholes."""
    rng = dice(town.seed, "sewers")
    sections = town.sections
    wide = sections["width_m"].to_numpy()
    chosen = np.flatnonzero(history["living"].to_numpy())
    year = history["sewer"].to_numpy()
    two = chosen[year[chosen] >= SEPARATE_FROM]
    section = np.concatenate([chosen, two])
    rain = np.repeat([0, 1], [len(chosen), len(two)])
    aside = np.where(rain == 1, -0.16, 0.06) * wide[section]
    pipes, row = cut_evenly(shift(sections.geometry.to_numpy()[section], aside), PIPE_M)
    section, rain = section[row], rain[row]
    built = year[section] + (rng.uniform(size=len(pipes)) < 0.1)
    system = np.where(rain == 1, "hemelwater", np.where(built >= SEPARATE_FROM, "vuilwater", "gemengd"))
    large = sections["road_class"].map({"main": 2, "collector": 1}).fillna(0).to_numpy().astype(int)[section]
    size = np.array([[250, 300, 300], [400, 400, 500], [500, 600, 800]])[large, rng.integers(0, 3, len(pipes))]
    material = np.select([built < 1945, (built < 1985) | (size > 350)], ["gres", "beton"], "PVC")
    made = gpd.GeoDataFrame(
        {"STRENG_ID": _ids("R", len(pipes)), "STELSEL": system, "AANLEGJAAR": built, "MATERIAAL": material,
         "DIAMETER": size, "STRAAT": sections["name"].to_numpy()[section]},
        geometry=pipes, crs=CRS,
    )  # fmt: skip
    return {"strengen": _inspected(made, section, town, rng), "putten": _manholes(made)}


def pressure_sewer(town: Town) -> gpd.GeoDataFrame:
    """Return the pressure sewer along the first road out of town."""
    road = town.sections[(town.sections["quarter"] < 0) & (town.sections["road_class"] == "main")]
    road = road[road["street"] == road["street"].min()]
    lines = shift(road.geometry.to_numpy(), 8.5)
    return gpd.GeoDataFrame(
        {"LEIDING": _ids("PL", len(lines)), "JAAR": 1989, "MATERIAAL": "PVC", "DIAMETER": 315}, geometry=lines, crs=CRS
    )


def water_mains(town: Town, history: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the drinking water mains, one per section."""
    rng = dice(town.seed, "water mains")
    chosen = np.flatnonzero(history["living"].to_numpy() | _rural_road(town))
    built = history["water"].to_numpy()[chosen]
    main = (town.sections["road_class"].to_numpy()[chosen] == "main").astype(int)
    size = np.array([[63, 110, 110, 160], [200, 250, 315, 315]])[main, rng.integers(0, 4, len(chosen))]
    material = np.select(
        [built < 1946, built < 1977, built < 2005],
        ["gietijzer", "asbestcement", "PVC"],
        "PE",
    )
    return gpd.GeoDataFrame(
        {"ID": _ids("WL", len(chosen)), "JAAR": built, "MATERIAAL": material, "DIAM_MM": size, "STATUS": "in gebruik"},
        geometry=_beside(town, chosen, 0.5, -1.1), crs=CRS,
    )  # fmt: skip


def gas_mains(town: Town, history: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the gas mains, one per section with homes that were built with gas."""
    built = history["gas"].to_numpy()
    chosen = np.flatnonzero(history["living"].to_numpy() & (built < NO_GAS_FROM))
    built = built[chosen]
    material = np.select(
        [built < 1956, built < 1973, built < 1996],
        ["grijs gietijzer", "staal", "hard PVC"],
        "PE",
    )
    return gpd.GeoDataFrame(
        {"leidingnummer": _ids("GL", len(chosen)), "jaar_aanleg": built, "materiaal": material, "druk": "lage druk (100 mbar)"},
        geometry=_beside(town, chosen, -0.5, 1.0), crs=CRS,
    )  # fmt: skip


def cables(town: Town, history: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return low-voltage cables in streets with addresses, medium-voltage along larger roads."""
    rng = dice(town.seed, "cables")
    large = town.sections["road_class"].isin(["main", "collector"]).to_numpy()
    low = np.flatnonzero(history["living"].to_numpy())
    street = rng.uniform(size=int(town.sections["street"].max()) + 1)[town.sections["street"]]
    medium = np.flatnonzero((history["living"].to_numpy() & (large | (street < 0.12))) | _rural_road(town))
    section = np.concatenate([low, medium])
    voltage = np.repeat(["laagspanning", "middenspanning"], [len(low), len(medium)])
    built = history["power"].to_numpy()[section]
    lines = np.concatenate([_beside(town, low, -0.5, 0.4), _beside(town, medium, 0.5, -0.5)])
    return gpd.GeoDataFrame(
        {"kabel": _ids("K", len(section)), "thema": voltage, "aanleg": built,
         "type": np.where(built < 1972, "GPLK", "XLPE"), "beheerder": "Netbeheer Overland"},
        geometry=lines, crs=CRS,
    )  # fmt: skip


def heat_net(town: Town, history: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the first heat net, in the newest streets; empty in a town without them."""
    new = (history["era"] == "2008").to_numpy() & (history["street_year"].to_numpy() >= 2012)
    chosen = np.flatnonzero(new & history["living"].to_numpy())
    return gpd.GeoDataFrame(
        {"trace": _ids("WN", len(chosen)), "jaar": history["street_year"].to_numpy()[chosen]},
        geometry=_beside(town, chosen, 0.22, 0.0), crs=CRS,
    )  # fmt: skip


def condition(age: npt.NDArray[np.float64], life: float, whim: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return condition scores 1-6 that fit an age, as in NEN 2767.

    A little better or worse per street.
    """
    passed = np.clip(age / life, 0.0, 0.955)
    return np.asarray(np.clip(np.round(1 - np.log2(1 - passed) + whim), 1, 6))


def _inspected(pipes: gpd.GeoDataFrame, section: Wholes, town: Town, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Return the pipes with the condition found where a street was inspected; unknown elsewhere."""
    street = town.sections["street"].to_numpy()[section]
    count = int(town.sections["street"].max()) + 1
    seen = rng.uniform(size=count)[street] < INSPECTED
    year = rng.integers(2013, NOW, count)[street]
    seen &= pipes["AANLEGJAAR"].to_numpy() <= year
    ground = smooth(town.sections, seed=town.seed, topic="soil", scale_m=240.0)[section]
    whim = rng.normal(-0.55, 0.5, count)[street] + rng.normal(0, 0.35, len(pipes)) + 1.1 * (ground - 0.5)
    score = condition((year - pipes["AANLEGJAAR"]).to_numpy(dtype=float), SEWER_LIFE, whim)
    return pipes.assign(
        TOESTAND=np.where(seen, score, np.nan), INSPECTIE=pd.array(np.where(seen, year, 0), dtype="Int64")
    ).pipe(lambda made: made.assign(INSPECTIE=made["INSPECTIE"].mask(~seen)))


def _manholes(pipes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a manhole at the start of every pipe of the combined or waste water sewer."""
    chosen = pipes[pipes["STELSEL"] != "hemelwater"]
    start, _ = ends(chosen.geometry.to_numpy())
    return gpd.GeoDataFrame(
        {"PUT_ID": _ids("P", len(chosen)), "AANLEGJAAR": chosen["AANLEGJAAR"].to_numpy(), "MATERIAAL": "beton"},
        geometry=shapely.points(start), crs=CRS,
    )  # fmt: skip


def _rural_road(town: Town) -> npt.NDArray[np.bool_]:
    """Tell which sections are main roads outside the town."""
    return np.asarray((town.sections["quarter"] < 0) & (town.sections["road_class"] == "main"))


def _beside(town: Town, section: Wholes, share: float, more_m: float) -> Shapes:
    """Return lines along sections, a share of the width and so many metres aside."""
    aside = share * town.sections["width_m"].to_numpy()[section] + more_m
    return shift(town.sections.geometry.to_numpy()[section], aside)


def _ids(letter: str, count: int) -> list[str]:
    """Return numbered names."""
    return [f"{letter}{number:05d}" for number in range(1, count + 1)]
