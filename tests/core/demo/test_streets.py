from itertools import islice

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

import small_town
from koppelkans.demo import names, streets

MUNICIPALITY_WORDS = ("Amsterdam", "Rotterdam", "Utrecht", "Den Haag", "Overbetuwe", "Wijchen")


def test_one_can_go_from_every_street_to_every_other():
    sections = small_town.town().sections
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(sections.geometry, end)) for end in (0, -1)])
    node = np.unique(np.round(ends * 4), axis=0, return_inverse=True)[1].reshape(2, -1)
    links = coo_array((np.ones(node.shape[1]), (node[0], node[1])), shape=(node.max() + 1,) * 2)

    assert connected_components(links, directed=False)[0] == 1


def test_sections_have_the_length_of_what_is_opened_as_one():
    length = small_town.town().sections["length_m"]

    assert 55 < length.mean() < 100
    assert length.max() < 160
    assert (length < 12).mean() < 0.02


def test_every_section_has_a_name_a_class_and_a_width():
    sections = small_town.town().sections

    assert sections["section"].is_unique
    assert sections[["name", "road_class", "width_m"]].notna().all().all()
    assert {"main", "collector", "residential"} <= set(sections["road_class"])
    assert sections["width_m"].between(2.5, 16).all()
    assert sections.loc[sections["road_class"] == "main", "width_m"].mean() > 1.3 * sections["width_m"].median()


def test_two_streets_never_share_a_name_but_for_roads_through_the_town():
    sections = small_town.town().sections
    local = sections[sections["road_class"] != "main"]

    assert (local.groupby("name")["street"].nunique() == 1).all()


def test_names_of_a_theme_never_run_out_and_never_repeat():
    many = list(islice(names.theme_names("trees", 1), 3000))

    assert len(set(many)) == 3000
    assert "Lindenlaan" in many[:96]


def test_a_name_that_is_taken_is_not_given_again():
    assert (
        names.named(["trees"] * 3, seed=1, taken=names.named(["trees"] * 2, seed=1))
        == names.named(["trees"] * 5, seed=1)[2:]
    )


def test_towns_are_invented():
    towns = [*names.words()["towns"], *names.words()["neighbours"]]

    assert len(set(towns)) == len(towns)
    assert not set(towns) & set(MUNICIPALITY_WORDS)
    assert names.town_name(1) == "Overmeer"


def test_streets_of_one_quarter_share_a_theme():
    town = small_town.town()
    theme = streets.themes(town.quarters)

    assert len(theme) == len(town.quarters)
    assert (town.quarters.assign(theme=theme).groupby("area")["theme"].nunique() == 1).all()
