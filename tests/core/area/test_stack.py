"""The ambitions stacked: need, what serves it, what nobody serves, and by when; worked out by hand."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hamlet
from koppelkans.area.stack import Helpers, StackPlaces, make_stack

NAMES = pd.DataFrame({"of": ["city", "area"], "place": ["", "West"], "name": ["", "West"]})
SECTIONS = pd.DataFrame(
    {
        "of": ["city"] * 4 + ["area"] * 2,
        "place": [""] * 4 + ["West"] * 2,
        "section": ["S1", "S2", "S3", "S4", "S1", "S2"],
    }
)
NEEDS = pd.DataFrame(
    {
        "section": ["S1", "S2", "S3", "S4"],
        "ambition": "biodiversity",
        "need_score": [0.8, 0.7, 0.6, 0.1],
        "known_share": 1.0,
    }
)
TOUCHES = pd.DataFrame({"work": ["a", "b", "c"], "section": ["S1", "S4", "S2"]})
MET = pd.DataFrame(
    {
        "work": ["a", "b", "c"],
        "ambition": "biodiversity",
        "met": [0.3, 0.1, 0.5],
        "year": pd.array([2031, 2028, None], dtype="Int64"),
    }
)
WORKS = pd.DataFrame({"of": "city", "place": "", "work": ["a", "b", "c"], "share": 1.0})


def stack(met: pd.DataFrame = MET, needs: pd.DataFrame = NEEDS, works: pd.DataFrame = WORKS) -> pd.DataFrame:
    both = pd.concat([works, works.assign(of="area", place="West", share=[1.0, 0.0, 1.0])], ignore_index=True)
    opportunities = replace(hamlet.opportunities(), section_needs=needs)
    made = make_stack(
        hamlet.vision(), opportunities, StackPlaces(NAMES, SECTIONS, both), Helpers(met, TOUCHES), need_from=0.6
    )
    return made.set_index(["of", "ambition"])


def test_each_needy_section_is_served_waits_or_is_served_by_nobody():
    city = stack().loc[("city", "biodiversity")]
    # S1 by work a; S2 only by c, which is left undone; S3 by no work; S4 is not needy
    assert city[["sections", "high", "served", "waiting", "nobody"]].tolist() == [4, 3, 1, 1, 1]
    assert city["need_score"] == pytest.approx(0.55)


def test_what_is_met_and_by_when_follows_the_years_of_the_works():
    city = stack().loc[("city", "biodiversity")]
    assert (city["works"], city["half_year"]) == (2, 2031)  # 0.1 by 2028 is less than half of 0.4
    assert city["met_share"] == pytest.approx(0.4 / 2.2)
    west = stack().loc[("area", "biodiversity")]
    assert west["met_share"] == pytest.approx(0.3 / 1.5)


def test_what_is_not_known_is_unknown_and_what_nobody_does_is_nothing():
    made = stack()
    assert pd.isna(made.loc[("city", "heat_stress"), "need_score"])
    assert pd.isna(made.loc[("city", "heat_stress"), "met_share"])
    unknown = stack(MET.assign(met=float("nan")))
    assert pd.isna(unknown.loc[("city", "biodiversity"), "met_share"])
    undone = stack(MET.assign(year=pd.array([None] * 3, dtype="Int64"))).loc[("city", "biodiversity")]
    assert (undone["met_share"], undone["served"], undone["waiting"]) == (0.0, 0, 2)


@given(st.lists(st.sampled_from([2027, 2030, None]), min_size=3, max_size=3))
def test_served_waiting_and_nobody_add_up_to_what_is_needy(years: list[int | None]):
    made = stack(MET.assign(year=pd.array(years, dtype="Int64")))
    assert (made["served"] + made["waiting"] + made["nobody"] == made["high"]).all()
    assert made["met_share"].dropna().between(0, 1).all()
