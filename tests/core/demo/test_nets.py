import numpy as np
import shapely

import small_town
from koppelkans.demo import furniture, history, nets

LAYERS = small_town.layers()


def test_streets_were_made_in_the_years_of_their_quarter():
    made = small_town.history()

    assert made.loc[made["era"] == "1955", "street_year"].between(1951, 1961).all()
    assert made.loc[made["era"] == "1978", "street_year"].between(1974, 1984).all()


def test_nothing_is_older_than_1890_or_younger_than_today():
    made = small_town.history()

    for net in history.WAVES:
        assert made[net].between(1890, history.NOW).all()


def test_neighbours_in_one_street_were_laid_in_nearly_the_same_year():
    made = small_town.history().assign(street=small_town.town().sections["street"])
    spread = made[made["living"]].groupby("street")["water"].agg(lambda years: years.max() - years.min())

    assert spread.quantile(0.8) <= 8


def test_paving_is_at_least_as_young_as_the_sewer_that_was_renewed_under_it():
    made = small_town.history()
    renewed = made["sewer"] > made["street_year"] + 1

    assert (made.loc[renewed, "paving"] >= made.loc[renewed, "sewer"]).all()


def test_the_condition_follows_the_course_of_the_norm():
    score = nets.condition(np.array([0.0, 30.0, 45.0, 56.25, 80.0]), 60.0, np.zeros(5))

    assert score.tolist() == [1.0, 2.0, 3.0, 5.0, 5.0]


def test_about_six_in_ten_sewers_were_inspected_and_none_before_it_lay_there():
    pipes = LAYERS["strengen"]
    seen = pipes[pipes["TOESTAND"].notna()]

    assert 0.4 < len(seen) / len(pipes) < 0.75
    assert seen["TOESTAND"].between(1, 6).all()
    assert (seen["INSPECTIE"] >= seen["AANLEGJAAR"]).all()
    assert pipes.loc[pipes["TOESTAND"].isna(), "INSPECTIE"].isna().all()


def test_new_sewers_are_two_and_old_ones_one():
    pipes = LAYERS["strengen"]

    assert (pipes.loc[pipes["STELSEL"] == "hemelwater", "AANLEGJAAR"] >= nets.SEPARATE_FROM).all()
    assert (pipes.loc[pipes["STELSEL"] == "gemengd", "AANLEGJAAR"] <= nets.SEPARATE_FROM).all()


def test_materials_belong_to_their_time():
    water, gas = LAYERS["waterleiding"], LAYERS["gasleiding"]

    assert water.loc[water["MATERIAAL"] == "asbestcement", "JAAR"].between(1946, 1976).all()
    assert (gas.loc[gas["materiaal"] == "PE", "jaar_aanleg"] >= 1996).all()
    assert (water["MATERIAAL"] == "asbestcement").any()


def test_cables_and_pipes_lie_along_their_street():
    roads = shapely.STRtree(small_town.town().sections.geometry.to_numpy())
    for name in ("strengen", "waterleiding", "gasleiding", "kabels", "persleiding"):
        middle = shapely.line_interpolate_point(LAYERS[name].geometry.to_numpy(), 0.5, normalized=True)
        assert roads.query_nearest(middle, return_distance=True)[1].max() < 13, name


def test_light_masts_stand_some_31_m_apart_along_streets():
    masts = LAYERS["verlichting"]
    lit = small_town.town().sections["length_m"][small_town.history()["living"]].sum()

    assert 25 < lit / len(masts) < 60
    assert set(masts["armatuur"]) <= {"led", "PL-L"}


def test_no_tree_stands_in_a_house_and_parks_have_trees():
    town, trees = small_town.town(), LAYERS["bomen"].geometry.to_numpy()

    assert not shapely.STRtree(town.buildings.geometry.to_numpy()).query(trees, predicate="within").size
    park = town.quarters[town.quarters["era"] == "park"].geometry.to_numpy()
    assert all(shapely.contains(one, trees).sum() > 5 for one in park)


def test_every_bridge_names_the_section_that_it_carries():
    town = small_town.town()
    bridges = furniture.bridges(town)
    carried = town.sections.set_index("section").loc[bridges["wegvak"]]

    assert len(bridges) > 0
    assert carried["over_water"].all()
    assert shapely.distance(bridges.geometry.to_numpy(), carried.geometry.to_numpy()).max() < 1.0


def test_quay_walls_stand_at_the_water_of_the_old_centre():
    town = small_town.town()
    walls = furniture.quays(town).geometry.to_numpy()

    assert (shapely.distance(walls, town.water.boundary) < 0.5).all()
    assert (shapely.distance(walls, town.quarters.geometry.iloc[0]) < 16).all()
