import numpy as np
import pytest
import shapely

import small_town
from koppelkans.demo import buildings, town


def test_the_town_has_exactly_the_homes_that_were_asked():
    made = small_town.town()

    assert (made.addresses["use"] == "woonfunctie").sum() == 900
    assert made.buildings["homes"].sum() == 900


def test_no_building_stands_in_a_street_or_in_water_or_in_another_building():
    made = small_town.town()
    shapes = made.buildings.geometry.to_numpy()
    small = shapely.buffer(shapes, -0.3)

    assert not shapely.STRtree(town.road_surface(made.sections)).query(small, predicate="intersects").size
    assert not shapely.intersects(small, made.water).any()
    one, other = shapely.STRtree(small).query(small, predicate="intersects")
    assert (one == other).all()


def test_every_address_lies_in_its_building_and_near_its_street():
    made = small_town.town()
    home = made.buildings.geometry.to_numpy()[made.addresses["building"]]
    street = made.sections.geometry.to_numpy()[made.addresses["section"]]

    assert shapely.dwithin(made.addresses.geometry.to_numpy(), home, 0.01).all()
    assert shapely.distance(made.addresses.geometry.to_numpy(), street).max() < 32


def test_things_that_exclude_each_other_are_kept_in_turn():
    one, other = np.array([0, 1, 1, 2, 2, 3]), np.array([1, 0, 2, 1, 3, 2])

    assert buildings._in_turn(5, one, other).tolist() == [True, False, True, False, True]


def test_what_is_too_many_was_never_built_and_what_is_short_became_flats():
    made = small_town.town()

    fewer = buildings.settled(made.buildings, made.quarters, homes=700, seed=4)
    more = buildings.settled(made.buildings, made.quarters, homes=1000, seed=4)

    assert (fewer["homes"].sum(), more["homes"].sum()) == (700, 1000)
    assert len(fewer) < len(made.buildings) == len(more)


def test_the_church_stands_on_the_market_square():
    made = small_town.town()

    assert made.square.contains(made.church)
    assert made.quarters.geometry.iloc[0].contains(made.square)
    assert made.square.area > 5 * made.church.area


@pytest.mark.parametrize(("homes", "seed"), [(20, 3), (60, 2), (150, 1)])
def test_a_hamlet_stands_too(homes: int, seed: int):
    made = town.build(homes, seed)

    assert (made.addresses["use"] == "woonfunctie").sum() == homes
    assert len(made.sections) >= 8
