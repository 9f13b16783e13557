import numpy as np
import pytest
import shapely
from shapely import LineString, box

from koppelkans.context.streets.territory import divide, sample

STREETS = np.array([LineString([(0, 0), (100, 0)]), LineString([(100, 0), (200, 0)])], dtype=object)


def test_samples_lie_in_the_middles_of_equal_steps():
    points, line, step = sample(STREETS[:1], step_m=30)
    assert shapely.get_x(points).tolist() == [12.5, 37.5, 62.5, 87.5]
    assert line.tolist() == [0] * 4
    assert step.tolist() == [25.0] * 4


def test_every_part_of_a_multiline_is_sampled():
    both = np.array([shapely.MultiLineString(list(STREETS))], dtype=object)
    _, line, step = sample(both, step_m=50)
    assert line.tolist() == [0] * 4
    assert step.sum() == 200


def test_a_road_along_two_streets_is_cut_square_where_they_meet():
    found = divide(np.array([box(0, -5, 200, 5)], dtype=object), STREETS, within_m=20)
    assert found["line"].tolist() == [0] * (found["line"] == 0).sum() + [1] * (found["line"] == 1).sum()
    assert found.groupby("line")["area_m2"].sum().tolist() == pytest.approx([1000.0, 1000.0])


def test_what_lies_far_from_every_street_belongs_to_none():
    assert divide(np.array([box(0, 50, 10, 60)], dtype=object), STREETS, within_m=20).empty
