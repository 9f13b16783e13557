"""What a file that was made to harm may make GDAL do: nothing."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
from shapely import Point

from koppelkans.context.readers.vector import VECTOR
from koppelkans.context.reading.gdal import SHUT, shut
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source

POINT = {"type": "Point", "coordinates": [5, 52]}
SECRET = gpd.GeoDataFrame({"wat": ["geheim"]}, geometry=[Point(5, 52)], crs="EPSG:4326")


def read(path: Path, **more: str) -> str:
    """Return what is told of a file that cannot be read."""
    with pytest.raises(InputError) as caught:
        VECTOR.read(path, Source.model_validate({"name": "a", "role": "table", "path": path.name, **more}))
    (fault,) = caught.value.faults
    assert fault.fatal
    assert fault.where == path.name
    return fault.found


def collection(**more: object) -> dict[str, object]:
    """Return GeoJSON with one point, and more in it."""
    feature = {"type": "Feature", "properties": {"a": 1}, "geometry": POINT}
    return {"type": "FeatureCollection", "features": [feature], **more}


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """Return an address on this machine, and what was asked of it."""
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/x.geojson", asked
    server.shutdown()
    server.server_close()
    thread.join()


SPOOFS = {
    "pipeline": {"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read {file}", "features": []},
    "pipeline over the net": {"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /vsicurl/{address}", "features": []},
    "crs by link": collection(crs={"type": "link", "properties": {"href": "{address}"}}),
    "crs by url": collection(crs={"type": "URL", "properties": {"url": "{address}"}}),
    "crs twice": collection(crs={"type": "name", "properties": {"name": "EPSG:4326", "type": "link", "href": "{address}"}}),
    "crs of one shape": {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": POINT | {"crs": {"type": "link", "properties": {"href": "{address}"}}}}]},
    "esri": {"features": [{"attributes": {"a": 1}, "geometry": {"x": 5, "y": 52}}], "geometryType": "esriGeometryPoint", "fields": [{"name": "a", "type": "esriFieldTypeInteger"}], "spatialReference": {"wkid": 4326}},
    "topo": {"type": "Topology", "objects": {"o": POINT | {"properties": {"a": 1}}}, "arcs": [], "features": []},
    "json-fg": {"type": "FeatureCollection", "conformsTo": ["http://www.opengis.net/spec/json-fg-1/0.2/conf/core"], "coordRefSys": "EPSG:28992", "features": [{"type": "Feature", "properties": {"a": 1}, "geometry": None, "place": POINT}]},
    "ogc api": {"links": [{"rel": "data", "href": "{address}"}, {"rel": "conformance", "href": "{address}"}], "collections": [], "features": []},
}  # fmt: skip


@pytest.mark.parametrize("spoof", SPOOFS)
def test_json_of_another_kind_is_told_and_nothing_is_read_or_asked_elsewhere(
    tmp_path: Path, elsewhere: tuple[str, list[str]], spoof: str
):
    address, asked = elsewhere
    secret = tmp_path / "secret.geojson"
    SECRET.to_file(secret)
    text = json.dumps(SPOOFS[spoof]).replace("{address}", address).replace("{file}", str(secret))
    (tmp_path / "a.geojson").write_text(text)
    assert "geheim" not in read(tmp_path / "a.geojson")
    assert asked == []


@pytest.mark.parametrize("hidden", [r"\u0063rs", r"cr\u0073", "crs/**/", "'crs'"])
def test_an_address_cannot_hide(tmp_path: Path, elsewhere: tuple[str, list[str]], hidden: str):
    address, asked = elsewhere
    key = hidden if hidden.startswith("'") else '"' + hidden.replace("/**/", '"/**/')
    key += '"' if not hidden.endswith(("'", "/")) else ""
    text = json.dumps(collection(crs={"type": "link", "properties": {"href": address}})).replace('"crs"', key)
    (tmp_path / "a.geojson").write_text(text)
    read(tmp_path / "a.geojson")
    assert asked == []


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}},
        {"properties": {"name": "EPSG:28992"}, "type": "name"},
        None,
        "EPSG:28992",
    ],
)
def test_a_crs_by_its_name_stays_good(tmp_path: Path, crs: object):
    (tmp_path / "a.geojson").write_text(json.dumps(collection(crs=crs)))
    raw = VECTOR.read(tmp_path / "a.geojson", Source(name="a", role="table", path="a.geojson"))
    assert raw.total == 1


def test_even_a_file_that_slips_through_reaches_no_address(tmp_path: Path, elsewhere: tuple[str, list[str]]):
    address, asked = elsewhere
    (tmp_path / "a.geojson").write_text(json.dumps(collection(crs={"type": "link", "properties": {"href": address}})))
    before = {name: pyogrio.get_gdal_config_option(name) for name in SHUT}
    with shut():
        assert len(pyogrio.read_dataframe(tmp_path / "a.geojson")) == 1
    assert asked == []
    assert {name: pyogrio.get_gdal_config_option(name) for name in SHUT} == before


def geopackage(folder: Path, *statements: str) -> Path:
    """Return a GeoPackage with one table, and what these statements do to it."""
    path = folder / "a.gpkg"
    SECRET.iloc[:0].to_file(path, layer="t")
    base = sqlite3.connect(path)
    base.execute("PRAGMA writable_schema=ON")
    for statement in statements:
        base.execute(statement)
    base.commit()
    base.close()
    return path


def virtual(sql: str) -> str:
    """Return the statement that puts a virtual table in a GeoPackage."""
    return f"INSERT INTO sqlite_master(type, name, tbl_name, rootpage, sql) VALUES('table', 'v', 'v', 0, '{sql.replace(chr(39), chr(39) * 2)}')"


CONTENT = "INSERT INTO gpkg_contents(table_name, data_type, identifier) VALUES('v', 'attributes', 'v')"


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE VIRTUAL TABLE v USING VirtualText('{csv}', 'UTF-8', 1, POINT, DOUBLEQUOTE, ';')",
        "create virtual/**/table v using VirtualText('{csv}', 'UTF-8', 1, POINT, DOUBLEQUOTE, ';')",
        "CREATE VIRTUAL TABLE v USING VirtualShape('{shp}', 'UTF-8', 4326)",
        "CREATE VIRTUAL TABLE v USING VirtualOGR('{shp}.shp')",
        "CREATE VIRTUAL TABLE \"x using rtree \" USING VirtualText('{csv}', 'UTF-8', 1, POINT, DOUBLEQUOTE, ';')",
        "CREATE VIRTUAL TABLE \"/*\" USING VirtualText('{csv}', 'UTF-8') --*/y\" USING rtree(id, a, b)",
    ],
)
def test_a_table_over_a_file_elsewhere_is_told(tmp_path: Path, sql: str):
    (tmp_path / "secret.csv").write_text("a;b\n1;geheim\n")
    SECRET.to_file(tmp_path / "secret.shp")
    stated = sql.replace("{csv}", str(tmp_path / "secret.csv")).replace("{shp}", str(tmp_path / "secret"))
    path = geopackage(tmp_path, virtual(stated), CONTENT)
    assert "elsewhere" in read(path, layer="v")


@pytest.mark.parametrize(
    "call", ["ogr_geocode('Paris')", "gdal_get_pixel_value('/etc/hosts', 1, 'pixel', 0, 0)", "load_extension('/x')"]
)
def test_a_view_that_calls_outward_is_told(tmp_path: Path, call: str):
    path = geopackage(tmp_path, f"CREATE VIEW v AS SELECT 1 AS id, {call} AS x", CONTENT)
    read(path, layer="v")


def test_a_view_on_its_own_tables_is_read(tmp_path: Path):
    path = geopackage(tmp_path, "CREATE VIEW v AS SELECT fid, wat FROM t", CONTENT)
    raw = VECTOR.read(path, Source(name="a", role="table", path="a.gpkg", layer="v"))
    assert "wat" in raw.columns


def test_a_journal_beside_a_geopackage_is_told(tmp_path: Path):
    path = geopackage(tmp_path)
    (tmp_path / "a.gpkg-journal").write_bytes(b"\xd9\xd5\x05\xf9 and more")
    assert "not closed well" in read(path)


@pytest.mark.parametrize("ending", [".csv", ".kml", ".tab", ".vrt", ".geojson"])
@pytest.mark.parametrize("right", [".gpkg", ".fgb"])
def test_a_name_that_another_driver_would_take_is_told(tmp_path: Path, right: str, ending: str):
    SECRET.to_file(tmp_path / f"a{right}")
    shutil.move(tmp_path / f"a{right}", tmp_path / f"a{ending}")
    assert right in read(tmp_path / f"a{ending}")


@pytest.mark.parametrize("name", ["x!/a.gpkg", "a!b.gpkg", "a;b.gpkg"])
def test_a_name_that_stands_for_another_file_is_told(tmp_path: Path, name: str):
    (tmp_path / "x!").mkdir()
    SECRET.to_file(tmp_path / "s.gpkg")
    shutil.copy(tmp_path / "s.gpkg", tmp_path / name)
    assert "another file" in read(tmp_path / name)
