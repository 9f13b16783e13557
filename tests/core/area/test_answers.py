"""Every wish gets one answer: rides along, the street opens, no carrier, or no place."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
from shapely import Point

import hamlet
import hamlet_plan
from koppelkans.area.answers import answer_wishes
from koppelkans.context.product import WISHES
from koppelkans.ground.tables import shape


def answered(x: float, y: float, ambition: str | None = None, plan: pd.DataFrame | None = None) -> pd.Series:
    """Return the answer to one wish at a place in the hamlet (m along and beside the street)."""
    wish = {"wish": ["a wish"], "text": ["Een bankje"], "ambition": [ambition], "source": ["wensen"]}
    place = gpd.GeoDataFrame(wish, geometry=[Point(hamlet.X0 + x, hamlet.Y0 + y)], crs=hamlet.CRS)
    context = replace(hamlet.context(), wishes=shape(place, WISHES))
    done = hamlet_plan.programme().plan if plan is None else plan
    return answer_wishes(context, hamlet.vision(), done, near_m=25.0, last_year=2036).iloc[0]


def test_a_wish_rides_along_with_the_first_work_that_serves_its_ambition():
    answer = answered(150, 10, "biodiversity")
    assert answer[["answer", "work", "year"]].tolist() == ["rides_along", "w-sewer", 2030]
    assert answer["why_nl"].startswith("Ja, dit kan meeliften. In 2030")
    assert "biodiversiteit" in answer["why_nl"]
    assert "biodiversity" in answer["why_en"]


def test_a_wish_without_an_ambition_can_join_when_the_street_opens():
    answer = answered(250, 10)
    assert answer[["answer", "work", "year"]].tolist() == ["street_opens", "w-water-3", 2028]


def test_a_work_at_twice_the_distance_carries_nothing():
    assert answered(150, 50, "biodiversity")["answer"] == "no_place"
    assert answered(390, 10, "biodiversity")["answer"] == "no_carrier"


def test_a_wish_near_a_street_where_nothing_comes_hears_until_when():
    answer = answered(390, 10)
    assert answer["answer"] == "no_carrier"
    assert "Tot en met 2036" in answer["why_nl"]
    assert pd.isna(answer["work"])


def test_of_two_carriers_the_first_in_time_is_chosen():
    plan = hamlet_plan.programme().plan
    early = plan.assign(year=plan["year"].mask(plan["work"] == "w-gas", 2029))
    assert answered(150, 10, None, early)[["work", "year"]].tolist() == ["w-gas", 2029]


def test_no_wish_no_answer():
    context = hamlet.context()
    none = replace(context, wishes=context.wishes.iloc[:0])
    made = answer_wishes(none, hamlet.vision(), hamlet_plan.programme().plan, near_m=25.0, last_year=2036)
    assert made.empty
