"""The page on sampled futures has the formulas of the code, and its worked example runs."""

import re
from pathlib import Path

from koppelkans.programme.futures import draw

PAGE = (Path(__file__).parents[2] / "docs" / "methods" / "futures.md").read_text(encoding="utf-8")


def test_the_formulas_are_those_of_the_code():
    assert all(f"$${formula}$$" in PAGE for formula in draw.FORMULAS.values())


def test_the_worked_example_runs():
    (example,) = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert "assert" in example
    exec(example, {})  # noqa: S102
