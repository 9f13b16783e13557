import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import hamlet_plan
from koppelkans import flow
from koppelkans.cli import app
from koppelkans.cli.commands import entering
from koppelkans.cli.corridor import _outcome, _tell_outcome
from koppelkans.cli.voice import Voice


def test_the_answer_in_one_look_counts_what_the_plan_holds():
    plan = hamlet_plan.plan()
    answer = _outcome(plan, Path("uit"))
    assert answer["works"] == 6
    assert answer["planned"] == 5
    assert answer["bundles"] == len(plan.programme.bundles)
    assert answer["saving_eur"] == 60_000
    assert answer["judge_faults"] == int(plan.programme.verdict["faults"].sum())


def test_each_room_gets_a_command_of_its_own():
    one, other = entering("vision"), entering("context")
    assert one is not other


WARNED = "De antwoorden van Buurtpanel over de zes gronden spreken elkaar tegen (consistentieratio 0,25, hoogstens 0,10 is goed)"


def test_answers_that_contradict_are_warned_of_on_the_screen(capsys: pytest.CaptureFixture[str]):
    plan = hamlet_plan.plan()
    _tell_outcome(Voice(as_json=False), plan)
    assert WARNED in " ".join(capsys.readouterr().out.split())
    (warning,) = _outcome(plan, Path("uit"))["warnings"]
    assert warning.startswith(WARNED)


def test_the_room_of_weighing_warns_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(flow, "enter", lambda *_, **__: hamlet_plan.plan().weighing)
    (tmp_path / "koppelkans.toml").write_text("", encoding="utf-8")
    done = CliRunner().invoke(app, ["weighing", str(tmp_path), "--out", str(tmp_path / "uit"), "--json"])
    assert done.exit_code == 0, done.output
    (warning,) = json.loads(done.stdout.strip().splitlines()[-1])["warnings"]
    assert warning.startswith(WARNED)
