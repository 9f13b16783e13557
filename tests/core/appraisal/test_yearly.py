"""Yearly benefits, by hand."""

from dataclasses import replace

import pandas as pd
import pytest

import hamlet
from koppelkans.appraisal.case import gather
from koppelkans.appraisal.effect import Case
from koppelkans.appraisal.effects.yearly import yearly_benefit
from koppelkans.ground.settings import Figure
from koppelkans.ground.settings.business import Benefit
from koppelkans.rules.openings import opening_costs


@pytest.fixture
def case() -> Case:
    town, settings = hamlet.context(), hamlet.settings()
    openings = opening_costs(town.sections, appraisal=settings.appraisal, price_year=2026)
    made = gather(town, openings=openings, points=pd.Series(0.0, index=town.works["work"]), settings=settings)
    benefits = {"heat": Benefit(holder="residents", kinds=["paving", "gas_low", "sewer_gravity"])}
    figures = {"heat_paving": Figure(value=2.0, unit="eur/m2/year", price_year=2025, source="test", basis="derived")}
    return replace(made, benefits=benefits, figures=dict(made.figures) | figures, rate=0.0, years=10)


def test_planned_paving_brings_its_figure_every_year(case: Case):
    made = yearly_benefit(case, "heat").set_index("work")
    assert made.loc["w-paving", "amount_eur"] == pytest.approx(2.0 * 1.03 * 800 * 10)  # brought to 2026
    assert made.loc["w-paving", ["basis", "source", "holder"]].tolist() == ["derived", "test", "residents"]


def test_without_a_figure_it_is_unknown_and_says_so(case: Case):
    gas = yearly_benefit(case, "heat").set_index("work").loc["w-gas"]
    assert pd.isna(gas["amount_eur"])
    assert gas["basis"] == "unknown"
    assert "heat_<kind>" in gas["source"]


def test_what_renews_like_for_like_and_other_kinds_bring_nothing(case: Case):
    assert sorted(yearly_benefit(case, "heat")["work"]) == ["w-gas", "w-paving", "w-paving-4"]
    assert yearly_benefit(case, "health").empty
