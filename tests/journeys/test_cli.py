"""From a file to a map, as a person types it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner, Result

import koppelkans as kk
from koppelkans.cli import app
from koppelkans.cli.look import serving
from koppelkans.flow import ROOMS
from proefdorp import HERE, city


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def answer(done: Result) -> Any:  # noqa: ANN401
    """Return the last line of standard output as data."""
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_new_writes_a_folder_that_check_understands_and_calls_empty(tmp_path: Path):
    made = call("new", tmp_path / "mijn stad", "--name", 'Over"meer', "--json")
    assert made.exit_code == 0, made.output
    done = call("check", tmp_path / "mijn stad", "--json")
    assert done.exit_code == 1
    assert answer(done)["ok"] is False
    assert answer(done)["works"] == 0


def test_new_never_writes_over_a_folder_that_is_there(tmp_path: Path):
    assert call("new", tmp_path).exit_code == 0
    before = (tmp_path / "koppelkans.toml").read_text(encoding="utf-8")
    again = call("new", tmp_path, "--name", "anders", "--json")
    assert again.exit_code == 1
    assert answer(again)["faults"][0]["wanted"].startswith("another folder")
    assert (tmp_path / "koppelkans.toml").read_text(encoding="utf-8") == before


def test_every_line_of_the_template_can_be_used_when_its_hash_is_taken_away(tmp_path: Path):
    call("new", tmp_path, "--name", "Overmeer")
    path = tmp_path / "koppelkans.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("# [[sources]]"))
    opened = [
        line[2:]
        if index >= start and line.startswith("# ") and (line[2:3] in '["' or "=" in line.split("#")[1])
        else line
        for index, line in enumerate(lines)
    ]
    path.write_text("\n".join(line for line in opened if not line.startswith("# ")), encoding="utf-8")
    made = kk.read_settings(tmp_path)
    assert {source.role for source in made.sources} >= {"assets", "topography", "sections", "areas", "plans", "wishes"}
    assert made.programme.decisions[0].reason
    assert made.weighing.weights["liveability"] == 1.5


def test_check_tells_what_was_understood_and_writes_what_was_set_aside(town: Path, tmp_path: Path):
    done = call("check", town, "--out", tmp_path, "--json")
    told = answer(done)
    assert done.exit_code == 0, done.output
    assert told["works"] > 0
    assert told["sections"] > 0
    assert told["faults"], "the town holds faults on purpose"
    assert all(fault["where"] and fault["found"] and fault["wanted"] for fault in told["faults"])
    assert all(Path(path).is_file() for path in told["aside"])
    assert sum(source["set_aside"] for source in told["sources"]) > 0


def test_a_run_gives_everything_that_the_readme_promises(town_run: tuple[kk.Plan, Path]):
    _, out = town_run
    for name in (
        "intern/kaart-intern.html",
        "intern/stadsprogramma-intern.pdf",
        "intern/programma-intern.xlsx",
        "intern/businesscase-intern.xlsx",
        "intern/businesscases-intern.pdf",
        "intern/koppelkans-intern.gpkg",
        "intern/koppelkans-intern.json",
        "intern/trace.json",
    ):
        assert (out / name).stat().st_size > 1000, name
    assert list((out / "openbaar" / "gebieden").glob("*.pdf"))
    told = (out / "LEES-MIJ.txt").read_text(encoding="utf-8")
    folders = [path.name for path in out.iterdir() if path.is_dir()]
    assert {"intern", "openbaar", "partijen", "shelf"} <= set(folders)
    assert all(f"\n{name}/ " in told for name in (*folders, "undo"))


def test_again_names_a_source_that_has_changed(town: Path, town_run: tuple[kk.Plan, Path], tmp_path: Path):
    moved = shutil.copytree(town, tmp_path / "stad")
    mark = kk.Trace.from_json((town_run[1] / "intern/trace.json").read_text(encoding="utf-8")).sources[0]
    (moved / mark.path).write_bytes(b"iets anders")
    done = call("again", town_run[1] / "intern/trace.json", "--city", moved, "--out", tmp_path / "uit", "--json")
    assert done.exit_code == 1
    assert [fault["where"] for fault in answer(done)["faults"]] == [mark.path]


def test_every_room_can_be_entered_on_its_own_from_the_shelf(
    town: Path, town_run: tuple[kk.Plan, Path], tmp_path: Path
):
    for room in ROOMS:
        done = call(room.name, town, "--out", tmp_path, "--json")
        assert done.exit_code == 0, f"{room.name}: {done.output}"
        assert set(answer(done)["rows"]) == set(room.noun.TABLES)
        later = {table for tables in getattr(room.noun, "LATER", {}).values() for table in tables}
        for table in set(room.noun.TABLES) - later:
            made = (tmp_path / "shelf" / room.name / f"{table}.parquet").read_bytes()
            assert made == (town_run[1] / "shelf" / room.name / f"{table}.parquet").read_bytes(), f"{room.name}.{table}"


def test_a_room_whose_predecessor_was_not_entered_says_which(town: Path, tmp_path: Path):
    done = call("weighing", town, "--out", tmp_path, "--json")
    assert done.exit_code == 1
    assert "run the earlier room first" in answer(done)["message"]


def test_words_go_to_standard_error_and_one_line_of_json_to_standard_output(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "koppelkans.cli", "check", str(city(tmp_path, HERE)), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip().splitlines()) == 1
    assert json.loads(done.stdout)["ok"] is True
    assert "gelezen" in done.stderr


def test_wrong_use_ends_with_two(tmp_path: Path):
    assert call("run", tmp_path / "nergens", "--out", tmp_path).exit_code == 2
    assert call("dans").exit_code == 2


def test_a_folder_without_settings_ends_with_one_and_says_what_to_do(tmp_path: Path):
    done = call("run", tmp_path, "--out", tmp_path / "uit", "--json")
    assert done.exit_code == 1
    assert "koppelkans new" in answer(done)["faults"][0]["wanted"]


def test_open_names_the_map_and_serves_it_on_this_computer_only(town_run: tuple[kk.Plan, Path]):
    done = call("open", town_run[1], "--no-browser", "--json")
    assert answer(done)["url"] == (town_run[1] / "intern/kaart-intern.html").as_uri()
    server = serving(town_run[1])
    try:
        host, port = server.server_address[:2]
        assert host == "127.0.0.1"
        with urlopen(f"http://{host}:{port}/intern/kaart-intern.html") as page:
            assert page.read() == (town_run[1] / "intern/kaart-intern.html").read_bytes()
    finally:
        server.shutdown()
        server.server_close()


def test_open_without_a_map_says_what_to_open(tmp_path: Path):
    done = call("open", tmp_path, "--no-browser", "--json")
    assert done.exit_code == 1
    assert "intern/kaart-intern.html" in answer(done)["faults"][0]["found"]


@pytest.mark.parametrize("room", [room.name for room in ROOMS])
def test_help_of_every_room_is_dutch_and_names_the_city_folder(room: str):
    done = call(room, "--help")
    assert done.exit_code == 0
    assert "Stadsmap" in done.output
