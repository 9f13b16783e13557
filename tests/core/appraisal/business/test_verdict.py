"""Outcomes of the hamlet agree with their own cash flows, tornado and estimates."""

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.appraisal import appraise
from koppelkans.appraisal.business import Business, build_cases
from koppelkans.appraisal.business.npv import present_value


def built(**appraisal: object) -> Business:
    settings = hamlet.settings(appraisal=appraisal)
    town, vision, finds = hamlet.context(), hamlet.vision(), hamlet.opportunities()
    money = appraise(town, vision, finds, settings=settings)
    return build_cases(town, vision, finds, money, hamlet_plan.programme(), settings=settings)


@pytest.fixture(scope="module")
def made() -> Business:
    return built()


def by_year(made: Business, case: str, alternative: str) -> list[float]:
    rows = made.flows[(made.flows["case"] == case) & (made.flows["alternative"] == alternative)]
    return rows.groupby("year")["amount_eur"].sum().reindex(range(2027, 2127), fill_value=0.0).tolist()


@pytest.mark.parametrize("case", ["b-1", "city"])
@pytest.mark.parametrize("alternative", ["apart", "together", "later", "extra"])
def test_the_npv_is_that_of_the_flows(made: Business, case: str, alternative: str):
    value = present_value(by_year(made, case, alternative), rate=0.0225)
    null = present_value(by_year(made, case, "null"), rate=0.0225)
    found = made.outcomes.set_index(["case", "alternative"]).loc[(case, alternative), "npv_eur"]
    assert found == round(value - null)


def test_the_city_is_worth_what_its_cases_are_worth(made: Business):
    values = made.outcomes.pivot_table(index="alternative", columns="case", values="npv_eur")
    assert (values["b-1"] + values["w-water-3"] - values["city"]).abs().max() <= 1


def test_benefits_less_costs_are_the_npv(made: Business):
    rows = made.outcomes
    assert (rows["benefit_eur"] - rows["cost_eur"] - rows["npv_eur"]).abs().max() <= 1


def test_the_bar_of_a_figure_is_what_a_run_with_that_figure_gives(made: Business):
    bar = made.tornado.set_index(["case", "alternative", "figure"]).loc[("b-1", "together", "opened_share")]
    figures = {"opened_share": {"value": 0.70, "unit": "share of the paved area", "source": "test"}}
    again = built(figures=figures).outcomes.set_index(["case", "alternative"]).loc[("b-1", "together"), "npv_eur"]
    assert again == pytest.approx(bar["high_eur"], abs=3)  # opening costs are whole euros per section


def test_the_bar_of_the_rate_is_what_a_run_with_that_rate_gives(made: Business):
    bar = made.tornado.set_index(["case", "alternative", "figure"]).loc[("b-1", "together", "discount_rate")]
    again = built(discount_rate=0.0125).outcomes.set_index(["case", "alternative"]).loc[("b-1", "together"), "npv_eur"]
    assert again == round(bar["low_eur"])


def test_the_estimate_of_the_bundle_adds_up_to_its_investment(made: Business):
    rows = made.estimates[(made.estimates["case"] == "b-1") & (made.estimates["line"] != "vat")]
    # works 168,000 and two openings of 29,700
    assert rows["amount_eur"].sum() == pytest.approx(168_000 + 59_400, abs=6)


def test_the_spread_holds_the_middle_and_works_alone_have_none(made: Business):
    rows = made.outcomes.set_index(["case", "alternative"])
    bundle = rows.loc[("b-1", "together")]
    assert bundle["p10_eur"] <= bundle["p50_eur"] <= bundle["p90_eur"]
    assert pd.isna(rows.loc[("w-water-3", "together"), "p50_eur"])


def test_a_bundle_with_unknown_amounts_says_so(made: Business):
    rows = made.outcomes.set_index(["case", "alternative"])
    assert rows.loc[("b-1", "together"), "pm"] > 0
    assert rows.loc[("b-1", "together"), "reads"] != "exact"


def test_costs_and_benefits_over_holders_add_up_to_the_whole(made: Business):
    whole = sum(by_year(made, "b-1", "together"))
    rows = made.flows[(made.flows["case"] == "b-1") & (made.flows["alternative"] == "together")]
    assert rows.groupby("holder")["amount_eur"].sum().sum() == pytest.approx(whole)
