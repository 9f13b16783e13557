"""The first thing a new user tries: a folder with a few streets and one or two works, from `check` to every report."""

import json
import shutil
from pathlib import Path

import pandas as pd
from pypdf import PdfReader

import koppelkans as kk
from koppelkans.flow import LATER
from proefdorp import FAR, HERE, UNKNOWN, asked, city, copied, files


def test_a_city_of_one_work_has_a_programme_that_can_be_asked(tmp_path: Path):
    folder, out = city(tmp_path, HERE), tmp_path / "uit"
    assert asked("check", folder)["ok"]
    asked("run", folder, "--out", out, "--seconds", "2")
    plan = pd.read_parquet(out / "shelf" / "programme" / "plan.parquet")
    assert plan["work"].tolist() == ["G1"]
    assert plan["year"].notna().all()
    assert asked("why", "G1", "--out", out)["ok"]
    assert asked("split", "--out", out)["ok"]
    assert {"stadsprogramma-intern.pdf", "programma-intern.xlsx", "kaart-intern.html"} <= {
        path.name for path in out.glob("*/*")
    }


def test_a_city_of_which_all_costs_are_unknown_runs_to_its_end(tmp_path: Path):
    folder, out = city(tmp_path, UNKNOWN), tmp_path / "uit"
    assert asked("check", folder)["ok"]
    asked("run", folder, "--out", out, "--seconds", "2")
    plan = pd.read_parquet(out / "shelf" / "programme" / "plan.parquet")
    assert plan["year"].notna().sum() == 1
    assert asked("why", plan["work"][0], "--out", out)["ok"]
    assert asked("split", "--out", out)["ok"]
    placed = plan.dropna(subset=["year"]).set_index("work")["year"].to_dict()
    asked("reports", out)
    names = {path.name for path in out.rglob("*") if path.is_file()}
    assert names >= {
        "stadsprogramma-intern.pdf",
        "stadsprogramma-openbaar.pdf",
        "programma-intern.xlsx",
        "kaart-openbaar.html",
    }
    rows = json.loads((out / "intern/koppelkans-intern.json").read_text(encoding="utf-8"))["programme"]
    assert {row["work"]: row["year"] for row in rows["plan"] if row["year"] is not None} == placed
    assert rows["bundles"] == []


def test_of_a_tiny_city_every_report_tells_the_programme_that_was_made_first(steps: Path):
    plan = pd.read_parquet(steps / "eerst" / "shelf" / "programme" / "plan.parquet")
    placed = plan.set_index("work")["year"].to_dict()
    assert set(placed) == {"G1", "G2", "G4"}
    assert plan["year"].notna().all()
    assert asked("check", steps / "stad")["ok"]
    assert asked("split", "--out", steps / "eerst")["ok"]
    rows = json.loads((steps / "heel" / "intern/koppelkans-intern.json").read_text(encoding="utf-8"))["programme"]
    assert {row["work"]: row["year"] for row in rows["plan"]} == placed
    assert [row["works"] for row in rows["bundles"]] == [2], "paving and sewer of one street go together"


def test_what_a_run_leaves_for_later_is_made_by_reports_as_if_it_was_made_at_once(steps: Path, tmp_path: Path):
    first, whole = files(steps / "eerst"), files(steps / "heel")
    assert not [name for name in first if name.startswith(("shelf/business", "shelf/financing"))]
    later = {f"shelf/programme/{table}.parquet" for tables in kk.Programme.LATER.values() for table in tables}
    assert not later & set(first), "what was not made stands nowhere as nothing"
    assert "koppelkans reports" in told(steps / "eerst")
    assert later <= set(whole)
    assert kk.take_up(steps / "heel").to_come == ()
    assert "koppelkans reports" not in told(steps / "heel")
    again = asked("again", steps / "heel" / "intern/trace.json", "--out", tmp_path)
    assert again["same"], again["different"]
    once = files(tmp_path)
    assert {name for name in whole.keys() | once.keys() if whole.get(name) != once.get(name)} == set()


def test_a_run_that_is_repeated_makes_what_was_made_then_and_no_more(steps: Path, tmp_path: Path):
    again = asked("again", steps / "eerst" / "intern/trace.json", "--out", tmp_path)
    assert again["same"], again["different"]
    assert kk.take_up(tmp_path).to_come == LATER


def another_year(out: Path, work: str) -> int:
    """Return a year of a work that is not that of the plan."""
    year = int(asked("why", work, "--out", out)["year"])  # type: ignore[call-overload]
    return 2029 if year != 2029 else 2030


def test_a_change_leaves_to_come_what_was_still_to_come(steps: Path, tmp_path: Path):
    out = copied(steps / "eerst", tmp_path)
    before = files(out)
    asked("move", "G1", str(another_year(out, "G1")), "--out", out, "--yes")
    assert kk.take_up(out).to_come == LATER
    asked("undo", "--out", out)
    assert files(out) == before


def test_a_change_makes_anew_what_stood(steps: Path, tmp_path: Path):
    out = copied(steps / "heel", tmp_path)
    shutil.rmtree(out / "openbaar")  # what does not stand is not made
    before, other = files(out), another_year(out, "G2")
    asked("move", "G2", str(other), "--out", out, "--yes")
    plan = kk.take_up(out)
    assert plan.to_come == ()
    moved = plan.programme.plan.set_index("work")["year"]
    assert moved["G2"] == other
    assert plan.programme.firmness.set_index("work")["year"].to_dict() == moved.to_dict()
    base = plan.programme.scenario_plan[plan.programme.scenario_plan["scenario"] == "base"].set_index("work")["year"]
    assert base.dropna().to_dict() == moved.dropna().to_dict()
    assert plan.business.cases.set_index("case").loc["G2", "year"] == other
    after = files(out)
    assert after["intern/koppelkans-intern.json"] != before["intern/koppelkans-intern.json"]
    assert not [name for name in after if name.startswith("openbaar/")]
    asked("undo", "--out", out)
    assert files(out) == before


def test_scenarios_alone_leave_the_other_parts_to_come(steps: Path, tmp_path: Path):
    out = copied(steps / "eerst", tmp_path)
    asked("scenarios", "--out", out)
    assert kk.take_up(out).to_come == tuple(part for part in LATER if part != "scenarios")


def test_no_case_of_an_older_programme_stays_and_the_reports_are_written_again_in_english(steps: Path, tmp_path: Path):
    out = copied(steps / "heel", tmp_path)
    asked("programme", steps / "stad", "--out", out)
    assert kk.take_up(out).to_come == LATER, "no case of an older programme stays beside a new one"
    asked("report", steps / "stad", "--out", out, "--lang", "en")
    assert "koppelkans reports" in told(out)
    assert '<html lang="en"' in (out / "intern/kaart-intern.html").read_text(encoding="utf-8")


def told(out: Path) -> str:
    """Return the text of the city programme."""
    return " ".join(page.extract_text() for page in PdfReader(out / "intern/stadsprogramma-intern.pdf").pages)


def test_what_lies_outside_every_street_is_told_and_the_rest_is_planned(tmp_path: Path):
    folder = city(tmp_path, HERE + "".join(FAR.values()) + "E1;2028;2030;paving;\n", wishes="Meer bomen;POINT (160000 410000)\n")  # fmt: skip
    out = tmp_path / "uit"
    checked = asked("check", folder)
    assert checked["ok"]
    assert checked["outside_streets"] == {"works": 3, "assets": 0, "wishes": 1}
    faults = checked["faults"]
    assert isinstance(faults, list)
    assert {fault["row"] for fault in faults if fault["where"] == "werken.csv"} >= {2, 3, 4, 5}
    asked("run", folder, "--out", out, "--seconds", "2")
    plan = kk.take_up(out).programme.plan
    apart = dict(zip(plan["work"], plan["outside"], strict=True))
    assert pd.isna(apart.pop("G1"))
    assert apart == dict.fromkeys(("F1", "F2", "F3"), "outside every street")
    said = " ".join(told(out).split())
    assert "buiten elke straat: 3" in said
    assert "Buiten elke straat: werken 3, onderdelen (buizen, lampen, bomen en meer) 0, wensen 1" in said
    assert "buiten elke straat" in str(asked("why", "F2", "--out", out)["why_nl"])


def test_a_city_with_every_work_outside_its_streets_is_refused_in_words(tmp_path: Path):
    folder = city(tmp_path, FAR["line"])
    assert not asked("check", folder, code=1)["ok"]
    told = asked("run", folder, "--out", tmp_path / "uit", code=1)
    assert "no work that lies in a street" in json.dumps(told)
