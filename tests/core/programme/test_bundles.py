import pandas as pd

import tiny_city
from koppelkans.programme.bundles import bundle_of, bundle_table
from koppelkans.programme.problem import Problem

STREETS = pd.DataFrame(
    {"section": ["s", "t", "u"], "name": ["Kerkweg", None, "Markt"], "area": ["West", "West", "Oost"]}
)


def city() -> Problem:
    names = ("a", "b", "c", "d")
    return tiny_city.problem(
        works=tiny_city.works(*((name, 2027, 2027, 2029, 10, 0, 0, 20, True, False, False) for name in names)).assign(
            owner=["gas", "water", "water", "gas"]
        ),
        sections=tiny_city.sections(("s", 20, 4, 0, 0), ("t", 10, 2, 0, 0), ("u", 5, 1, 0, 0)),
        touches=tiny_city.pairs(
            "work", "section", ("a", "s"), ("b", "s"), ("b", "t"), ("c", "t"), ("c", "u"), ("d", "u")
        ),
    )


def programme(**years: int) -> pd.DataFrame:
    return pd.DataFrame({"work": list(years), "year": list(years.values())}).astype({"work": "str", "year": "int64"})


def test_works_are_linked_through_other_works():
    bundle = bundle_of(city(), programme(a=2028, b=2028, c=2028))
    assert bundle.to_dict() == {"a": "2028-01", "b": "2028-01", "c": "2028-01"}


def test_a_work_alone_in_its_year_is_in_no_bundle():
    bundle = bundle_of(city(), programme(a=2027, b=2028, c=2027, d=2027))
    assert bundle.to_dict() == {"c": "2027-01", "d": "2027-01"}


def test_a_bundle_saves_the_openings_that_are_shared():
    table = bundle_table(city(), programme(a=2028, b=2028, c=2028, d=2029), streets=STREETS)
    row = table.iloc[0].to_dict()
    # works apart: a opens s (20), b opens s and t (30), c opens t and u (15); owners apart: gas s, water s, t and u (35)
    assert (row["apart_eur"], row["together_eur"], row["saving_eur"]) == (55, 35, 20)
    assert row["own_saving_eur"] == 65 - 55
    assert row["nuisance_saved_eur"] == 4
    assert (row["works"], row["owners"], row["sections"], row["year"]) == (3, 2, 3, 2028)
    assert (row["name"], row["area"]) == ("Kerkweg 1", "West")


def test_bundles_are_named_by_the_street_with_most_of_them_and_a_number_never_by_all_their_streets():
    streets = STREETS.assign(name=["Markt", None, "Markt"])
    table = bundle_table(city(), programme(a=2028, b=2028, c=2029, d=2029), streets=streets)
    assert table["name"].tolist() == ["Markt 1", "Markt 2"]


def test_no_programme_has_no_bundles():
    assert bundle_table(city(), programme(), streets=STREETS).empty
    assert bundle_of(city(), programme()).empty
