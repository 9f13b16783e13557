"""`koppelkans split` shows who saves what, and names a bundle that is not there."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import hamlet_plan
from koppelkans.cli import app
from koppelkans.ground.shelf import save


@pytest.fixture
def out(tmp_path: Path) -> Path:
    plan = hamlet_plan.plan()
    for room in ("programme", "context"):
        save(getattr(plan, room), tmp_path / "shelf" / room)
    return tmp_path


def test_every_party_of_a_bundle_is_shown_with_what_it_pays(out: Path):
    done = CliRunner().invoke(app, ["split", "b-1", "--out", str(out)], env={"COLUMNS": "160"})
    assert done.exit_code == 0, done.output
    for words in ("Gemeente Gehucht", "Netbeheerder", "€ 80.000", "€ 40.000", "het minst Netbeheerder: € 10.000"):
        assert words in done.output


def test_a_program_gets_the_shares_as_data(out: Path):
    done = CliRunner().invoke(app, ["split", "--out", str(out), "--json"])
    (bundle,) = json.loads(done.stdout.strip().splitlines()[-1])["bundles"]
    assert {row["owner"]: row["fair_eur"] for row in bundle["shares"]} == {
        "gas": 10_000,
        "gemeente": 20_000,
        "water": 10_000,
    }
    assert (bundle["in_core"], bundle["worst_group"], bundle["worst_excess_eur"]) == (True, "gas", -10_000)


def test_a_bundle_that_is_not_there_is_named(out: Path):
    done = CliRunner().invoke(app, ["split", "2099-01", "--out", str(out), "--json"])
    assert done.exit_code == 1
    (fault,) = json.loads(done.stdout.strip().splitlines()[-1])["faults"]
    assert fault["found"] == "2099-01"


def test_a_folder_without_a_run_says_what_to_do_first(tmp_path: Path):
    done = CliRunner().invoke(app, ["split", "--out", str(tmp_path), "--json"])
    assert done.exit_code == 1
    assert "run the earlier room first" in json.loads(done.stdout.strip().splitlines()[-1])["faults"][0]["wanted"]
