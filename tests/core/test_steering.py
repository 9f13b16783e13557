"""A change is taken whole and taken back byte for byte, for a folder of plain tables and for the folder of a run."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import koppelkans as kk
import tiny_city
from koppelkans.cli import app, steer
from koppelkans.ground.errors import InputError
from koppelkans.ground.outputs import NewDecisions
from koppelkans.ground.settings import read_settings
from koppelkans.programme.decision_lines import lines_of
from koppelkans.steering import Keep, Lasting, _longer, _shorter, mark_of
from proefdorp import copied, files


def plain(folder: Path) -> Path:
    """Write a folder with three works and their programme."""
    tables = {
        "works": tiny_city.works(
            ("gas", 2027, 2027, 2029, 10, 1, 2, 90, True, False, False),
            ("sewer", 2027, 2027, 2029, 20, 1, 2, 90, True, False, False),
        ),
        "payments": pd.DataFrame({"work": ["gas", "sewer"], "fund": "f", "share": 1.0}),
        "funds": pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": 30, "carries_over": False}),
        "programme": pd.DataFrame({"work": ["gas", "sewer"], "year": 2027}),
    }
    folder.mkdir(parents=True)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    facts = {"first_year": 2027, "years": 3, "discount_rate": 0.0}
    (folder / "problem.json").write_text(json.dumps(facts), encoding="utf-8")
    return folder


def test_a_change_of_plain_tables_is_written_with_its_decision_and_taken_back(tmp_path: Path):
    folder = plain(tmp_path / "tables")
    before = files(folder)
    answer = kk.move(kk.desk_of(folder), "gas", 2028)
    assert files(folder) == before, "asking changes nothing"
    kk.accept(folder, answer, note="moved")
    again = kk.desk_of(folder)
    assert dict(zip(again.programme["work"], again.programme["year"], strict=True)) == {"gas": 2028, "sewer": 2027}
    assert again.problem.fixed[["work", "year"]].to_dict("list") == {"work": ["gas"], "year": [2028]}
    assert (
        again.value.total_eur - kk.desk_of(plain(tmp_path / "old")).value.total_eur == answer.weighted_cost_eur == 2.0
    )
    kk.accept(folder, kk.cut(again, "f", 2027, 15), note="cut")
    assert kk.undo(folder) == 1
    assert kk.undo(folder) == 0
    assert files(folder) == before
    with pytest.raises(InputError, match="no change"):
        kk.undo(folder)


def test_a_folder_without_a_programme_says_what_is_wanted(tmp_path: Path):
    folder = plain(tmp_path / "tables")
    (folder / "programme.csv").write_text("work,jaar\na,2027\n", encoding="utf-8")
    with pytest.raises(InputError, match="the columns work, year"):
        kk.desk_of(folder)
    (folder / "programme.csv").unlink()
    with pytest.raises(InputError, match=r"programme\.csv with the columns work, year"):
        kk.desk_of(folder)


def test_a_change_of_a_run_moves_the_plan_and_every_report_and_comes_back_byte_for_byte(steps: Path, tmp_path: Path):
    out = copied(steps / "eerst", tmp_path)
    before = files(out)
    desk = kk.desk_of(out)
    assert round(desk.value.total_eur) == kk.take_up(out).programme.value["value_eur"]
    free = desk.moves[desk.moves["blocked_by"].isna() & (desk.moves["extra_eur"] > 0)].iloc[0]
    answer = kk.move(desk, free["work"], int(free["year"]))
    kk.accept(out, answer, note="a sentence for the trace")
    after = kk.take_up(out)
    row = after.programme.plan.set_index("work").loc[free["work"]]
    assert row["year"] == free["year"]
    assert row["why_en"].startswith(f"Fixed to {free['year']}")
    assert after.programme.trace.notes[-1] == "a sentence for the trace"
    assert after.programme.value["value_eur"] == pytest.approx(desk.value.total_eur + answer.weighted_cost_eur, abs=1)
    verdict = after.programme.verdict.set_index("demand")["kept"]
    assert verdict.all()
    assert kk.desk_of(out).problem.fixed["work"].isin([free["work"]]).any()
    for name in ("programma-intern.xlsx", "stadsprogramma-intern.pdf", "kaart-intern.html"):
        assert files(out)[f"intern/{name}"] != before[f"intern/{name}"]
    kk.undo(out)
    assert files(out) == before


def test_a_change_that_lasts_stands_in_the_city_folder_and_is_taken_back_with_it(steps: Path, tmp_path: Path):
    out, city = copied(steps / "eerst", tmp_path), tmp_path / "stad"
    city.mkdir()
    shutil.copy2(steps / "stad" / "koppelkans.toml", city)
    (city / "besluiten.toml").write_text("# van de raad\n", encoding="utf-8")
    before = files(city), files(out)
    desk = kk.desk_of(out)
    free = desk.moves[desk.moves["blocked_by"].isna() & (desk.moves["extra_eur"] > 0)].iloc[0]
    answer = kk.move(desk, free["work"], int(free["year"]))
    lines = lines_of(answer, note="verschoven")
    with pytest.raises(InputError, match="--city"):
        kk.accept(out, answer, note="moved", keep=Keep(tmp_path / "elders", lines))
    assert files(out) == before[1], "nothing changed where it cannot last"
    assert kk.accept(out, answer, note="moved", keep=Keep(city, lines)) == city / "besluiten.toml"
    assert (city / "besluiten.toml").read_text(encoding="utf-8") == f"# van de raad\n\n{lines}"
    decided = {one.work: one.year for one in read_settings(city).programme.decisions}
    assert decided[free["work"]] == free["year"]
    kk.undo(out, city=city)
    assert (files(city), files(out)) == before


def kept(folder: Path, lines: str) -> NewDecisions:
    """Return what becomes of besluiten.toml when lines are added, and add them."""
    made = _longer(Keep(folder, lines))
    made.file.write_text(made.after or "", encoding="utf-8")
    return made


def test_lines_that_somebody_changed_since_are_left_to_that_hand(tmp_path: Path):
    (tmp_path / "koppelkans.toml").touch()
    file = tmp_path / "besluiten.toml"
    assert kept(tmp_path, "# nieuw\n").before is None
    lasting = Lasting(str(file), "# nieuw\n", made=True)
    gone = _shorter(tmp_path, lasting)
    assert gone is not None
    assert gone.after is None, "a file that was made for it goes with it"
    file.write_text("# anders\n", encoding="utf-8")
    assert _shorter(tmp_path, lasting) is None


@pytest.mark.parametrize("before", ["", "# van de raad", "# van de raad\n", "# van de raad\n\n"])
def test_lines_are_taken_out_again_whatever_stood_there(tmp_path: Path, before: str):
    (tmp_path / "koppelkans.toml").touch()
    (tmp_path / "besluiten.toml").write_text(before, encoding="utf-8")
    made = kept(tmp_path, "# nieuw\n")
    lasting = Lasting("", (made.after or "")[len(before) :], made=False)
    again = _shorter(tmp_path, lasting)
    assert again is not None
    assert again.after == before


def changed_run(root: Path, lasting: object = None) -> Path:
    """Write what the folder of a run holds after one change, as far as undo looks at it."""
    out = root / "uit"
    texts = {"trace.json": "nieuw", "shelf/programme/facts.json": "nieuw", "shelf/context/facts.json": "blijft"}
    texts |= {"undo/0001/trace.json": "oud", "undo/0001/shelf/programme/facts.json": "oud"}
    texts |= {
        "intern/koppelkans-intern.json": "nieuw",
        "notitie.txt": "notitie",
        "undo/0001/geheim.txt": "niet van ons",
    }
    texts |= {"undo/0001/written.json": json.dumps(["../other", "/etc/hostname", str(root / "other" / "kostbaar")])}
    texts |= {} if lasting is None else {"undo/0001/lasting.json": json.dumps(lasting)}
    for name, text in texts.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    for name in ("other", "stad"):
        (root / name).mkdir()
        (root / name / "kostbaar").write_text("kostbaar", encoding="utf-8")
        (root / name / "koppelkans.toml").touch()
        (root / name / "besluiten.toml").write_text("# eerder\n\n# regel\n", encoding="utf-8")
    return out


UNDONE = {
    "trace.json": b"oud",
    "shelf/programme/facts.json": b"oud",
    "shelf/context/facts.json": b"blijft",
    "notitie.txt": b"notitie",
}


def test_undo_follows_no_name_that_stands_in_a_file(tmp_path: Path):
    out = changed_run(tmp_path)
    other = files(tmp_path / "other")
    assert kk.undo(out) == 0
    assert files(out) == UNDONE
    assert files(tmp_path / "other") == other


@pytest.mark.parametrize("named", [True, False], ids=["named", "not named"])
def test_undo_takes_lines_out_of_the_city_folder_that_is_named_and_of_no_other(tmp_path: Path, *, named: bool):
    lasting = {"file": str(tmp_path / "other" / "besluiten.toml"), "lines": "\n# regel\n", "made": False}
    out = changed_run(tmp_path, lasting)
    other = files(tmp_path / "other")
    kk.undo(out, city=tmp_path / "stad" if named else None)
    assert files(out) == UNDONE
    assert files(tmp_path / "other") == other
    text = (tmp_path / "stad" / "besluiten.toml").read_text(encoding="utf-8")
    assert text == ("# eerder\n" if named else "# eerder\n\n# regel\n")


def test_undo_of_a_copied_folder_asks_which_city_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    lasting = {"file": str(tmp_path / "other" / "besluiten.toml"), "lines": "\n# regel\n", "made": False}
    out, before = changed_run(tmp_path, lasting), files(tmp_path)

    def call(*words: object, said: str = "") -> Result:
        return CliRunner().invoke(app, ["undo", "--out", str(out), *map(str, words)], input=said)

    done = call("--json")
    assert done.exit_code == 1
    assert "--city" in done.stdout
    assert str(tmp_path / "other" / "besluiten.toml") in done.stdout
    monkeypatch.setattr(steer, "_has_terminal", lambda: True)
    assert call(said="nee\n").exit_code == 1
    assert call(said="\n").exit_code == 1
    assert files(tmp_path) == before
    done = call(said="ja\n")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "other" / "besluiten.toml").read_text(encoding="utf-8") == "# eerder\n"
    assert (tmp_path / "stad" / "besluiten.toml").read_text(encoding="utf-8") == "# eerder\n\n# regel\n"


HOSTILE = [
    {"file": "../other", "lines": ["x"], "made": True},
    {"file": 7, "lines": "x", "made": True},
    {"file": "x", "lines": "  ", "made": True},
    {"file": "x", "lines": "x", "made": "ja"},
    {"file": "x", "lines": "x", "made": True, "more": 1},
    ["../other"],
    None,
    "x" * 5_000_000,
]


@pytest.mark.parametrize("lasting", HOSTILE, ids=lambda told: str(told)[:40])
def test_a_note_of_another_shape_is_named_and_nothing_is_changed(tmp_path: Path, lasting: object):
    out = changed_run(tmp_path, lasting)
    (out / "undo" / "0001" / "lasting.json").write_text(json.dumps(lasting), encoding="utf-8")
    before = files(tmp_path)
    with pytest.raises(InputError, match=r"lasting\.json"):
        kk.undo(out, city=tmp_path / "stad")
    assert files(tmp_path) == before


def test_undo_with_links_in_what_was_kept_is_refused(tmp_path: Path):
    out = changed_run(tmp_path)
    (out / "undo" / "0001" / "kaart.html").symlink_to(tmp_path / "other" / "kostbaar")
    before = files(tmp_path)
    with pytest.raises(InputError, match="found a link"):
        kk.undo(out)
    assert files(tmp_path) == before


def test_a_change_of_a_programme_that_somebody_changed_since_is_refused(tmp_path: Path):
    folder = plain(tmp_path / "tables")
    since = mark_of(folder)
    first, second = kk.move(kk.desk_of(folder), "gas", 2028), kk.move(kk.desk_of(folder), "sewer", 2028)
    kk.accept(folder, first, note="first", since=since)
    before = files(folder)
    with pytest.raises(InputError, match="changed meanwhile"):
        kk.accept(folder, second, note="second", since=since)
    assert files(folder) == before


def test_a_shelf_of_before_the_programme_carried_its_problem_says_to_run_again(steps: Path, tmp_path: Path):
    out = copied(steps / "eerst", tmp_path)
    shutil.rmtree(out / "shelf" / "programme" / "problem")
    with pytest.raises(InputError, match="run` again"):
        kk.desk_of(out)
