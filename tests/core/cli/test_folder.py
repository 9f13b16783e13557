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
    new(tmp_path / "stad", name='Over"meer', price_year=2025, vat="with", costs="named_direct", as_json=False)
    made = read_settings(tmp_path / "stad")
    assert (made.city.name, made.city.price_year, made.city.vat) == ("Over'meer", 2025, "with")
    assert made.appraisal.business.ssk.costs_are == "named_direct"
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


CITY = """
[city]
name = "Gehucht"
[horizon]
first = 2027
last = 2031
[[parties]]
party = "gemeente"
kind = "gemeente"
[[funds]]
fund = "klein"
owner = "gemeente"
budget_eur = 1000
kinds = ["sewer_gravity"]
order = 1
[[sources]]
name = "wegvakken"
role = "sections"
path = "wegvakken.gpkg"
[[sources]]
name = "werken"
role = "works"
path = "werken.csv"
wkt = "wkt"
crs = "EPSG:28992"
[[sources]]
name = "riool"
role = "assets"
path = "riool.gpkg"
"""


def small(folder: Path) -> Path:
    """Write a city of two streets and two works, one dearer than its purse ever has; one source is not there."""
    folder.mkdir(exist_ok=True)
    small_city.streets((0, 100), (100, 200)).to_file(folder / "wegvakken.gpkg")
    lines = ["work;name;owner;kind;earliest_year;latest_year;cost_eur;wkt"]
    lines += [
        f"{name};{name.title()};gemeente;sewer_gravity;2027;2031;{eur};{hamlet.stretch(*span).wkt}"
        for name, eur, span in (("groot", 9_000_000, (0, 100)), ("klein", 100, (100, 200)))
    ]
    (folder / "werken.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "koppelkans.toml").write_text(CITY, encoding="utf-8")
    return folder


def checked(folder: Path) -> tuple[int, dict, str]:
    """Return exit code, answer and words of a check."""
    done = CliRunner().invoke(app, ["check", str(folder), "--json"])
    return done.exit_code, json.loads(done.stdout.strip().splitlines()[-1]), " ".join(done.stderr.split())


def test_check_tells_what_never_fits_and_what_lets_it_in(tmp_path: Path):
    _, told, words = checked(small(tmp_path))
    (one,) = told["never_fit"]
    assert one["work"] == "groot"
    assert "past nooit" in one["why_nl"]
    assert "What lets it in" in one["why_en"]
    assert "Werken die nooit passen: 1" in words


def test_the_verdict_names_the_source_that_is_not_there(tmp_path: Path):
    code, told, words = checked(small(tmp_path))
    assert (code, told["ok"], told["unread"]) == (0, True, ["riool"])
    assert "Van deze bronnen kon niets worden gebruikt: riool (riool.gpkg)." in words
    (tmp_path / "wegvakken.gpkg").unlink()
    code, told, words = checked(tmp_path)
    assert (code, told["ok"]) == (1, False)
    assert set(told["unread"]) >= {"wegvakken", "riool"}
    assert "wegvakken (wegvakken.gpkg)" in words
    assert "geen enkele bron geeft straten" in words


def test_settings_that_stop_a_run_stop_the_check_too(tmp_path: Path):
    small(tmp_path)
    decided = "\n[[programme.decisions]]\nwork = 'bestaat-niet'\nyear = 2028\nreason = 'proef'\n"
    (tmp_path / "koppelkans.toml").write_text(CITY + decided, encoding="utf-8")
    code, told, words = checked(tmp_path)
    assert (code, told["ok"]) == (1, False)
    assert told["settings"][0]["where"] == "koppelkans.toml"
    assert "instellingen kunnen zo niet" in words


def test_each_doubt_has_its_own_key_and_title(tmp_path: Path):
    small(tmp_path)
    small_city.rows(
        {"asset": ["a", "b"], "owner": ["Stedin", "Stedin Netbeheer"], "kind": ["gas_low"] * 2},
        [hamlet.stretch(0, 50), hamlet.stretch(50_000, 50_050)],
    ).to_file(tmp_path / "riool.gpkg")
    _, told, words = checked(tmp_path)
    assert [len(told[name]) for name in ("same", "far", "alike")] == [0, 1, 1]
    assert "Gegevens ver van de stad" in words
    assert "Namen die één partij kunnen zijn" in words
    assert "unread" in told
    assert not told["unread"]
