"""A problem carries what people call things, what was assumed and what is outside."""

from pathlib import Path

import pandas as pd
import pytest

import hamlet_programme
import tiny_city
from koppelkans.ground.errors import InputError
from koppelkans.ground.shelf import load, save
from koppelkans.programme import Programme
from koppelkans.programme.problem import Problem, emptied
from koppelkans.programme.read_problem import make_problem, read_problem

WORKS = tiny_city.works(("a", 2027, 2027, 2028, 10, 0, 0, 20, True, False, False))


def test_plain_tables_are_given_and_called_by_their_keys():
    funds = pd.DataFrame({"fund": ["f"], "year": [2027], "budget_eur": [5]})
    tables = {"works": WORKS, "funds": funds.assign(carries_over=False)}
    problem = make_problem(tables, first_year=2027, years=2, discount_rate=0.0)
    assert problem.funds["basis"].tolist() == ["given"]
    assert problem.names["work"] == {"a": "a"}
    assert problem.names["fund"] == {"f": "f"}
    assert problem.outside.empty


def test_names_and_basis_of_plain_tables_are_read_and_another_word_is_told():
    named = make_problem({"works": WORKS.assign(name="Riool")}, first_year=2027, years=2, discount_rate=0.0)
    assert named.names["work"] == {"a": "Riool"}
    limits = pd.DataFrame({"limit": ["l"], "open_sections": [1], "basis": ["guessed"]})
    with pytest.raises(InputError, match="one of given, assumed"):
        make_problem({"works": WORKS, "limits": limits}, first_year=2027, years=2, discount_rate=0.0)


def test_a_programme_is_put_away_with_its_problem_which_can_be_solved_by_itself(tmp_path: Path):
    programme = hamlet_programme.scheduled()
    problem = programme.problem
    found = load(Programme, save(programme, tmp_path / "one")).problem
    plain = read_problem(tmp_path / "one" / "problem")
    for name in Problem.TABLES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(problem, name))
        pd.testing.assert_frame_equal(getattr(plain, name), getattr(problem, name))
    assert found.names == problem.names
    assert (found.first_year, found.years, found.discount_rate) == (2027, 10, problem.discount_rate)
    save(load(Programme, tmp_path / "one"), tmp_path / "two")
    for path in (tmp_path / "one").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()
    assert all(getattr(emptied(problem), name).empty for name in Problem.TABLES)


@pytest.mark.parametrize("gone", ["problem/problem.json", "problem/outside.parquet"])
def test_a_shelf_without_its_whole_problem_says_to_run_again(tmp_path: Path, gone: str):
    save(hamlet_programme.scheduled(), tmp_path)
    (tmp_path / gone).unlink()
    with pytest.raises(InputError, match="run` again"):
        load(Programme, tmp_path)
