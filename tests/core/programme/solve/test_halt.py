"""Ctrl-C hands over the best so far with its bound, and an untouched halt changes nothing."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.solve.highs import Effort, Halt, until_interrupted
from koppelkans.programme.solve_problem import solve_problem


def city():
    rows = [(f"w{at}", 2027, 2027 + at % 3, 2029, 10 + at, 1, 2, 50, True, at % 4 == 0, False) for at in range(12)]
    places = [(f"s{at}", 5, 1, 2, 4) for at in range(6)]
    touches = [(f"w{at}", f"s{(at + step) % 6}") for at in range(12) for step in (0, 1)]
    return tiny_city.problem(
        works=tiny_city.works(*rows),
        sections=tiny_city.sections(*places),
        touches=tiny_city.pairs("work", "section", *touches),
    )


def test_who_was_asked_before_hands_over_what_there_is_with_a_valid_bound():
    halt = Halt()
    halt.ask()
    found = solve_problem(city(), effort=Effort(seconds=60.0, halt=halt))
    best = solve_problem(city(), effort=Effort(seconds=60.0))
    assert found.verdict["kept"].all()
    assert found.bound_eur <= best.value.total_eur + 1e-6
    assert found.value.total_eur >= best.value.total_eur - 1e-6


def test_a_halt_that_nobody_asks_changes_nothing():
    plain = solve_problem(city(), effort=Effort(seconds=60.0))
    heard = solve_problem(city(), effort=Effort(seconds=60.0, halt=Halt()))
    assert heard.programme.equals(plain.programme)
    assert heard.bound_eur == plain.bound_eur


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_is_heard_by_the_job_that_runs_apart():
    halt = Halt()

    def job() -> str:
        threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        began = time.monotonic()
        while not halt.asked and time.monotonic() < began + 20.0:
            time.sleep(0.01)
        return "the best so far"

    began = time.monotonic()
    assert until_interrupted(job, halt) == "the best so far"
    assert halt.asked
    assert time.monotonic() < began + 15.0


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_on_the_command_line_writes_the_best_so_far(tmp_path: Path):
    """A city in which nothing is proven for a long time: gap 0 and 240 works that meet in 60 sections."""
    rng = range(240)
    works = pd.DataFrame(
        {
            "work": rng, "owner": "a", "earliest_year": 2027, "best_year": [2027 + at % 12 for at in rng], "latest_year": 2040,
            "cost_eur": [1000 + 37 * at for at in rng], "early_eur_per_year": [3 + at % 7 for at in rng],
            "late_eur_per_year": [5 + at % 11 for at in rng], "undone_eur": [2500 + 90 * at for at in rng],
            "digs": True, "resurfaces": [at % 3 == 0 for at in rng],
        }
    )  # fmt: skip
    works.to_csv(tmp_path / "works.csv", index=False)
    pd.DataFrame(
        {"section": range(60), "opening_eur": 700, "nuisance_eur": 90, "rest_years": 5, "breach_eur": 800}
    ).to_csv(tmp_path / "sections.csv", index=False)
    met = [(at, (at * 7 + step * 13) % 60) for at in rng for step in (0, 1)]
    pd.DataFrame(met, columns=["work", "section"]).to_csv(tmp_path / "touches.csv", index=False)
    pd.DataFrame({"work": rng, "fund": "f", "share": 1.0}).to_csv(tmp_path / "payments.csv", index=False)
    pd.DataFrame({"fund": "f", "year": range(2027, 2041), "budget_eur": 60_000, "carries_over": 1}).to_csv(
        tmp_path / "funds.csv", index=False
    )
    (tmp_path / "problem.json").write_text('{"first_year": 2027, "years": 14, "discount_rate": 0.02}')
    words = ["solve", str(tmp_path), "--out", str(tmp_path / "p.csv"), "--gap", "0", "--seconds", "500", "--verbose"]
    running = subprocess.Popen(
        [sys.executable, "-m", "koppelkans.cli", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"COLUMNS": "200"},
    )
    for told in running.stderr:  # until the search has begun
        if "stated" in told:
            break
    time.sleep(1.0)
    running.send_signal(signal.SIGINT)
    told, _ = running.communicate(timeout=120.0)
    line = json.loads(told)
    assert running.returncode == 0
    assert line["faults"] == []
    assert line["bound_eur"] <= line["cost_eur"]
    assert len(pd.read_csv(tmp_path / "p.csv")) == line["done"]
