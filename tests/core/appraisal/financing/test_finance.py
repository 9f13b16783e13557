from dataclasses import replace
from functools import cache

import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.appraisal.financing.finance import finance, terms_of
from koppelkans.appraisal.financing.product import Financing
from koppelkans.ground.settings import FinancingPart

PURSES = [
    {"fund": "rioolheffing", "budget_eur": 20_000},
    {"fund": "wegen", "budget_eur": 10_000},
    {"fund": "krediet", "sort": "krediet", "kinds": ["paving"], "budget_eur": 5_000, "planned": False},
]
DUCTS = {
    "facility": "buizen", "cost_eur": 10_000, "sections": ["S2"], "lender": "gemeente", "last_year": 2036,
    "users": [{"user": "gas", "places": 2, "year": 2033}],
}  # fmt: skip


CHARGED = {"w-sewer": 80_000, "w-paving": 40_000, "w-gas": 29_000, "w-water-1": 27_000, "w-water-3": 49_000}
"""What the programme charges for each work with its openings: of the sewer 15,000 and of the paving 17,000 stay uncovered."""


@cache
def told() -> Financing:
    appraisal = {"financing": {"facilities": [DUCTS], "interest": 0.02}}
    chosen, plan = hamlet.settings(funds=PURSES, appraisal=appraisal), hamlet_plan.plan()
    amounts = plan.programme.payments["work"].map(CHARGED)
    works = plan.programme.payments["section"].isna()
    payments = plan.programme.payments.assign(amount_eur=amounts.astype("Int64"))[works]
    programme = replace(plan.programme, payments=payments)
    return finance(plan.context, plan.opportunities, plan.appraisal, programme, plan.business, settings=chosen)


def test_holders_add_up_to_the_cash_flows_of_the_business_case():
    plan = hamlet_plan.plan()
    flows = plan.business.flows
    whole = flows.groupby(["case", "alternative", "side"])["amount_eur"].sum()
    made = plan.financing.holders.groupby(["case", "alternative"])[["cost_eur", "benefit_eur"]].sum()
    for (case, alternative), row in made.iterrows():
        assert abs(row["cost_eur"] - whole.get((case, alternative, "cost"), 0.0)) <= 0.5
        assert abs(row["benefit_eur"] - whole.get((case, alternative, "benefit"), 0.0)) <= 0.5


def test_gains_of_all_holders_add_up_to_the_net_present_value_of_the_business_case():
    plan = hamlet_plan.plan()
    worth = plan.business.outcomes.set_index(["case", "alternative"])["npv_eur"]
    gains = plan.financing.holders.groupby(["case", "alternative"])["gain_null_eur"].sum()
    assert len(gains)
    assert (gains == worth.reindex(gains.index)).all()


def test_the_municipality_stands_in_a_row_per_purse():
    held = hamlet_plan.plan().financing.holders
    here = held[(held["case"] == "b-1") & (held["alternative"] == "together") & (held["party"] == "gemeente")]
    costs = here.set_index("holder")["cost_eur"]
    # the sewer is paid by the sewer charge and paving by the provision, each with its part of the openings
    assert {"gemeente/rioolheffing", "gemeente/wegen"} <= set(costs[costs < 0].index)
    assert here.set_index("holder").loc["gemeente/wegen", "fund"] == "wegen"


def test_purses_of_the_hamlet_are_used_up_and_the_rest_is_a_gap():
    # sewer 95,000 in 2030 of 4 x 20,000 saved up; paving 57,000 of 4 x 10,000 and 4 x 5,000 of the credit: covered
    made = told()
    mix = made.mix.set_index(["work", "fund"])["amount_eur"]
    assert mix["w-sewer", "rioolheffing"] == 80_000
    assert (mix["w-paving", "wegen"], mix["w-paving", "krediet"]) == (40_000, 17_000)
    gaps = made.coverage.set_index("work")["gap_eur"]
    assert (gaps["w-sewer"], gaps["w-paving"]) == (15_000, 0)


def test_what_the_credit_pays_is_written_off_to_nothing():
    made = told().charges
    assert made["added_eur"].sum() == made["depreciation_eur"].sum() == 17_000
    # paving is written off in 30 years, from the year after
    assert (made["year"].min(), made["year"].max()) == (2030, 2060)
    assert made["closing_eur"].iloc[-1] == 0


def test_the_facility_goes_with_the_bundle_that_opens_its_street():
    made = told()
    loan = made.loans.iloc[0]
    assert (loan["case"], loan["year"]) == ("b-1", 2030)
    full = made.advances[made.advances["uptake"] == "full"]
    # 10,000 x 1.02^3 = 10,612.08, paid in 2033
    assert full.set_index("year").loc[2033, "repayment_eur"] == 10_612
    assert full["closing_eur"].iloc[-1] == 0


def test_every_part_pays_by_the_terms_of_the_city():
    assert terms_of(FinancingPart(first_charge="same_year")).lag == 0
    assert terms_of(FinancingPart(depreciation="annuity")).method == "annuity"


def test_a_place_where_nothing_is_known_has_no_financing_to_tell():
    made = hamlet_plan.nothing().financing
    assert all(isinstance(getattr(made, name), pd.DataFrame) and getattr(made, name).empty for name in made.TABLES)
