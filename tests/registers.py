"""Registers of works with one job in several of them, small enough to work out by hand."""

from collections.abc import Mapping

import geopandas as gpd
from shapely import Point

import hamlet
import small_city
from koppelkans.context.city import City

FOUR = small_city.streets((0, 100), (100, 200), (200, 300), (300, 400))


def register(geometry: list[object], **columns: object) -> gpd.GeoDataFrame:
    """Return sewer works of the municipality in 2030, but for what is given; one value counts for every row."""
    count = len(geometry)
    usual: dict[str, object] = {
        "work": [f"w{at}" for at in range(count)], "owner": "gemeente", "kind": "sewer_gravity",
        "earliest_year": 2030, "latest_year": 2030,
    }  # fmt: skip
    given = {name: one if isinstance(one, list) else [one] * count for name, one in (usual | columns).items()}
    return small_city.rows(given, geometry)


def answer(one: tuple[str, str], other: tuple[str, str], *, same: bool) -> dict[str, object]:
    """Return an answer about two works, each by source and name."""
    works = [{"source": source, "work": work} for source, work in (one, other)]
    return {"one": works[0], "other": works[1], "same": same}


def city(layers: Mapping[str, tuple[str, gpd.GeoDataFrame]], *answers: dict[str, object]) -> City:
    return small_city.city({"wegvakken": ("sections", FOUR), **layers}, context={"same_works": list(answers)})


def three() -> dict[str, tuple[str, gpd.GeoDataFrame]]:
    """Return three registers with one sewer job in each, and a work of water in one that is another."""
    return {
        "eigen": ("works", register([hamlet.stretch(0, 100)], work=["R1"], name="Riool Dorpsstraat", certainty="gepland")),
        "wior": ("plans", register([hamlet.stretch(10, 100, 2), hamlet.stretch(0, 100, 3)], work=["W8", "W9"],
                 owner=["gemeente", "water"], kind=["sewer_gravity", "water_main"], name=["Dorpsstraat riool", "Waterleiding"],
                 certainty="vast", cost_eur=[80_000, 40_000])),
        "melvin": ("plans", register([Point(hamlet.X0 + 50, hamlet.Y0)], work=["M3"], owner="aannemer",
                   kind="other", name="RIOOL Dorpsstraat", earliest_year=2029, latest_year=2031)),
    }  # fmt: skip


R1, W8, M3 = ("eigen", "R1"), ("wior", "W8"), ("melvin", "M3")
