"""The page on the vision has the formulas of the code, and its worked example runs."""

import re
from pathlib import Path

from koppelkans.vision import wanted

PAGE = (Path(__file__).parents[2] / "docs" / "methods" / "vision.md").read_text(encoding="utf-8")


def test_the_formula_of_the_generic_level_is_that_of_the_code():
    assert f"$${wanted.FORMULA}$$" in PAGE


def test_the_worked_example_of_the_ambitieweb_runs():
    (example,) = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert "assert" in example
    exec(example, {})  # noqa: S102
