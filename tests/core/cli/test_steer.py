import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import hamlet_plan
from core.test_steering import plain
from koppelkans.cli import app
from koppelkans.cli.steer import _refuse_outside
from koppelkans.ground.errors import InputError
from koppelkans.ground.outputs import SHELF
from koppelkans.ground.shelf import save


def call(*words: object, said: str = "") -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=said)


def data(done: Result) -> Any:  # noqa: ANN401
    return json.loads(done.stdout.strip().splitlines()[-1])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return plain(tmp_path / "tables")


def test_why_shows_each_year_with_its_price(folder: Path):
    done = call("why", "gas", "--out", folder)
    assert done.exit_code == 0, done.output
    assert "Gepland in 2027, het beste jaar." in done.output
    assert "2027 ◂" in done.output
    found = data(call("why", "gas", "--out", folder, "--reoptimise", "--json"))
    assert [row["held_eur"] for row in found["years"]] == [0, 2, 4]
    assert [row["anew_eur"] for row in found["years"]] == [0, 2, 4]


def test_a_work_that_does_not_exist_ends_with_1_and_the_nearest_name(folder: Path):
    done = call("why", "gass", "--out", folder, "--json")
    assert done.exit_code == 1
    assert "the nearest name is gas" in data(done)["faults"][0]["wanted"]


def test_a_move_tells_its_price_and_changes_nothing_until_it_is_agreed(folder: Path):
    before = (folder / "programme.csv").read_bytes()
    done = call("move", "gas", 2028, "--out", folder, said="\n")
    assert done.exit_code == 0, done.output
    assert "Deze wijziging kost € 0 aan geld en € 2 aan gewogen nadeel" in " ".join(done.output.split())
    assert "Er is niets gewijzigd." in done.output
    assert (folder / "programme.csv").read_bytes() == before
    told = data(call("move", "gas", 2028, "--out", folder, "--json"))
    assert (told["taken"], told["judge_faults"]) == (False, 0)
    assert (told["money_eur"], told["harm_eur"]) == (0, 2)
    assert (folder / "programme.csv").read_bytes() == before


def test_a_move_that_is_agreed_is_written_and_can_be_undone(folder: Path):
    before = (folder / "programme.csv").read_bytes()
    done = call("move", "gas", 2028, "--out", folder, said="ja\n")
    assert done.exit_code == 0, done.output
    assert (folder / "programme.csv").read_text(encoding="utf-8") == "work,year\ngas,2028\nsewer,2027\n"
    assert data(call("undo", "--out", folder, "--json"))["left"] == 0
    assert (folder / "programme.csv").read_bytes() == before


def test_a_cut_and_a_slip_are_taken_with_yes(folder: Path):
    cut = data(call("cut", "f", 2027, 15, "--out", folder, "--yes", "--json"))
    assert (cut["money_eur"] + cut["harm_eur"], cut["taken"]) == (2, True)
    assert "15" in cut["note"]
    assert call("slip", "nobody", 1, "--out", folder, "--json").exit_code == 1


def test_a_change_that_gains_says_so(folder: Path):
    assert call("move", "gas", 2029, "--out", folder, "--yes").exit_code == 0
    done = call("move", "gas", 2027, "--out", folder)
    assert "Deze wijziging kost € 0 aan geld en − € 4 aan gewogen nadeel" in " ".join(done.output.split())


def test_a_move_that_cannot_be_names_the_demands_that_clash(folder: Path):
    funds = folder / "funds.csv"
    funds.write_text(funds.read_text(encoding="utf-8").replace("2028,30", "2028,5"), encoding="utf-8")
    done = call("move", "gas", 2028, "--out", folder, "--json")
    assert done.exit_code == 1
    assert data(done)["clashing"] == ["f heeft in 2028 € 5; gevraagd wordt € 10", "gas is vastgezet op 2028"]


def test_a_cut_below_nothing_is_refused_as_an_amount(folder: Path):
    done = call("cut", "f", 2027, "-5", "--out", folder, "--json")
    assert done.exit_code == 1
    assert [(fault["column"], fault["found"]) for fault in data(done)["faults"]] == [("eur", "-5")]


def test_why_finds_a_work_that_was_never_planned_by_its_name_and_move_refuses_it_with_the_reason(tmp_path: Path):
    plan = hamlet_plan.plan()
    for name, product in (("programme", plan.programme), ("context", plan.context)):
        save(product, tmp_path / SHELF / name)
    for asked in ("w-paving-4", "klinkers kerkweg", "Klinkers Kerkw"):
        told = data(call("why", asked, "--out", tmp_path, "--json"))
        assert (told["work"], told["year"]) == ("w-paving-4", None)
        assert told["why_nl"] == "De kosten zijn onbekend."
        with pytest.raises(InputError, match="kosten zijn onbekend"):
            _refuse_outside(tmp_path, asked)
    _refuse_outside(tmp_path, "w-sewer")
