"""Write the map of a city of many hamlets and open it in a browser; prints bytes and seconds. (nl: meten).

Usage: python benchmarks/map_page.py [--sections N]

The hamlet of the tests (four sections, six works, six assets) is laid out again and again in rows, with a building beside every
section. The browser draws in software, on the processor: with a graphics card it is faster.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import hamlet
import hamlet_plan
from koppelkans.context.product import BACKDROP
from koppelkans.ground.tables import shape
from koppelkans.report.forms.map_page import MAP_PAGE
from koppelkans.report.plan import Plan

IDENTIFIERS = {"section", "work", "other_work", "asset", "area", "wish", "find", "bundle", "match", "share", "place"}
"""Columns that name something of one hamlet; parties, kinds and ambitions are those of all."""
CALM_CHECKS = 10
STEP_X, STEP_Y = 450.0, 250.0
ARGUMENTS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


def laid_out(table: pd.DataFrame, copies: int) -> pd.DataFrame:
    """Return a table once for each copy, with identifiers and places of its own."""
    copy = np.repeat(np.arange(copies), len(table))
    made = table.loc[np.tile(table.index, copies)].reset_index(drop=True)
    for column in IDENTIFIERS & set(made.columns):
        made[column] = made[column].astype("str").str.cat(pd.Series(copy).astype("str"), sep="-")
    if isinstance(table, gpd.GeoDataFrame):
        side = int(np.ceil(np.sqrt(copies)))
        moves = np.column_stack([copy % side * STEP_X, copy // side * STEP_Y])
        points, of = shapely.get_coordinates(made.geometry.to_numpy(), return_index=True)
        made = made.set_geometry(
            shapely.set_coordinates(made.geometry.to_numpy().copy(), points + moves[of]), crs=table.crs
        )
    return made


def city(copies: int) -> Plan:
    """Return a plan of many hamlets."""
    plan = hamlet_plan.plan()
    rooms = {}
    for part in fields(plan):
        room = getattr(plan, part.name)
        tables = {name: getattr(room, name) for name in getattr(room, "TABLES", {})}
        own = {name: laid_out(table, copies) for name, table in tables.items() if IDENTIFIERS & set(table.columns)}
        if own:
            rooms[part.name] = replace(room, **own)
    middles = rooms["context"].sections.geometry.interpolate(50).translate(0, 12)
    homes = gpd.GeoDataFrame(geometry=middles.buffer(5, cap_style="square"), crs=hamlet.CRS).assign(kind="building")
    rooms["context"] = replace(rooms["context"], backdrop=shape(homes, BACKDROP, crs=hamlet.CRS))
    return replace(plan, **rooms)


def opened(page_file: Path) -> Iterable[tuple[str, float]]:
    """Open the page in a browser and yield what took how long."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    still = "koppelkans.map.loaded() && koppelkans.map.areTilesLoaded()"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        began = time.perf_counter()
        page.goto(page_file.as_uri())
        page.wait_for_selector("body[data-ready]", timeout=120_000)
        yield "opened, can be used (s)", time.perf_counter() - began
        calm = 0
        while calm < CALM_CHECKS:  # the rest of the layers comes in after the first picture
            page.wait_for_timeout(100)
            calm = calm + 1 if page.evaluate(still) else 0
        yield "everything on the map (s)", time.perf_counter() - began - CALM_CHECKS / 10
        began = time.perf_counter()
        page.evaluate("koppelkans.show({year: 2030})")
        while not page.evaluate(still):
            page.wait_for_timeout(20)
        yield "another year on the map (s)", time.perf_counter() - began
        browser.close()


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser()
    reader.add_argument("--sections", type=int, default=5_000)
    plan = city(reader.parse_args().sections // 4)
    context = plan.context
    print(
        f"sections {len(context.sections):,}, works {len(context.works):,}, assets {len(context.assets):,}, finds {len(plan.opportunities.finds):,}"
    )
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        (path,) = MAP_PAGE.write(plan, Path(folder), "nl")
        print(f"written (s): {time.perf_counter() - began:.1f}")
        print(f"size (MB): {path.stat().st_size / 1e6:.1f}")
        for name, seconds in opened(path):
            print(f"{name}: {seconds:.1f}")


if __name__ == "__main__":
    main()
