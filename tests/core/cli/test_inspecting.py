"""The command `inspect`: what it says, what it writes, and what it leaves alone."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from koppelkans.cli import app

WORKS = "Nr;Straat;Soort werk;Uitvoering;wkt\nP1;Plein\x1b[2J;riolering;2028-2029;LINESTRING (150000 400000, 150200 400000)\nP2;Park;gas;2029;POINT (150100 400030)\n"


def folder(tmp_path: Path) -> Path:
    """Write a folder with one table of works and one file that is nothing."""
    made = tmp_path / "dorp"
    made.mkdir()
    (made / "werken.csv").write_text(WORKS, encoding="utf-8")
    (made / "kapot.zip").write_bytes(b"PK\x03\x04half")
    return made


def run(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["inspect", *words])


def test_a_folder_is_told_and_written_once(tmp_path: Path):
    city = folder(tmp_path)
    done = run(str(city), "--write", "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert said["written"] == str(city / "koppelkans.toml")
    works = next(file for file in said["files"] if file["path"] == "werken.csv")
    assert (works["format"], works["layers"][0]["rows"], works["layers"][0]["crs"]) == ("CSV", 2, "EPSG:28992")
    broken = next(file for file in said["files"] if file["path"] == "kapot.zip")
    assert broken["faults"][0]["fatal"]
    before = (city / "koppelkans.toml").read_text(encoding="utf-8")
    again = run(str(city), "--write", "--name", "Anders")
    assert again.exit_code == 1
    assert (city / "koppelkans.toml").read_text(encoding="utf-8") == before
    assert run(str(city), "--write", "--overwrite", "--name", "Anders").exit_code == 0
    assert 'name = "Anders"' in (city / "koppelkans.toml").read_text(encoding="utf-8")


def test_the_screen_shows_what_stands_in_a_file_and_obeys_none_of_it(tmp_path: Path):
    done = run(str(folder(tmp_path) / "werken.csv"))
    assert done.exit_code == 0
    assert "[[sources]]" in done.output
    assert "\x1b[2J" not in done.output


def test_a_file_of_no_use_says_why_in_the_table(tmp_path: Path):
    done = run(str(folder(tmp_path)))
    (row,) = [line for line in done.output.splitlines() if "kapot.zip" in line and "niets:" in line]
    assert "zip" in row.partition("niets:")[2], row


def test_files_in_which_nothing_can_be_planned_with_are_told(tmp_path: Path):
    (tmp_path / "lijst.csv").write_text("kleur;maat\nrood;1\n", encoding="utf-8")
    assert run(str(tmp_path)).exit_code == 1
    assert run(str(tmp_path), "--write").exit_code == 1
    assert not (tmp_path / "koppelkans.toml").exists()


def test_only_a_folder_is_written_in(tmp_path: Path):
    assert run(str(folder(tmp_path) / "werken.csv"), "--write").exit_code == 1
