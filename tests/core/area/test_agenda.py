"""A work stands in each area with the share of its sections that lies there."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

import hamlet
from koppelkans.area.agenda import make_agenda, spread
from koppelkans.context.product import Context
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import Decision

YEARS = Horizon(2027, 2036)


def moved_sewer() -> Context:
    """Return the hamlet with a sewer that also opens S3 in East."""
    context = hamlet.context()
    more = pd.DataFrame({"work": ["w-sewer"], "section": ["S3"], "length_m": [100.0]})
    return replace(context, touches=pd.concat([context.touches, more], ignore_index=True))


def planned(years: dict[str, int | None]) -> pd.DataFrame:
    """Return a programme with these years."""
    frame = pd.DataFrame({"work": list(years), "year": pd.array(list(years.values()), dtype="Int64")})
    return frame.assign(bundle=None, cost_eur=pd.array([80_000] * len(years), dtype="Int64"))


def test_a_work_in_two_areas_stands_in_both_with_its_share_of_the_cost():
    context = moved_sewer()
    shares = spread(context, areas=context.areas)
    agenda = make_agenda(context, planned({"w-sewer": 2030}), shares=shares, years=YEARS, decisions=())
    assert agenda["area"].tolist() == ["East", "West"]
    assert agenda["share"].tolist() == pytest.approx([1 / 3, 2 / 3])
    assert agenda["cost_eur"].tolist() == [26_667, 53_333]


def test_a_work_that_opens_no_section_lies_in_the_area_with_its_middle():
    context = hamlet.context()
    lamp = context.works.iloc[[0]].assign(work="w-lamp", geometry=[Point(hamlet.X0 + 390, hamlet.Y0 + 50)])
    works = gpd.GeoDataFrame(pd.concat([context.works, lamp], ignore_index=True), crs=hamlet.CRS)
    shares = spread(replace(context, works=works), areas=context.areas)
    assert shares.loc[shares["work"] == "w-lamp"].to_numpy().tolist() == [["East", "w-lamp", 1.0]]


def test_a_work_left_undone_or_after_the_years_is_not_on_the_agenda():
    context = hamlet.context()
    shares = spread(context, areas=context.areas)
    plan = planned({"w-sewer": None, "w-gas": 2037, "w-paving": 2036})
    agenda = make_agenda(context, plan, shares=shares, years=YEARS, decisions=())
    assert agenda["work"].tolist() == ["w-paving"]


def test_firm_is_what_was_decided_or_is_certain_without_room():
    context = hamlet.context()
    shares = spread(context, areas=context.areas)
    plan = planned({"w-sewer": 2030, "w-gas": 2030, "w-paving-4": 2030})
    decisions = (Decision(work="w-gas", year=2030), Decision(work="w-sewer", not_years=[2031]))
    agenda = make_agenda(context, plan, shares=shares, years=YEARS, decisions=decisions).set_index("work")
    assert agenda["firm"].to_dict() == {"w-paving-4": True, "w-gas": True, "w-sewer": False}


def test_an_unknown_cost_stays_unknown():
    context = hamlet.context()
    shares = spread(context, areas=context.areas)
    plan = planned({"w-gas": 2030}).assign(cost_eur=pd.array([None], dtype="Int64"))
    assert make_agenda(context, plan, shares=shares, years=YEARS, decisions=())["cost_eur"].isna().all()
