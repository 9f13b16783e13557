import numpy as np
import pytest
import shapely

import small_town
from koppelkans.demo import surface

GROUND = surface.topography(small_town.town())


def test_the_whole_municipality_is_covered_and_hardly_anything_twice():
    on_ground = GROUND[GROUND["height"] == 0]
    border = small_town.town().border

    assert shapely.union_all(GROUND.geometry.to_numpy()).area == pytest.approx(border.area, rel=0.01)
    assert on_ground.geometry.area.sum() == pytest.approx(border.area, rel=0.02)


def test_every_shape_is_a_sound_polygon_within_the_border():
    assert GROUND.geometry.is_valid.all()
    assert set(GROUND.geometry.geom_type) == {"Polygon"}
    assert shapely.covered_by(GROUND.geometry.to_numpy(), small_town.town().border.buffer(0.5)).all()


def test_the_classes_are_those_of_the_base_map():
    assert set(GROUND["class"]) == {"wegdeel", "pand", "waterdeel", "begroeidterreindeel", "onbegroeidterreindeel"}
    roads = GROUND[GROUND["class"] == "wegdeel"]
    assert {"voetpad", "rijbaan lokale weg", "voetgangersgebied"} <= set(roads["function"])
    assert roads["surface"].notna().all()


def test_the_fifties_are_greener_than_the_streets_of_1900():
    town = small_town.town()
    era = town.quarters["era"].to_numpy()
    inside = GROUND[(GROUND["quarter"] >= 0)]
    green = inside[inside["class"] == "begroeidterreindeel"].geometry.area.groupby(inside["quarter"]).sum()
    share = green.reindex(range(len(era)), fill_value=0).to_numpy() / town.quarters.geometry.area.to_numpy()

    assert share[era == "1955"].mean() > 0.1
    assert share[era == "centre"].mean() < 0.03


def test_a_road_over_water_is_a_level_higher():
    town = small_town.town()
    wet = shapely.intersects(GROUND.geometry.to_numpy(), town.water.buffer(-1.0))
    bridges = GROUND[(GROUND["class"] == "wegdeel") & wet]

    assert len(bridges) > 0
    assert np.mean(bridges["height"] == 1) > 0.7
