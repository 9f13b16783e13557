"""What was read without a fault and yet looks wrong is told; nothing of it is changed."""

import geopandas as gpd
import pytest
from shapely import Point, box

import hamlet
import small_city
from koppelkans.context.city import City
from koppelkans.context.parties import alike
from koppelkans.context.second_look import SecondLook, look_again

FOUR = small_city.streets((0, 100), (100, 200), (200, 300), (300, 400))


def pipes(*spans: tuple[float, float], side: float = 0.0, kind: str = "sewer_gravity", owner: str = "gemeente") -> gpd.GeoDataFrame:  # fmt: skip
    """Return pipes along the street."""
    columns = {"asset": [f"p{at}" for at in range(len(spans))], "owner": owner, "kind": kind, "built_year": 1990}
    columns = {name: value if isinstance(value, list) else [value] * len(spans) for name, value in columns.items()}
    return small_city.rows(columns, [hamlet.stretch(*span, side) for span in spans])


def works(name: str, *spans: tuple[float, float], owner: str = "gemeente") -> gpd.GeoDataFrame:
    """Return sewer works along the street."""
    count = len(spans)
    return small_city.rows(
        {"work": [f"{name}{at}" for at in range(count)], "owner": [owner] * count, "kind": ["sewer_gravity"] * count,
         "earliest_year": [2030] * count, "latest_year": [2031] * count},
        [hamlet.stretch(*span) for span in spans],
    )  # fmt: skip


def looked(**layers: tuple[str, gpd.GeoDataFrame]) -> SecondLook:
    return look_again(city(**layers))


def city(**layers: tuple[str, gpd.GeoDataFrame]) -> City:
    return small_city.city({"wegvakken": ("sections", FOUR)} | layers)


def test_an_asset_that_stands_in_two_files_is_told_once_per_kind_with_how_many_and_where():
    again = looked(
        riool=("assets", pipes((0, 100), (100, 200))), klic=("assets", pipes((0, 100), (100, 200), (200, 290)))
    )
    (fault,) = again.same
    assert (fault.where, fault.row) == ("klic.gpkg", 1)
    assert "riool" in fault.found
    assert "2" in fault.found


def test_a_work_that_stands_among_works_and_plans_is_told():
    (fault,) = looked(eigen=("works", works("w", (0, 100))), derden=("plans", works("x", (0, 100)))).same
    assert fault.where == "derden.gpkg"


@pytest.mark.parametrize(
    "other",
    [
        pipes((0, 100), kind="water_main"),
        pipes((0, 100), side=2.0),
        pipes((0, 95)),
        pipes((0, 100), owner="water"),
    ],
    ids=["of another kind", "beside it", "shorter", "of another owner"],
)
def test_what_is_another_object_is_not_told(other: gpd.GeoDataFrame):
    assert not looked(riool=("assets", pipes((0, 100))), klic=("assets", other)).same


def test_objects_of_one_file_and_cities_of_nothing_are_not_told():
    assert looked(riool=("assets", pipes((0, 100), (0, 100)))) == SecondLook((), (), ())
    assert look_again(small_city.city({})) == SecondLook((), (), ())


def test_a_source_far_from_the_city_is_told_with_its_distance():
    (fault,) = looked(riool=("assets", pipes((60_000, 60_100))), licht=("assets", pipes((0, 100)))).far
    assert fault.where == "riool.gpkg"
    assert fault.row is None
    assert "60 km" in fault.found
    assert "crs" in fault.wanted


def test_some_rows_far_from_the_city_are_told_with_the_first_of_them():
    (fault,) = looked(riool=("assets", pipes(*[(0, 100)] * 30, (90_000, 90_100)))).far
    assert (fault.where, fault.row) == ("riool.gpkg", 31)


def test_areas_far_from_all_the_rest_are_told_and_not_the_rest():
    far = small_city.rows({"area": ["a"], "name": ["A"]}, [box(0, 0, 100, 100)])
    again = looked(buurten=("areas", far), riool=("assets", pipes((0, 100))), licht=("assets", pipes((0, 90))))
    assert [fault.where for fault in again.far] == ["buurten.gpkg"]


def test_a_wish_without_a_place_is_not_far():
    wishes = small_city.rows({"wish": ["a", "b"], "text": ["Boom", "Bank"]}, [None, Point(hamlet.X0, hamlet.Y0)])
    assert not looked(wensen=("wishes", wishes)).far


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L. Venen", "Lage Venen"),
        ("Gemeente L. Venen", "gemeente Lage Venen"),
        ("Stedin", "Stedin Netbeheer"),
        ("Enexis B.V.", "Enexis"),
        ("K.P.N.", "KPN"),
        ("Waterschap Rivierenlnad", "Waterschap Rivierenland"),
        ("Zuid Hollandse Eilanden", "Zuid-Hollandse Eilanden"),
        ("Coöperatie Zon", "Cooperatie Zon"),
    ],
)
def test_names_that_may_mean_one_party_are_alike_both_ways_round(one: str, other: str):
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Provincie Utrecht", "Provincie Gelderland"),
        ("Waterschap Rivierenland", "Waterschap Vechtstromen"),
        ("GM0001", "GM0002"),
        ("firma 01", "firma 02"),
        ("KPN", "NPN"),
        ("Ziggo", "Stedin"),
        ("L. Venen", "Lage Landen"),
        ("", "Stedin"),
    ],
)
def test_names_of_two_parties_are_not_alike(one: str, other: str):
    assert not alike(one, other)
    assert not alike(other, one)


def test_parties_that_look_alike_are_told_with_what_to_set_once_at_most_one_is_declared():
    again = looked(
        a=("assets", pipes((0, 100), owner="Stedin")), b=("assets", pipes((100, 200), owner="Stedin Netbeheer"))
    )
    (fault,) = again.alike
    assert (fault.where, fault.row, fault.column) == ("b.gpkg", 1, "owner")
    assert "Stedin Netbeheer" in fault.found
    assert "aliases" in fault.wanted
    assert not looked(a=("assets", pipes((0, 100), owner="gemeente"))).alike
    (declared,) = looked(a=("assets", pipes((0, 100), owner="Waterbedrijf N.V."))).alike
    assert "water" in declared.wanted
