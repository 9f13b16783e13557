import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString, Point

from koppelkans.ground.crs import accuracy_m, arrive, extent, known_crs, leave, readable_crs, same_crs
from koppelkans.ground.errors import InputError

AMERSFOORT = Point(155_000, 463_000)


def test_the_origin_of_rd_lies_at_amersfoort_and_longitude_comes_first():
    out = leave(gpd.GeoDataFrame(geometry=[AMERSFOORT], crs="EPSG:28992"))
    # Published (NSGI, RDNAPTRANS): the tower of Amersfoort lies at 52.15517440 N, 5.38720621 E in ETRS89; 1e-5 degree is about a metre.
    np.testing.assert_allclose([out.geometry.x[0], out.geometry.y[0]], [5.38720621, 52.15517440], atol=1e-5)


def test_there_and_back_again():
    here = gpd.GeoDataFrame(geometry=[AMERSFOORT, Point(191_000, 352_000)], crs="EPSG:28992")
    back = arrive(leave(here), crs="EPSG:28992", where="x")
    np.testing.assert_allclose(back.geometry.get_coordinates(), here.geometry.get_coordinates(), atol=0.01)


def test_heights_are_left_behind():
    flat = arrive(
        gpd.GeoDataFrame(geometry=[LineString([(1, 2, 3), (4, 5, 6)])], crs="EPSG:28992"), crs="EPSG:28992", where="x"
    )
    assert not flat.geometry.has_z.any()


def test_a_frame_without_crs_is_a_fault_and_never_a_guess():
    with pytest.raises(InputError, match="no coordinate system"):
        arrive(gpd.GeoDataFrame(geometry=[AMERSFOORT]), crs="EPSG:28992", where="x")


def test_coordinates_that_do_not_fit_are_a_fault_with_a_row():
    with pytest.raises(InputError) as caught:
        arrive(gpd.GeoDataFrame(geometry=[Point(5, 52), Point(1e9, 1e9)], crs="EPSG:4326"), crs="EPSG:28992", where="x")
    assert caught.value.faults[0].row == 2


def test_only_a_crs_in_metres_can_be_the_citys_own():
    assert known_crs("EPSG:28992")
    assert not known_crs("EPSG:4326")
    assert not known_crs("EPSG:0")


def test_the_same_crs_in_another_spelling_is_the_same():
    assert same_crs("EPSG:28992", "urn:ogc:def:crs:EPSG::28992")
    assert not same_crs("EPSG:28992", "EPSG:4326")


def test_the_accuracy_of_a_transformation_is_told():
    # Without the national correction grid PROJ has the seven-parameter transformations, good to a metre or better.
    for source in ("EPSG:4326", "EPSG:4258"):
        found = accuracy_m(source, "EPSG:28992")
        assert found is not None
        assert 0 < found <= 1


def test_rd_is_meant_for_the_netherlands_and_not_for_degrees():
    box = extent("EPSG:28992")
    assert box is not None
    assert box[0] < AMERSFOORT.x < box[2]
    assert box[1] < AMERSFOORT.y < box[3]
    assert not box[1] < 52.1 < box[3]


def test_a_crs_is_readable_in_degrees_and_metres_but_not_when_made_up():
    assert readable_crs("EPSG:4326")
    assert readable_crs("EPSG:28992")
    assert not readable_crs("nergens:1")


@pytest.mark.parametrize(
    "text",
    [
        "+init=/etc/hosts:1",
        "+proj=longlat +ellps=GRS80 +nadgrids=/home/x/grid.gsb +type=crs",
        "+proj=longlat +ellps=GRS80 +nadgrids=@https://x.nl/grid.tif +type=crs",
        '{"type": "BoundCRS", "parameters": [{"name": "file", "value": "/etc/hosts"}]}',
    ],
)
def test_a_crs_that_names_a_file_or_an_address_is_none(text: str):
    assert not readable_crs(text)
    assert not known_crs(text)


def test_a_crs_with_a_grid_by_its_name_is_one():
    assert readable_crs("+proj=longlat +ellps=bessel +nadgrids=rdtrans2008.gsb +type=crs")
    assert readable_crs("http://www.opengis.net/def/crs/EPSG/0/28992")
