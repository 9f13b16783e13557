"""The page on the programme names every constraint with its formula, and its worked example runs."""

import re
from pathlib import Path

import pytest

from koppelkans.programme.constraint import Constraint
from koppelkans.programme.constraints import CONSTRAINTS

PAGE = (Path(__file__).parents[2] / "docs" / "methods" / "programme.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda piece: piece.name)
def test_a_constraint_stands_in_the_page_with_its_formula(constraint: Constraint):
    section = PAGE.partition(f"### `{constraint.name}`: {constraint.nl}\n")[2].partition("\n### ")[0]
    assert f"$${constraint.formula}$$" in section


@pytest.mark.parametrize("example", re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL))
def test_the_worked_examples_of_the_programme_run(example: str):
    assert "assert" in example
    exec(example, {})  # noqa: S102
