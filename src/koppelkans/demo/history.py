"""Years in which streets were made and their nets laid or renewed, in waves. (nl: geschiedenis)."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.demo.eras import BY_NAME, FIELDS, PARK
from koppelkans.demo.lines import Numbers, Wholes
from koppelkans.demo.plan import TURN, dice
from koppelkans.demo.town import Town

NOW = 2026
FRESH, FRESH_YEAR = 0.08, 2025
"""Share of the streets that were paved anew just now, whoever had to dig there soon."""
WITH_STREET = (0, 0)
Wave = tuple[float, tuple[int, int]]
"""Share of the streets, and the years in which it was laid there; `WITH_STREET`: when the street was made."""

_NEW = ((1.0, WITH_STREET),)
WAVES: Mapping[str, Mapping[str, tuple[Wave, ...]]] = {
    "sewer": {
        "centre": ((0.35, (1963, 1976)), (0.4, (1982, 1999)), (0.25, (2008, 2022))),
        "1900": ((0.4, (1958, 1972)), (0.35, (1984, 2001)), (0.25, (2006, 2021))),
        "1930": ((0.3, WITH_STREET), (0.4, (1966, 1982)), (0.3, (1998, 2020))),
        "1955": ((0.62, WITH_STREET), (0.38, (1996, 2022))),
        "1968": ((0.88, WITH_STREET), (0.12, (2012, 2022))),
    },
    "water": {
        "centre": ((0.45, (1961, 1974)), (0.35, (1978, 1995)), (0.2, (2006, 2020))),
        "1900": ((0.5, (1959, 1973)), (0.3, (1976, 1994)), (0.2, (2006, 2020))),
        "1930": ((0.2, WITH_STREET), (0.45, (1960, 1975)), (0.35, (1990, 2018))),
        "1955": ((0.4, WITH_STREET), (0.6, (1972, 2015))),
        "1968": ((0.85, WITH_STREET), (0.15, (2004, 2021))),
    },
    "gas": {
        "centre": ((0.55, (1969, 1982)), (0.45, (1992, 2015))),
        "1900": ((0.55, (1968, 1981)), (0.45, (1992, 2015))),
        "1930": ((0.5, (1968, 1980)), (0.5, (1995, 2016))),
        "1955": ((0.5, (1965, 1977)), (0.5, (1990, 2018))),
        "1968": ((0.5, WITH_STREET), (0.5, (1982, 2012))),
    },
    "power": {
        "centre": ((0.4, (1968, 1980)), (0.6, (1988, 2012))),
        "1900": ((0.45, (1968, 1982)), (0.55, (1988, 2012))),
        "1930": ((0.5, (1966, 1980)), (0.5, (1990, 2014))),
        "1955": ((0.35, WITH_STREET), (0.65, (1978, 2012))),
        "1968": ((0.75, WITH_STREET), (0.25, (1998, 2018))),
    },
    "paving": {
        "centre": ((0.3, (1990, 2000)), (0.35, (2003, 2012)), (0.35, (2015, 2024))),
        "1900": ((0.35, (1988, 1998)), (0.35, (2000, 2012)), (0.3, (2014, 2024))),
        "1930": ((0.4, (1988, 1999)), (0.6, (2001, 2020))),
        "1955": ((0.45, (1986, 2000)), (0.55, (2002, 2021))),
        "1968": ((0.6, (1990, 2003)), (0.4, (2006, 2021))),
        "1978": ((0.5, (1988, 1998)), (0.5, (2005, 2022))),
        "business": ((0.4, WITH_STREET), (0.6, (2008, 2022))),
        "fields": ((0.4, (1992, 2004)), (0.6, (2008, 2022))),
    },
    "lighting": dict.fromkeys(BY_NAME, ((0.3, (2002, 2010)), (0.35, (2012, 2018)), (0.35, (2022, 2025)))),
    "green": dict.fromkeys(BY_NAME, ((0.4, (1996, 2008)), (0.35, (2009, 2016)), (0.25, (2017, 2024)))),
}
BY_QUARTER = ("lighting", "green")
"""What is renewed quarter by quarter, not street by street."""


def histories(town: Town) -> pd.DataFrame:
    """Return per section its era, homes, and the years of its street and nets.

    `living` tells a built-up street.
    """
    sections = town.sections
    quarter = sections["quarter"].to_numpy()
    era = np.where(quarter >= 0, town.quarters["era"].to_numpy()[quarter.clip(min=0)], FIELDS.era)
    count = np.bincount(town.addresses["section"].to_numpy(), minlength=len(sections))
    rural = np.isin(era, [FIELDS.era, PARK.era])
    path = (sections["road_class"] == "path").to_numpy()
    made = pd.DataFrame({"era": era, "addresses": count, "living": ~path & (~rural | (count > 1)), "path": path})
    made["street_year"] = _street_years(sections, era, town.seed)
    for net in WAVES:
        made[net] = laid(net, sections, made, seed=town.seed)
    relaid = (made["sewer"] > made["street_year"] + 1) & (made["sewer"] > made["paving"])
    made["paving"] = made["paving"].mask(relaid, made["sewer"])
    fresh = dice(town.seed, "fresh paving").uniform(size=int(sections["street"].max()) + 1) < FRESH
    made["paving"] = made["paving"].mask(fresh[sections["street"]] & made["living"].to_numpy(), FRESH_YEAR)
    return made


def laid(net: str, sections: gpd.GeoDataFrame, made: pd.DataFrame, *, seed: int) -> Wholes:
    """Return per section the year in which a net was laid or last renewed.

    One wave per street, near streets near in time.
    """
    rng = dice(seed, f"laid {net}")
    together = sections["quarter"] + 1 if net in BY_QUARTER else sections["street"]
    draw = rng.uniform(size=int(together.max()) + 1)[together]
    flow = smooth(sections, seed=seed, topic=net, scale_m=190.0)
    street_year = made["street_year"].to_numpy()
    year = street_year.copy()
    for era in made["era"].unique():
        passed = 0.0
        for share, (first, last) in WAVES[net].get(era, _NEW):
            chosen = (made["era"] == era).to_numpy() & (draw >= passed) & (draw < passed + share)
            passed += share
            if (first, last) != WITH_STREET:
                year[chosen] = np.round(first + (last - first) * flow[chosen]).astype(np.int64)
    return np.asarray(np.maximum(year, 1890))


def smooth(sections: gpd.GeoDataFrame, *, seed: int, topic: str, scale_m: float) -> Numbers:
    """Return per section a number 0-1 that differs little between neighbours."""
    rng = dice(seed, f"smooth {topic}")
    place = shapely.get_coordinates(shapely.centroid(sections.geometry.to_numpy()))
    place = place - place.mean(axis=0)
    angle, phase = rng.uniform(0, TURN, 6), rng.uniform(0, TURN, 6)
    way = np.stack([np.cos(angle), np.sin(angle)]) / (scale_m * rng.uniform(0.7, 1.6, 6))
    wave = np.sin(place @ way + phase).sum(axis=1) / np.sqrt(6)
    return np.asarray(np.clip(0.5 + 0.36 * wave, 0, 1))


def _street_years(sections: gpd.GeoDataFrame, era: Numbers, seed: int) -> Wholes:
    """Return the year in which each section was made: within the years of its era, in phases."""
    first = np.array([BY_NAME[name].years[0] for name in era])
    last = np.array([BY_NAME[name].years[1] for name in era])
    flow = smooth(sections, seed=seed, topic="street", scale_m=170.0)
    return np.asarray(np.round(first + (last - first) * flow), dtype=np.int64)
