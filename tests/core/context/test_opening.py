import zipfile
from pathlib import Path

import pytest

import samples
from koppelkans.context.reading.opening import Desk, pick
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import Source


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
    desk = Desk(tmp_path)
    assert desk.open(source("a.csv"))[1] is desk.open(source("./a.csv"))[1]
    assert desk.open(source("a.csv", encoding="cp1252"))[1] is not desk.open(source("a.csv"))[1]


def test_a_name_that_no_disk_knows_is_told(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be opened"):
        Desk(tmp_path).open(source("x" * 5_000))
