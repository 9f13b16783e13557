"""The text of each constraint: its formula, and the rows that it states for one small city.

The files beside this test are what a constraint says today. A change of a constraint shows in them; look whether it is
meant, then write them anew with `PYTHONPATH=tests python tests/golden/test_constraint_texts.py`.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.constraint import Constraint, state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.problem import Problem, pair_names
from koppelkans.programme.statement import SparseRows, Statement

FOLDER = Path(__file__).parent / "constraints"


def city() -> Problem:
    years = [2027, 2028]
    return tiny_city.problem(
        years=2,
        rate=0.0,
        works=tiny_city.works(
            ("paving", 2027, 2027, 2028, 100, 3, 5, 400, False, True, True),
            ("gas", 2027, 2027, 2028, 50, 0, 7, 90, True, False, False),
            ("green", 2028, 2028, 2028, 8, 0, 0, 20, False, False, False),
        ).assign(kind=["paving", "gas", "green"]),
        sections=tiny_city.sections(("s", 20, 4, 2, 30), ("t", 10, 2, 2, 30)),
        touches=tiny_city.pairs("work", "section", ("paving", "s"), ("gas", "s"), ("gas", "t")),
        payments=pd.DataFrame({"work": ["paving", "gas", "gas"], "fund": ["roads", "gas", "roads"], "share": [1, 0.8, 0.2]}),
        funds=pd.DataFrame(
            {"fund": ["roads", "roads", "gas", "gas"], "year": years * 2, "budget_eur": [90, 40, 45, 45],
             "carries_over": [True, True, False, False]}
        ),
        efforts=pd.DataFrame({"work": ["paving", "green"], "crew": "civil", "hours": [30, 4]}),
        crews=pd.DataFrame({"crew": "civil", "year": years, "hours": 32}),
        limits=pd.DataFrame({"limit": ["district"], "open_sections": [1]}),
        limit_members=tiny_city.pairs("limit", "section", ("district", "s"), ("district", "t")),
        fixed=tiny_city.pairs("work", "year", ("green", 2027)),
        excluded=tiny_city.pairs("work", "year", ("gas", 2028)),
        ties=pd.DataFrame({"work": ["gas", "green"], "other": "paving", "least_years": 0, "most_years": [0, 1]}),
        promises=pd.DataFrame({"work": ["gas"], "year": [2027], "move_eur": [6]}),
        joints=pd.DataFrame({"work": ["paving"], "other": ["gas"], "saving_eur": [9]}),
        fund_rules=pd.DataFrame({"fund": ["roads"], "kind": ["paving"]}),
    )  # fmt: skip


def names(said: Statement) -> list[str]:
    """Return what people would call each variable."""
    indexed = said.indexed
    years = indexed.option_year + indexed.problem.first_year
    work = indexed.problem.works["work"].to_numpy()[indexed.option_work]
    found = [f"does[{name},{year}]" for name, year in zip(work, years, strict=True)]
    for kind, (_, section, year) in said.places.items():
        pairs = pair_names(indexed.problem.joints) if kind == "missed" else indexed.problem.sections["section"]
        place = pairs.to_numpy()[section]
        found += [f"{kind}[{name},{at + indexed.problem.first_year}]" for name, at in zip(place, year, strict=True)]
    return found


def line(rows: SparseRows, at: int, called: list[str]) -> str:
    """Return one row as a line of text."""
    row = rows.matrix[[at]].tocoo()
    terms = " ".join(f"{factor:+g} {called[column]}" for column, factor in sorted(zip(row.col, row.data, strict=True)))
    return f"{terms} <= {rows.upper[at] + 0.0:g}" if np.isfinite(rows.upper[at]) else f"{terms} >= {rows.lower[at]:g}"


def text(constraint: Constraint) -> str:
    """Return formula and rows of a constraint."""
    said = state(index_problem(city()), CONSTRAINTS)
    rows, called = said.rows(), names(said)
    lines, at = [f"{constraint.name}: {constraint.nl} / {constraint.en}", constraint.formula, ""], 0
    for block in said.told:
        if block.constraint == constraint.name:
            about = [""] * block.rows if block.about is None else [f"   ({name})" for name in block.about]
            lines += [line(rows, at + step, called) + about[step] for step in range(block.rows)]
        at += block.rows
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda piece: piece.name)
def test_a_constraint_says_what_it_said(constraint: Constraint):
    assert text(constraint) == (FOLDER / f"{constraint.name}.txt").read_text(encoding="utf-8")


def test_no_text_is_left_of_a_constraint_that_went():
    assert {path.stem for path in FOLDER.glob("*.txt")} == {piece.name for piece in CONSTRAINTS}


if __name__ == "__main__":
    for piece in CONSTRAINTS:
        (FOLDER / f"{piece.name}.txt").write_text(text(piece), encoding="utf-8")
