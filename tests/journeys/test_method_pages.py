"""The pages on methods name every piece with its formula and unit, and their worked example runs."""

import re
from pathlib import Path

import pytest

from koppelkans.appraisal import needs, risk, together, worths
from koppelkans.appraisal.effect import Effect
from koppelkans.appraisal.effects import EFFECTS
from koppelkans.rules import openings
from koppelkans.weighing import scoring, weights
from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.criterion import Criterion
from koppelkans.weighing.method import Method
from koppelkans.weighing.methods import METHODS

DOCS = Path(__file__).parents[2] / "docs" / "methods"
APPRAISAL = (DOCS / "appraisal.md").read_text(encoding="utf-8")
WEIGHING = (DOCS / "weighing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda piece: piece.name)
def test_an_effect_stands_in_the_page_with_formula_unit_and_figures(effect: Effect):
    section = APPRAISAL.partition(f"### `{effect.name}`: {effect.nl}\n")[2].partition("\n### ")[0]
    assert f"$${effect.formula}$$" in section
    assert effect.unit in section
    assert all(f"`{name}`" in section for name in effect.figures)


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda piece: piece.name)
def test_a_criterion_stands_in_the_page_with_formula_unit_and_source(criterion: Criterion):
    section = WEIGHING.partition(f"#### `{criterion.name}`: {criterion.nl}\n")[2].partition("\n#### ")[0]
    assert f"$${criterion.formula}$$" in section
    assert f"- Unit: {criterion.unit}; {criterion.better} is better." in section
    assert criterion.source in section


@pytest.mark.parametrize("method", METHODS, ids=lambda piece: piece.name)
def test_a_method_stands_in_the_page_with_formula_and_literature(method: Method):
    section = WEIGHING.partition(f"### `{method.name}`: {method.nl}\n")[2].partition("\n### ")[0]
    assert f"$${method.formula}$$" in section
    assert method.source in section


def test_the_formulas_of_the_rooms_are_those_of_the_code():
    for formula in (openings.FORMULA, needs.FORMULA, risk.FORMULA, together.FORMULA):
        assert f"$${formula}$$" in APPRAISAL
    assert all(f"- `{name}`: ${formula}$" in APPRAISAL for name, formula in worths.FORMULAS.items())
    assert all(f"$${formula}$$" in WEIGHING for formula in (scoring.FORMULA, weights.FORMULA))


def test_the_worked_example_of_the_weighing_runs():
    (example,) = re.findall(r"^```python\n(.*?)^```$", WEIGHING, flags=re.MULTILINE | re.DOTALL)
    assert "assert" in example
    exec(example, {})  # noqa: S102
