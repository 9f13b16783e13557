"""Each indicator on one cell of 100 x 100 m that can be worked out by hand."""

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point, box

from koppelkans.vision.grid import ground_of
from koppelkans.vision.indicator import GridTopography
from koppelkans.vision.indicators.distance_to_green_m import DISTANCE_TO_GREEN_M
from koppelkans.vision.indicators.shares_of_cover import SHARES_OF_COVER
from koppelkans.vision.indicators.trees_per_100m import TREES_PER_100M
from koppelkans.vision.indicators.walking_cycling_share import WALKING_CYCLING_SHARE

GREEN_SHARE, SEALED_SHARE, OPEN_SOIL_SHARE, WATER_SHARE = SHARES_OF_COVER

CRS = "EPSG:28992"
CELL = [
    ("wegdeel", "rijbaan lokale weg", "gesloten verharding", None, box(0, 0, 100, 10)),
    ("wegdeel", "voetpad", "open verharding", None, box(0, 10, 100, 15)),
    ("pand", None, None, None, box(0, 20, 50, 50)),
    ("onbegroeidterreindeel", None, "erf", None, box(50, 20, 100, 50)),
    ("begroeidterreindeel", None, "groenvoorziening", None, box(0, 50, 100, 70)),
    ("waterdeel", None, None, None, box(0, 70, 100, 80)),
    ("vegetatieobject", None, None, "boom", Point(20, 12)),
    ("vegetatieobject", None, None, "boom", Point(60, 12)),
    ("vegetatieobject", None, None, "haag", Point(70, 12)),
]
"""Carriageway 1,000 m2, footpath 500, building 1,500, yard 1,500, green 2,000, water 1,000: 6,000 m2 known without the yard."""


def ground(rows: list[tuple[object, ...]], *more: tuple[object, ...]) -> GridTopography:
    together = [*rows, *more]
    names = ("class", "function", "surface", "plus_type")
    columns = {name: [row[at] for row in together] for at, name in enumerate(names)}
    frame = gpd.GeoDataFrame(columns, geometry=[row[4] for row in together], crs=CRS)
    return ground_of([frame], grid_m=100, crs=CRS)


def test_shares_are_of_the_cover_that_is_known():
    cell = ground(CELL)
    assert GREEN_SHARE.measure(cell) == pytest.approx([2000 / 6000])
    assert SEALED_SHARE.measure(cell) == pytest.approx([3000 / 6000])
    assert OPEN_SOIL_SHARE.measure(cell) == GREEN_SHARE.measure(cell)
    assert WATER_SHARE.measure(cell) == pytest.approx([1000 / 6000])


def test_half_paved_ground_is_open_soil_and_no_green():
    path = ("wegdeel", "voetpad", "half verhard", None, box(0, 15, 100, 100))
    cell = ground([*CELL[:2], path])
    assert OPEN_SOIL_SHARE.measure(cell) == pytest.approx([8500 / 10000])
    assert GREEN_SHARE.measure(cell) == pytest.approx([0.0])


def test_a_cell_that_is_mostly_yard_has_no_known_share():
    cell = ground([*CELL[:2], ("onbegroeidterreindeel", None, "erf", None, box(0, 15, 100, 100))])
    assert np.isnan(GREEN_SHARE.measure(cell)).all()


def test_buildings_and_green_without_roads_say_nothing_of_the_share():
    cell = ground([CELL[2], CELL[4]])
    assert np.isnan(SEALED_SHARE.measure(cell)).all()


def test_trees_are_counted_per_100_m_of_carriageway():
    assert TREES_PER_100M.measure(ground(CELL)) == pytest.approx([2.0])


def test_where_no_tree_was_drawn_the_number_of_trees_is_unknown():
    assert np.isnan(TREES_PER_100M.measure(ground(CELL[:6]))).all()


def test_a_carriageway_over_two_cells_gives_each_its_own_length():
    long = ("wegdeel", "rijbaan lokale weg", None, None, box(0, 0, 150, 10))
    tree = ("vegetatieobject", None, None, "boom", Point(120, 12))
    assert TREES_PER_100M.measure(ground([long, tree])) == pytest.approx([0.0, 2.0])


def test_the_distance_is_to_green_of_half_a_hectare_whose_pieces_touch():
    road = ("wegdeel", None, None, None, box(0, 0, 100, 100))
    small = ("begroeidterreindeel", None, "groenvoorziening", None, box(110, 0, 150, 100))
    park = [
        ("begroeidterreindeel", None, "groenvoorziening", None, box(250, 0, 280, 100)),
        ("begroeidterreindeel", None, "groenvoorziening", None, box(280.5, 0, 310, 100)),
    ]
    assert DISTANCE_TO_GREEN_M.measure(ground([road, small, *park])) == pytest.approx([200.0])


def test_without_large_green_or_with_farmland_only_the_distance_is_unknown():
    road = ("wegdeel", None, None, None, box(0, 0, 100, 100))
    field = ("begroeidterreindeel", None, "grasland agrarisch", None, box(100, 0, 300, 100))
    assert np.isnan(DISTANCE_TO_GREEN_M.measure(ground([road, field]))).all()


def test_a_third_of_the_street_is_for_walking():
    assert WALKING_CYCLING_SHARE.measure(ground(CELL)) == pytest.approx([500 / 1500])


def test_road_parts_without_a_function_say_nothing_of_who_they_are_for():
    cell = ground([("wegdeel", None, None, None, box(0, 0, 100, 10))])
    assert np.isnan(WALKING_CYCLING_SHARE.measure(cell)).all()
