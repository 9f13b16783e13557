import pandas as pd
import pytest

import hamlet
from koppelkans.ground.errors import SettingError
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import Fund, make_settings
from koppelkans.rules.purses import given_budget, who_pays, yearly_budgets

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


def even(cost: list[int], latest: int, **rules: object) -> list[int]:
    works = pd.DataFrame({"work": [str(at) for at in range(len(cost))], "cost_eur": cost})
    works = works.assign(earliest_year=2027, latest_year=latest)
    payments = works[["work"]].assign(fund="f", share=1.0)
    budgets = yearly_budgets(payments, works, [Fund(fund="f", **rules)], Horizon(2027, 2036))
    assert set(budgets["basis"]) == {"assumed"}
    return list(budgets["budget_eur"])


def test_an_even_budget_is_the_need_spread_evenly_times_its_factor():
    assert even([100] * 15, latest=2036, even_factor=1.2) == [180] * 10


def test_an_even_budget_is_enough_for_works_whose_window_closes_early():
    assert even([100] * 6, latest=2028, even_factor=1.0) == [300] * 10


@pytest.mark.parametrize("carries_over", [True, False])
def test_an_even_budget_holds_the_dearest_work_at_once(carries_over: bool):  # noqa: FBT001
    assert even([1000, 500], latest=2036, even_factor=1.0, carries_over=carries_over) == [1000] * 10


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


def test_purses_pay_in_their_order_each_of_what_is_left():
    first = Fund(fund="first", sort="subsidie", kinds=["sewer_gravity"], share=0.25)
    last = Fund(fund="last", sort="krediet", kinds=["sewer_gravity"])
    paid = who_pays(hamlet.context().works, [last, SEWER, first]).set_index(["work", "fund"])["share"]
    # a grant (5), no sort (50), a credit (60): a quarter, then 0.75 of the 0.85 asked, then nothing is left
    assert paid["w-sewer"].to_dict() == {"first": 0.25, "sewer": pytest.approx(0.75)}


def test_the_programme_does_not_count_on_a_purse_that_may_lapse():
    grant = Fund(fund="grant", sort="subsidie", planned=False)
    assert "grant" not in set(who_pays(hamlet.context().works, [SEWER, grant])["fund"])


def test_after_its_last_year_a_fund_holds_nothing_more():
    works = hamlet.context().works
    paid = who_pays(works, [SEWER])
    ending = SEWER.model_copy(update={"budget_eur": 100, "last_year": 2028})
    rows = yearly_budgets(paid, works, [ending], Horizon(2027, 2030))
    assert list(rows.loc[rows["fund"] == "sewer", "budget_eur"]) == [100, 100, 0, 0]


def test_a_budget_that_was_not_given_is_told_as_none():
    assert given_budget(SEWER, Horizon(2027, 2029)) is None
    partly = Fund(fund="f", budget_eur={"2027": 10, "2028": 20})
    assert list(given_budget(partly, Horizon(2027, 2029))) == [10, 20, 15]


BUILT_IN = Fund(fund="wegen", kinds=["sewer_gravity", "paving"], stands_in=True)
GRANT = Fund(fund="grant", kinds=["paving"], share=0.3, sort="subsidie")


@pytest.mark.parametrize(
    ("declared", "paving", "gas"),
    [
        (Fund(fund="mine", kinds=["paving"]), {"mine"}, {"own:gas"}),
        (Fund(fund="mine", kinds=["paving"], share=0.5), {"mine"}, {"own:gas"}),
        (Fund(fund="mine", owner="gemeente", kinds=["tree"]), {"own:gemeente"}, {"own:gas"}),
        (Fund(fund="theirs", owner="gas"), {"wegen"}, {"theirs"}),
        (Fund(fund="later", kinds=["paving"], planned=False), {"wegen"}, {"own:gas"}),
        (GRANT, {"grant", "wegen"}, {"own:gas"}),
    ],
)
def test_a_purse_of_the_defaults_is_not_added_beside_one_that_the_city_declared(
    declared: Fund, paving: set[str], gas: set[str]
):
    for funds in ([BUILT_IN, declared], [declared, BUILT_IN]):
        paid = who_pays(hamlet.context().works, funds)
        assert set(paid.loc[paid["work"] == "w-paving", "fund"]) == paving
        assert set(paid.loc[paid["work"] == "w-gas", "fund"]) == gas


def test_a_default_that_the_city_names_is_declared():
    own = {"funds": [{"fund": "wegen", "budget_eur": 10}], "crews": [{"crew": "civil", "hours": 5}]}
    made = make_settings({"city": {"name": "Dorp"}} | own)
    assert {fund.fund for fund in made.funds if not fund.stands_in} == {"wegen"}
    assert {crew.crew for crew in made.crews if not crew.stands_in} == {"civil"}
    again = make_settings(made.model_dump(mode="json"))
    assert (again.funds, again.crews) == (made.funds, made.crews)


@pytest.mark.parametrize(
    ("sort", "other"), [("krediet", 0), ("reserve", 0), ("subsidie", 0), ("voorziening", 20), ("", 20)]
)
def test_years_without_an_amount_get_nothing_or_the_mean_by_the_sort_of_purse(sort: str, other: int):
    fund = Fund(fund="f", sort=sort, budget_eur={"2027": 10, "2028": 30})
    works = pd.DataFrame({"work": ["a"], "cost_eur": [5], "earliest_year": 2027, "latest_year": 2029})
    payments = pd.DataFrame({"work": ["a"], "fund": ["f"], "share": [1.0]})
    budgets = yearly_budgets(payments, works, [fund], Horizon(2027, 2029))
    assert budgets["budget_eur"].tolist() == [10, 30, other]
    assert list(given_budget(fund, Horizon(2027, 2029))) == [10, 30, other]


def test_what_is_left_over_follows_the_sort_of_the_purse_unless_the_city_says():
    works = pd.DataFrame({"work": ["w"], "cost_eur": [10], "earliest_year": 2027, "latest_year": 2028})
    paid = pd.DataFrame({"work": ["w"], "fund": ["f"], "share": [1.0]})

    def carries(**rules: object) -> bool:
        table = yearly_budgets(paid, works, [Fund(fund="f", budget_eur=5, **rules)], Horizon(2027, 2028))  # type: ignore[arg-type]
        return bool(table["carries_over"].all())

    assert not carries(sort="exploitatie")
    assert carries(sort="exploitatie", carries_over=True)
    assert carries(sort="voorziening")
    assert not carries(sort="voorziening", carries_over=False)


def test_a_purse_that_pays_vat_has_its_budget_without_it():
    years = Horizon(2027, 2028)
    plain, paying = Fund(fund="f", budget_eur=1_210), Fund(fund="f", budget_eur=1_210, vat="cost")
    assert given_budget(plain, years, vat=0.21).tolist() == [1_210, 1_210]
    assert given_budget(paying, years, vat=0.21).tolist() == [1_000, 1_000]
    assert given_budget(Fund(fund="f", budget_eur=1_210, vat="tariff"), years, vat=0.21).tolist() == [1_210, 1_210]
