"""Streets of one name are told apart, and so are the pieces of a street."""

import geopandas as gpd
from shapely import LineString

import hamlet
from koppelkans.report.pieces import pieces_of, streets_apart, told_pieces

PLACES = {
    "k-2": ("Kerkweg", "west", [(100, 0), (200, 0)]),
    "k-1": ("Kerkweg", "west", [(0, 0), (100, 0)]),
    "k-3": ("Kerkweg", "oost", [(5000, 0), (5100, 0)]),
    "m-1": ("Molenpad", "west", [(100, 0), (100, 90)]),
}


def sections() -> gpd.GeoDataFrame:
    rows = [(key, name, area) for key, (name, area, _) in PLACES.items()]
    shapes = [LineString(line) for _, _, line in PLACES.values()]
    made = gpd.GeoDataFrame(rows, columns=["section", "name", "area"], geometry=shapes, crs=hamlet.CRS)
    return made.astype(dict.fromkeys(["section", "name", "area"], "str"))


def test_pieces_of_one_name_that_lie_far_apart_are_two_streets():
    found = [(name, part["section"].tolist()) for name, part in streets_apart(sections())]
    assert found == [("Kerkweg", ["k-2", "k-1"]), ("Kerkweg", ["k-3"]), ("Molenpad", ["m-1"])]


def test_pieces_are_numbered_along_the_street_and_say_what_they_meet():
    found = pieces_of(sections(), [part for _, part in streets_apart(sections())])
    assert {key: piece.nth for key, piece in found.items()} == {"k-1": 1, "k-2": 2, "k-3": 1, "m-1": 1}
    assert found["k-2"].meets == ("Molenpad",)
    assert found["k-3"].meets == ()


def test_what_is_in_all_pieces_needs_no_numbers():
    found = pieces_of(sections(), [part for _, part in streets_apart(sections())])
    assert told_pieces([found["k-2"], found["k-1"]], 2, "nl") == ""
    assert told_pieces([found["k-2"]], 2, "nl") == "2"
    assert told_pieces([found["k-2"], found["k-1"]], 3, "nl") == "1 en 2"
