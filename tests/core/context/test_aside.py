from pathlib import Path

import samples
from koppelkans.context import City, read_city
from koppelkans.context.reading.aside import write_aside
from koppelkans.ground.settings import make_settings
from samples import Pipe


def city(folder: Path, *spoilt: str, name: str = "leidingen") -> City:
    """Return a city of pipes, some spoilt."""
    pipes = [Pipe(f"p{n}", 1970, 100, 3.0 * n, what) for n, what in enumerate(spoilt)]
    made = samples.write_csv(folder, pipes)
    return read_city(folder, settings=make_settings({"sources": [{"name": name, "role": "assets", **made}]}))


def test_rows_are_written_per_source_so_that_a_spreadsheet_opens_them(tmp_path: Path):
    (path,) = write_aside(city(tmp_path, "", "far", "none"), tmp_path / "out")
    assert path == tmp_path / "out" / "opzij" / "leidingen.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "row;reason;kept;asset;owner;kind;built_year;diameter_mm;wkt"
    assert [line.split(";")[0] for line in lines[1:]] == ["2", "3"]


def test_what_was_written_can_be_mended_and_read_again(tmp_path: Path):
    (path,) = write_aside(city(tmp_path, "", "none"), tmp_path)
    text = path.read_text(encoding="utf-8-sig").replace(
        "LINESTRING (150000", "LINESTRING (150000 400000, 150100 400000)"
    )
    (tmp_path / "mended.csv").write_text(text, encoding="utf-8-sig")
    source = {"name": "mended", "role": "assets", "path": "mended.csv", "crs": "EPSG:28992"}
    mended = read_city(tmp_path, settings=make_settings({"sources": [source]}))
    assert not mended.faults
    assert mended.layers["mended"]["asset"].tolist() == ["p1"]


def test_nothing_wrong_writes_nothing_and_clears_what_was_wrong_before(tmp_path: Path):
    (path,) = write_aside(city(tmp_path, "", "far"), tmp_path)
    assert write_aside(city(tmp_path, ""), tmp_path) == []
    assert not path.exists()


def test_the_name_of_a_source_makes_a_file_name_that_stays_in_the_folder(tmp_path: Path):
    (path,) = write_aside(city(tmp_path, "", "far", name="../riool: 2026"), tmp_path)
    assert path.parent == tmp_path / "opzij"
