"""Streets are found in the words of a wish, and sections of one name that lie far apart are two streets."""

import geopandas as gpd
import pytest
from shapely import LineString, Point

from koppelkans.context.streets.own_streets import OwnStreets, StreetBook, make_book

NAMES = ["Kerkstraat", "Kerkstraat", "Kerkstraat", "Lange Markt", "Brink", None]
AT = [0, 100, 5_000, 300, 400, 500]


def book() -> StreetBook:
    """Return a book of streets of 100 m along one line; the third Kerkstraat lies 5 km off."""
    lines = [LineString([(x, 0), (x + 100, 0)]) for x in AT]
    sections = {"section": [f"S{at}" for at in range(len(NAMES))], "name": NAMES}
    return make_book(gpd.GeoDataFrame(sections, geometry=lines, crs="EPSG:28992"))


def named(text: str, place: Point | None = None) -> OwnStreets:
    """Return the streets of a wish with this text and place, that lies on no street."""
    return book().of_wish(text, section=None, place=place)


def test_sections_of_one_name_are_one_street_unless_they_lie_far_apart():
    found = {(street.name, tuple(sorted(street.sections))) for street in book().streets}
    assert found == {
        ("", ("S5",)), ("Brink", ("S4",)), ("Kerkstraat", ("S0", "S1")), ("Kerkstraat", ("S2",)), ("Lange Markt", ("S3",)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "streets"),
    [
        ("hoek lange markt en de Brink", ["Lange Markt", "Brink"]),
        ("een brink om te spelen", []),  # a word of the language, without a capital
        ("Lange rijen op de markt", []),
        ("niets", []),
        ("", []),
    ],
)
def test_names_in_a_text(text: str, streets: list[str]):
    assert [street.name for street in named(text).streets] == streets


def test_a_name_of_two_streets_needs_a_place():
    assert named("de Kerkstraat") == OwnStreets(unclear="Kerkstraat")
    (near,) = named("de Kerkstraat", Point(4_900, 0)).streets
    assert near.sections == {"S2"}


def test_a_word_like_a_street_is_proposed_with_the_nearest_names():
    assert named("In de Kerkstaat") == OwnStreets(unclear="Kerkstaat", proposed=("Kerkstraat",))
    assert named("Lange Mart") == OwnStreets(unclear="Lange Mart", proposed=("Lange Markt",))
    assert named("op de stoep van mijn huis") == OwnStreets()


def test_a_wish_that_names_nothing_lies_on_its_street_also_without_a_name():
    (street,) = book().of_wish("Meer groen", section="S5", place=Point(550, 0)).streets
    assert (street.name, street.sections) == ("", {"S5"})
