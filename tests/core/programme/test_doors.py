"""The door for a city and the door for plain tables are one search: on the same problem and effort they answer the same."""

import json
from pathlib import Path

import pandas as pd
import pytest

import hamlet_programme
from koppelkans.programme.problem import Problem
from koppelkans.programme.read_problem import read_problem
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve_problem import solve, solve_problem


def written(problem: Problem, folder: Path) -> Path:
    """Write the plain tables of a problem, as a user of `solve` hands them over: without works that are not put to the solver."""
    for name in Problem.TABLES:
        table = getattr(problem, name)
        plain = problem.sections["base_eur"].isna().all()
        unread = ["share"] if name == "touches" and plain else table.columns[table.isna().all()]
        if len(table) and not name.startswith("outside"):
            table.drop(columns=unread).to_csv(folder / f"{name}.csv", index=False)
    facts = ("first_year", "years", "discount_rate", "openings_paid")
    (folder / "problem.json").write_text(json.dumps({name: getattr(problem, name) for name in facts}))
    return folder


@pytest.mark.parametrize(("gap", "seed"), [(0.0, 1), (0.005, 2), (0.2, 1)])
def test_a_city_and_its_plain_tables_get_the_same_cost_and_bound(tmp_path: Path, gap: float, seed: int):
    city = hamlet_programme.scheduled(programme={"gap": gap, "seed": seed, "turns": 1})
    tables = read_problem(written(city.problem, tmp_path))
    plain = solve_problem(tables, effort=Effort(seconds=60.0, gap=gap, turns=1, seed=seed))
    assert round(plain.value.total_eur) == city.value["value_eur"]
    assert min(round(plain.bound_eur), round(plain.value.total_eur)) == city.value["bound_eur"]
    years = city.plan.dropna(subset=["year"])[["work", "year"]].astype({"year": "int64"})
    found = plain.programme.sort_values("work", ignore_index=True)
    pd.testing.assert_frame_equal(found, years.reset_index(drop=True), check_dtype=False)


def test_without_a_number_of_turns_a_proven_programme_is_the_same(tmp_path: Path):
    city = hamlet_programme.scheduled(programme={"gap": 0.0})
    plain = solve(read_problem(written(city.problem, tmp_path)), gap=0.0)
    assert (round(plain.value.total_eur), plain.status) == (city.value["value_eur"], city.value["status"])
