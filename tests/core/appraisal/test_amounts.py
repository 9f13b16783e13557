"""Amounts are signed for who pays or gains, and rounded so that holders add up to the whole."""

from dataclasses import replace

import pandas as pd
import pytest

import hamlet
from koppelkans.appraisal.appraise import amounts
from koppelkans.appraisal.case import gather
from koppelkans.appraisal.effect import Case, basis_of, figure_of, yearly_worth
from koppelkans.appraisal.effects import EFFECTS
from koppelkans.appraisal.effects.capital_cost import CAPITAL_COST
from koppelkans.appraisal.effects.upkeep_change import UPKEEP_CHANGE
from koppelkans.ground.settings import Figure
from koppelkans.rules.openings import opening_costs


@pytest.fixture
def case() -> Case:
    town, settings = hamlet.context(), hamlet.settings()
    openings = opening_costs(town.sections, appraisal=settings.appraisal, price_year=2026)
    return gather(town, openings=openings, points=pd.Series(0.5, index=town.works["work"]), settings=settings)


def test_three_holders_of_a_third_add_up_to_the_whole(case: Case):
    thirds = pd.DataFrame({"work": "w-sewer", "holder": ["a", "b", "c"], "share": [1 / 3] * 3})
    odd = case.works.assign(cost_eur=100_000.0)
    made = amounts(replace(case, works=odd, payers=thirds), [CAPITAL_COST])
    assert made["amount_eur"].tolist() == [-33_333, -33_334, -33_333]


def test_less_upkeep_is_a_benefit_and_more_is_a_cost(case: Case):
    def of_paving(change: float) -> tuple[int, str]:
        figures = dict(case.figures) | {"upkeep_paving": Figure(value=change, unit="eur/m2/year")}
        made = amounts(replace(case, figures=figures, rate=0.0), [UPKEEP_CHANGE]).set_index("work")
        return int(made.loc["w-paving", "amount_eur"]), str(made.loc["w-paving", "side"])

    assert of_paving(0.5) == (-800 * 10 // 2, "cost")
    assert of_paving(-0.5) == (800 * 10 // 2, "benefit")


def test_a_derived_work_renews_like_for_like_and_claims_no_upkeep(case: Case):
    made = amounts(case, [UPKEEP_CHANGE])
    assert sorted(made["work"]) == ["w-gas", "w-paving", "w-paving-4"]


def test_rows_are_sorted_and_named_once(case: Case):
    made = amounts(case, EFFECTS)
    assert not made.duplicated(["work", "effect", "holder"]).any()
    assert made["work"].is_monotonic_increasing


def test_the_least_sure_figure_decides_how_an_amount_is_known(case: Case):
    figures = {"a": Figure(value=1, unit="", basis="measured"), "b": Figure(value=1, unit="", basis="derived")}
    known = basis_of(replace(case, figures=figures), ("a", "b"), pd.Series([1.0, float("nan")]))
    assert known.tolist() == ["derived", "unknown"]


def test_a_figure_comes_at_the_price_level_of_the_case(case: Case):
    assert figure_of(replace(case, price_year=2027), "setup_eur") == pytest.approx(8_000 * 1.03)


def test_a_euro_of_next_year_is_worth_less():
    assert yearly_worth([0, 1, 2], rate=0.25).tolist() == [1.0, 0.8, 0.64]
