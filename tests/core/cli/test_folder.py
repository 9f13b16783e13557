import json
import tomllib
from inspect import signature
from pathlib import Path

import pandas as pd
from typer.testing import CliRunner

import hamlet
import samples
import small_city
from koppelkans import flow
from koppelkans.cli import app
from koppelkans.cli.folder import DEFAULTS_FILE, _period, _text, new, vision_faults
from koppelkans.ground.settings import default_text, read_settings


def test_new_makes_settings_that_can_be_read_and_the_defaults_to_look_at(tmp_path: Path):
    new(tmp_path / "stad", name='Over"meer', as_json=False)
    made = read_settings(tmp_path / "stad")
    assert made.city.name == "Over'meer"
    assert len(made.years) == 15
    assert (tmp_path / "stad" / DEFAULTS_FILE).read_text(encoding="utf-8") == default_text()
    assert tomllib.loads(default_text())


def test_unknown_years_are_a_dash():
    assert _period(pd.NA, pd.NA) == "–"
    assert _period(1960, 2021) == "1960–2021"
    assert _text(pd.NA) == "–"
    assert _text(3.0) == "3"


def test_a_web_of_a_place_that_is_not_there_is_told_with_its_key():
    decided = {"phase": "initiatief", "decided_on": "2026-02-01", "decided_by": "raad", "reason": "proef"}
    webs = [
        decided | {"of": "area", "place": "Maan", "levels": {"hitte": 2}},
        decided | {"of": "project", "place": "Plein", "works": ["w-9"], "levels": {"geluk": 1}},
    ]
    city = small_city.city({}, vision={"webs": webs})
    told = {str(fault.column) for fault in vision_faults(city, hamlet.context())}
    assert told == {"vision.webs.0.place", "vision.webs.1.works", "vision.webs.1.levels.geluk"}
    assert vision_faults(small_city.city({}), hamlet.context()) == ()


def test_check_reads_a_source_outside_the_city_folder_only_where_the_command_says_so(tmp_path: Path):
    there, city = tmp_path / "elders", tmp_path / "stad"
    there.mkdir()
    city.mkdir()
    samples.write_csv(there, [samples.Pipe("a", 1955, 100, 0)])
    source = '[[sources]]\nname = "s"\nrole = "assets"\npath = "../elders/pipes.csv"\nwkt = "wkt"\ncrs = "EPSG:28992"\n'
    (city / "koppelkans.toml").write_text('[city]\nname = "Dorp"\n' + source)
    runner = CliRunner()
    refused = json.loads(runner.invoke(app, ["check", str(city), "--json"]).stdout)
    assert [fault["where"] for fault in refused["faults"]] == ["../elders/pipes.csv"]
    allowed = json.loads(runner.invoke(app, ["check", str(city), "--json", "--sources-from", str(there)]).stdout)
    assert allowed["faults"] == []
    assert allowed["sources"][0]["rows"] == 1


def test_every_command_that_reads_a_city_takes_folders_of_sources():
    told = [command.name or "" for command in app.registered_commands if command.callback is not None and "sources_from" in signature(command.callback).parameters]  # fmt: skip
    assert {"check", "run", "again", "report", *(room.name for room in flow.ROOMS)} <= set(told)
