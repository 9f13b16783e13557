import numpy as np
import pytest
import shapely

from koppelkans.demo import eras, network, patterns, plan, water

TOWN = plan.outline(2000, 1, stretch=1.0)
CELLS = plan.quarters(TOWN)


def test_quarters_lie_side_by_side_round_the_centre():
    whole = shapely.union_all(CELLS.geometry.to_numpy())

    assert CELLS.geometry.area.sum() == pytest.approx(whole.area, rel=1e-6)
    assert whole.geom_type == "Polygon"
    assert CELLS["era"].iloc[0] == "centre"
    assert CELLS.geometry.iloc[0].contains(shapely.Point(TOWN.middle))


def test_a_town_of_2000_homes_grew_in_every_era():
    assert {era.era for era in eras.ERAS} <= set(CELLS["era"])
    assert {"centre", "park", "business"} <= set(CELLS["era"])


def test_older_quarters_lie_nearer_the_middle():
    living = CELLS[CELLS["era"].isin([era.era for era in eras.ERAS])]
    age = living["era"].map({era.era: era.years[0] for era in eras.ERAS})

    assert np.corrcoef(age, living["ring"])[0, 1] > 0.6


def test_small_neighbours_of_one_era_are_one_quarter_of_at_most_17_hectares():
    size = CELLS.geometry.area.groupby(CELLS["area"]).sum()

    assert len(size) < len(CELLS)
    assert (CELLS.groupby("area")["era"].nunique() == 1).all()
    assert size.max() <= plan.AREA_M2


def test_roads_between_quarters_meet_each_other_in_the_same_points():
    roads = plan.main_roads(TOWN, CELLS)
    edges = network.merged(roads.geometry.to_numpy())

    assert shapely.length(edges).min() > 20.0
    assert set(roads["road_class"]) == {"main", "collector"}


def test_the_river_passes_the_old_centre_and_leaves_it_dry():
    stream = water.river(TOWN)

    assert not stream.intersects(CELLS.geometry.iloc[0])
    assert stream.distance(CELLS.geometry.iloc[0]) < 15.0
    assert stream.intersection(plan.municipality(TOWN)).area > 10_000


def test_a_moat_lies_round_the_centre_of_a_town_but_not_of_a_village():
    moat = water.moat(TOWN)
    village = plan.outline(300, 1, stretch=1.0)

    assert 5.0 < moat.distance(CELLS.geometry.iloc[0]) < 12.0
    assert water.moat(village).is_empty


@pytest.mark.parametrize("name", ["1900", "1930", "1955", "1978", "1992", "2008"])
def test_streets_of_a_quarter_stay_inside_it_and_leave_no_large_block_without_a_street(name: str):
    ground = shapely.box(0, 0, 300, 260)
    era = eras.BY_NAME[name]

    found = patterns.streets(ground, era, turn=0.3, rng=plan.dice(1, name))

    assert shapely.covers(ground.buffer(0.5), found).all()
    assert shapely.length(found).sum() > ground.area / 85
    assert shapely.hausdorff_distance(ground, shapely.union_all([*found, ground.boundary]), densify=0.05) < 130


def test_woonerven_have_dead_ends_and_a_grid_has_hardly_any():
    ground = shapely.box(0, 0, 300, 260)

    def dead_ends(name: str) -> int:
        found = patterns.streets(ground, eras.BY_NAME[name], turn=0.0, rng=plan.dice(1, name))
        edges = network.merged(np.append(found, ground.boundary))
        ends = np.concatenate([shapely.get_coordinates(shapely.get_point(edges, end)) for end in (0, -1)])
        return int((np.unique(np.round(ends), axis=0, return_counts=True)[1] == 1).sum())

    assert dead_ends("1978") >= 6
    assert dead_ends("1900") <= 2


def test_stubs_and_slivers_disappear_and_near_crossings_become_one():
    cross = shapely.linestrings(
        [
            [(0, 0), (200, 0)],
            [(100, -90), (100, 0)],
            [(110, 0), (110, 90)],
            [(50, 0), (50, 9)],
            [(900, 900), (950, 900)],
        ]
    )

    edges = network.noded(cross)

    assert len(edges) == 4
    assert shapely.length(edges).sum() == pytest.approx(380, abs=25)


def test_a_street_runs_straight_on_over_a_crossing():
    edges = shapely.linestrings([[(0, 0), (100, 0)], [(100, 0), (200, 5)], [(100, 0), (100, 80)]])

    street = network.strokes(edges, np.zeros(3, dtype=np.int64))

    assert street[0] == street[1] != street[2]


def test_the_dice_of_one_topic_know_nothing_of_another():
    assert plan.dice(1, "a").integers(1000) == plan.dice(1, "a").integers(1000)
    assert plan.dice(1, "a").integers(10**9) != plan.dice(1, "b").integers(10**9)
    assert plan.dice(1, "a").integers(10**9) != plan.dice(2, "a").integers(10**9)
