import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import hamlet_plan
from koppelkans import flow
from koppelkans.cli import app
from koppelkans.cli.commands import entering
from koppelkans.cli.corridor import _outcome, _tell_outcome
from koppelkans.cli.voice import Voice
from koppelkans.report.circle import INSIDE
from koppelkans.report.forms import FORMS
from koppelkans.report.write import outputs_of


def test_the_answer_in_one_look_counts_what_the_plan_holds():
    plan = hamlet_plan.plan()
    answer = _outcome(plan, Path("uit"))
    assert answer["works"] == 6
    assert answer["planned"] == 5
    assert answer["bundles"] == len(plan.programme.bundles)
    assert answer["saving_eur"] == 40_000
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


def test_reports_writes_what_run_leaves_for_later_and_changes_write_what_stands(tmp_path: Path):
    out, plan = tmp_path / "uit", hamlet_plan.plan()
    trace = plan.programme.trace.noting(settings=plan.settings.model_dump(mode="json"))
    flow.put_away(replace(plan, programme=replace(plan.programme, trace=trace)), out)
    (out / "intern").mkdir(exist_ok=True)
    (out / "intern/kaart-intern.html").write_text("de kaart", encoding="utf-8")
    (out / "intern/businesscases-intern.pdf").write_text("van een eerdere doorloop", encoding="utf-8")
    (out / "notitie.txt").write_text("van mij", encoding="utf-8")
    before = {(one.form.name, one.viewer) for one in flow.standing(out, plan)}
    assert before == {(form.name, INSIDE) for form in FORMS if form.first} | {("case_pdf", INSIDE)}
    done = CliRunner().invoke(app, ["reports", str(out), "--json"])
    assert done.exit_code == 0, done.output
    told = {Path(path).relative_to(out).as_posix() for path in json.loads(done.stdout)["files"]}
    assert {
        "intern/businesscases-intern.pdf",
        "intern/businesscase-intern.xlsx",
        "intern/koppelkans-intern.gpkg",
        "intern/koppelkans-intern.json",
    } <= told
    assert "intern/kaart-intern.html" not in told, "run wrote it, and nothing in it waited"
    assert {"openbaar/kaart-openbaar.html", "openbaar/stadsprogramma-openbaar.pdf"} <= told
    assert (out / "intern/businesscases-intern.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "intern/kaart-intern.html").read_text(encoding="utf-8") == "de kaart"
    assert (out / "notitie.txt").read_text(encoding="utf-8") == "van mij"
    assert flow.standing(out, plan) == outputs_of(plan)


def test_reports_of_a_folder_without_a_run_says_what_to_do(tmp_path: Path):
    done = CliRunner().invoke(app, ["reports", str(tmp_path / "uit"), "--json"])
    assert done.exit_code == 1
    assert "run the earlier room first" in done.stdout
    assert not (tmp_path / "uit").exists()


def test_a_trace_without_the_settings_of_a_run_is_told_in_words(tmp_path: Path):
    flow.put_away(hamlet_plan.plan(), tmp_path)
    done = CliRunner().invoke(app, ["reports", str(tmp_path), "--json"])
    assert done.exit_code == 1
    (fault,) = json.loads(done.stdout)["faults"]
    assert (fault["where"], fault["found"]) == ("intern/trace.json", "city: Field required")
