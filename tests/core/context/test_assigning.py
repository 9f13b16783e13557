import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, Point, box

from koppelkans.context.streets.assigning import main_section, nearest, place

SECTIONS = np.array([LineString([(0, 0), (100, 0)]), LineString([(100, 0), (200, 0)])], dtype=object)
ROADS = np.array([box(0, -5, 100, 5), box(100, -5, 200, 5)], dtype=object)


def placed(*things: shapely.Geometry, sections: np.ndarray = SECTIONS) -> pd.DataFrame:
    return place(np.array(things, dtype=object), sections, reach_m=12)


def test_a_pipe_through_two_sections_lies_in_both_with_its_length_in_each():
    found = placed(LineString([(40, 3), (160, 3)]))
    assert found["section"].tolist() == [0, 1]
    assert found["length_m"].tolist() == pytest.approx([60, 60])
    assert found["share"].tolist() == pytest.approx([0.5, 0.5])


def test_a_thing_farther_than_the_reach_lies_in_no_section():
    assert placed(Point(50, 13), LineString([(0, 20), (90, 20)]), box(0, 30, 10, 40)).empty


def test_a_point_lies_in_the_nearest_section_and_of_two_as_near_in_the_first():
    found = placed(Point(150, 5), Point(100, 5), MultiPoint([(20, 1), (21, 1)]))
    assert found["section"].tolist() == [1, 0, 0]
    assert found["length_m"].isna().all()


def test_a_polygon_lies_where_it_overlaps_or_else_beside_the_nearest():
    found = placed(box(70, -1, 110, 1), box(150, 2, 160, 8), sections=ROADS)
    assert found["section"].tolist() == [0, 1, 1]
    assert found["share"].tolist() == pytest.approx([0.75, 0.25, 1.0])
    assert placed(box(20, 7, 30, 9), sections=ROADS)["section"].tolist() == [0]


def test_a_line_of_no_length_still_has_a_place():
    found = placed(LineString([(150, 1), (150, 1)]))
    assert (found["section"].tolist(), found["length_m"].tolist(), found["share"].tolist()) == ([1], [0.0], [1.0])


def test_the_main_section_has_most_of_it():
    places = placed(LineString([(60, 1), (180, 1)]), Point(50, 90))
    assert main_section(places, count=2).tolist() == [1, -1]


def test_without_sections_or_things_nothing_is_placed():
    none = np.empty(0, dtype=object)
    assert nearest(np.array([Point(0, 0)], dtype=object), none, reach_m=5).tolist() == [-1]
    assert place(none, SECTIONS, reach_m=12).empty


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 150), st.floats(1, 50), st.floats(-8, 8))
def test_the_lengths_in_the_sections_add_up_to_the_whole_line(start: float, length: float, side: float):
    found = placed(LineString([(start, side), (start + length, side)]))
    assert found["length_m"].sum() == pytest.approx(length)
    assert found["share"].sum() == pytest.approx(1)
    in_first = min(max(100 - start, 0), length)
    assert found.loc[found["section"] == 0, "length_m"].sum() == pytest.approx(in_first, abs=5.001)
