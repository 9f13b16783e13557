"""`koppelkans futures` samples futures for a finished run, tells what came out and writes the reports again."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import hamlet_plan
from koppelkans import flow
from koppelkans.cli import app
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import shape
from koppelkans.ground.trace import Trace
from koppelkans.programme.futures.firm import Progress
from koppelkans.programme.product import FIRMNESS, FUTURES, Programme

FIGURES = {
    "futures": 3,
    "firm_works": 1,
    "futures_value_mean_eur": 900,
    "futures_gain_eur": 50,
    "futures_gain_error_eur": 7,
}


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a finished run of the hamlet; the drawing itself is tested elsewhere and gives three futures here."""
    plan = hamlet_plan.plan()
    settings = plan.settings.model_dump(mode="json")
    programme = type(plan.programme)(**(vars(plan.programme) | {"trace": Trace(version="test", settings=settings)}))
    flow.put_away(type(plan)(**(vars(plan) | {"programme": programme})), tmp_path)

    def drawn(*parts: Programme, settings: Settings, progress: Progress) -> Programme:
        progress(0.5, "futures")
        count = settings.programme.futures.count
        firm = {
            "work": ["w-gas"],
            "year": [2030],
            "share_kept": [0.5],
            "share_undone": [0.0],
            "firm": [False],
            "most_likely_year": [2031],
        }
        rows = {name: [1] * count for name in FUTURES.columns} | {"future": list(range(1, count + 1))}
        made = {"firmness": shape(pd.DataFrame(firm), FIRMNESS), "futures": shape(pd.DataFrame(rows), FUTURES)}
        trace = parts[-1].trace.noting(settings=settings.model_dump(mode="json"))
        return replace(parts[-1], **made, value=parts[-1].value | FIGURES, trace=trace)

    monkeypatch.setattr(flow.programme, "try_futures", drawn)
    monkeypatch.setattr(flow.report, "write", lambda *_parts, **_named: [])
    return tmp_path


def test_what_is_firm_and_what_is_gained_is_told_and_kept_on_the_shelf(out: Path):
    done = CliRunner().invoke(app, ["futures", "--count", "3", "--out", str(out)], env={"COLUMNS": "160"})
    assert done.exit_code == 0, done.output
    assert "€ 50 ± € 7" in done.output
    assert "50 %" in done.output
    kept = flow.take_up(out)
    assert len(kept.programme.futures) == 3
    assert kept.programme.value["futures_gain_eur"] == 50
    assert kept.settings.programme.futures.count == 3


def test_a_program_gets_the_figures_as_data_and_forty_futures_unless_told(out: Path):
    done = CliRunner().invoke(app, ["futures", "--out", str(out), "--json"])
    told = json.loads(done.stdout.strip().splitlines()[-1])
    assert (told["ok"], told["futures_gain_eur"], len(told["samples"])) == (True, 50, 40)
    assert told["firmness"][0]["most_likely_year"] == 2031


def test_a_folder_without_a_run_says_what_to_do_first(tmp_path: Path):
    done = CliRunner().invoke(app, ["futures", "--out", str(tmp_path), "--json"])
    assert done.exit_code == 1
    assert "run the earlier room first" in json.loads(done.stdout.strip().splitlines()[-1])["faults"][0]["wanted"]
