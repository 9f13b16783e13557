"""The first thing a new user tries: a folder with a few streets and one or two works, from `check` to every report."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

import koppelkans as kk
from kept import shared
from koppelkans.cli import app
from koppelkans.flow import LATER

TOML = """
[city]
name = "Proefdorp"

[[parties]]
party = "gemeente"
name = "Gemeente Proefdorp"
kind = "gemeente"

[programme.futures]
count = 0

[[sources]]
name = "straten"
role = "sections"
path = "straten.csv"
wkt = "plek"
crs = "EPSG:28992"
columns = { section = "nr", name = "straat" }
"""
WORKS = """
[[sources]]
name = "werken"
role = "works"
path = "werken.csv"
wkt = "plek"
crs = "EPSG:28992"
columns = { work = "nr", earliest_year = "van", latest_year = "tot", kind = "soort" }
constants = { owner = "gemeente" }
"""
WISHES = """
[[sources]]
name = "wensen"
role = "wishes"
path = "wensen.csv"
wkt = "plek"
crs = "EPSG:28992"
columns = { text = "wens" }
"""
STREETS = """nr;straat;plek
W1;Dorpsstraat;LINESTRING (150000 400000, 150200 400000)
W2;Kerkstraat;LINESTRING (150200 400000, 150200 400200)
"""
HEAD = "nr;van;tot;soort;plek\n"
HERE = "G1;2028;2030;paving;LINESTRING (150000 400000, 150200 400000)\n"
THERE = "G2;2029;2031;paving;LINESTRING (150200 400010, 150200 400200)\n"
FAR = {
    "point": "F1;2028;2030;lighting;POINT (160000 410000)\n",
    "line": "F2;2028;2030;paving;LINESTRING (160000 410000, 160100 410000)\n",
    "area": "F3;2028;2030;paving;POLYGON ((160000 410000, 160100 410000, 160100 410100, 160000 410000))\n",
}
UNKNOWN = "G3;2028;2030;other;LINESTRING (150000 400000, 150200 400000)\n"


def city(folder: Path, works: str, *, wishes: str = "") -> Path:
    """Write a city folder."""
    files = {"koppelkans.toml": TOML + WORKS + (WISHES if wishes else ""), "straten.csv": STREETS, "werken.csv": HEAD + works}  # fmt: skip
    for name, text in (files | ({"wensen.csv": "wens;plek\n" + wishes} if wishes else {})).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def asked(*words: str | Path, code: int = 0) -> dict[str, object]:
    """Ask a command and return what it answers as JSON."""
    done = CliRunner().invoke(app, [*(str(word) for word in words), "--json"])
    assert done.exit_code == code, (done.output, done.exception)
    made: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return made


@pytest.mark.parametrize(
    ("works", "planned"),
    [(HERE, 1), (HERE + THERE, 2), (UNKNOWN, 1)],
    ids=["one work", "two works apart", "all costs unknown"],
)
def test_a_tiny_city_runs_to_its_end(works: str, planned: int, tmp_path: Path):
    folder, out = city(tmp_path, works), tmp_path / "uit"
    assert asked("check", folder)["ok"]
    asked("run", folder, "--out", out, "--seconds", "2")
    plan = pd.read_parquet(out / "shelf" / "programme" / "plan.parquet")
    assert plan["year"].notna().sum() == planned
    assert asked("why", plan["work"][0], "--out", out)["ok"]
    assert asked("split", "--out", out)["ok"]
    placed = plan.dropna(subset=["year"]).set_index("work")["year"].to_dict()
    for work, year in [*placed.items()][:1]:
        other = 2029 if year != 2029 else 2030
        assert asked("move", work, str(other), "--out", out, "--yes")["ok"]
        moved = pd.read_parquet(out / "shelf" / "programme" / "plan.parquet").set_index("work")["year"]
        assert moved.dropna().to_dict() == placed | {work: other}
        assert asked("undo", "--out", out)["ok"]
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


def looking_ahead(folder: Path) -> Path:
    """Write a city of which all that comes later is asked for: scenarios, changes priced beforehand, futures, cases."""
    made = city(folder, HERE + THERE)
    toml = made / "koppelkans.toml"
    beside = "[programme]\ncompare = true\nscenarios = []\nfront = [0.9]\n\n[programme.futures]\ncount = 2"
    plain = toml.read_text(encoding="utf-8")
    toml.write_text(plain.replace("[programme.futures]\ncount = 0", beside), encoding="utf-8")
    return made


def files(out: Path) -> dict[str, bytes]:
    """Return every file in a folder."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with such a city (`stad`), what `run` made of it (`eerst`), and that with `reports` (`heel`)."""

    def walk(root: Path) -> Path:
        (root / "stad").mkdir()
        folder = looking_ahead(root / "stad")
        assert asked("run", folder, "--out", root / "eerst")["to_come"] == [*LATER]
        shutil.copytree(root / "eerst", root / "heel")
        asked("reports", root / "heel")
        return root

    return shared("tiny-steps", walk, tmp_path_factory.mktemp("tiny"))


def copied(made: Path, root: Path) -> Path:
    """Return a copy of an output folder, to change."""
    return Path(shutil.copytree(made, root / "uit"))


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


def another_year(out: Path) -> int:
    """Return a year of the work G1 that is not that of the plan."""
    year = int(asked("why", "G1", "--out", out)["year"])  # type: ignore[call-overload]
    return 2029 if year != 2029 else 2030


def test_a_change_leaves_to_come_what_was_still_to_come(steps: Path, tmp_path: Path):
    out = copied(steps / "eerst", tmp_path)
    before = files(out)
    asked("move", "G1", str(another_year(out)), "--out", out, "--yes")
    assert kk.take_up(out).to_come == LATER
    asked("undo", "--out", out)
    assert files(out) == before


def test_a_change_makes_anew_what_stood(steps: Path, tmp_path: Path):
    out = copied(steps / "heel", tmp_path)
    before, other = files(out), another_year(out)
    asked("move", "G1", str(other), "--out", out, "--yes")
    plan = kk.take_up(out)
    assert plan.to_come == ()
    moved = plan.programme.plan.set_index("work")["year"]
    assert moved["G1"] == other
    assert plan.programme.firmness.set_index("work")["year"].to_dict() == moved.to_dict()
    base = plan.programme.scenario_plan[plan.programme.scenario_plan["scenario"] == "base"].set_index("work")["year"]
    assert base.dropna().to_dict() == moved.dropna().to_dict()
    assert plan.business.cases.set_index("case").loc["G1", "year"] == other
    assert files(out)["intern/koppelkans-intern.json"] != before["intern/koppelkans-intern.json"]
    asked("undo", "--out", out)
    assert files(out) == before


def test_scenarios_alone_leave_the_other_parts_to_come(steps: Path, tmp_path: Path):
    out = copied(steps / "eerst", tmp_path)
    asked("scenarios", "--out", out)
    assert kk.take_up(out).to_come == tuple(part for part in LATER if part != "scenarios")
    asked("programme", steps / "stad", "--out", out)
    assert kk.take_up(out).to_come == LATER


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
    asked("reports", out)
    plan = json.loads((out / "intern/koppelkans-intern.json").read_text(encoding="utf-8"))["programme"]["plan"]
    assert {row["work"]: row["outside"] for row in plan} == {"G1": None} | dict.fromkeys(("F1", "F2", "F3"), "outside every street")  # fmt: skip
    told = " ".join(
        " ".join(page.extract_text() for page in PdfReader(out / "intern/stadsprogramma-intern.pdf").pages).split()
    )
    assert "buiten elke straat: 3" in told
    assert "Buiten elke straat: werken 3, onderdelen (buizen, lampen, bomen en meer) 0, wensen 1" in told
    assert "buiten elke straat" in str(asked("why", "F2", "--out", out)["why_nl"])


def test_a_city_with_every_work_outside_its_streets_is_refused_in_words(tmp_path: Path):
    folder = city(tmp_path, FAR["line"])
    assert not asked("check", folder, code=1)["ok"]
    told = asked("run", folder, "--out", tmp_path / "uit", code=1)
    assert "no work that lies in a street" in json.dumps(told)
