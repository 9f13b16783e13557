"""The page on who pays and who gains holds the formulas of the code, and its worked examples run."""

import re
from pathlib import Path

import pytest

from koppelkans.appraisal.financing import capital, holders, mix, picker, prefinancing, transfers

PAGE = (Path(__file__).parents[2] / "docs" / "methods" / "financing.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "part", [holders, transfers, mix, capital, prefinancing, picker], ids=lambda part: part.__name__
)
def test_the_formula_of_the_code_stands_in_the_page(part: object):
    assert f"$${part.FORMULA}$$" in PAGE  # type: ignore[attr-defined]


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_a_worked_example_runs(example: str):
    assert "assert" in example
    exec(example, {})  # noqa: S102


def test_the_sources_of_the_rules_of_transfers_are_named():
    assert all(name in PAGE and name in transfers.SOURCE for name in ("Kaldor", "Hicks", "Driessen"))
