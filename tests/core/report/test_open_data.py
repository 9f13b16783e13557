"""Open data: read back what is public, with a licence and what every column means."""

import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.report.forms.open_data import FILES, OPEN_DATA
from koppelkans.report.plain_page import plain_page
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import seen_by
from koppelkans.report.table import tables


@pytest.fixture(scope="module")
def seen() -> Plan:
    return seen_by(hamlet_plan.plan())


@pytest.fixture(scope="module")
def folder(seen: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("openbaar")
    OPEN_DATA.write(seen, made, "nl")
    return made


def test_a_file_says_what_happens_when_and_where(seen: Plan, folder: Path):
    works = pd.read_csv(folder / "opendata" / "werken-openbaar.csv").set_index("work")
    assert works.loc[["w-sewer", "w-paving", "w-water-3"], "year"].tolist() == [2030, 2030, 2028]
    assert works["year"].isna().sum() == 1
    assert works["cost_eur"].sum() == seen.context.works["cost_eur"].sum()
    places = gpd.read_file(folder / "opendata" / "werken-openbaar.geojson")
    assert places["year"].fillna(0).tolist() == works["year"].fillna(0).tolist()
    west, south, east, north = places.total_bounds
    assert 3 < west <= east < 8
    assert 50 < south <= north < 54


def test_every_column_is_explained_once_and_personal_columns_stand_nowhere(folder: Path):
    told = pd.read_csv(folder / "opendata" / "kolommen-openbaar.csv", keep_default_na=False)
    assert (told["meaning"] != "").all()
    assert not told.duplicated(["file", "column"]).any()
    assert "contact" not in set(told["column"])
    assert "text" not in set(told["column"])
    for file in FILES:
        made = pd.read_csv(folder / "opendata" / f"{file}-openbaar.csv")
        assert made.columns.tolist() == told.loc[told["file"] == file, "column"].tolist(), file


def test_the_package_names_licence_sources_and_files_that_exist(folder: Path):
    package = json.loads((folder / "opendata" / "datapackage-openbaar.json").read_text("utf-8"))
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert all((folder / "opendata" / one["path"]).is_file() for one in package["resources"] if one["format"] != "gpkg")
    assert {one["path"] for one in package["resources"]} >= {f"{file}-openbaar.csv" for file in FILES}
    assert "CC-BY-4.0" in (folder / "opendata-openbaar.html").read_text("utf-8")
    assert set(FILES.values()) <= set(tables())


def test_a_licence_of_the_city_is_said(seen: Plan, tmp_path: Path):
    other = replace(seen, settings=hamlet.settings(report={"licence": "CC0-1.0"}))
    index = OPEN_DATA.write(other, tmp_path, "en")[0].read_text("utf-8")
    assert "creativecommons.org/publicdomain/zero/1.0" in index
    assert "CC-BY-4.0" not in index


def test_a_plain_page_escapes_its_title():
    made = plain_page("<i>Kerkweg</i>", ["<h1>a</h1>"], lang="nl")
    assert "<title>&lt;i&gt;Kerkweg&lt;/i&gt;</title>" in made
    assert '<html lang="nl">' in made
