"""A city folder in which nearly every file is spoilt: each fault is told with its place, and all the rest is read."""

import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import LineString, Point, Polygon, box

from koppelkans.context import read_city, write_aside
from koppelkans.context.city import City
from koppelkans.ground.errors import Fault

X, Y = 150_000.0, 400_000.0
MILLION = 1_000_000
BOWTIE = Polygon([(X, Y), (X + 10, Y + 10), (X + 10, Y), (X, Y + 10)])

SETTINGS = """
[city]
name = "Spoilt"

[[parties]]
party = "gemeente"
name = "Gemeente Bedorven"
aliases = ["Bedorven"]

[[parties]]
party = "water"
name = "Waterbedrijf"
aliases = ["KL1"]

[[sources]]
name = "empty"
role = "assets"
path = "empty.gpkg"

[[sources]]
name = "wrong_crs"
role = "addresses"
path = "wrong_crs.gpkg"

[[sources]]
name = "no_crs"
role = "addresses"
path = "no_crs.shp"

[[sources]]
name = "areas"
role = "areas"
path = "areas.geojson"
crs = "EPSG:28992"

[[sources]]
name = "pipes"
role = "assets"
path = "pipes.csv"
crs = "EPSG:28992"

[[sources]]
name = "works"
role = "works"
path = "works.csv"
crs = "EPSG:28992"
columns = { cost_eur = "kosten", earliest_year = "vanaf", latest_year = "tot", owner = "opdrachtgever" }

[[sources]]
name = "other_zip"
role = "topography"
path = "other.zip"

[[sources]]
name = "truncated"
role = "assets"
path = "truncated.xml"

[[sources]]
name = "bomb"
role = "assets"
path = "bomb.xml"

[[sources]]
name = "zip_bomb"
role = "topography"
path = "zip_bomb.zip"
format = "bgt"

[[sources]]
name = "million"
role = "assets"
path = "million.csv"
crs = "EPSG:28992"
constants = { owner = "gemeente", kind = "lighting" }

[[sources]]
name = "gone"
role = "wishes"
path = "wihses.csv"
"""

PIPES = """asset;owner;kind;built_year;diameter_mm;wkt
p1;gemeente;sewer_gravity;1965;300;LINESTRING (150000 400000, 150050 400000)
p2;gemeente;sewer_gravity;1966;circa 300;LINESTRING (150050 400000, 150100 400000)
p3;water;water_main;0001-01-01;110;LINESTRING (150000 400002, 150100 400002)
p4;wtaer;water_main;1970;110;LINESTRING (150000 400004, 150100 400004)
p5;water;water_main;1971;110;LINESTRING (150000 400006,
p1;gemeente;sewer_gravity;1968;400;LINESTRING (150100 400000, 150150 400000)
p7;water;water_main;1972;110;LINESTRING (150000 400008, 150100 400008);one too many
p8;water;water_main;1973;110;LINESTRING (150000 400010, 150100 400010)
"""

WORKS = """work;opdrachtgever;kind;vanaf;tot;kosten;wkt
w1;gemeente;paving;2028;2030;€ 125.000;POINT (150010 400000)
w2;gemeente;paving;2029;2031;-5000;POINT (150020 400000)
w3;gemeente;paving;2032;2029;80000;POINT (150030 400000)
w4;Bedorven;paving;2033;2034;90000;POINT (150040 400000)
"""

IMKL_START = """<?xml version="1.0" encoding="UTF-8"?>
<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:imkl="http://www.geostandaarden.nl/imkl/wibon"
 xmlns:net="http://inspire.ec.europa.eu/schemas/net/4.0" xmlns:us="http://inspire.ec.europa.eu/schemas/us-net-common/4.0"
 xmlns:xlink="http://www.w3.org/1999/xlink">
<gml:featureMember><imkl:Utiliteitsnet gml:id="nl.imkl-KL1.net"><imkl:thema xlink:href="x/Thema/water"/></imkl:Utiliteitsnet></gml:featureMember>
"""
PIPE = """<gml:featureMember><us:UtilityLink gml:id="nl.imkl-KL1.l{n}"><net:centrelineGeometry><gml:LineString srsName="urn:ogc:def:crs:EPSG::28992">
<gml:posList>150000 {y} 150100 {y}</gml:posList></gml:LineString></net:centrelineGeometry></us:UtilityLink></gml:featureMember>
<gml:featureMember><imkl:Waterleiding gml:id="nl.imkl-KL1.w{n}"><net:inNetwork xlink:href="nl.imkl-KL1.net"/><net:link xlink:href="nl.imkl-KL1.l{n}"/>
<us:currentStatus xlink:href="x/functional"/><us:validFrom>1955-01-01</us:validFrom></imkl:Waterleiding></gml:featureMember>
"""
BOMB = """<?xml version="1.0"?>
<!DOCTYPE imkl [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:imkl="http://www.geostandaarden.nl/imkl/wibon">&c;</gml:FeatureCollection>
"""


def spoil(folder: Path) -> Path:
    """Write the folder."""
    (folder / "koppelkans.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "empty.gpkg").touch()
    places = [Point(5.38 + i / 100, 52.15) for i in range(3)]
    gpd.GeoDataFrame({"address": ["a", "b", "c"]}, geometry=places, crs="EPSG:28992").to_file(folder / "wrong_crs.gpkg")
    here = gpd.GeoDataFrame({"address": ["a"]}, geometry=[Point(X, Y)], crs="EPSG:28992")
    here.to_file(folder / "no_crs.shp")
    (folder / "no_crs.prj").unlink()
    shapes = [box(X, Y, X + 100, Y + 100), BOWTIE, None]
    areas = gpd.GeoDataFrame({"area": ["west", "east", "none"]}, geometry=shapes, crs="EPSG:28992")
    areas.to_file(folder / "areas.geojson", driver="GeoJSON")
    (folder / "pipes.csv").write_text(PIPES, encoding="utf-8")
    (folder / "works.csv").write_text(WORKS, encoding="utf-8")
    with zipfile.ZipFile(folder / "other.zip", "w") as archive:
        archive.writestr("vakantie/strand.jpg", b"\xff\xd8\xff")
    whole = IMKL_START + "".join(PIPE.format(n=n, y=400_000 + n) for n in range(5)) + "</gml:FeatureCollection>"
    (folder / "truncated.xml").write_text(whole[: whole.index("nl.imkl-KL1.w3")], encoding="utf-8")
    (folder / "bomb.xml").write_text(BOMB, encoding="utf-8")
    with zipfile.ZipFile(folder / "zip_bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bgt_wegdeel.gml", b" " * 50_000_000)
    lines = [f"L{n};{X + n % 1000};{Y + n // 1000}" for n in range(MILLION)]
    lines[499_999] = "L499999;150000;here it goes wrong;and here"
    (folder / "million.csv").write_text("asset;x;y\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (folder / "wishes.csv").write_text("text;x;y\nmeer bomen;150000;400000\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Return the spoilt folder as it is read."""
    return read_city(spoil(tmp_path_factory.mktemp("spoilt")))


def told(city: City, where: str, **place: object) -> list[Fault]:
    """Return the faults of a file at a place."""
    return [
        fault
        for fault in city.faults
        if fault.where == where and all(getattr(fault, name) == value for name, value in place.items())
    ]


@pytest.mark.parametrize(
    ("where", "found", "wanted"),
    [
        ("empty.gpkg", "an empty file (0 bytes)", "fetch or save it again"),
        ("wrong_crs.gpkg", "all outside EPSG:28992", 'crs = "EPSG:4326"'),
        ("no_crs.shp", "no coordinate system", 'crs = "EPSG:28992"'),
        ("other.zip", "a zip of something else: vakantie/strand.jpg", ".gpkg"),
        ("bomb.xml", "DOCTYPE", "without DOCTYPE"),
        ("zip_bomb.zip", "unpacks to 47 MB", "as the register delivers it"),
        ("wihses.csv", "no such file", "wishes.csv"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_what_to_do(city: City, where: str, found: str, wanted: str):
    (fault,) = told(city, where)
    assert fault.fatal
    assert found in fault.found
    assert wanted in fault.wanted


@pytest.mark.parametrize(
    ("where", "row", "column", "found", "wanted"),
    [
        ("areas.geojson", 2, "geometry", "Self-intersection", "it was repaired"),
        ("areas.geojson", 3, "geometry", "no geometry", "polygon"),
        ("pipes.csv", 2, "diameter_mm", "circa 300", "a number"),
        ("pipes.csv", 3, "built_year", "year 0001", "taken as unknown"),
        ("pipes.csv", 4, "owner", "wtaer", "nearest: water"),
        ("pipes.csv", 5, "wkt", "LINESTRING (150000 400006,", "WKT such as"),
        ("pipes.csv", 6, "asset", "p1", "each name once"),
        ("pipes.csv", 7, "", "fields: 7 instead of 6", "as many fields as there are column names: 6"),
        ("works.csv", 2, "kosten", "-5000", "0 or more"),
        ("works.csv", 3, "vanaf, tot", "2032 – ? – 2029", "a window in order"),
        ("million.csv", 500_000, "", "fields: 4 instead of 3", "as many fields as there are column names: 3"),
    ],
)
def test_a_bad_row_is_told_with_row_and_column_and_what_was_wanted(
    city: City, where: str, row: int, column: str, found: str, wanted: str
):
    (fault,) = told(city, where, row=row)
    assert not fault.fatal
    assert fault.column == column
    assert found in fault.found
    assert wanted in fault.wanted


def test_xml_that_breaks_off_is_told_and_what_stood_before_it_is_read(city: City):
    (fault,) = told(city, "truncated.xml")
    assert "breaks off after feature 8" in fault.found
    assert city.layers["truncated"]["asset"].tolist() == ["KL1.w0", "KL1.w1", "KL1.w2"]
    assert city.layers["truncated"].length.tolist() == [100.0] * 3


def test_nothing_else_is_told(city: City):
    assert len(city.faults) == 7 + 11 + 1


def test_the_rest_is_still_read(city: City):
    assert sorted(city.layers) == ["areas", "million", "pipes", "truncated", "works"]
    assert city.layers["areas"]["area"].tolist() == ["west", "east"]
    assert city.layers["areas"].geometry.is_valid.all()
    assert city.layers["areas"].area.tolist() == [10_000.0, 50.0]
    pipes = city.layers["pipes"]
    assert pipes["asset"].tolist() == ["p1", "p2", "p3", "p4", "p8"]
    assert pipes["row"].tolist() == [1, 2, 3, 4, 8]
    assert pipes["diameter_mm"].isna().tolist() == [False, True, False, False, False]
    assert pipes["built_year"].isna().tolist() == [False, False, True, False, False]
    works = city.layers["works"]
    assert works["work"].tolist() == ["w1", "w2", "w4"]
    assert works["cost_eur"].tolist()[0] == 125_000
    assert works["cost_eur"].isna().tolist() == [False, True, False]
    assert works["owner"].tolist() == ["gemeente"] * 3


def test_one_bad_row_among_a_million_takes_no_good_row_with_it(city: City):
    million = city.layers["million"]
    assert len(million) == MILLION - 1
    assert 500_000 not in set(million["row"])
    assert million["asset"].iloc[[0, -1]].tolist() == ["L0", "L999999"]


def test_rows_are_accounted_for(city: City):
    table = city.understood.set_index("source")
    assert (table["rows"] == table["read"] + table["set_aside"] + table["left_out"]).all()
    assert table.loc["pipes", ["rows", "read", "set_aside"]].tolist() == [8, 5, 3]
    assert table.loc["works", ["rows", "read", "set_aside"]].tolist() == [4, 3, 1]
    assert table.loc["million", ["rows", "read", "set_aside"]].tolist() == [MILLION, MILLION - 1, 1]
    assert table.loc["empty", ["rows", "read"]].tolist() == [0, 0]


def test_every_row_that_was_set_aside_can_be_mended_from_a_file(city: City, tmp_path: Path):
    files = {path.name: path.read_text(encoding="utf-8-sig").splitlines() for path in write_aside(city, tmp_path)}
    assert sorted(files) == ["areas.csv", "million.csv", "pipes.csv", "works.csv"]
    reason = "fields: 4 instead of 3; wanted a line with as many fields as there are column names: 3"
    assert files["million.csv"][1] == f'500000;"{reason}";False;"L499999;150000;here it goes wrong;and here"'
    assert [line.split(";")[0] for line in files["pipes.csv"][1:]] == ["2", "5", "6", "7"]
    assert "circa 300" in files["pipes.csv"][1]
    upside_down = next(line for line in files["works.csv"] if line.startswith("3;"))
    assert "2032" in upside_down
    assert "POINT (150030 400000)" in upside_down


def test_lines_have_length_and_belong_to_the_city(city: City):
    pipes = city.layers["pipes"]
    assert pipes.crs.to_epsg() == 28992
    assert pipes.geometry.iloc[0].equals(LineString([(X, Y), (X + 50, Y)]))
