"""What residents wish, what already goes wrong, and which places must stay within reach. (nl: wensen en knelpunten)."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.demo.lines import left, points_along
from koppelkans.demo.names import words
from koppelkans.demo.plan import CRS, TURN, dice
from koppelkans.demo.town import Town

HOMES_PER_WISH = 36
HOMES_PER_CARE = 260
NO_THEME = 0.25
CARE = (
    "basisschool",
    "huisarts",
    "verzorgingshuis",
    "kinderopvang",
    "basisschool",
    "apotheek",
    "brandweer",
    "middelbare school",
)
WRONG = (
    ("onveilige oversteek", "Kinderen steken hier over naar school."),
    ("kabels en leidingen te vol", "Er is geen plaats meer voor een nieuwe leiding."),
    ("boomwortels in riool", "Het riool is drie keer schoongemaakt in twee jaar."),
    ("verzakking", "De straat zakt en de huisaansluitingen breken."),
    ("sluipverkeer", "In de spits rijden hier 300 auto's per uur."),
)


def wishes(town: Town, history: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return wishes as points in the street, never at a front door."""
    rng = dice(town.seed, "wishes")
    count = max(6, len(town.addresses) // HOMES_PER_WISH)
    weight = (
        history["addresses"].to_numpy()
        * history["era"].isin(["1955", "1968", "1900", "1978"]).map({True: 2.0, False: 1.0}).to_numpy()
    )
    section = rng.choice(len(weight), count, p=weight / weight.sum())
    place, way = points_along(
        town.sections.geometry.to_numpy()[section],
        rng.uniform(0, 1, count) * town.sections["length_m"].to_numpy()[section],
    )
    place = place + left(way) * rng.uniform(-3, 3, (count, 1))
    lists = words()["wishes"]
    kind = rng.integers(0, len(lists), count)
    street = town.sections["name"].to_numpy()[section]
    said = [
        lists[one]["texts"][turn % len(lists[one]["texts"])].format(street=name)
        for turn, (one, name) in enumerate(zip(kind, street, strict=True))
    ]
    asks = [
        (lists[one].get("asks") or [""])[turn % len(lists[one].get("asks") or [""])] for turn, one in enumerate(kind)
    ]
    theme = pd.Series(
        [
            (own := lists[one].get("ambitions") or [lists[one]["ambition"]])[turn % len(own)]
            for turn, one in enumerate(kind)
        ]
    )
    theme = theme.where((rng.uniform(size=count) >= NO_THEME) & (theme != ""), "")
    month, day = rng.integers(1, 13, count), rng.integers(1, 29, count)
    date = [f"{d:02d}-{m:02d}-{y}" for d, m, y in zip(day, month, rng.integers(2022, 2026, count), strict=True)]
    return gpd.GeoDataFrame(
        {"melding": [f"W{number:04d}" for number in range(1, count + 1)], "datum": date, "wens": said, "thema": theme, "gevraagd": asks},
        geometry=shapely.points(place), crs=CRS,
    )  # fmt: skip


def bottlenecks(town: Town, history: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return points where something is known to go wrong, with how bad it is."""
    rng = dice(town.seed, "bottlenecks")
    alive = np.flatnonzero(history["living"].to_numpy())
    section = rng.permutation(alive)[: max(3, len(alive) // 28)]
    kind = np.arange(len(section)) % len(WRONG)
    return gpd.GeoDataFrame(
        {"nummer": np.arange(1, len(section) + 1), "soort": [WRONG[one][0] for one in kind], "ernst": np.round(rng.uniform(0.3, 1.0, len(section)), 2),
         "toelichting": [WRONG[one][1] for one in kind]},
        geometry=shapely.line_interpolate_point(town.sections.geometry.to_numpy()[section], 0.5, normalized=True), crs=CRS,
    )  # fmt: skip


def puddles(town: Town, history: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return places of flooding after a cloudburst, with its depth (cm).

    Low places with little green.
    """
    rng = dice(town.seed, "puddles")
    low = history["era"].isin(["1900", "centre", "1955", "1968", "business"]).to_numpy() & history["living"].to_numpy()
    chosen = np.flatnonzero(low & (rng.uniform(size=len(low)) < 0.3))
    chosen = chosen if len(chosen) else np.flatnonzero(history["living"].to_numpy())[:2]
    middle = shapely.get_coordinates(
        shapely.line_interpolate_point(
            town.sections.geometry.to_numpy()[chosen], rng.uniform(0.2, 0.8, len(chosen)), normalized=True
        )
    )
    round_ = np.linspace(0, TURN, 18, endpoint=False)
    size = rng.uniform(10, 26, len(chosen))[:, None] * (
        1 + 0.25 * np.sin(2 * round_ + rng.uniform(0, TURN, (len(chosen), 1)))
    )
    shape = middle[:, None, :] + size[:, :, None] * np.stack([np.cos(round_), np.sin(round_)], axis=-1)
    return gpd.GeoDataFrame(
        {"plas": [f"PL{number:03d}" for number in range(1, len(chosen) + 1)], "waterdiepte_cm": np.round(rng.uniform(4, 34, len(chosen)))},
        geometry=shapely.polygons(shape), crs=CRS,
    )  # fmt: skip


def care_places(town: Town) -> gpd.GeoDataFrame:
    """Return schools and care as points."""
    rng = dice(town.seed, "care")
    count = max(2, len(town.addresses) // HOMES_PER_CARE)
    chosen = np.sort(rng.choice(len(town.addresses), min(count, len(town.addresses)), replace=False))
    kind = [CARE[number % len(CARE)] for number in range(len(chosen))]
    street = town.sections["name"].to_numpy()[town.addresses["section"].to_numpy()[chosen]]
    return gpd.GeoDataFrame(
        {"soort": kind, "naam": [f"{one.capitalize()} {name}" for one, name in zip(kind, street, strict=True)]},
        geometry=town.addresses.geometry.to_numpy()[chosen], crs=CRS,
    )  # fmt: skip
