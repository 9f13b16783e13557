"""What is wanted is what was decided last, and else what the ambitions say."""

import pandas as pd

import hamlet
from koppelkans.vision.webs import generic_levels, own_levels, usual_levels


def test_the_city_goes_before_the_ambitions():
    vision = hamlet.vision()
    made = generic_levels(vision.themes, vision.ambitions, vision.webs).set_index("theme")
    assert made.loc["biodiversity"].tolist() == [2, "city"]
    before = generic_levels(vision.themes, vision.ambitions, vision.webs.iloc[:0]).set_index("theme")
    assert before.loc["biodiversity"].tolist() == [2, "ambitions"]


def test_a_theme_takes_the_highest_of_its_ambitions_and_without_one_it_is_unknown():
    ambitions = pd.DataFrame({"ambition": ["a", "b"], "level": [1, 3]})
    themes = pd.DataFrame({"theme": ["x", "y"], "ambitions": ["a, b", None]})
    assert usual_levels(themes, ambitions).to_dict() == {"x": 3}
    made = generic_levels(themes, ambitions, hamlet.vision().webs.iloc[:0])
    assert made["generic_level"].isna().tolist() == [False, True]
    assert made["basis"].isna().tolist() == [False, True]


def test_an_area_is_found_by_any_of_its_names():
    vision = hamlet.vision()
    assert own_levels(vision.webs, of="area", places=("BU01", "West")).dropna().to_dict() == {"heat_stress": 2}
    assert own_levels(vision.webs, of="area", places=("Oost",)).empty
