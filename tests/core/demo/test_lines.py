import numpy as np
import shapely
from shapely import LineString

from koppelkans.demo import lines

BENT = np.array([LineString([(0, 0), (30, 0), (30, 60)]), LineString([(0, 0), (10, 0)])])


def test_a_line_of_90_m_is_cut_into_three_parts_of_30_m_that_make_it_whole_again():
    parts, owner = lines.cut_evenly(BENT, 30.0)

    assert owner.tolist() == [0, 0, 0, 1]
    assert shapely.length(parts).tolist() == [30.0, 30.0, 30.0, 10.0]
    assert shapely.equals(shapely.union_all(parts[:3]), BENT[0])


def test_points_spread_evenly_keep_away_from_both_ends():
    owner, along = lines.every(BENT, 20.0, margin_m=5.0)

    assert owner.tolist() == [0, 0, 0, 0]
    assert along.tolist() == [15.0, 35.0, 55.0, 75.0]


def test_a_point_along_a_line_comes_with_the_direction_of_the_line():
    place, way = lines.points_along(BENT[:1], np.array([50.0]))

    assert place.tolist() == [[30.0, 20.0]]
    assert np.allclose(way, [[0.0, 1.0]])


def test_a_shortened_line_loses_its_ends_and_keeps_its_bend():
    (short,) = lines.shorten(BENT[:1], 10.0, at_end_m=20.0)

    assert shapely.get_coordinates(short).tolist() == [[10.0, 0.0], [30.0, 0.0], [30.0, 40.0]]


def test_a_line_moves_to_its_left_by_the_distance_asked():
    (moved,) = lines.shift(BENT[1:], 3.0)

    assert shapely.get_coordinates(moved).tolist() == [[0.0, 3.0], [10.0, 3.0]]


def test_a_box_lies_to_the_left_of_its_direction():
    (made,) = lines.boxes(
        np.array([[0.0, 0.0]]), np.array([[1.0, 0.0]]), length_m=np.array([4.0]), depth_m=np.array([3.0])
    )

    assert made.bounds == (0.0, 0.0, 4.0, 3.0)
    assert made.area == 12.0
