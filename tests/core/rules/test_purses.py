import pandas as pd
import pytest

import hamlet
from koppelkans.ground.errors import SettingError
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import Fund
from koppelkans.rules.purses import who_pays, yearly_budgets

SEWER = Fund(fund="sewer", name="Rioolheffing", kinds=["sewer_gravity"], share=0.85)
CLIMATE = Fund(fund="climate", kinds=["sewer_gravity", "paving"], share=0.3, owner="gemeente")


def test_a_work_without_a_fitting_fund_is_paid_by_its_owner():
    paid = who_pays(hamlet.context().works, [SEWER])
    row = paid.set_index("work").loc["w-gas"]
    assert (row["fund"], row["share"]) == ("own:gas", 1.0)


def test_shares_are_scaled_only_when_they_add_up_to_more_than_the_cost():
    paid = who_pays(hamlet.context().works, [SEWER, CLIMATE]).set_index(["work", "fund"])["share"]
    assert paid["w-sewer", "sewer"] == pytest.approx(0.85 / 1.15)
    assert paid["w-sewer", "climate"] == pytest.approx(0.3 / 1.15)
    assert paid["w-paving", "climate"] == 0.3
    assert "own:gemeente" not in paid["w-paving"].index


def test_a_fund_with_an_owner_pays_no_work_of_another_owner():
    paid = who_pays(hamlet.context().works, [Fund(fund="water", owner="water")])
    assert list(paid[paid["fund"] == "water"]["work"]) == ["w-water-1", "w-water-3"]


def test_the_order_of_works_and_funds_changes_nothing():
    works = hamlet.context().works
    turned = who_pays(works.iloc[::-1], [CLIMATE, SEWER])
    pd.testing.assert_frame_equal(who_pays(works, [SEWER, CLIMATE]), turned)


def test_an_even_budget_is_the_need_spread_evenly_times_its_factor_and_is_called_assumed():
    works = pd.DataFrame(
        {"work": ["a", "b"], "cost_eur": [1000, 500], "earliest_year": [2027, 2027], "latest_year": [2036, 2036]}
    )
    payments = pd.DataFrame({"work": ["a", "b"], "fund": ["sewer"] * 2, "share": [1.0, 1.0]})
    fund = Fund(fund="sewer", even_factor=1.2)
    budgets = yearly_budgets(payments, works, [fund], Horizon(2027, 2036))
    assert list(budgets["budget_eur"]) == [180] * 10
    assert set(budgets["basis"]) == {"assumed"}


def test_an_even_budget_is_enough_for_a_work_whose_window_closes_early():
    works = pd.DataFrame({"work": ["a"], "cost_eur": [1000], "earliest_year": [2027], "latest_year": [2028]})
    payments = pd.DataFrame({"work": ["a"], "fund": ["f"], "share": [1.0]})
    budgets = yearly_budgets(payments, works, [Fund(fund="f", even_factor=1.0)], Horizon(2027, 2036))
    assert budgets["budget_eur"].iloc[:2].sum() == 1000


def test_an_even_budget_without_carry_over_holds_the_dearest_work():
    works = pd.DataFrame({"work": ["a"], "cost_eur": [1000], "earliest_year": [2027], "latest_year": [2036]})
    payments = pd.DataFrame({"work": ["a"], "fund": ["f"], "share": [0.5]})
    fund = Fund(fund="f", even_factor=1.0, carries_over=False)
    assert set(yearly_budgets(payments, works, [fund], Horizon(2027, 2036))["budget_eur"]) == {500}


def test_a_year_without_a_given_budget_gets_the_mean_and_is_called_assumed():
    works = pd.DataFrame({"work": ["a"], "cost_eur": [1000], "earliest_year": [2027], "latest_year": [2029]})
    payments = pd.DataFrame({"work": ["a"], "fund": ["f"], "share": [1.0]})
    fund = Fund(fund="f", budget_eur={"2027": 100, "2028": 300})
    budgets = yearly_budgets(payments, works, [fund], Horizon(2027, 2029))
    assert list(budgets["budget_eur"]) == [100, 300, 200]
    assert list(budgets["basis"]) == ["given", "given", "assumed"]


@pytest.mark.parametrize("budget", [{"soon": 100}, {"2027": -1}])
def test_a_budget_that_cannot_be_is_a_fault_with_its_place(budget: dict[str, int]):
    payments = pd.DataFrame({"work": ["a"], "fund": ["f"], "share": [1.0]})
    works = pd.DataFrame({"work": ["a"], "cost_eur": [1], "earliest_year": [2027], "latest_year": [2027]})
    with pytest.raises(SettingError) as told:
        yearly_budgets(payments, works, [Fund(fund="f", budget_eur=budget)], Horizon(2027, 2027))
    assert told.value.faults[0].column == "funds.f.budget_eur"


def test_funds_that_nobody_draws_upon_are_left_out():
    payments = who_pays(hamlet.context().works, [SEWER])
    budgets = yearly_budgets(payments, hamlet.context().works, [SEWER, CLIMATE], hamlet.settings().years)
    assert list(budgets["fund"].unique()) == ["own:gas", "own:gemeente", "own:water", "sewer"]
    assert len(budgets) == 4 * 10
