"""What each holder pays and gains, with the municipality per purse, by hand and against the cash flows."""

import numpy as np
import pandas as pd
import pytest

import hamlet_plan
from koppelkans.appraisal.business.holder_sums import INVESTED, LASTING, holder_sums, purse_shares
from koppelkans.appraisal.effects import EFFECTS
from koppelkans.appraisal.financing.holders import party_and_purse
from koppelkans.ground.settings import Fund

FUNDS = [
    Fund(fund="riool", kinds=["sewer_gravity"], share=0.5, order=2),
    Fund(fund="spuk", sort="subsidie", kinds=["sewer_gravity"], share=0.2, last_year=2030, order=1),
]
WORKS = pd.DataFrame({"work": ["a", "b"], "owner": ["gemeente", "gas"], "kind": ["sewer_gravity", "gas_low"]})


def shares() -> pd.DataFrame:
    return purse_shares(WORKS, FUNDS, municipalities=["gemeente"])


def streams(**columns: object) -> pd.DataFrame:
    """Return one stream of 100 eur that the municipality pays for work a in 2030."""
    made = {
        "case": "b-1", "alternative": "together", "work": "a", "effect": "capital_cost", "holder": "gemeente", "side": "cost",
        "first": 2030, "last": 2030, "amount": -100.0, "growth": 0.0,
    }  # fmt: skip
    return pd.DataFrame(made | columns, index=[0])


def paid(found: pd.DataFrame, column: str = "amount_eur") -> dict[str, float]:
    made = holder_sums(found, pd.Series(0.02, index=found.index), shares(), base_year=2027, bundles={"b-1"})
    return made[made["case"] == "b-1"].set_index("holder")[column].to_dict()


def test_purses_divide_a_work_by_their_rules_and_what_none_pays_has_a_row_of_its_own():
    # the grant pays 20 and the sewer charge 50 of 100; 30 is in no purse
    assert paid(streams()) == pytest.approx({"gemeente/spuk": -20, "gemeente/riool": -50, "gemeente/-": -30})


def test_a_grant_pays_nothing_after_its_last_year():
    assert paid(streams(first=2031, last=2031)) == pytest.approx({"gemeente/riool": -50, "gemeente/-": -50})


def test_a_grant_pays_only_what_is_invested():
    assert paid(streams(effect="upkeep_change")) == pytest.approx({"gemeente/riool": -50, "gemeente/-": -50})


def test_what_is_no_money_of_its_works_is_not_tied_to_a_purse():
    assert paid(streams(effect="heat")) == {"gemeente": -100}
    assert paid(streams(work="b")) == {"gemeente": -100}
    assert paid(streams(holder="gas", work="b")) == {"gas": -100}


def test_every_effect_that_the_owner_of_a_work_pays_or_gains_goes_by_purse():
    said = ("the owner of the work", "the parties that pay the work", "the parties behind the purses")
    assert {one.name for one in EFFECTS if one.holder_en.startswith(said)} == {*INVESTED, *LASTING}


def test_a_town_in_which_the_municipality_does_no_work_has_no_purses():
    none = purse_shares(WORKS.iloc[1:], FUNDS, municipalities=["gemeente"])
    found = streams(holder="gas", work="b")
    made = holder_sums(found, pd.Series(0.02, index=found.index), none, base_year=2027, bundles=set())
    assert made[["case", "holder", "amount_eur"]].to_numpy().tolist() == [["city", "gas", -100.0]]


def test_an_unknown_amount_is_counted_once_and_in_no_sum():
    found = streams(amount=np.nan)
    assert paid(found, "pm") == {"gemeente/spuk": 0, "gemeente/riool": 1, "gemeente/-": 0}
    assert set(paid(found).values()) == {0.0}


def test_present_value_and_sum_over_the_years_are_those_of_the_formula():
    found = streams(first=2028, last=2029, holder="gas", work="b", growth=0.1)
    assert paid(found)["gas"] == pytest.approx(-100 - 110)
    assert paid(found, "worth_eur")["gas"] == pytest.approx(-100 / 1.02 - 110 / 1.02**2)


def test_shares_of_every_work_add_up_to_one_in_every_year():
    sums = shares().groupby(["work", "until", "invested"])["share"].sum()
    assert sums.to_numpy() == pytest.approx(np.ones(4))
    assert shares().groupby(["work", "until", "invested"])["most"].sum().eq(1).all()


def test_parties_pay_and_gain_what_the_cash_flows_of_a_bundle_say():
    business = hamlet_plan.plan().business
    sums = business.holder_sums.assign(party=party_and_purse(business.holder_sums["holder"])[0])
    key = ["case", "alternative", "party", "side"]
    wanted = business.flows.rename(columns={"holder": "party"}).groupby(key)[["amount_eur", "pm"]].sum()
    made = sums.groupby(key)[["amount_eur", "pm"]].sum().reindex(wanted.index)
    np.testing.assert_allclose(made["amount_eur"], wanted["amount_eur"], atol=1e-6)
    assert (made["pm"] == wanted["pm"]).all()


def test_every_bundle_and_the_city_have_their_holders():
    business = hamlet_plan.plan().business
    wanted = set(business.cases.loc[business.cases["what"] != "work", "case"])
    assert set(business.holder_sums["case"]) == wanted
