import numpy as np
import pytest
from lxml import etree
from shapely import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from koppelkans.context.reading.gml import epsg, find_geometry, local, shape_of

GML = {"3.1": "http://www.opengis.net/gml", "3.2": "http://www.opengis.net/gml/3.2"}
SQUARE = "<exterior><LinearRing><posList>0 0 10 0 10 10 0 10 0 0</posList></LinearRing></exterior>"
HOLE = "<interior><LinearRing><posList>2 2 4 2 4 4 2 4 2 2</posList></LinearRing></interior>"


def shape(xml: str, version: str = "3.2") -> BaseGeometry | None:
    """Return the shape of a piece of GML."""
    return shape_of(etree.fromstring(f'<x xmlns="{GML[version]}">{xml}</x>')[0])


@pytest.mark.parametrize("version", list(GML))
def test_a_polygon_has_its_holes(version: str):
    found = shape(f"<Polygon>{SQUARE}{HOLE}</Polygon>", version)
    assert isinstance(found, Polygon)
    assert found.area == 96
    assert len(found.interiors) == 1


def test_heights_are_dropped_where_the_size_is_three():
    on_list = shape('<LineString><posList srsDimension="3">0 0 5 10 0 6</posList></LineString>')
    around = shape('<LineString srsDimension="3"><posList>0 0 5 10 0 6</posList></LineString>')
    assert on_list == around == LineString([(0, 0), (10, 0)])


def test_a_point_and_points_in_pos_are_read():
    assert shape("<Point><pos>1 2</pos></Point>") == Point(1, 2)
    assert shape("<LineString><pos>0 0</pos><pos>3 4</pos></LineString>") == LineString([(0, 0), (3, 4)])
    assert shape("<Point><coordinates>1,2</coordinates></Point>") == Point(1, 2)
    members = "<pointMember><Point><pos>1 2</pos></Point></pointMember><pointMember><Point><pos>3 4</pos></Point></pointMember>"
    assert shape(f"<MultiPoint>{members}</MultiPoint>") == MultiPoint([(1, 2), (3, 4)])


def test_half_a_circle_is_as_long_as_half_a_circle():
    found = shape("<Curve><segments><Arc><posList>-10 0 0 10 10 0</posList></Arc></segments></Curve>")
    assert found is not None
    # Straight pieces of at most 4 degrees: 45 chords of 2 r sin(2 degrees), which is 0.02 % short of pi r.
    assert found.length == pytest.approx(45 * 20 * np.sin(np.deg2rad(2)), rel=1e-12)
    assert found.length == pytest.approx(10 * np.pi, rel=1e-3)
    np.testing.assert_allclose(np.hypot(*np.array(found.coords).T), 10)


def test_a_wide_bend_is_never_more_than_a_centimetre_off():
    # A quarter of a circle of 400 m radius: the middle of each straight piece lies r - r cos(step / 2) inside the arc.
    c = 400 * np.sqrt(0.5)
    found = shape(f"<Curve><segments><Arc><posList>400 0 {c} {c} 0 400</posList></Arc></segments></Curve>")
    assert found is not None
    corners = np.array(found.coords)
    middles = (corners[1:] + corners[:-1]) / 2
    assert 400 - np.hypot(*middles.T).min() <= 0.01


def test_an_arc_turns_the_way_of_its_middle_point():
    below = shape("<Curve><segments><Arc><posList>-10 0 0 -10 10 0</posList></Arc></segments></Curve>")
    assert below is not None
    assert below.bounds[1] == pytest.approx(-10, abs=0.01)
    assert below.bounds[3] == pytest.approx(0, abs=1e-9)


def test_a_string_of_arcs_goes_on_where_it_ended():
    found = shape("<Curve><segments><ArcString><posList>0 0 1 1 2 0 3 -1 4 0</posList></ArcString></segments></Curve>")
    assert found is not None
    assert found.length == pytest.approx(2 * np.pi, rel=1e-3)
    assert found.coords[-1] == (4, 0)


def test_a_whole_circle_closes():
    found = shape("<Curve><segments><Circle><posList>10 0 0 10 -10 0</posList></Circle></segments></Curve>")
    assert found is not None
    assert Polygon(found.coords).area == pytest.approx(100 * np.pi, rel=1e-2)
    assert found.coords[0] == found.coords[-1]


def test_an_arc_through_three_points_on_a_line_is_straight():
    found = shape("<Curve><segments><Arc><posList>0 0 5 0 10 0</posList></Arc></segments></Curve>")
    assert found == LineString([(0, 0), (5, 0), (10, 0)])


def test_a_ring_of_curves_closes_into_a_polygon():
    curves = (
        "<curveMember><Curve><segments><Arc><posList>-10 0 0 10 10 0</posList></Arc>"
        "<LineStringSegment><posList>10 0 -10 0</posList></LineStringSegment></segments></Curve></curveMember>"
    )
    found = shape(f"<Polygon><exterior><Ring>{curves}</Ring></exterior></Polygon>")
    assert isinstance(found, Polygon)
    assert found.area == pytest.approx(50 * np.pi, rel=5e-3)


def test_a_curve_the_other_way_round_is_turned():
    base = "<baseCurve><LineString><posList>0 0 10 0</posList></LineString></baseCurve>"
    assert shape(f'<OrientableCurve orientation="-">{base}</OrientableCurve>') == LineString([(10, 0), (0, 0)])


def test_a_surface_of_one_patch_is_that_polygon_and_of_more_a_multipolygon():
    patch = f"<PolygonPatch>{SQUARE}</PolygonPatch>"
    one = shape(f"<Surface><patches>{patch}</patches></Surface>")
    assert isinstance(one, Polygon)
    two = shape(f"<MultiSurface><surfaceMember><Surface><patches>{patch}</patches></Surface></surfaceMember><surfaceMember><Polygon>{SQUARE.replace('0 0 10 0 10 10 0 10 0 0', '20 0 30 0 30 10 20 10 20 0')}</Polygon></surfaceMember></MultiSurface>")  # fmt: skip
    assert two is not None
    assert two.geom_type == "MultiPolygon"
    assert two.area == 200


@pytest.mark.parametrize(
    "xml",
    [
        "<LineString><posList>0 0 1</posList></LineString>",
        "<LineString><posList>a b c d</posList></LineString>",
        "<Polygon/>",
        "<Polygon><exterior><LinearRing><posList>0 0 1 1</posList></LinearRing></exterior></Polygon>",
        "<Point/>",
        "<Curve/>",
    ],
)
def test_what_is_no_shape_is_none(xml: str):
    assert shape(xml) is None


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:EPSG::28992", "urn:x-ogc:def:crs:EPSG:28992", "EPSG:28992", "http://www.opengis.net/def/crs/EPSG/0/28992"]
)  # fmt: skip
def test_a_crs_is_known_in_each_spelling(name: str):
    assert epsg(etree.fromstring(f'<Point srsName="{name}"/>')) == "EPSG:28992"


def test_a_geometry_is_found_within_an_element_and_comments_have_no_name():
    tree = etree.fromstring("<a><!-- note --><b><Point/></b></a>")
    found = find_geometry(tree)
    assert found is not None
    assert local(found) == "Point"
    assert local(tree[0]) == ""
