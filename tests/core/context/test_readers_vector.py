import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from shapely import LineString, Point, box

import real
import samples
from koppelkans.context.readers.vector import VECTOR
from koppelkans.context.reading.reader import Raw
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source
from samples import Pipe

HERE = gpd.GeoDataFrame({"id": [1], "naam": ["é"]}, geometry=[Point(155_000, 463_000)], crs="EPSG:28992")


def read(path: Path, **more: str) -> Raw:
    """Return what is read from a file."""
    return VECTOR.read(path, Source.model_validate({"name": "a", "role": "table", "path": path.name, **more}))


def test_attributes_and_shapes_come_apart_with_the_crs_that_the_file_says(tmp_path: Path):
    HERE.to_file(tmp_path / "a.gpkg")
    raw = read(tmp_path / "a.gpkg")
    assert list(raw.columns.columns) == ["id", "naam"]
    assert raw.geometry is not None
    assert raw.geometry[0] == Point(155_000, 463_000)
    assert raw.crs == "EPSG:28992"


def test_geojson_comes_in_longitude_before_latitude(tmp_path: Path):
    text = '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"d": "2028-03-01"}, "geometry": {"type": "Point", "coordinates": [5.387, 52.155]}}]}'
    (tmp_path / "a.geojson").write_text(text)
    raw = read(tmp_path / "a.geojson")
    assert raw.crs == "EPSG:4326"
    assert raw.geometry is not None
    assert raw.geometry[0].x == 5.387
    assert raw.columns["d"].tolist() == ["2028-03-01"]


def test_a_shape_that_cannot_be_made_is_missing_and_its_row_stays(tmp_path: Path):
    feature = '{{"type": "Feature", "properties": {{"a": {a}}}, "geometry": {geometry}}}'
    shapes = [
        "null",
        '{"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}',
        '{"type": "Point", "coordinates": [5, 52]}',
    ]
    features = ", ".join(feature.format(a=a, geometry=shape) for a, shape in enumerate(shapes))
    (tmp_path / "a.geojson").write_text('{"type": "FeatureCollection", "features": [' + features + "]}")
    raw = read(tmp_path / "a.geojson")
    assert raw.geometry is not None
    assert [shape is None for shape in raw.geometry] == [True, True, False]
    assert raw.columns["a"].tolist() == [0, 1, 2]


def test_a_layer_must_be_named_where_there_are_more(tmp_path: Path):
    path = tmp_path / "a.gpkg"
    HERE.to_file(path, layer="riool")
    HERE.to_file(path, layer="water")
    with pytest.raises(InputError, match="2 layers") as caught:
        read(path)
    assert "riool, water" in caught.value.faults[0].wanted
    assert read(path, layer="water").total == 1
    with pytest.raises(InputError, match="no such layer"):
        read(path, layer="gas")


def test_a_table_beside_one_layer_does_not_stand_in_the_way(tmp_path: Path):
    path = tmp_path / "a.gpkg"
    HERE.to_file(path, layer="riool")
    pyogrio.write_dataframe(pd.DataFrame({"uitleg": ["x"]}), path, layer="uitleg")
    assert read(path).columns["id"].tolist() == [1]


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".fgb"])
def test_a_file_that_does_not_know_its_crs_says_none(tmp_path: Path, suffix: str):
    path = tmp_path / f"a{suffix}"
    with pytest.warns(UserWarning, match="'crs' was not provided"):
        HERE.set_crs(None, allow_override=True).to_file(path)
    assert read(path).crs == ""


def test_a_crs_without_a_number_is_kept_as_text(tmp_path: Path):
    own = "+proj=laea +lat_0=52 +lon_0=5 +x_0=0 +y_0=0 +ellps=GRS80 +units=m"
    HERE.set_crs(own, allow_override=True).to_file(tmp_path / "a.gpkg")
    assert "Lambert Azimuthal Equal Area" in read(tmp_path / "a.gpkg").crs


def test_a_zipped_shapefile_is_read_as_it_is_downloaded(tmp_path: Path):
    samples.WRITERS["shp"][1](tmp_path, [Pipe("a", 1955, 100, 0)])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for part in tmp_path.glob("pipes.*"):
            archive.write(part, f"map/{part.name}")
    assert VECTOR.fits(tmp_path / "a.zip")
    raw = read(tmp_path / "a.zip")
    assert raw.columns["asset"].tolist() == ["a"]
    assert raw.geometry is not None
    assert raw.geometry[0] == LineString([(150_000, 400_000), (150_100, 400_000)])


def test_a_shapefile_in_windows_letters_is_read_with_its_encoding(tmp_path: Path):
    HERE.to_file(tmp_path / "a.shp", encoding="cp1252")
    (tmp_path / "a.cpg").unlink()
    assert read(tmp_path / "a.shp", encoding="cp1252").columns["naam"].tolist() == ["é"]


def test_parquet_without_shapes_is_a_table(tmp_path: Path):
    pd.DataFrame({"id": [1]}).to_parquet(tmp_path / "a.parquet")
    raw = read(tmp_path / "a.parquet")
    assert raw.geometry is None
    assert raw.columns["id"].tolist() == [1]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.gpkg", b"hello"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Fea'),
        ("a.json", b'{"meldingen": []}'),
        ("a.parquet", b"PAR1 and nothing more"),
        ("a.shp", b"\x00\x00\x27\x0a"),
        (
            "a.json",
            b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/hosts</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
        ),
    ],
)
def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path, name: str, content: bytes):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match="cannot be opened") as caught:
        read(tmp_path / name)
    assert caught.value.faults[0].fatal


def test_heights_and_many_parts_are_kept_for_later(tmp_path: Path):
    frame = gpd.GeoDataFrame({"a": [1]}, geometry=[box(0, 0, 1, 1)], crs="EPSG:28992")
    frame.to_file(tmp_path / "a.fgb")
    raw = read(tmp_path / "a.fgb")
    assert raw.geometry is not None
    assert raw.geometry[0].area == 1


def test_the_texts_of_wessem_are_left_as_they_stand():
    path = real.path("wessem/wessem.gpkg")
    raw = read(path, layer="leidingen")
    assert raw.total == 3_657
    assert str(raw.columns["diameter_mm"].dtype) == "str"


def test_a_shapefile_in_a_zip_that_is_something_else_is_not_opened(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.shp", "<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>")
    with pytest.raises(InputError, match="another kind of file"):
        read(tmp_path / "a.zip")


def test_geojson_with_a_byte_mark_is_read(tmp_path: Path):
    text = '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"a": 1}, "geometry": null}]}'
    (tmp_path / "a.geojson").write_text(text, encoding="utf-8-sig")
    assert VECTOR.fits(tmp_path / "a.geojson")
    assert read(tmp_path / "a.geojson").total == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('"numberMatched": 3500', "the file says 3500 rows, 1 are in it"),
        ('"totalFeatures": 2', "the file says 2 rows, 1 are in it"),
        ('"exceededTransferLimit": true', "the file says that there are more rows than it was allowed to hold"),
        ('"links": [{"rel": "next", "href": "x"}]', "the file says that there is a next page"),
        ('"numberMatched": 1', None),
    ],
)
def test_a_file_that_says_that_it_is_not_whole_is_told(tmp_path: Path, said: str, told: str | None):
    row = (
        '{"type": "Feature", "properties": {"totalFeatures": 9}, "geometry": {"type": "Point", "coordinates": [5, 52]}}'
    )
    for text in (
        f'{{"type": "FeatureCollection", {said}, "features": [{row}]}}',
        f'{{"type": "FeatureCollection", "features": [{row}], {said}}}',
    ):
        (tmp_path / "a.geojson").write_text(text)
        assert [str(fault.found) for fault in read(tmp_path / "a.geojson").faults] == ([told] if told else [])


def test_a_shapefile_without_a_word_on_its_encoding_is_utf_8(tmp_path: Path):
    HERE.to_file(tmp_path / "a.shp", encoding="utf-8")
    (tmp_path / "a.cpg").unlink()
    assert read(tmp_path / "a.shp").columns["naam"].tolist() == ["é"]
    assert read(tmp_path / "a.shp", encoding="utf-8").columns["naam"].tolist() == ["é"]
    HERE.to_file(tmp_path / "b.shp", encoding="cp1252")
    assert read(tmp_path / "b.shp").columns["naam"].tolist() == ["é"]


def test_a_file_that_says_more_rows_than_it_has_bytes_takes_no_memory_for_them(tmp_path: Path):
    rows = gpd.GeoDataFrame({"nr": range(77)}, geometry=[Point(at, at) for at in range(77)], crs="EPSG:28992")
    rows.to_file(tmp_path / "a.fgb", driver="FlatGeobuf", SPATIAL_INDEX="NO")
    whole = (tmp_path / "a.fgb").read_bytes()
    count = (77).to_bytes(8, "little")
    assert whole[:400].count(count) == 1
    (tmp_path / "a.fgb").write_bytes(whole.replace(count, (33_554_435).to_bytes(8, "little"), 1))
    with pytest.raises(InputError, match="more rows than it has bytes"):
        read(tmp_path / "a.fgb")
