from pathlib import Path

import pytest

import samples
from koppelkans.context import City, read_city
from koppelkans.context.readers.csv import CSV
from koppelkans.context.reading.aside import write_aside
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source, make_settings
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


def test_nothing_is_written_or_removed_through_a_link(tmp_path: Path):
    (tmp_path / "elders").mkdir()
    (tmp_path / "stad").mkdir()
    (tmp_path / "elders" / "leidingen.csv").write_text("van een ander")
    (tmp_path / "stad" / "opzij").symlink_to(tmp_path / "elders")
    spoilt = city(tmp_path, "", "far")
    with pytest.raises(InputError, match="a link to a folder elsewhere"):
        write_aside(spoilt, tmp_path / "stad")
    (tmp_path / "stad" / "opzij").unlink()
    (tmp_path / "stad" / "opzij").mkdir()
    (tmp_path / "stad" / "opzij" / "leidingen.csv").symlink_to(tmp_path / "elders" / "leidingen.csv")
    write_aside(spoilt, tmp_path / "stad")
    assert (tmp_path / "elders" / "leidingen.csv").read_text() == "van een ander"


def test_what_stands_in_a_bad_row_is_no_formula_and_reads_as_it_was(tmp_path: Path):
    bad = 'asset;owner;kind;=x;wkt\n=1+1;@a;"gas, =2";+cmd;LINESTRING (0\n-4;b;gas;-3;LINESTRING (1\n'
    (tmp_path / "pipes.csv").write_text(bad)
    source = {"name": "s", "role": "assets", "path": "pipes.csv", "crs": "EPSG:28992", "wkt": "wkt"}
    (path,) = write_aside(read_city(tmp_path, settings=make_settings({"sources": [source]})), tmp_path)
    lines = [line.split(";") for line in path.read_text(encoding="utf-8-sig").splitlines()]
    assert lines[0][-2:] == ["'=x", "wkt"]
    assert [line[-5] for line in lines[1:]] == ["'=1+1", "-4"]
    assert not any(cell.startswith(("=", "@", "+")) for line in lines for cell in line)
    raw = CSV.read(path, Source(name="s", role="table", path="s.csv"))
    assert raw.columns[["asset", "owner", "kind", "=x"]].to_numpy().tolist() == [["=1+1", "@a", "gas, =2", "+cmd"], ["-4", "b", "gas", "-3"]]  # fmt: skip
