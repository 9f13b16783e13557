"""The page on the vision has the formulas of the code, and its worked example runs."""

import re
from pathlib import Path

import pytest

from koppelkans.vision import webs

PAGE = (Path(__file__).parents[2] / "docs" / "methods" / "vision.md").read_text(encoding="utf-8")


def test_the_formula_of_the_generic_level_is_that_of_the_code():
    assert f"$${webs.FORMULA}$$" in PAGE


EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=["effects", "ambitieweb"])
def test_the_worked_examples_of_effects_and_of_the_ambitieweb_run(example: str):
    assert "assert" in example
    exec(example, {})  # noqa: S102
