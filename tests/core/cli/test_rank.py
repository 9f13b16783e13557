"""`koppelkans rank` shows the order within an area beside that of the city, and names an area that is not there."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import hamlet_plan
from koppelkans.cli import app
from koppelkans.ground.shelf import save
from koppelkans.ground.tables import shape
from koppelkans.weighing.product import AREA_RANKING, AREA_VOICES


@pytest.fixture
def out(tmp_path: Path) -> Path:
    plan = hamlet_plan.plan()
    area = plan.context.areas["area"].iloc[0]
    voices = pd.DataFrame({"area": [area], "own": [True], "set_by": ["wijkraad"], "set_on": [None], "works": [2], "reversals": [1], "tau": [-1.0]})  # fmt: skip
    ranking = pd.DataFrame({"area": area, "work": ["w-gas", "w-sewer"], "area_rank": [1, 2], "city_rank": [2, 1], "total": [0.7, 0.4], "criterion": [None, None]})  # fmt: skip
    weighing = replace(plan.weighing, area_voices=shape(voices, AREA_VOICES), area_ranking=shape(ranking, AREA_RANKING))
    save(weighing, tmp_path / "shelf" / "weighing")
    save(plan.context, tmp_path / "shelf" / "context")
    return tmp_path


def test_the_works_of_an_area_stand_in_its_own_order(out: Path):
    area = hamlet_plan.plan().context.areas["name"].iloc[0]
    done = CliRunner().invoke(app, ["rank", area, "--out", str(out)], env={"COLUMNS": "160"})
    assert done.exit_code == 0, done.output
    assert "wijkraad" in done.output
    told = CliRunner().invoke(app, ["rank", area.upper(), "--out", str(out), "--json"])
    works = json.loads(told.stdout.strip().splitlines()[-1])["works"]
    assert [(row["work"], row["city_rank"]) for row in works] == [("w-gas", 2), ("w-sewer", 1)]


def test_every_area_is_shown_in_short(out: Path):
    done = CliRunner().invoke(app, ["rank", "--out", str(out)], env={"COLUMNS": "160"})
    assert done.exit_code == 0, done.output
    assert "eigen gewichten" in done.output


def test_an_area_that_is_not_there_is_named_with_the_nearest(out: Path):
    done = CliRunner().invoke(app, ["rank", "Nergens", "--out", str(out)], env={"COLUMNS": "160"})
    assert done.exit_code == 1
    assert "Nergens" in done.output
