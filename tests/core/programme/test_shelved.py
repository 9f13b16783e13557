from pathlib import Path

import pandas as pd
import pytest

import hamlet_programme
from koppelkans.ground.errors import InputError
from koppelkans.programme.problem import Problem
from koppelkans.programme.read_folder import read_problem
from koppelkans.programme.shelved import put_framed, take_framed


def test_what_was_put_away_comes_back_the_same_and_twice_gives_the_same_bytes(tmp_path: Path):
    framed = hamlet_programme.framed()
    put_framed(framed, tmp_path / "one")
    found = take_framed(tmp_path / "one")
    for name in Problem.TABLES:
        pd.testing.assert_frame_equal(getattr(found.problem, name), getattr(framed.problem, name))
    for name in ("payments", "budgets", "hours", "limits"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(framed, name))
    pd.testing.assert_frame_equal(found.decided.fixed, framed.decided.fixed)
    pd.testing.assert_series_equal(found.outside, framed.outside, check_names=False)
    pd.testing.assert_series_equal(found.costs, framed.costs, check_names=False)
    assert found.names == framed.names
    put_framed(found, tmp_path / "two")
    ones = {path.relative_to(tmp_path / "one"): path.read_bytes() for path in (tmp_path / "one").rglob("*.*")}
    twos = {path.relative_to(tmp_path / "two"): path.read_bytes() for path in (tmp_path / "two").rglob("*.*")}
    assert ones == twos


def test_the_folder_is_a_folder_of_plain_tables_too(tmp_path: Path):
    framed = hamlet_programme.framed()
    found = read_problem(put_framed(framed, tmp_path))
    pd.testing.assert_frame_equal(found.works, framed.problem.works)


def test_a_folder_without_a_problem_is_told(tmp_path: Path):
    with pytest.raises(InputError, match="run again"):
        take_framed(tmp_path)


def test_a_problem_of_an_older_version_says_which_table_it_lacks(tmp_path: Path):
    put_framed(hamlet_programme.framed(), tmp_path)
    (tmp_path / "around" / "joints.parquet").unlink()
    with pytest.raises(InputError, match="no table joints"):
        take_framed(tmp_path)
