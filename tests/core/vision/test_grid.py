"""The grid lies where the town is, and cuts its topography without losing a square metre."""

import geopandas as gpd
import pytest
from shapely import Point, box

from koppelkans.ground.errors import SettingError
from koppelkans.vision.cover import SEALED, covers
from koppelkans.vision.grid import cells_of, ground_of

CRS = "EPSG:28992"


def topography(*rows: tuple[str, str | None, object]) -> gpd.GeoDataFrame:
    """Return objects given as class, surface and geometry."""
    return gpd.GeoDataFrame(
        {"class": [row[0] for row in rows], "surface": [row[1] for row in rows]},
        geometry=[row[2] for row in rows],
        crs=CRS,
    )


def test_only_cells_with_a_road_or_a_building_count():
    frame = topography(("wegdeel", None, box(10, 10, 150, 20)), ("begroeidterreindeel", None, box(0, 300, 900, 900)))
    ground = ground_of([frame], grid_m=100, crs=CRS)
    assert ground.cells["cell"].tolist() == ["E0N0", "E100N0"]


def test_an_object_on_two_cells_is_cut_into_parts_that_add_up():
    frame = topography(("wegdeel", None, box(10, 10, 150, 20)))
    ground = ground_of([frame], grid_m=100, crs=CRS)
    assert ground.parts["measure"].tolist() == [900.0, 500.0]


def test_a_tree_on_the_border_of_two_cells_counts_once():
    frame = topography(("wegdeel", None, box(10, 10, 190, 20)), ("vegetatieobject", None, Point(100, 50)))
    ground = ground_of([frame], grid_m=100, crs=CRS)
    assert (ground.parts["row"] == 1).sum() == 1


def test_a_cell_that_a_road_only_touches_from_outside_is_no_part_of_the_town():
    assert cells_of(topography(("wegdeel", None, box(0, 0, 100, 100))).geometry.to_numpy(), grid_m=100, crs=CRS)[
        "cell"
    ].tolist() == ["E0N0"]


def test_cells_too_small_for_the_town_are_refused_with_their_key():
    with pytest.raises(SettingError) as told:
        ground_of([topography(("wegdeel", None, box(0, 0, 5000, 5000)))], grid_m=1, crs=CRS)
    assert [fault.column for fault in told.value.faults] == ["vision.grid_m"]


def test_no_topography_gives_no_cells():
    assert len(ground_of([], grid_m=100, crs=CRS).cells) == 0


def test_the_surface_says_more_than_the_class_and_a_yard_stays_unknown():
    frame = topography(
        ("wegdeel", None, box(0, 0, 1, 1)),
        ("wegdeel", "onverhard", box(0, 0, 1, 1)),
        ("OndersteunendWegdeel", "groenvoorziening", box(0, 0, 1, 1)),
        ("onbegroeidterreindeel", "erf", box(0, 0, 1, 1)),
        ("bord", None, Point(0, 0)),
    )
    found = covers(frame)
    assert found.tolist()[:4] == [SEALED, "open", "green", "unknown"]
    assert found.isna().tolist() == [False, False, False, False, True]
