import numpy as np
import shapely
from shapely import box

from koppelkans.context.streets.axes import centre_lines, chains, without_small_holes

CROSS = box(0, -5, 200, 5).union(box(95, -100, 105, 100))


def test_the_centre_line_of_a_straight_street_runs_along_its_middle_from_end_to_end():
    (line,) = centre_lines(box(0, -5, 200, 5), spacing_m=3, spur_m=50)
    assert line.hausdorff_distance(shapely.LineString([(0, 0), (200, 0)])) < 6
    assert abs(shapely.get_coordinates(line)[5:-5, 1]).max() < 0.5


def test_a_crossing_of_two_streets_gives_four_lines_that_meet():
    found = centre_lines(CROSS, spacing_m=3, spur_m=50)
    long_ones = found[shapely.length(found) > 30]
    assert len(long_ones) == 4
    assert shapely.distance(long_ones, shapely.Point(100, 0)).max() < 5


def test_a_bulge_is_no_side_street():
    street = box(0, -5, 200, 5).union(box(90, 5, 110, 15))
    assert len(centre_lines(street, spacing_m=3, spur_m=50)) == 1


def test_a_part_without_a_long_side_still_has_a_line():
    assert len(centre_lines(box(0, 0, 25, 10), spacing_m=2, spur_m=80)) == 1


def test_no_surface_has_no_lines():
    assert len(centre_lines(shapely.Polygon(), spacing_m=3, spur_m=50)) == 0


def test_the_lines_do_not_depend_on_the_order_of_parts():
    parts = [box(0, -5, 200, 5), box(0, 95, 200, 105), box(300, 0, 310, 200)]
    one = centre_lines(shapely.MultiPolygon(parts), spacing_m=3, spur_m=50)
    two = centre_lines(shapely.MultiPolygon(parts[::-1]), spacing_m=3, spur_m=50)
    assert shapely.equals_exact(one, two).all()


def test_chains_merge_pieces_up_to_the_crossing():
    pieces = shapely.linestrings([[(0, 0), (1, 0)], [(2, 0), (1, 0)], [(2, 0), (3, 1)], [(2, 0), (3, -1)]])
    assert sorted(shapely.length(chains(pieces)).round(3)) == [1.414, 1.414, 2.0]


def test_small_holes_are_filled_and_large_ones_stay():
    surface = box(0, 0, 100, 100).difference(box(10, 10, 15, 15)).difference(box(40, 40, 80, 80))
    assert without_small_holes(surface, least_m2=100).area == 100 * 100 - 40 * 40


def test_the_coordinates_may_be_those_of_the_national_grid():
    moved = shapely.transform(CROSS, lambda xy: xy + np.array([180_000, 457_000]))
    near, far = centre_lines(CROSS, spacing_m=3, spur_m=50), centre_lines(moved, spacing_m=3, spur_m=50)
    assert np.isclose(shapely.length(near).sum(), shapely.length(far).sum(), atol=1.0)
