"""The command fetch: what is asked for, what is shown, and what is left as it was."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from koppelkans.cli import app
from koppelkans.cli.fetch import fetch
from koppelkans.cli.options import FetchFrom, FetchHow
from koppelkans.cli.outside import outside
from public_services import features_api, pipe, serving

SETTINGS = '[city]\nname = "Proef"\n'
BOX = "179990,455990,181000,456100"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    (tmp_path / "koppelkans.toml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def told(*given: str) -> tuple[int, dict]:
    done = CliRunner().invoke(app, ["fetch", *given, "--json"])
    return done.exit_code, json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ([], "--gemeente"),
        (["--gemeente", "Ede"], "--gemeente"),
        (["--bbox", "5,52,6,53"], "--bbox"),
        (["--bbox", BOX, "--only", "bgtt"], "--only"),
        (["--bbox", BOX, "--service", "bgt"], "bgt"),
        (["--bbox", BOX, "--service", "kadaster=https://dienst.example"], "--service"),
        (["--bbox", BOX, "--only", "nwb", "--offline"], "opgehaald/nwb_wegvakken.geojson"),
        (["--gemeente", "GM0228", "--offline"], "opgehaald/cbs_gemeenten.geojson"),
    ],
)
def test_what_cannot_be_done_is_told_with_its_place(given: list[str], where: str, city: Path):
    code, answer = told(str(city), *given)
    assert (code, answer["ok"], answer["faults"][0]["where"]) == (1, False, where)
    assert (city / "koppelkans.toml").read_text(encoding="utf-8") == SETTINGS


def test_the_commands_to_and_from_outside_stand_beside_the_others():
    names = {command.name for command in outside.registered_commands}
    assert names == {"fetch", "same", "export", "validate", "database"}
    shown = CliRunner().invoke(app, ["--help"]).stdout
    assert all(name in shown for name in names)


def test_an_address_in_a_city_folder_is_never_used(city: Path):
    (city / "koppelkans.toml").write_text(SETTINGS + '[fetch]\nbgt = "https://elders.example"\n', encoding="utf-8")
    code, answer = told(str(city), "--bbox", BOX, "--offline")
    assert (code, answer["error"]) == (1, "SettingError")


def test_sources_are_shown_and_only_written_where_that_is_asked(city: Path, capsys: pytest.CaptureFixture[str]):
    with serving(features_api([pipe(number) for number in range(3)])) as service:
        asked = FetchFrom("", BOX, "nwb", (f"nwb={service.address}",), None, allow_private=True)
        for write in (False, True):
            fetch(
                city, asked, FetchHow(offline=False, again=False, days=30.0, write=write), as_json=False, verbose=False
            )
            shown = capsys.readouterr().out
            text = (city / "koppelkans.toml").read_text(encoding="utf-8")
            assert text.startswith(SETTINGS)
            assert ('path = "opgehaald/nwb_wegvakken.geojson"' in text) == write
            assert ('path = "opgehaald/nwb_wegvakken.geojson"' in shown) != write
    assert "NWB" in shown
    assert len(service.asked) == 1
