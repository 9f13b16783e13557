"""The vision on the streets, worked out by hand."""

from itertools import pairwise

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box

import hamlet
from koppelkans.opportunities.spot import project

CRS = hamlet.CRS
LINE = gpd.GeoDataFrame({"section": ["S"]}, geometry=[LineString([(0, 0), (100, 0)])], crs=CRS)


def needs(*rows: tuple[str, str, float, object]) -> gpd.GeoDataFrame:
    """Return needs given as ambition, origin, score and geometry."""
    table = pd.DataFrame(rows, columns=["ambition", "origin", "need_score", "geometry"])
    return gpd.GeoDataFrame(table, geometry="geometry", crs=CRS)


def test_the_need_of_a_street_is_the_mean_of_its_places_by_length():
    places = needs(("heat", "a", 1.0, box(0, -5, 25, 5)), ("heat", "a", 0.2, box(25, -5, 100, 5)))
    row = project(places, LINE, near_m=10).loc[0]
    assert row["need_score"] == pytest.approx(0.25 * 1.0 + 0.75 * 0.2)
    assert row["known_share"] == pytest.approx(1.0)


def test_origins_count_alike_and_the_known_share_is_that_of_the_widest():
    places = needs(("heat", "a", 1.0, box(0, -5, 25, 5)), ("heat", "b", 0.2, box(0, -5, 75, 5)))
    row = project(places, LINE, near_m=10).loc[0]
    assert row["need_score"] == pytest.approx(0.6)
    assert row["known_share"] == pytest.approx(0.75)


def test_a_section_without_a_place_is_unknown_and_has_no_row():
    assert project(needs(("heat", "a", 1.0, box(500, 0, 600, 9))), LINE, near_m=10).empty
    assert project(needs(), LINE, near_m=10).columns.tolist() == ["section", "ambition", "need_score", "known_share"]


def test_a_place_that_is_a_point_reaches_around_it():
    row = project(needs(("heat", "a", 0.9, Point(50, 0))), LINE, near_m=10).loc[0]
    assert row["need_score"] == pytest.approx(0.9)
    assert row["known_share"] == pytest.approx(0.2)


def test_a_section_that_is_an_area_weighs_by_area():
    area = gpd.GeoDataFrame({"section": ["S"]}, geometry=[box(0, 0, 100, 10)], crs=CRS)
    places = needs(("heat", "a", 1.0, box(0, 0, 100, 4)), ("heat", "a", 0.0, box(0, 4, 50, 10)))
    row = project(places, area, near_m=10).loc[0]
    assert row["need_score"] == pytest.approx(400 / 700)
    assert row["known_share"] == pytest.approx(0.7)


@settings(max_examples=40, deadline=None)
@given(
    cuts=st.lists(st.integers(1, 99), max_size=4, unique=True),
    scores=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    split=st.integers(10, 90),
)
def test_splitting_a_place_changes_nothing(cuts: list[int], scores: tuple[float, float], split: int):
    whole = [("heat", "a", scores[0], box(0, -5, split, 5)), ("heat", "a", scores[1], box(split, -5, 100, 5))]
    edges = sorted({0, split, 100, *cuts})
    parts = [
        ("heat", "a", scores[0] if right <= split else scores[1], box(left, -5, right, 5))
        for left, right in pairwise(edges)
    ]
    one, other = project(needs(*whole), LINE, near_m=10), project(needs(*parts), LINE, near_m=10)
    assert one["need_score"].to_numpy() == pytest.approx(other["need_score"].to_numpy())
    assert one["known_share"].to_numpy() == pytest.approx(other["known_share"].to_numpy())


def test_the_hamlet_gets_what_was_worked_out_for_it():
    made = project(hamlet.vision().needs, hamlet.context().sections, near_m=25)
    wanted = hamlet.opportunities().section_needs
    pd.testing.assert_frame_equal(made, wanted, check_dtype=False)
