"""The GeoPackage: every table, places with the figures beside them, and styles that QGIS finds."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

import hamlet
import hamlet_plan
from koppelkans.report.contents import contents
from koppelkans.report.forms.geopackage import GEOPACKAGE, MADE
from koppelkans.report.gis import styles as qml
from koppelkans.report.gis.layers import layers, slug
from koppelkans.report.gis.styles import styles
from koppelkans.report.plan import Plan
from koppelkans.report.table import heading
from tongues import BOTH, WORD, own_words, project_in


@pytest.fixture(scope="module")
def plan() -> Plan:
    return hamlet_plan.plan()


@pytest.fixture(scope="module")
def package(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return GEOPACKAGE.write(plan, tmp_path_factory.mktemp("gpkg"), "nl")[0]


@pytest.fixture(scope="module")
def project(package: Path) -> ET.Element:
    """Return the project of QGIS that stands in the file."""
    with sqlite3.connect(package) as base:
        assert base.execute("SELECT name FROM qgis_projects").fetchall() == [("Stadsprogramma",)]
    return ET.fromstring(project_in(package).removeprefix(qml.HEADER))  # noqa: S314 - made here, not read from elsewhere


def layer(package: Path, name: str) -> gpd.GeoDataFrame:
    return pyogrio.read_dataframe(package, layer=name)


def test_every_table_with_rows_is_in_the_file(plan: Plan, package: Path):
    written = dict(pyogrio.list_layers(package))
    made = {part.key for part in layers(plan, "nl")}
    assert made == {f"{content.room}.{content.name}" for content in contents(plan) if len(content.frame)}
    assert set(written) == {part.name for part in layers(plan, "nl")} | {"layer_styles"}
    assert written["werken"] == "MultiLineString"
    assert written["bellijst"] is None


def test_no_two_layers_have_one_name(plan: Plan):
    for lang in ("nl", "en"):
        names = [part.name for part in layers(plan, lang)]
        assert len(set(names)) == len(names)


def test_places_are_in_the_coordinates_of_the_city_with_an_index(package: Path):
    assert layer(package, "wegvakken").crs == "EPSG:28992"
    assert layer(package, "wegvakken").total_bounds.tolist() == [150_000, 400_000, 150_400, 400_000]
    with sqlite3.connect(package) as base:
        indexed = {row[0] for row in base.execute("SELECT table_name FROM gpkg_extensions")}
        spatial = {row[0] for row in base.execute("SELECT table_name FROM gpkg_geometry_columns")}
    assert spatial <= indexed


def test_sections_say_per_year_how_many_parties_open_them(package: Path):
    sections = layer(package, "wegvakken").set_index("section")
    assert sections["y2030"].tolist()[:2] == [2, 2]
    assert sections["y2028"].notna().tolist() == [False, False, True, False]
    assert sections["times_open"].tolist() == [1, 1, 1, 0]
    assert sections["opening_eur"].tolist() == [20_000, 20_000, 30_000, 20_000]
    assert sections.loc["S1", "need_biodiversity"] == 0.8
    assert pd.isna(sections.loc["S4", "need_biodiversity"])


def test_works_say_their_year_their_party_and_why(package: Path):
    works = layer(package, "werken").set_index("work")
    assert works.loc["w-gas", ["year", "bundle", "owner_name"]].tolist() == [2030, "b-1", "Netbeheerder"]
    assert pd.isna(works.loc["w-paving-4", "year"])
    assert works.loc["w-paving-4", "why_year_nl"] == "De kosten zijn onbekend."


def test_a_section_stands_in_the_layer_of_the_years_once_per_year_with_its_days(package: Path):
    opened = layer(package, "open_wegvakken")
    assert list(zip(opened["section"], opened["year"], strict=True)) == [("S1", 2030), ("S2", 2030), ("S3", 2028)]
    assert opened["begin"].dt.strftime("%Y-%m-%d").tolist()[0] == "2030-01-01"
    assert opened["end"].dt.strftime("%Y-%m-%d").tolist()[2] == "2028-12-31"


def test_a_bundle_lies_where_two_of_its_works_meet(plan: Plan, package: Path):
    assert layer(package, "bundels").geometry.length.tolist() == [200]
    # without gas and paving only S1 holds two works of the bundle: sewer and water
    smaller = plan.programme.plan.assign(
        bundle=plan.programme.plan["bundle"].mask(plan.programme.plan["work"].isin(["w-gas", "w-paving"]))
    )
    found = layers(replace(plan, programme=replace(plan.programme, plan=smaller)), "nl")
    bundles = next(part.frame for part in found if part.key == "programme.bundles")
    assert bundles.geometry.total_bounds.tolist() == [150_000, 400_000, 150_100, 400_000]


def test_points_lines_and_areas_are_layers_apart_and_no_row_is_lost(plan: Plan):
    finds = plan.opportunities.finds
    places = np.array([shapely.box(0, 0, 1, 1), None], dtype=object)
    four = pd.concat([finds, finds.set_geometry(places, crs=finds.crs).assign(find=["f-3", "f-4"])])
    four = gpd.GeoDataFrame(four.reset_index(drop=True), geometry="geometry", crs=hamlet.CRS)
    made = layers(replace(plan, opportunities=replace(plan.opportunities, finds=four)), "nl")
    found = {part.name: part.frame["find"].tolist() for part in made if part.key == "opportunities.finds"}
    assert found == {"kansen_en_knelpunten_lijnen": ["f-1", "f-2", "f-4"], "kansen_en_knelpunten_vlakken": ["f-3"]}


def test_each_layer_opens_with_one_style_and_sections_have_more_to_choose(package: Path):
    rows = layer(package, "layer_styles")
    spatial = {name for name, kind in pyogrio.list_layers(package) if kind}
    assert set(rows["f_table_name"]) == spatial
    assert rows.groupby("f_table_name")["useAsDefault"].sum().eq(1).all()
    chosen = rows[rows["f_table_name"] == "wegvakken"]["styleName"].tolist()
    assert chosen == ["Wegvakken", "behoefte biodiversiteit", "behoefte hitte"]
    assert (rows[["f_table_catalog", "f_table_schema"]] == "").all().all()  # QGIS looks for empty texts


def test_a_style_names_every_column_and_has_a_symbol_for_every_class(plan: Plan):
    for part in layers(plan, "nl"):
        for _, text in styles(plan, part, "nl"):
            root = ET.fromstring(text.removeprefix(qml.HEADER))  # noqa: S314 - made here, not read from elsewhere
            columns = [alias.get("field") for alias in root.iter("alias")]
            assert columns == [column for column in part.frame.columns if column != "geometry"]
            assert all(alias.get("name") for alias in root.iter("alias"))
            symbols = {symbol.get("name") for symbol in root.iter("symbol")}
            classes = [*root.iter("category"), *root.iter("range")]
            assert {entry.get("symbol") for entry in classes} <= symbols
            assert symbols
            asked = root.find("renderer-v2").get("attr")
            assert asked is None or asked in columns
            kinds = {symbol.get("type") for symbol in root.iter("symbol")}
            assert kinds == {{"points": "marker", "lines": "line", "areas": "fill"}[part.family]}


def test_every_value_has_its_class_in_the_legend(plan: Plan):
    for part in layers(plan, "nl"):
        for _, text in styles(plan, part, "nl"):
            root = ET.fromstring(text.removeprefix(qml.HEADER))  # noqa: S314
            renderer = root.find("renderer-v2")
            if renderer.get("type") != "categorizedSymbol":
                continue
            values = {entry.get("value") for entry in root.iter("category")}
            held = part.frame[renderer.get("attr")].dropna().astype("str")
            assert set(held) <= values or qml.EVERYTHING_ELSE in values


def test_a_year_has_the_colour_of_its_period_and_undone_works_are_dashed(plan: Plan):
    part = next(part for part in layers(plan, "nl") if part.key == "context.works")
    ((_, text),) = styles(plan, part, "nl")
    root = ET.fromstring(text.removeprefix(qml.HEADER))  # noqa: S314
    symbols = {
        symbol.get("name"): {o.get("name"): o.get("value") for o in symbol.iter("Option")}
        for symbol in root.iter("symbol")
    }
    by_label = {entry.get("label"): symbols[entry.get("symbol")] for entry in root.iter("category")}
    assert by_label["2027"]["line_color"] == by_label["2028"]["line_color"] == "59,15,112,255"
    assert by_label["2029"]["line_color"] != by_label["2028"]["line_color"]
    assert by_label["niet in het programma"]["line_style"] == "dash"


def test_the_layer_of_the_years_plays_in_time(plan: Plan):
    part = next(part for part in layers(plan, "nl") if part.key == "programme.open")
    ((_, text),) = styles(plan, part, "nl")
    temporal = ET.fromstring(text.removeprefix(qml.HEADER)).find("temporal")  # noqa: S314
    assert (temporal.get("startField"), temporal.get("endField"), temporal.get("mode")) == ("begin", "end", "2")


def test_a_name_with_signs_of_its_own_stays_valid_in_a_style():
    text = qml.qml_document(qml.categorised("lines", "a", [('<"&', '<"&', qml.Look("#102030"))]), names={"a": '<"&'})
    root = ET.fromstring(text.removeprefix(qml.HEADER))  # noqa: S314
    assert root.find(".//category").get("value") == '<"&'
    assert root.find(".//alias").get("name") == '<"&'


def test_written_twice_over_the_file_has_the_same_bytes(plan: Plan, package: Path, tmp_path: Path):
    GEOPACKAGE.write(plan, tmp_path, "nl")
    (again,) = GEOPACKAGE.write(plan, tmp_path, "nl")
    assert again.read_bytes() == package.read_bytes()
    with sqlite3.connect(package) as base:
        assert {row[0] for row in base.execute("SELECT last_change FROM gpkg_contents")} == {MADE}


def test_the_clock_of_gdal_goes_on_afterwards(package: Path):
    assert package.exists()
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


def test_the_file_says_what_it_is_and_names_no_folder_of_this_machine(package: Path):
    about = pyogrio.read_info(package, layer="gebieden")["dataset_metadata"]
    assert about["TITLE"] == "Gehucht: stadsprogramma 2027-2036"
    assert about["PRICE_YEAR"] == "2026"
    assert b"/home/" not in package.read_bytes()


def test_english_names_in_an_english_file(plan: Plan, tmp_path: Path):
    (package,) = GEOPACKAGE.write(plan, tmp_path, "en")
    assert {"sections", "bundles", "areas"} <= set(dict(pyogrio.list_layers(package)))
    names = pyogrio.read_dataframe(package, layer="layer_styles")["styleName"]
    assert "need for biodiversity" in set(names)


def test_a_slug_is_a_plain_name():
    assert slug("Wie betaalt én wint? (punten)") == "wie_betaalt_en_wint_punten"


def test_every_column_says_what_it_is_called_in_the_language_of_the_file(plan: Plan, package: Path):
    with sqlite3.connect(package) as base:
        called = base.execute("SELECT table_name, column_name, title FROM gpkg_data_columns").fetchall()
        extension = base.execute(
            "SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_schema'"
        ).fetchall()
    assert extension == [("gpkg_data_columns",)]
    assert ("gebieden", "area", "gebied") in called
    made = {(part.name, column) for part in layers(plan, "nl") for column in part.frame.columns if column != "geometry"}
    assert {(table, column) for table, column, _ in called} == made
    assert all(title for _, _, title in called)


def test_every_layer_of_the_file_stands_in_the_project_once_and_the_other_way_round(package: Path, project: ET.Element):
    listed = project.findall("projectlayers/maplayer")
    found = [part.findtext("datasource") for part in listed]
    file = set(dict(pyogrio.list_layers(package))) - {"layer_styles"}
    assert sorted(found) == sorted(f"./{package.name}|layername={name}" for name in file)
    in_tree = [part.get("id") for part in project.iter("layer-tree-layer")]
    assert sorted(in_tree) == sorted(part.findtext("id") for part in listed)
    assert not project.findall("layer-tree-group/layer-tree-layer"), "each layer stands in a group"
    groups = [group.get("name") for group in project.findall("layer-tree-group/layer-tree-group")]
    assert groups == ["Programma", "Kansen en wensen", "Straten en gebieden", "Wat er ligt", "Tabellen"]


def test_every_layer_of_the_project_has_its_system_of_coordinates_and_its_styles(project: ET.Element, plan: Plan):
    made = {part.title: part for part in layers(plan, "nl")}
    for part in project.findall("projectlayers/maplayer"):
        layer = made[part.findtext("layername")]
        system, styled = part.findtext("srs/spatialrefsys/authid"), [name for name, _ in styles(plan, layer, "nl")]
        assert system == ("EPSG:28992" if layer.family else None)
        assert (part.find("renderer-v2") is not None) == bool(layer.family)
        assert [style.get("name") for style in part.findall("map-layer-style-manager/map-layer-style")] == styled
    assert project.findtext("projectCrs/spatialrefsys/authid") == "EPSG:28992"
    assert [float(project.findtext(f"mapcanvas/extent/{side}")) for side in ("xmin", "xmax")] == [149_988, 150_412]


def test_a_column_is_called_in_dutch_as_in_every_other_output(project: ET.Element, plan: Plan):
    made, english = {part.title: part for part in layers(plan, "nl")}, own_words()["en"] - BOTH
    for part in project.findall("projectlayers/maplayer"):
        layer = made[part.findtext("layername")]
        called = {alias.get("field"): alias.get("name") for alias in part.findall("aliases/alias")}
        assert called == layer.names
        strays = {column: name for column, name in called.items() if set(WORD.findall(name)) & english or "_" in name}
        assert not strays, f"{layer.title}: {strays}"
        if not layer.family:
            assert called == {column: heading(layer.key, column, "nl") for column in called}


def test_a_code_is_shown_in_words_and_texts_in_the_other_language_are_hidden(project: ET.Element):
    works = next(part for part in project.iter("maplayer") if part.findtext("layername") == "Werken")
    shown = {
        field.get("name"): {pair.get("value"): pair.get("name") for pair in field.iter("Option") if pair.get("value")}
        for field in works.findall("fieldConfiguration/field")
    }
    assert shown["owner"]["water"] == "Waterbedrijf"
    hidden = {part.get("name") for part in works.iter("column") if part.get("hidden") == "1"}
    assert hidden == {"fid", "why_en", "why_year_en"}
