"""A change is taken whole and taken back byte for byte, for a folder of plain tables and for the folder of a run."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import koppelkans as kk
import tiny_city
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import read_settings
from koppelkans.programme.decision_lines import lines_of
from koppelkans.steering import _last_no_more, _make_last


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


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
    assert again.problem.fixed.to_dict("list") == {"work": ["gas"], "year": [2028]}
    assert again.value.total_eur - kk.desk_of(plain(tmp_path / "old")).value.total_eur == answer.price_eur == 2.0
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


def test_a_change_of_a_run_moves_the_plan_and_every_report_and_comes_back_byte_for_byte(
    town_run: tuple[kk.Plan, Path], tmp_path: Path
):
    plan, run = town_run
    out = Path(shutil.copytree(run, tmp_path / "uit"))
    before = files(out)
    desk = kk.desk_of(out)
    assert round(desk.value.total_eur) == plan.programme.value["value_eur"]
    free = desk.moves[desk.moves["blocked_by"].isna() & (desk.moves["extra_eur"] > 0)].iloc[0]
    answer = kk.move(desk, free["work"], int(free["year"]))
    kk.accept(out, answer, note="a sentence for the trace")
    after = kk.take_up(out)
    row = after.programme.plan.set_index("work").loc[free["work"]]
    assert row["year"] == free["year"]
    assert row["why_en"].startswith(f"Fixed to {free['year']}")
    assert after.programme.trace.notes[-1] == "a sentence for the trace"
    assert after.programme.value["value_eur"] == pytest.approx(desk.value.total_eur + answer.price_eur, abs=1)
    assert after.programme.verdict["kept"].all()
    assert kk.desk_of(out).problem.fixed["work"].isin([free["work"]]).any()
    assert files(out)["koppelkans.json"] != before["koppelkans.json"]
    kk.undo(out)
    assert files(out) == before


def test_a_change_that_lasts_stands_in_the_city_folder_and_is_taken_back_with_it(
    town_run: tuple[kk.Plan, Path], town: Path, tmp_path: Path
):
    _, run = town_run
    out, city = Path(shutil.copytree(run, tmp_path / "uit")), tmp_path / "stad"
    city.mkdir()
    shutil.copy2(town / "koppelkans.toml", city)
    (city / "besluiten.toml").write_text("# van de raad\n", encoding="utf-8")
    before = files(city), files(out)
    desk = kk.desk_of(out)
    free = desk.moves[desk.moves["blocked_by"].isna() & (desk.moves["extra_eur"] > 0)].iloc[0]
    answer = kk.move(desk, free["work"], int(free["year"]))
    lines = lines_of(answer, note="verschoven")
    with pytest.raises(InputError, match="--city"):
        kk.accept(out, answer, note="moved", lines=lines, city=tmp_path)
    assert files(out) == before[1], "nothing changed where it cannot last"
    assert kk.accept(out, answer, note="moved", lines=lines, city=city) == city / "besluiten.toml"
    assert (city / "besluiten.toml").read_text(encoding="utf-8") == f"# van de raad\n\n{lines}"
    decided = {one.work: one.year for one in read_settings(city).programme.decisions}
    assert decided[free["work"]] == free["year"]
    kk.undo(out)
    assert (files(city), files(out)) == before


def test_lines_that_somebody_changed_since_are_left_to_that_hand(tmp_path: Path):
    out, file = tmp_path / "uit", tmp_path / "besluiten.toml"
    kept = out / "undo" / "0001"
    kept.mkdir(parents=True)
    _make_last(out, file, "# nieuw\n")
    assert file.read_text(encoding="utf-8") == "# nieuw\n"
    file.write_text("# anders\n", encoding="utf-8")
    _last_no_more(kept / "lasting.json")
    assert file.read_text(encoding="utf-8") == "# anders\n"
    file.unlink()
    _make_last(out, file, "# nieuw\n")
    _last_no_more(kept / "lasting.json")
    assert not file.exists(), "a file that was made for it goes with it"


def test_a_shelf_of_before_is_framed_again(town_run: tuple[kk.Plan, Path], tmp_path: Path):
    _, run = town_run
    out = Path(shutil.copytree(run, tmp_path / "uit"))
    shutil.rmtree(out / "shelf" / "problem")
    pd.testing.assert_frame_equal(kk.desk_of(out).problem.works, kk.desk_of(run).problem.works)
