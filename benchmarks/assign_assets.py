"""Assign a million assets to 20,000 sections and turn them into works; prints seconds, peak memory and rows. (nl: meten).

Usage: python benchmarks/assign_assets.py [--assets N] [--sections N] [--no-peer]
"""

import argparse
import resource
import sys
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.context import City, survey
from koppelkans.context.product import UNDERSTOOD
from koppelkans.context.streets.assigning import place
from koppelkans.ground.settings import make_settings
from koppelkans.ground.tables import empty
from koppelkans.ground.trace import Trace

CRS = "EPSG:28992"
KINDS = (
    "sewer_gravity",
    "water_main",
    "gas_low",
    "power_low",
    "power_medium",
    "sewer_pressure",
    "gas_high",
    "lighting",
)
OWNERS = np.array(["gemeente", "water", "net", "net", "net", "gemeente", "net", "gemeente"])
SIDE_M = np.array([0.0, -3.0, 3.0, 4.0, 4.5, 1.0, -4.0, 5.0])
"""How far beside the middle of the street each kind lies (m)."""
REACH_M = 12.0
MEAN_LENGTH_M = 25.0
SEED = 2026


def streets(count: int) -> gpd.GeoDataFrame:
    """Return a grid of streets of 100 m."""
    side = int(np.ceil(np.sqrt(count / 2)))
    x, y = np.meshgrid(np.arange(side), np.arange(side))
    corner = np.column_stack([x.ravel(), y.ravel()]) * 100.0 + [100_000.0, 400_000.0]
    lines = [shapely.linestrings(np.stack([corner, corner + step], axis=1)) for step in ([100.0, 0.0], [0.0, 100.0])]
    shapes = np.concatenate(lines)[:count]
    rows = np.arange(1, len(shapes) + 1)
    names = np.char.add("s", np.char.zfill(rows.astype(str), 6))
    return gpd.GeoDataFrame({"row": rows, "section": names, "name": "Straat"}, geometry=shapes, crs=CRS)


def things(count: int, sections: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return pipes, cables and lamp posts along the streets, laid in streets of one age, with one in ten without a year."""
    draw = np.random.default_rng(SEED)
    ends = shapely.get_coordinates(sections.geometry).reshape(-1, 2, 2)
    street = draw.integers(0, len(sections), count)
    kind = draw.integers(0, len(KINDS), count)
    along = (ends[:, 1] - ends[:, 0])[street] / 100.0
    across = along[:, ::-1] * [1.0, -1.0]
    start = draw.uniform(0, 80, count)
    length = np.clip(draw.gamma(1.5, MEAN_LENGTH_M / 1.5, count), 0.5, 200.0)
    first = ends[street, 0] + along * start[:, None] + across * (SIDE_M[kind] + draw.normal(0, 0.3, count))[:, None]
    shapes = shapely.linestrings(np.stack([first, first + along * length[:, None]], axis=1))
    lamp = kind == KINDS.index("lighting")
    shapes[lamp] = shapely.points(first[lamp])
    era = draw.integers(1950, 2015, len(sections))[street]
    built = pd.array(era + draw.integers(0, 8, count), dtype="Int64")
    built[draw.random(count) < 0.1] = pd.NA
    inspected = draw.random(count) < 0.2
    return gpd.GeoDataFrame(
        {
            "row": np.arange(1, count + 1),
            "asset": pd.Series(np.arange(count)).astype("str").str.zfill(8).radd("a"),
            "owner": pd.Series(OWNERS[kind], dtype="str"),
            "kind": pd.Series(np.array(KINDS)[kind], dtype="str"),
            "built_year": built,
            "condition": np.where(inspected, draw.integers(1, 7, count), np.nan).astype(float),
            "condition_year": pd.array(np.where(inspected, 2024, 0), dtype="Int64"),
        },
        geometry=shapes,
        crs=CRS,
    )


def peak_gib() -> float:
    """Return the peak memory of this process (GiB); Linux counts it in KiB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**30 if sys.platform == "darwin" else peak / 2**20


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--assets", type=int, default=1_000_000)
    options.add_argument("--sections", type=int, default=20_000)
    options.add_argument("--no-peer", action="store_true")
    chosen = options.parse_args()
    settings = make_settings(
        {
            "city": {"name": "Meetstad"},
            "sources": [
                {"name": "wegvakken", "role": "sections", "path": "-"},
                {"name": "beheer", "role": "assets", "path": "-"},
            ],
        }
    )
    sections = streets(chosen.sections)
    assets = things(chosen.assets, sections)
    city = City(Path(), settings, {"wegvakken": sections, "beheer": assets}, (), empty(UNDERSTOOD), Trace(version="0"))
    before = peak_gib()
    start, busy = time.perf_counter(), time.process_time()
    context = survey(city)
    own, busy = time.perf_counter() - start, time.process_time() - busy
    print(
        f"survey of {len(assets):,} assets on {len(sections):,} sections: {own:.1f} s ({busy:.1f} s of processor), peak {peak_gib():.2f} GiB ({before:.2f} GiB before)"
    )
    print(f"  works {len(context.works):,}, touches {len(context.touches):,}, renewed {len(context.work_assets):,}")
    print(f"  {context.trace.notes[-1]}")
    start = time.perf_counter()
    places = place(assets.geometry.to_numpy(), sections.geometry.to_numpy(), reach_m=REACH_M)
    alone = time.perf_counter() - start
    print(f"  assignment alone: {alone:.1f} s, {len(places):,} rows with the length in each section")
    if not chosen.no_peer:
        start = time.perf_counter()
        joined = gpd.sjoin_nearest(assets[["geometry"]], sections[["section", "geometry"]], max_distance=REACH_M)
        peer = time.perf_counter() - start
        print(
            f"  peer, geopandas.sjoin_nearest (one section per asset, no lengths): {peer:.1f} s, {len(joined):,} rows"
        )
        print(f"  ratio to the peer: assignment {alone / peer:.2f}, whole survey {own / peer:.2f}")


if __name__ == "__main__":
    main()
