"""From a finished run to the comparison of its scenarios, on the command line."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

import hamlet
import hamlet_plan
import hamlet_programme
from koppelkans import flow
from koppelkans.cli import alternatives, app
from koppelkans.ground.settings import Settings
from koppelkans.report.forms.json_export import JSON_EXPORT
from koppelkans.report.write import write_form

ASKED = {"front": [0.5], "scenarios": [{"scenario": "careful", "nl": "Voorzichtig", "risk": 2.0}]}


def finished(folder: Path, settings: Settings) -> Path:
    """Put the plan of the hamlet on the shelf in a folder, as a run does, with a programme that was solved."""
    context, appraisal, weighing = hamlet_programme.walked(settings)
    made = hamlet_programme.scheduled(programme={"gap": 0.0, "what_if": True} | ASKED)
    trace = made.trace.noting(settings=settings.model_dump(mode="json"), city_folder=str(folder / "stad"))
    rooms = {"context": context, "appraisal": appraisal, "weighing": weighing, "programme": replace(made, trace=trace)}
    plan = replace(hamlet_plan.plan(), settings=settings, **rooms)
    flow.put_away(plan, folder)
    write_form(JSON_EXPORT, plan, folder / "intern")
    return folder


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = hamlet.settings(programme=ASKED, report={"areas": "none"})
    return finished(tmp_path_factory.mktemp("scenarios"), settings)


def test_scenarios_of_a_finished_run_are_told_and_stand_in_every_report_that_was_there(out: Path):
    done = CliRunner().invoke(app, ["scenarios", "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout.splitlines()[-1])
    rows = {row["scenario"]: row for row in told["scenarios"]}
    assert list(rows) == ["base", "careful", "money-0.5"]
    assert all(row["faults"] == 0 for row in rows.values())
    assert rows["money-0.5"]["weighted_cost_eur"] >= rows["base"]["weighted_least_eur"]
    assert rows["careful"]["weighted_least_eur"] is None
    plan = flow.take_up(out)
    assert plan.settings.programme.compare
    assert plan.programme.scenarios["scenario"].tolist() == list(rows)
    pages = PdfReader(io.BytesIO((out / "intern" / "stadsprogramma-intern.pdf").read_bytes())).pages
    text = " ".join(page.extract_text() for page in pages)
    assert "Scenario's naast elkaar" in text
    assert "Voorzichtig" in text
    export = json.loads((out / "intern" / "koppelkans-intern.json").read_text(encoding="utf-8"))
    assert len(export["programme"]["scenarios"]) == 3


def test_scenarios_of_the_city_folder_are_those_that_stand_there_now(tmp_path: Path):
    text = '[city]\nname = "Gehucht"\n[programme]\ngap = 0.5\nfront = []\n[[programme.scenarios]]\nscenario = "x"\nmoney = 0.5\n'
    (tmp_path / "koppelkans.toml").write_text(text, encoding="utf-8")
    settings = hamlet.settings(programme=ASKED)
    now = flow._scenarios_now(settings, tmp_path).programme
    assert ([one.scenario for one in now.scenarios], now.front, now.gap) == (["x"], [], settings.programme.gap)
    assert flow._scenarios_now(settings, tmp_path / "gone") == settings


def test_without_a_finished_run_there_is_nothing_to_compare(tmp_path: Path):
    done = CliRunner().invoke(app, ["scenarios", "--out", str(tmp_path), "--json"])
    assert done.exit_code == 1
    assert json.loads(done.stdout.splitlines()[-1])["faults"]
    assert len(alternatives.COLUMNS) == 10
