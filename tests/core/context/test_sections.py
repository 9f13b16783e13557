import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, Point, box

import hamlet
import small_city
from koppelkans.context.city import rows_of
from koppelkans.context.streets.sections import Assumed, StreetSources, make_sections, neighbours, reach_of
from koppelkans.context.survey import areas_of
from koppelkans.context.topography import labels_of, roads_of
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import SectionsPart

ASSUMED = Assumed({"main": 14.0, "residential": 8.0, "unknown": 9.0}, {"main": 7, "residential": 5, "unknown": 4})
X, Y = hamlet.X0, hamlet.Y0
ROADS = small_city.rows(
    {
        "class": ["wegdeel", "wegdeel", "openbareruimtelabel"],
        "function": ["rijbaan lokale weg", "rijbaan regionale weg", "Weg"],
        "surface": ["open verharding"] * 3,
        "name": [None, None, "Kerkweg"],
    },
    [box(X, Y - 3, X + 100, Y + 3), box(X + 100, Y - 5, X + 200, Y + 5), Point(X + 150, Y + 6)],
)
PIPES = small_city.rows({"asset": ["a"], "owner": ["g"], "kind": ["gas_low"]}, [LineString([(X, Y), (X + 250, Y)])])
QUARTER = small_city.rows({"area": ["Q"], "name": ["Oost"]}, [box(X - 9, Y - 99, X + 160, Y + 99)])


def ground(**layers: object) -> StreetSources:
    """Return the ground of a city with some of sections, topography, assets, areas and addresses."""
    city = small_city.city({role: (role, frame) for role, frame in layers.items()})
    topography = rows_of(city, "topography")
    return StreetSources(
        rows_of(city, "sections"), roads_of(topography), rows_of(city, "assets"), labels_of(topography),
        rows_of(city, "addresses"), areas_of(city),
    )  # fmt: skip


def made(part: SectionsPart | None = None, **layers: object) -> pd.DataFrame:
    return make_sections(ground(**layers), part=part or SectionsPart(), assumed=ASSUMED)


def test_a_street_layer_keeps_its_own_pieces():
    found = made(sections=small_city.streets((0, 100), (100, 200)))
    assert found["section"].tolist() == ["S1", "S2"]
    assert found["origin"].tolist() == ["lines", "lines"]
    assert found["length_m"].tolist() == [100.0, 100.0]


def test_without_road_parts_the_width_is_assumed_by_class():
    found = made(sections=small_city.streets((0, 100), (100, 200), road_class=["main", None]))
    assert found["road_class"].tolist() == ["main", "unknown"]
    assert found["width_m"].tolist() == [14.0, 9.0]
    assert found["paved_m2"].tolist() == [1400.0, 900.0]
    assert found["width_basis"].tolist() == ["assumed", "assumed"]
    assert found["rest_years"].tolist() == [7, 4]


def test_with_road_parts_width_and_class_are_measured():
    found = made(sections=small_city.streets((0, 100), (100, 200), road_class=[None, None]), topography=ROADS)
    assert found["paved_m2"].tolist() == pytest.approx([600.0, 1000.0])
    assert found["width_m"].tolist() == pytest.approx([6.0, 10.0])
    assert found["road_class"].tolist() == ["residential", "main"]
    assert found["width_basis"].tolist() == ["measured", "measured"]


def test_a_width_that_is_given_is_kept():
    found = made(sections=small_city.streets((0, 100), width_m=[5.5]), topography=ROADS)
    assert found[["width_m", "paved_m2"]].to_numpy().tolist() == [[5.5, 550.0]]


def test_a_layer_of_polygons_has_the_length_of_the_street_in_it():
    layer = small_city.rows({"section": ["P"], "name": ["Plein"]}, [box(X, Y, X + 100, Y + 8)])
    found = made(sections=layer)
    assert found["origin"].tolist() == ["polygons"]
    assert found["length_m"].iloc[0] == pytest.approx(100.0)
    assert found["width_m"].iloc[0] == pytest.approx(8.0)


def test_two_sections_with_one_name_are_told_apart():
    assert made(sections=small_city.streets((0, 100), (100, 200), section=["S", "S"]))["section"].tolist() == [
        "S",
        "S.2",
    ]


def test_road_parts_give_sections_named_by_labels():
    found = made(topography=ROADS, areas=QUARTER)
    assert set(found["origin"]) == {"topography"}
    assert found["section"].tolist() == ["S0001", "S0002"]
    assert set(found["name"]) == {"Kerkweg"}
    assert found["area"].tolist() == ["Q", "Q"]
    assert found["paved_m2"].sum() == pytest.approx(1600, rel=0.01)


def test_networks_give_sections_numbered_by_their_area():
    found = made(assets=PIPES, areas=QUARTER)
    assert set(found["origin"]) == {"networks"}
    assert set(found["name"]) <= {"Oost 1", "Strook 1"}
    assert found["length_m"].sum() == pytest.approx(250, abs=8)
    assert set(found["width_basis"]) == {"assumed"}


def test_lines_go_before_road_parts_and_those_before_networks():
    lines = small_city.streets((0, 100))
    assert set(made(sections=lines, topography=ROADS, assets=PIPES)["origin"]) == {"lines"}
    assert set(made(topography=ROADS, assets=PIPES)["origin"]) == {"topography"}
    assert set(made(SectionsPart(make_from="networks"), sections=lines, assets=PIPES)["origin"]) == {"networks"}


def test_asking_for_what_is_not_there_is_an_input_error():
    with pytest.raises(InputError, match="make_from = topography"):
        made(SectionsPart(make_from="topography"), assets=PIPES)
    with pytest.raises(InputError, match="no streets") as told:
        made()
    (fault,) = told.value.faults
    assert fault.found.said("nl") == "geen straten"
    assert fault.wanted.said("nl").startswith("een bron met de rol sections")


def test_addresses_name_a_street_that_was_made():
    addresses = small_city.rows(
        {"address": ["1", "2"], "street": ["Molenpad"] * 2}, [Point(X + 40, Y + 9), Point(X + 60, Y + 9)]
    )
    assert "Molenpad" in set(made(assets=PIPES, addresses=addresses)["name"])


def test_sections_that_touch_are_neighbours():
    shapes = np.array([hamlet.stretch(0, 100), hamlet.stretch(100, 200), hamlet.stretch(250, 300)], dtype=object)
    assert neighbours(shapes).to_numpy().tolist() == [[0, 1]]


def test_house_connections_hang_onto_the_nearest_corridor():
    part = SectionsPart(reach_m=12)
    assert reach_of("networks", part=part) > reach_of("lines", part=part) == 12


def test_a_section_that_is_a_polygon_covers_its_road():
    found = made(topography=ROADS)
    assert shapely.area(found["geometry"].to_numpy()).sum() == pytest.approx(1600, rel=0.01)
