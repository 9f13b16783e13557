import shutil
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

import real
import samples
from koppelkans.context import read_city
from koppelkans.context.reading.opening import OpenedFiles, pick
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import Source, make_settings


def source(path: str, **more: str) -> Source:
    """Return a source with this file."""
    return Source.model_validate({"name": "s", "role": "assets", "path": path, **more})


def fault(path: Path, **more: str) -> Fault:
    """Return why no reader takes a file."""
    with pytest.raises(InputError) as caught:
        pick(path, source(path.name, **more))
    (found,) = caught.value.faults
    assert found.fatal
    return found


def test_a_missing_file_is_told_with_the_name_that_is_most_like_it(tmp_path: Path):
    (tmp_path / "riolering.gpkg").touch()
    assert "riolering.gpkg" in fault(tmp_path / "rioleringen.gpkg").wanted
    assert "city folder" in fault(tmp_path / "x" / "a.csv").wanted


def test_a_folder_is_no_file(tmp_path: Path):
    (tmp_path / "map").mkdir()
    assert fault(tmp_path / "map").found == "a folder"


def test_an_empty_file_is_told(tmp_path: Path):
    (tmp_path / "a.gpkg").touch()
    assert "0 bytes" in fault(tmp_path / "a.gpkg").found


def test_a_reader_that_does_not_exist_is_told_with_those_that_do(tmp_path: Path):
    (tmp_path / "a.csv").write_text("a\n1\n")
    told = fault(tmp_path / "a.csv", format="cvs")
    assert told.column == "format"
    assert "csv" in told.wanted


def test_a_zip_of_something_else_is_told_with_what_is_in_it(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for n in range(12):
            archive.writestr(f"foto_{n:02d}.jpg", b"x")
    assert fault(tmp_path / "a.zip").found.endswith("foto_07.jpg …")


def test_a_file_of_another_kind_is_told(tmp_path: Path):
    (tmp_path / "tekening.dwg").write_bytes(b"AC1032\x00")
    assert ".dwg" in fault(tmp_path / "tekening.dwg").found


def test_a_file_is_known_by_what_is_in_it_and_not_by_its_name(tmp_path: Path):
    made = samples.WRITERS["gpkg"][1](tmp_path, [samples.Pipe("a", 1970, 100, 0)])
    renamed = (tmp_path / str(made["path"])).rename(tmp_path / "export.txt")
    assert pick(renamed, source("export.txt")).name == "vector"


def test_the_settings_may_name_the_reader(tmp_path: Path):
    (tmp_path / "lijst.dat").write_text("a;b\n1;2\n")
    assert pick(tmp_path / "lijst.dat", source("lijst.dat", format="csv")).name == "csv"


def test_a_file_of_two_sources_is_read_once(tmp_path: Path):
    (tmp_path / "a.csv").write_text("a\n1\n")
    desk = OpenedFiles(tmp_path)
    assert desk.open(source("a.csv"))[1] is desk.open(source("./a.csv"))[1]
    assert desk.open(source("a.csv", encoding="cp1252"))[1] is not desk.open(source("a.csv"))[1]


def test_a_name_that_no_disk_knows_is_told(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be opened"):
        OpenedFiles(tmp_path).open(source("x" * 5_000))


@pytest.mark.parametrize("form", samples.WRITERS)
@pytest.mark.filterwarnings("ignore")  # what a library says of bytes by chance is no matter here
def test_a_damaged_file_is_told_whatever_its_library_raises(tmp_path: Path, form: str):
    made = samples.WRITERS[form][1](tmp_path, [samples.Pipe("a", 1970, 100, 0)])
    path = tmp_path / str(made["path"])
    whole = path.read_bytes()
    for seed in range(12):
        chance = np.random.default_rng(seed)
        spoilt = bytearray(whole)
        for at in chance.integers(len(spoilt), size=chance.choice([1, 3, 10])):
            spoilt[at] = chance.integers(256)
        path.write_bytes(spoilt[: chance.integers(len(spoilt))] if seed % 5 == 0 else spoilt)
        with suppress(InputError):
            OpenedFiles(tmp_path).open(source(path.name))


@pytest.mark.parametrize("name", ["damaged", "gml_emptyring", "gml_pointprop", "gml_srs", "gml_arc1e11x50", "zip_lied"])
def test_files_that_once_stopped_the_reading_are_told(tmp_path: Path, name: str):
    folder = real.path(f"../cases/hostile/{name}")
    for path in sorted(part for part in folder.iterdir() if part.suffix in (".gml", ".zip", ".xlsx", ".parquet", ".geojson", ".shp")):  # fmt: skip
        there = tmp_path / path.stem
        there.mkdir()
        for part in folder.glob(f"{path.stem}.*"):
            shutil.copyfile(part, there / part.name)
        own = {"name": "s", "role": "topography", "path": path.name}
        city = read_city(there, settings=make_settings({"sources": [own]}))
        assert {fault.where for fault in city.faults} == {path.name}
