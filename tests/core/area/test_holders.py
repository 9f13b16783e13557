"""Who pays, who gains and who saves in an area adds up to the whole."""

import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.account import reckon
from koppelkans.area.holders import area_money, sum_holders
from koppelkans.ground.horizon import Horizon

AGENDA = pd.DataFrame(
    {"area": ["West", "West", "East"], "work": ["w-sewer", "w-paving-4", "w-sewer"], "share": [0.75, 1.0, 0.25]}
)


YEARS = Horizon(2027, 2036)


def money(years: Horizon = YEARS, city: str | None = None) -> pd.DataFrame:
    """Return the money of the hamlet per area and owner."""
    parts = (hamlet.context(), hamlet_plan.appraisal(), hamlet_plan.programme())
    return area_money(reckon(*parts, settings=hamlet.settings()), years=years, city=city)


def test_each_owner_saves_its_part_where_it_comes_together_with_another():
    """S1 and S2 lie in West: two owners share 20,000 each time."""
    west = money().set_index(["area", "owner"])["saving_eur"]
    assert west["West"].to_dict() == {"gas": 10_000, "gemeente": 20_000, "water": 10_000}
    assert west["East"].to_dict() == {"water": 0}


def test_the_money_of_areas_adds_up_to_that_of_the_city():
    whole = money(city="Gehucht")
    assert whole["investment_eur"].sum() == money()["investment_eur"].sum() == 257_000
    assert whole["area"].unique().tolist() == ["Gehucht"]
    assert money(Horizon(2027, 2028))["investment_eur"].sum() == 49_000


def test_costs_follow_the_share_in_the_area_and_unknown_ones_are_counted():
    none = money().iloc[:0]
    holders = sum_holders(hamlet_plan.appraisal(), agenda=AGENDA, savings=none).set_index(["area", "holder"])
    assert holders.loc[("West", "gemeente")].to_dict() == {
        "cost_eur": 60_000, "benefit_eur": 0, "saving_eur": 0, "unknown": 1,
    }  # fmt: skip
    assert holders.loc[("East", "gemeente"), "cost_eur"] == 20_000
    assert holders["benefit_eur"].sum() == 8_000
