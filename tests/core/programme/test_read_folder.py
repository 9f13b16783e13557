"""A folder of plain tables: every way to write it, and every way to get it wrong."""

import json
from pathlib import Path

import pandas as pd
import pytest

from koppelkans.ground.errors import InputError
from koppelkans.programme.read_problem import read_problem

WORKS = """\
work,owner,earliest_year,best_year,latest_year,cost_eur,early_eur_per_year,late_eur_per_year,undone_eur,digs,resurfaces
007,sewer,2027,2027,2028,100.5,0,3,400,True,True
8,NA,2027,2028,2028,50,2,0,90,1,0
"""
FACTS = {"first_year": 2027, "years": 2, "discount_rate": 0.0225, "seed": 1}
FUNDS = "fund,year,budget_eur,carries_over\nf,2027,5,1\nf,2028,5,1\n"


def folder(path: Path, *, facts: object = FACTS, **tables: str) -> Path:
    for name, text in ({"works": WORKS} | tables).items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    (path / "problem.json").write_text(json.dumps(facts), encoding="utf-8")
    return path


def faults(path: Path) -> list[tuple[str, str, int | None]]:
    with pytest.raises(InputError) as told:
        read_problem(path)
    return [(fault.where, fault.column, fault.row) for fault in told.value.faults]


def test_works_and_the_facts_are_enough_and_other_files_are_passed_over(tmp_path: Path):
    problem = read_problem(folder(tmp_path, wishes="a,b\n1,2\n"))
    assert (problem.first_year, problem.years, problem.discount_rate) == (2027, 2, 0.0225)
    assert problem.works["work"].tolist() == ["007", "8"]
    assert problem.works["owner"].tolist() == ["sewer", "NA"]
    assert problem.works[["cost_eur", "digs"]].to_numpy().tolist() == [[100.5, True], [50.0, True]]
    assert problem.sections.empty


def test_a_table_may_be_parquet_and_its_names_numbers(tmp_path: Path):
    touches = pd.DataFrame({"work": [8], "section": [3]})
    sections = pd.DataFrame({"section": [3], "opening_eur": 1, "nuisance_eur": 1, "rest_years": 0, "breach_eur": 1})
    folder(tmp_path)
    touches.to_parquet(tmp_path / "touches.parquet")
    sections.to_parquet(tmp_path / "sections.parquet")
    assert read_problem(tmp_path).touches.to_numpy().tolist() == [["8", "3", 1.0]]


def test_a_dutch_spreadsheet_writes_semicolons_and_decimal_commas(tmp_path: Path):
    dutch = "\ufeff" + WORKS.replace(",", ";").replace("100.5", "100,5")
    assert read_problem(folder(tmp_path, works=dutch)).works["cost_eur"].tolist() == [100.5, 50.0]


def test_a_point_that_may_stand_between_thousands_is_not_guessed_at(tmp_path: Path):
    dutch = WORKS.replace(",", ";").replace("100.5", "300.000")
    assert faults(folder(tmp_path, works=dutch)) == [("works.csv", "cost_eur", 1)]


def test_a_bad_row_is_named_by_file_row_and_column(tmp_path: Path):
    payments = "work,fund,share\n007,f,1\n9,f,half\n,f,1\n"
    assert faults(folder(tmp_path, payments=payments, funds=FUNDS)) == [
        ("payments.csv", "work", 3),
        ("payments.csv", "share", 2),
        ("payments.csv", "work", 2),
        ("payments.csv", "work", 3),
    ]


def test_a_work_needs_its_columns(tmp_path: Path):
    assert faults(folder(tmp_path, works="work,owner\n1,a\n"))[0] == ("works.csv", "earliest_year", None)


@pytest.mark.parametrize(
    ("facts", "columns"),
    [
        ({}, ["first_year", "years", "discount_rate"]),
        ([1], ["first_year", "years", "discount_rate"]),
        (FACTS | {"years": 1.5}, ["years"]),
        (FACTS | {"first_year": "2027"}, ["first_year"]),
        (FACTS | {"discount_rate": True}, ["discount_rate"]),
        (FACTS | {"discount_rate": float("nan")}, ["discount_rate"]),
        (FACTS | {"years": 0}, ["years"]),
        (FACTS | {"discount_rate": -1}, ["discount_rate"]),
    ],
)
def test_facts_that_cannot_be_are_faults(tmp_path: Path, facts: object, columns: list[str]):
    assert faults(folder(tmp_path, facts=facts)) == [("problem.json", column, None) for column in columns]


def test_what_is_not_there_or_cannot_be_read_is_a_fault(tmp_path: Path):
    assert faults(tmp_path / "nowhere") == [(str(tmp_path / "nowhere"), "", None)]
    assert faults(tmp_path) == [("problem.json", "", None), ("works.csv", "", None)]
    folder(tmp_path, sections="", crews='crew,year,hours\n"a')
    (tmp_path / "touches.csv").write_bytes(b"work,section\n\xff\xfe,1\n")
    (tmp_path / "limits.parquet").write_bytes(b"no parquet")
    (tmp_path / "works.parquet").write_bytes(b"")
    (tmp_path / "problem.json").write_text("{", encoding="utf-8")
    assert [where for where, _, _ in faults(tmp_path)] == [
        "problem.json", "works", "sections.csv", "touches.csv", "crews.csv", "limits.parquet",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["works.csv", "problem.json"])
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, name: str):
    folder(tmp_path)
    elsewhere = tmp_path.parent / f"{tmp_path.name}-{name}"
    (tmp_path / name).rename(elsewhere)
    (tmp_path / name).symlink_to(elsewhere)
    with pytest.raises(InputError, match="a link to a file outside the folder"):
        read_problem(tmp_path)
