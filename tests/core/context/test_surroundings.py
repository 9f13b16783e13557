import numpy as np
import pandas as pd
from shapely import Point, Polygon, box

import small_city
from koppelkans.context.survey import areas_of, bottlenecks_of, counted
from koppelkans.context.wishes import wishes_of

SECTIONS = small_city.streets((0, 100), (100, 200))
X, Y = SECTIONS.total_bounds[:2]


def test_addresses_count_for_the_nearest_section_within_reach():
    addresses = small_city.rows(
        {"address": ["a", "b", "c"]}, [Point(X + 10, Y + 20), box(X + 110, Y + 5, X + 120, Y + 15), Point(X, Y + 99)]
    )
    city = small_city.city({"adressen": ("addresses", addresses)})
    assert counted(city, "addresses", SECTIONS).tolist() == [1, 1]


def test_without_a_source_the_number_is_unknown_and_not_zero():
    assert counted(small_city.city({}), "care", SECTIONS).isna().all()


def test_an_area_stands_once_is_valid_and_has_a_name():
    bow = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    layer = small_city.rows(
        {"area": ["b", "a", "a"], "name": [None, "Oost", "Oost"]}, [bow, box(0, 0, 1, 1), box(5, 5, 6, 6)]
    )
    found = areas_of(small_city.city({"buurten": ("areas", layer)}))
    assert found[["area", "name"]].to_numpy().tolist() == [["a", "Oost"], ["b", "b"]]
    assert found.geometry.is_valid.all()


def test_bottlenecks_keep_their_words():
    layer = small_city.rows(
        {"bottleneck": ["z", "y"], "kind": ["water op straat", None], "severity": [0.8, np.nan]},
        [Point(0, 0), Point(1, 1)],
    )
    found = bottlenecks_of(small_city.city({"knelpunten": ("bottlenecks", layer)}))
    assert found["bottleneck"].tolist() == ["y", "z"]
    assert found["kind"].tolist() == ["knelpunten", "water op straat"]


def test_a_wish_has_the_nearest_section_and_its_area():
    layer = small_city.rows({"wish": ["w", "v"], "text": ["Bank", "Boom"]}, [Point(X + 150, Y + 30), Point(X, Y + 500)])
    areas = small_city.rows({"area": ["A"], "name": ["A"]}, [box(X, Y - 9, X + 300, Y + 99)])
    city = small_city.city({"wensen": ("wishes", layer), "buurten": ("areas", areas)})
    found = wishes_of(city, SECTIONS, areas_of(city))[0].set_index("wish")
    assert found.loc["w", ["section", "area"]].tolist() == ["S2", "A"]
    assert pd.isna(found.loc["v", "section"])
    assert pd.isna(found.loc["v", "area"])


def test_what_a_person_read_in_a_wish_becomes_a_code_and_a_word_that_is_none_is_told_with_the_nearest():
    layer = small_city.rows(
        {"wish": ["a", "b", "c"], "text": ["x"] * 3, "asks": ["Boom, wanneer", "verlichtng", None]}, [Point(X, Y)] * 3
    )
    city = small_city.city({"wensen": ("wishes", layer)})
    found, faults = wishes_of(city, SECTIONS, areas_of(city))
    assert found["asks"].fillna("").tolist() == ["tree, when", "", ""]
    (fault,) = faults
    assert (fault.found, fault.row) == ("verlichtng", 2)
    assert "openbare verlichting" in fault.wanted
