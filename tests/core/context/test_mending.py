import numpy as np
import pandas as pd
import shapely
from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from koppelkans.context.reading.mending import WANTED, mend
from koppelkans.context.reading.roles import ROLES

BOWTIE = Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
SPIKE = Polygon([(0, 0), (10, 0), (0, 0)])


def shapes(*given: object, index: list[int] | None = None) -> pd.Series:
    """Return shapes as a column."""
    return pd.Series(list(given), index=index, dtype=object)


def test_a_polygon_that_crosses_itself_is_repaired_and_told():
    made, (trouble,) = mend(shapes(box(0, 0, 1, 1), BOWTIE, index=[3, 7]), ROLES["areas"])
    assert made[7].is_valid
    assert made[7].area == 50.0
    assert made[7].geom_type == "MultiPolygon"
    assert trouble.kept
    assert trouble.positions.tolist() == [7]
    assert "Self-intersection" in trouble.found[0]


def test_a_polygon_without_area_is_set_aside():
    _, (trouble,) = mend(shapes(SPIKE), ROLES["areas"])
    assert not trouble.kept


def test_a_line_without_length_is_set_aside():
    _, (trouble,) = mend(shapes(LineString([(0, 0), (0, 0)])), ROLES["assets"])
    assert not trouble.kept


def test_a_polygon_with_a_tail_keeps_its_polygon():
    tailed = Polygon([(0, 0), (10, 0), (10, 10), (0, 10), (0, 0), (-5, 0), (0, 0)])
    made, (trouble,) = mend(shapes(tailed), ROLES["areas"])
    assert made[0].equals(box(0, 0, 10, 10))
    assert trouble.kept


def test_a_row_without_shape_is_set_aside_where_the_role_needs_one():
    _, (trouble,) = mend(shapes(None, Point(0, 0)), ROLES["assets"])
    assert trouble.positions.tolist() == [0]
    for role in ("table", "wishes"):
        made, troubles = mend(shapes(None, Point(0, 0)), ROLES[role])
        assert not troubles
        assert made[0] is None


def test_a_wish_keeps_its_row_where_its_shape_cannot_be_used():
    _, (trouble,) = mend(shapes(LineString([(0, 0), (0, 0)])), ROLES["wishes"])
    assert trouble.kept


def test_a_shape_that_the_role_cannot_use_is_set_aside():
    _, (trouble,) = mend(shapes(box(0, 0, 1, 1), Point(0, 0)), ROLES["areas"])
    assert trouble.positions.tolist() == [1]
    assert trouble.found[0] == "Point"
    assert trouble.wanted == "a polygon"
    assert {table.shapes for table in ROLES.values() if table.shapes} <= set(WANTED)


def test_of_a_mixed_bag_the_largest_dimension_is_kept():
    made, (trouble,) = mend(shapes(GeometryCollection([box(0, 0, 1, 1), Point(5, 5)])), ROLES["areas"])
    assert made[0].equals(box(0, 0, 1, 1))
    assert trouble.kept


def test_good_shapes_are_left_as_they_are():
    given = shapes(box(0, 0, 1, 1), MultiPolygon([box(0, 0, 1, 1), box(5, 5, 6, 6)]), LineString([(0, 0), (1, 1)]))
    made, troubles = mend(given, ROLES["assets"])
    assert not troubles
    assert (shapely.to_wkb(made.to_numpy()) == shapely.to_wkb(given.to_numpy())).all()


def test_many_spoilt_shapes_are_mended_each_on_its_own():
    made, troubles = mend(shapes(BOWTIE, SPIKE, LineString([(0, 0), (0, 0)]), BOWTIE), ROLES["assets"])
    assert [round(shape.area) for shape in made[[0, 3]]] == [50, 50]
    assert {trouble.kept: trouble.positions.tolist() for trouble in troubles} == {False: [1, 2], True: [0, 3]}


def test_parts_of_a_collection_that_are_left_out_are_counted_and_those_of_one_kind_need_no_word():
    lines = [LineString([(0, 0), (200, 0)]), LineString([(200, 0), (400, 0)])]
    made, (trouble,) = mend(shapes(GeometryCollection([*lines, box(0, 0, 1, 1)])), ROLES["works"])
    assert made[0].equals(box(0, 0, 1, 1))
    assert trouble.kept
    assert "2 of another kind were left out" in str(trouble.found[0])
    made, troubles = mend(shapes(GeometryCollection([GeometryCollection(lines)])), ROLES["works"])
    assert made[0].length == 400.0
    assert troubles == ()


def test_a_shape_with_a_corner_nowhere_is_set_aside_and_takes_no_other_with_it():
    with np.errstate(invalid="ignore"):
        nowhere = shapely.from_wkt("LINESTRING (205050.7 483964.7, 205040.9 483977.3, 205013.9 483979.1, NaN NaN)")
    made, troubles = mend(shapes(nowhere, BOWTIE, LineString([(0, 0), (5, 5)])), ROLES["assets"])
    assert made.isna().tolist() == [True, False, False]
    assert [trouble.positions.tolist() for trouble in troubles if not trouble.kept] == [[0]]
