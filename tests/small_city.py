"""Cities of a few rows, built by hand without files, to survey. Streets lie in metres from (X0, Y0) as in the hamlet."""

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

import hamlet
from koppelkans.context.city import City
from koppelkans.context.product import UNDERSTOOD
from koppelkans.ground.settings import Settings, make_settings
from koppelkans.ground.tables import empty
from koppelkans.ground.trace import Trace


def rows(columns: Mapping[str, object], geometry: list[object]) -> gpd.GeoDataFrame:
    """Return a layer as the reader hands it on; years and numbers of pieces may hold None."""
    frame = gpd.GeoDataFrame(dict(columns), geometry=geometry, crs=hamlet.CRS)
    whole = [name for name in frame.columns if name.endswith("_year") or name in ("year", "pieces")]
    frame = frame.astype(dict.fromkeys(whole, "Int64"))
    return frame.assign(row=np.arange(1, len(frame) + 1)) if "row" not in frame.columns else frame


def streets(*spans: tuple[float, float], **columns: object) -> gpd.GeoDataFrame:
    """Return sections S1, S2 … from … to … metres along the street."""
    names = [f"S{number}" for number in range(1, len(spans) + 1)]
    given = {"section": names, "name": ["Dorpsstraat"] * len(spans), "road_class": ["residential"] * len(spans)}
    return rows(given | columns, [hamlet.stretch(first, last) for first, last in spans])


def settings(layers: Mapping[str, tuple[str, gpd.GeoDataFrame]], **parts: object) -> Settings:
    """Return settings 2027-2036 with a source for each layer."""
    sources = [{"name": name, "role": role, "path": f"{name}.gpkg"} for name, (role, _) in layers.items()]
    own: dict[str, object] = {
        "city": {"name": "Gehucht"},
        "horizon": {"first": 2027, "last": 2036},
        "sources": sources,
        "parties": [
            {"party": "gemeente", "name": "Gemeente Gehucht", "kind": "gemeente", "aliases": ["GM9999"]},
            {"party": "water", "name": "Waterbedrijf", "kind": "waterbedrijf"},
        ],
    }
    return make_settings(own | parts)


def city(layers: Mapping[str, tuple[str, gpd.GeoDataFrame]], **parts: object) -> City:
    """Return a city with these layers: name = (role, rows)."""
    frames = {name: frame for name, (_, frame) in layers.items()}
    return City(Path(), settings(layers, **parts), frames, (), empty(UNDERSTOOD), Trace(version="test"))


def shuffled(found: City, seed: int) -> City:
    """Return the same city with the rows of every layer in another order; row numbers stay with their rows."""
    layers = {
        name: frame.sample(frac=1.0, random_state=seed).reset_index(drop=True) for name, frame in found.layers.items()
    }
    return City(found.folder, found.settings, layers, found.faults, found.understood, found.trace)


def same_tables(one: object, other: object) -> None:
    """Check that two products hold the same tables."""
    for name in one.TABLES:  # type: ignore[attr-defined]
        pd.testing.assert_frame_equal(pd.DataFrame(getattr(one, name)), pd.DataFrame(getattr(other, name)), obj=name)
