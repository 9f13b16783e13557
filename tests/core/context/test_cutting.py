import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.context.arrays import Shapes
from koppelkans.context.streets.cutting import cut, ends, join_crossings, join_short, meetings, strokes


def lines(*coordinates: list[tuple[int, int]]) -> Shapes:
    return np.array([shapely.LineString(points) for points in coordinates], dtype=object)


def test_a_line_of_three_hundred_metres_becomes_three_equal_pieces():
    assert shapely.length(cut(lines([(0, 0), (170, 0), (300, 0)]), length_m=100)).tolist() == [100.0, 100.0, 100.0]


def test_a_short_line_stays_whole():
    assert len(cut(lines([(0, 0), (40, 0)]), length_m=100)) == 1


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=2, max_size=6, unique=True),
        min_size=1,
        max_size=4,
    )
)
def test_pieces_add_up_to_their_line_and_are_about_as_long_as_asked(coordinates: list[list[tuple[int, int]]]):
    whole = lines(*coordinates)
    pieces = cut(whole, length_m=100)
    assert shapely.length(pieces).sum() == pytest.approx(shapely.length(whole).sum(), abs=0.1)
    assert shapely.length(pieces).max() <= max(150.1, 100)


def test_ends_know_how_many_lines_meet():
    found = ends(lines([(0, 0), (10, 0)], [(10, 0), (20, 0)], [(10, 0), (10, 10)]))
    assert found.degree.tolist() == [[1, 3], [3, 1], [3, 1]]


def test_crossings_that_lie_close_are_drawn_together():
    found = join_crossings(
        lines(
            [(0, 0), (100, 0)],
            [(100, 0), (106, 0)],
            [(106, 0), (200, 0)],
            [(100, 0), (100, 90)],
            [(106, 0), (106, -90)],
        )
    )
    assert len(found) == 4
    assert shapely.distance(found, shapely.Point(103, 0)).tolist() == [0, 0, 0, 0]


def test_a_chain_of_close_crossings_is_not_drawn_into_one_point():
    teeth = [line for x in range(0, 101, 10) for line in ([(x, 0), (x, 90)], [(x, 0), (x + 10, 0)])]
    found = join_crossings(lines(*teeth))
    places = ends(found).places
    assert places[places[:, 1] == 0][:, 0].tolist() == [10, 35, 55, 85, 110]
    assert shapely.line_merge(shapely.union_all(found)).distance(shapely.Point(65, 0)) == 0


def test_a_short_piece_joins_the_neighbour_that_it_runs_on_into():
    found = join_short(lines([(0, 0), (100, 0)], [(100, 0), (120, 0)], [(120, 0), (120, 100)]), length_m=100)
    assert sorted(shapely.length(found).tolist()) == [100.0, 120.0]


def test_meetings_tell_how_much_lines_bend():
    found = meetings(lines([(0, 0), (100, 0)], [(100, 0), (200, 0)], [(100, 0), (100, 100)]))
    assert dict(zip(zip(found["one"], found["two"], strict=True), found["bend"], strict=True)) == {
        (0, 1): 0.0, (0, 2): 1.0, (1, 2): 1.0,
    }  # fmt: skip


def test_a_street_runs_on_straight_over_a_crossing():
    found = strokes(lines([(0, 0), (100, 0)], [(100, 0), (200, 5)], [(100, -90), (100, 0)], [(100, 0), (100, 90)]))
    assert found.tolist() == [0, 0, 2, 2]
