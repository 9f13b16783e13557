"""The pages on methods name every piece with its formula and unit, and their worked example runs."""

import re
import tomllib
from pathlib import Path

import pytest

from koppelkans.appraisal import needs, risk
from koppelkans.appraisal.appraise import TOGETHER_FORMULA, WORTH_FORMULAS
from koppelkans.appraisal.business import (
    extras,
    footing,
    lives,
    montecarlo,
    npv,
    outcome,
    sensitivity,
    ssk,
)
from koppelkans.appraisal.effect import Effect
from koppelkans.appraisal.effects import EFFECTS
from koppelkans.ground.settings import make_settings
from koppelkans.rules import openings
from koppelkans.weighing import flips, groups, sampling, tree, valuing
from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.criterion import Criterion
from koppelkans.weighing.elicit import Elicitor
from koppelkans.weighing.elicitation import ELICITORS
from koppelkans.weighing.framing import framed
from koppelkans.weighing.method import Method
from koppelkans.weighing.methods import METHODS

DOCS = Path(__file__).parents[2] / "docs" / "methods"
APPRAISAL = (DOCS / "appraisal.md").read_text(encoding="utf-8")
BUSINESS = (DOCS / "business.md").read_text(encoding="utf-8")
WEIGHING = (DOCS / "weighing.md").read_text(encoding="utf-8")

BUSINESS_FORMULAS = (
    extras.FORMULA, lives.FORMULA, lives.RESIDUAL_FORMULA, npv.FORMULA, npv.STREAM_FORMULA, outcome.RATIO_FORMULA,
    sensitivity.FORMULA, montecarlo.FORMULA, ssk.FORMULA, footing.BREACH_FORMULA, footing.TRENCH_FORMULA,
    montecarlo.PERT_FORMULA, montecarlo.LOGNORMAL_FORMULA, montecarlo.COPULA_FORMULA, sensitivity.SHIFT_FORMULA,
)  # fmt: skip


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


@pytest.mark.parametrize("piece", [*METHODS, *ELICITORS], ids=lambda piece: piece.name)
def test_a_method_and_a_way_of_asking_have_a_page_with_formula_literature_and_a_link(piece: Method | Elicitor):
    page = (DOCS / "weighing" / f"{piece.name}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# `{piece.name}`: {piece.nl}\n")
    assert f"$${piece.formula}$$" in page
    assert piece.source in page
    assert f"(weighing/{piece.name}.md)" in WEIGHING


@pytest.mark.parametrize("page", sorted((DOCS / "weighing").glob("*.md")), ids=lambda page: page.stem)
def test_every_page_of_the_weighing_has_an_example_that_runs(page: Path):
    examples = re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert "assert" in "".join(examples)
    exec("".join(examples), {})  # noqa: S102


def test_settings_on_the_pages_of_the_weighing_can_be_used():
    guide = DOCS.parent / "user" / "handleiding.md"
    pages = (DOCS / "weighing.md", *(DOCS / "weighing").glob("*.md"))
    texts = [page.read_text(encoding="utf-8") for page in pages]
    texts.append(guide.read_text(encoding="utf-8").partition("## De afweging")[2].partition("\n## ")[0])
    found = [
        block for text in texts for block in re.findall(r"^```toml\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    ]
    assert len(found) >= 14
    for block in found:
        framed(make_settings({"city": {"name": "x"}} | tomllib.loads(block)).weighing, CRITERIA)


def test_the_formulas_of_the_rooms_are_those_of_the_code():
    for formula in (openings.FORMULA, needs.FORMULA, risk.FORMULA, TOGETHER_FORMULA):
        assert f"$${formula}$$" in APPRAISAL
    assert all(f"- `{name}`: ${formula}$" in APPRAISAL for name, formula in WORTH_FORMULAS.items())
    assert all(f"$${formula}$$" in WEIGHING for formula in (valuing.FORMULA, tree.FORMULA))
    for page, formulas in (
        ("values", (valuing.PIECEWISE, valuing.THRESHOLD)),
        ("groups", (groups.AGREEMENT_FORMULA, groups.AGREEMENT_SOURCE)),
        ("sensitivity", (sampling.FORMULA, sampling.SOURCE, flips.FORMULA, flips.SOURCE)),
    ):
        text = (DOCS / "weighing" / f"{page}.md").read_text(encoding="utf-8")
        assert all(formula in text for formula in formulas)
    assert all(f"$${formula}$$" in BUSINESS for formula in BUSINESS_FORMULAS)


def test_the_worked_examples_of_the_business_case_run():
    examples = re.findall(r"^```python\n(.*?)^```$", BUSINESS, flags=re.MULTILINE | re.DOTALL)
    assert examples
    for example in examples:
        assert "assert" in example
        exec(example, {})  # noqa: S102


def test_the_reckoning_of_the_key_figures_is_that_of_the_defaults():
    page = (DOCS / "societal_effects.md").read_text(encoding="utf-8")
    exec(re.search(r"```python\n(.*?)```", page, re.DOTALL)[1], {})  # noqa: S102


def test_the_worked_example_of_the_weighing_runs():
    (example,) = re.findall(r"^```python\n(.*?)^```$", WEIGHING, flags=re.MULTILINE | re.DOTALL)
    assert "assert" in example
    exec(example, {})  # noqa: S102
