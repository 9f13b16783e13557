import json
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import Point

import samples
from koppelkans.context.product import UNDERSTOOD
from koppelkans.context.reading.read import read_city
from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import shape
from koppelkans.ground.trace import digest
from samples import Pipe

TOML = """
[city]
name = "Dorp"
[[sources]]
name = "pipes"
role = "assets"
path = "klic.zip"
[[sources]]
name = "wishes"
role = "wishes"
path = "wishes.gpkg"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a city folder with pipes, and wishes in degrees."""
    samples.write_imkl(tmp_path, [Pipe("a", 1955, 100, 0), Pipe("b", 1, 100, 3)])
    frame = gpd.GeoDataFrame({"text": ["boom"], "year": [2024]}, geometry=[Point(5.387, 52.155)], crs="EPSG:4326")
    frame.to_file(tmp_path / "wishes.gpkg")
    (tmp_path / "koppelkans.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


def test_a_city_folder_is_read_source_by_source(folder: Path):
    city = read_city(str(folder))
    assert list(city.layers) == ["pipes", "wishes"]
    assert [source.name for source, _ in city.of_role("assets")] == ["pipes"]
    assert city.layers["wishes"]["wish"].tolist() == ["wishes-1"]
    assert all(layer.crs.to_epsg() == 28992 for layer in city.layers.values())


def test_what_was_understood_is_a_table_with_years_and_licence(folder: Path):
    table = read_city(folder).understood
    shape(table, UNDERSTOOD)
    pipes = table.set_index("source").loc["pipes"]
    assert pipes[["rows", "read", "set_aside", "left_out"]].tolist() == [2, 2, 0, 0]
    assert pipes[["first_year", "last_year", "unknown_years"]].tolist() == [1955, 1955, 1]
    assert "WIBON" in pipes["licence"]


def test_the_trace_tells_version_settings_and_the_hash_of_every_file(folder: Path):
    trace = read_city(folder).trace
    assert trace.version == version("koppelkans")
    mark = trace.sources[0]
    assert (mark.name, mark.path, mark.sha256) == ("pipes", "klic.zip", digest(folder / "klic.zip"))
    assert mark.bytes == (folder / "klic.zip").stat().st_size
    assert datetime.fromisoformat(mark.modified).tzinfo == UTC
    assert Settings.model_validate(json.loads(json.dumps(trace.settings))) == read_city(folder).settings
    assert trace.crs_accuracy_m is not None
    assert 0 < trace.crs_accuracy_m <= 1


def test_a_shapefile_is_marked_with_the_files_beside_it(tmp_path: Path):
    samples.WRITERS["shp"][1](tmp_path, [Pipe("a", 1955, 100, 0)])
    settings = Settings.model_validate(
        {"city": {"name": "x"}, "sources": [{"name": "s", "role": "table", "path": "pipes.shp"}]}
    )
    names = [mark.path for mark in read_city(tmp_path, settings=settings).trace.sources]
    assert names == ["pipes.shp", "pipes.dbf", "pipes.shx", "pipes.prj", "pipes.cpg"]


def test_settings_over_those_of_the_folder(folder: Path):
    assert read_city(folder, overrides={"city": {"name": "Stad"}}).settings.city.name == "Stad"


def test_settings_instead_of_those_of_the_folder_repeat_an_earlier_run(folder: Path):
    first = read_city(folder)
    (folder / "koppelkans.toml").unlink()
    again = read_city(folder, settings=Settings.model_validate(first.trace.settings))
    assert again.trace == first.trace
    assert again.faults == first.faults


def test_a_folder_without_settings_is_told(tmp_path: Path):
    with pytest.raises(SettingError, match="koppelkans new"):
        read_city(tmp_path)


def test_the_same_name_in_two_sources_gets_its_source_in_front(folder: Path):
    more = '[[sources]]\nname = "again"\nrole = "assets"\npath = "./klic.zip"\n'
    (folder / "koppelkans.toml").write_text(TOML + more, encoding="utf-8")
    city = read_city(folder)
    assert city.layers["pipes"]["asset"].tolist() == ["KL1.a", "KL1.b"]
    assert city.layers["again"]["asset"].tolist() == ["again:KL1.a", "again:KL1.b"]
    assert any("names that another source has too: 2" in fault.found for fault in city.faults)


def test_another_price_year_or_crs_of_the_city_is_followed(folder: Path):
    city = read_city(folder, overrides={"city": {"crs": "EPSG:25831"}})
    assert {layer.crs.to_epsg() for layer in city.layers.values()} == {25831}
    assert city.layers["pipes"].length.tolist() == pytest.approx([100, 100], rel=1e-3)


OUTSIDE = """
[city]
name = "Dorp"
[[sources]]
name = "elders"
role = "assets"
path = "{path}"
[[sources]]
name = "wishes"
role = "wishes"
path = "wishes.gpkg"
"""


@pytest.fixture
def reaching(folder: Path) -> tuple[Path, Path]:
    """Return a city folder, and a folder beside it with pipes that its settings name."""
    there = folder.parent / f"{folder.name}-elders"
    there.mkdir()
    (folder / "klic.zip").rename(there / "klic.zip")
    (folder / "link.zip").symlink_to(there / "klic.zip")
    (folder / "map").symlink_to(there)
    return folder, there


@pytest.mark.parametrize("name", ["../{there}/klic.zip", "{whole}/klic.zip", "link.zip", "map/klic.zip"])
def test_a_source_outside_the_city_folder_is_read_only_where_the_caller_says_so(reaching: tuple[Path, Path], name: str):
    folder, there = reaching
    path = name.format(there=there.name, whole=there)
    (folder / "koppelkans.toml").write_text(OUTSIDE.format(path=path), encoding="utf-8")
    city = read_city(folder)
    (told,) = city.faults
    assert (told.where, told.fatal) == (path, True)
    assert "--sources-from" in told.wanted
    assert list(city.layers) == ["wishes"]
    assert [mark.name for mark in city.trace.sources] == ["wishes"]
    city = read_city(folder, sources_from=[there])
    assert list(city.layers) == ["elders", "wishes"]
    assert [(mark.name, mark.path) for mark in city.trace.sources] == [("elders", path), ("wishes", "wishes.gpkg")]


def test_of_a_file_outside_nothing_is_told_not_even_whether_it_is_there(reaching: tuple[Path, Path]):
    folder, there = reaching
    told = set()
    for name in ("klic.zip", "niets.zip"):
        (folder / "koppelkans.toml").write_text(OUTSIDE.format(path=there / name), encoding="utf-8")
        told.add(str(read_city(folder).faults[0]).replace(name, ""))
    assert len(told) == 1


@pytest.mark.parametrize("name", ["koppelkans.toml", "besluiten.toml"])
def test_settings_that_are_a_link_out_of_the_folder_are_refused(folder: Path, name: str):
    elsewhere = folder.parent / f"{folder.name}.txt"
    elsewhere.write_text("geheim = [\n")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(elsewhere)
    with pytest.raises(SettingError, match="a link to a file outside") as caught:
        read_city(folder)
    assert caught.value.faults[0].where == name
    assert "geheim" not in str(caught.value)
