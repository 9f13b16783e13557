"""Who pays, who gains and who saves in an area adds up to the whole."""

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.area.holders import share_savings, sum_holders

HOMES = pd.DataFrame({"section": ["S1", "S2", "S3", "S4"], "area": ["West", "West", "East", "East"]})
AGENDA = pd.DataFrame(
    {"area": ["West", "West", "East"], "work": ["w-sewer", "w-paving-4", "w-sewer"], "share": [0.75, 1.0, 0.25]}
)


def savings(opening: list[float] | None = None, homes: pd.DataFrame = HOMES) -> pd.DataFrame:
    """Return the saving of the one bundle per area and owner."""
    openings = hamlet_plan.appraisal().openings
    costs = openings if opening is None else openings.assign(opening_eur=opening)
    return share_savings(hamlet.context(), hamlet_plan.programme(), homes=homes, openings=costs)


def test_a_saving_is_split_by_what_each_opening_would_cost_alone():
    # five openings of 20,000: sewer 2, paving 1 (both gemeente), water 1, gas 1
    assert savings().set_index("owner")["saving_eur"].to_dict() == pytest.approx(
        {"gas": 12_000, "gemeente": 36_000, "water": 12_000}
    )
    # S2 three times as dear: weights sewer 1 + 3, paving 3, gas 3, water 1, together 11
    dear = savings([10_000, 30_000, 30_000, 20_000]).set_index("owner")["saving_eur"]
    assert dear.to_dict() == pytest.approx({"gas": 60_000 * 3 / 11, "gemeente": 60_000 * 7 / 11, "water": 60_000 / 11})


def test_without_opening_costs_every_opening_counts_alike():
    assert savings([0, 0, 0, 0]).set_index("owner")["saving_eur"].to_dict() == pytest.approx(
        {"gas": 12_000, "gemeente": 36_000, "water": 12_000}
    )


def test_a_bundle_over_two_areas_saves_in_both_and_not_twice():
    split = savings(homes=HOMES.assign(area=["West", "East", "East", "East"]))
    assert split.groupby("area")["saving_eur"].sum().to_dict() == pytest.approx({"East": 36_000, "West": 24_000})


def test_costs_follow_the_share_in_the_area_and_unknown_ones_are_counted():
    none = savings().iloc[:0]
    holders = sum_holders(hamlet_plan.appraisal(), agenda=AGENDA, savings=none).set_index(["area", "holder"])
    assert holders.loc[("West", "gemeente")].to_dict() == {
        "cost_eur": 60_000, "benefit_eur": 0, "saving_eur": 0, "unknown": 1,
    }  # fmt: skip
    assert holders.loc[("East", "gemeente"), "cost_eur"] == 20_000
    assert holders["benefit_eur"].sum() == 8_000
