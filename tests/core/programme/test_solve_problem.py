"""The door for plain tables, and the same cost as the judge of the bench where that is here."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import tiny_city
from koppelkans.ground.errors import NoProgrammeError, OutOfTimeError
from koppelkans.programme import solve_problem as module
from koppelkans.programme.problem import Problem
from koppelkans.programme.read_problem import make_problem
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve_problem import solve_problem

BENCH = Path(__file__).parents[4] / "shared" / "bench"


def city(*fixed: tuple[str, int]) -> Problem:
    return tiny_city.problem(
        years=2,
        works=tiny_city.works(("a", 2027, 2027, 2028, 10, 0, 1, 50, True, False, False)),
        payments=pd.DataFrame({"work": ["a"], "fund": ["f"], "share": [1.0]}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028], "budget_eur": 5, "carries_over": True}),
        fixed=tiny_city.pairs("work", "year", *fixed),
    )


def test_a_programme_comes_with_its_verdict():
    solved = solve_problem(city(), effort=Effort(seconds=5))
    assert solved.programme.to_numpy().tolist() == [["a", 2028]]
    assert solved.verdict["kept"].all()
    assert solved.gap == pytest.approx(0.0, abs=1e-9)


def test_clashing_demands_are_named_in_the_language_asked():
    with pytest.raises(NoProgrammeError) as told:
        solve_problem(city(("a", 2027)), effort=Effort(seconds=5), lang="nl", names={"work": {"a": "Riool"}})
    assert told.value.clashing == ("f heeft in 2027 € 5; gevraagd wordt € 10", "Riool is vastgezet op 2027")


def test_no_programme_in_time_says_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "optimise", lambda *_args, **_more: None)
    with pytest.raises(OutOfTimeError, match="allow more time"):
        solve_problem(city(), effort=Effort(seconds=5))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_cost_equals_the_judge_of_the_bench_to_the_euro(tmp_path: Path, seed: int):
    if not BENCH.exists():
        pytest.skip("the bench is not here")
    make = [sys.executable, str(BENCH / "make_problem.py"), "--sections", "60", "--out", str(tmp_path)]
    subprocess.run([*make, "--seed", str(seed)], check=True, capture_output=True)
    tables = {part.stem: pd.read_csv(part) for part in tmp_path.glob("*.csv")}
    facts = json.loads((tmp_path / "problem.json").read_text())
    problem = make_problem(
        tables, first_year=facts["first_year"], years=facts["years"], discount_rate=facts["discount_rate"]
    )
    solved = solve_problem(problem, effort=Effort(seconds=20, gap=0.02))
    solved.programme.to_csv(tmp_path / "programme.csv", index=False)
    judge = [sys.executable, str(BENCH / "oracle.py"), "judge", str(tmp_path), str(tmp_path / "programme.csv")]
    said = json.loads(subprocess.run(judge, check=True, capture_output=True, text=True).stdout)
    assert said["faults"] == 0
    assert said["cost_eur"] == round(solved.value.total_eur)
    assert solved.bound_eur <= solved.value.total_eur
