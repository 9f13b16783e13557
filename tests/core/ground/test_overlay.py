"""How much of one shape lies in another."""

import numpy as np
import pytest
from shapely import LineString, MultiPoint, Point, Polygon, box

from koppelkans.ground.overlay import overlaps, size, sound


def test_a_polygon_is_measured_in_m2_a_line_in_m_and_a_point_in_pieces():
    ones = [box(0, 0, 2, 1), LineString([(0, 0.5), (4, 0.5)]), Point(0.5, 0.5)]
    found = overlaps(ones, [box(0, 0, 1, 1)])
    assert found.one.tolist() == [0, 1, 2]
    assert found.measure == pytest.approx([1.0, 1.0, 1.0])


def test_shapes_that_only_touch_do_not_overlap():
    assert len(overlaps([box(0, 0, 1, 1)], [box(1, 0, 2, 1)]).one) == 0


def test_a_shape_that_crosses_itself_is_repaired_and_a_missing_one_is_empty():
    bow = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    assert size(sound(np.array([bow, None], dtype=object))).tolist() == [2.0, 0.0]


def test_parts_add_up_to_the_whole():
    ring = box(0, 0, 10, 10)
    quarters = [box(x, y, x + 5, y + 5) for x in (0, 5) for y in (0, 5)]
    assert overlaps([ring], quarters).measure.sum() == pytest.approx(100.0)


def test_points_together_count_each():
    assert overlaps([MultiPoint([(0, 0), (1, 1), (9, 9)])], [box(-1, -1, 2, 2)]).measure.tolist() == [2.0]


def test_nothing_overlaps_nothing():
    assert len(overlaps([], [box(0, 0, 1, 1)]).one) == 0
    assert len(overlaps([box(0, 0, 1, 1)], []).one) == 0
