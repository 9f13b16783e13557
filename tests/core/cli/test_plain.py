"""From plain tables to a programme, as a person types it."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from koppelkans.cli import app

BENCH = Path(__file__).parents[4] / "shared" / "bench"
WORKS = """\
work,owner,earliest_year,best_year,latest_year,cost_eur,early_eur_per_year,late_eur_per_year,undone_eur,digs,resurfaces
gas,gas,2027,2027,2028,20,4,5,90,True,False
sewer,sewer,2027,2028,2028,30,4,5,90,True,False
"""


def folder(path: Path, **tables: str) -> Path:
    for name, text in ({"works": WORKS} | tables).items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    facts = {"first_year": 2027, "years": 2, "discount_rate": 0.0}
    (path / "problem.json").write_text(json.dumps(facts), encoding="utf-8")
    return path


def call(path: Path, *words: object) -> Result:
    return CliRunner().invoke(app, ["solve", str(path), "--out", str(path / "uit" / "programme.csv"), *map(str, words)])


def test_solve_writes_the_programme_and_prints_one_line(tmp_path: Path):
    """The street opens once (50) in 2027, the sewer a year early (4): in 2028 gas would be late (5) and its promise moved (1)."""
    sections = "section,district,opening_eur,nuisance_eur,rest_years,breach_eur\ns,d,40,10,5,0\n"
    touches = "work,section\ngas,s\nsewer,s\n"
    promises = "work,year,move_eur\ngas,2027,1\n"
    done = call(folder(tmp_path, sections=sections, touches=touches, promises=promises), "--seconds", 20, "--gap", 0)
    assert done.exit_code == 0, done.output
    assert pd.read_csv(tmp_path / "uit" / "programme.csv").to_dict("list") == {
        "work": ["gas", "sewer"],
        "year": [2027, 2027],
    }
    line = json.loads(done.stdout)
    assert line.pop("seconds") >= 0
    assert line == {
        "works": 2, "done": 2, "cost_eur": 20 + 30 + 4 + 50, "bound_eur": 104, "gap": 0.0, "faults": [], "moved": [],
    }  # fmt: skip


def test_a_promise_that_is_moved_is_told(tmp_path: Path):
    done = call(folder(tmp_path, promises="work,year,move_eur\nsewer,2027,1\n"))
    assert json.loads(done.stdout)["moved"] == [{"work": "sewer", "promised_year": 2027, "year": 2028, "move_eur": 1.0}]


def test_bad_rows_end_with_exit_code_1_and_their_place(tmp_path: Path):
    done = call(folder(tmp_path, works=WORKS.replace("2028,30", "2026,-30")))
    assert done.exit_code == 1
    faults = json.loads(done.stdout.strip().splitlines()[-1])["faults"]
    assert [(fault["where"], fault["row"], fault["column"]) for fault in faults] == [("works.csv", 2, "cost_eur")]


def test_demands_that_clash_are_named(tmp_path: Path):
    tables = {
        "fixed": "work,year\ngas,2027\n",
        "excluded": "work,year\ngas,2027\n",
    }
    done = call(folder(tmp_path, **tables))
    assert done.exit_code == 1
    told = json.loads(done.stdout.strip().splitlines()[-1])
    assert len(told["clashing"]) == 2
    assert told["demands"] == [{"constraint": kind, "about": "gas"} for kind in ("excluded", "fixed")]
    assert "Deze eisen kunnen niet samen:" in done.stderr
    assert "- gas is vastgezet op 2027" in done.stderr


def test_one_year_one_euro_and_a_billion_with_shares_that_do_not_add_up(tmp_path: Path):
    """Only three tenths of the dear work are asked of a fund, which holds just that; the cheap one opens no street: 1,000,000,000 + 1."""
    works = (
        WORKS.splitlines()[0]
        + "\ndear,a,2027,2027,2030,1000000000,0,0,4000000000,1,1\ncheap,a,2026,2027,2027,1,0,0,2,0,0\n"
    )
    sections = "section,opening_eur,nuisance_eur,rest_years,breach_eur\ns,0,0,30,5\n"
    tables = {
        "works": works,
        "sections": sections,
        "touches": "work,section\ndear,s\n",
        "payments": "work,fund,share\ndear,f,0.3\ncheap,f,0\n",
        "funds": "fund,year,budget_eur,carries_over\nf,2027,300000000,0\n",
    }
    path = folder(tmp_path, **tables)
    (path / "problem.json").write_text('{"first_year": 2027, "years": 1, "discount_rate": 0.0225}')
    line = json.loads(call(path, "--gap", 0).stdout)
    assert (line["cost_eur"], line["bound_eur"], line["done"], line["faults"]) == (1_000_000_001, 1_000_000_001, 2, [])
    (path / "funds.csv").write_text("fund,year,budget_eur,carries_over\nf,2027,299999999,0\n")
    assert json.loads(call(path, "--gap", 0).stdout)["cost_eur"] == 4_000_000_001


def test_the_command_agrees_with_the_judge_of_the_bench_to_the_euro(tmp_path: Path):
    if not BENCH.exists():
        pytest.skip("the bench is not here")
    make = [sys.executable, str(BENCH / "make_problem.py"), "--sections", "40", "--tight", "1.0", "--years", "6"]
    subprocess.run([*make, "--out", str(tmp_path)], check=True, capture_output=True)
    line = json.loads(call(tmp_path, "--seconds", 10, "--gap", 0.01).stdout)
    judge = [sys.executable, str(BENCH / "oracle.py"), "judge", str(tmp_path), str(tmp_path / "uit" / "programme.csv")]
    said = json.loads(subprocess.run(judge, check=True, capture_output=True, text=True).stdout)
    assert said["faults"] == 0
    assert said["cost_eur"] == line["cost_eur"]
