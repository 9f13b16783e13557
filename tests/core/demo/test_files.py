from pathlib import Path

import openpyxl
import pandas as pd
import pyogrio

import small_town
from koppelkans.demo import files

ENDINGS = {".gpkg", ".geojson", ".shp", ".fgb", ".parquet", ".csv", ".xlsx"}


def test_the_city_sends_its_files_in_seven_formats():
    assert {Path(file.path).suffix for file in files.FILES.values()} == ENDINGS


def test_a_layer_without_rows_is_not_written(tmp_path: Path):
    layers = {"bruggen": small_town.layers()["bruggen"].iloc[:0], "kademuren": small_town.layers()["kademuren"]}

    assert files.write_files(layers, tmp_path) == ["kademuren"]
    assert not (tmp_path / files.FILES["bruggen"].path).exists()


def test_layers_of_one_geopackage_stand_side_by_side(tmp_path: Path):
    files.write_files(small_town.layers(), tmp_path)

    assert {name for name, _ in pyogrio.list_layers(tmp_path / "riolering/riool.gpkg")} == {
        "strengen",
        "putten",
        "persleiding",
    }


def test_wishes_stand_in_longitude_and_latitude_and_trees_in_wkt(tmp_path: Path):
    files.write_files(small_town.layers(), tmp_path)

    wishes = pd.read_csv(tmp_path / files.FILES["wensen"].path)
    trees = pd.read_csv(tmp_path / files.FILES["bomen"].path)
    assert wishes["lon"].between(3.2, 7.3).all()
    assert wishes["lat"].between(50.7, 53.6).all()
    assert trees["wkt"].str.startswith("POINT (").all()


def test_the_workbook_says_that_it_was_made_on_the_fixed_day(tmp_path: Path):
    files.write_files(small_town.layers(), tmp_path)

    made = openpyxl.load_workbook(tmp_path / files.FILES["waterbedrijf"].path).properties
    assert made.created == files.MADE_ON


def test_the_date_of_the_map_library_is_let_go_again(tmp_path: Path):
    files.write_files({"kademuren": small_town.layers()["kademuren"]}, tmp_path)

    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None
