from shapely import Point

import small_city
from koppelkans.context.city import faults_of, rows_of


def test_rows_of_all_sources_of_a_role_stand_under_each_other_with_their_source():
    one = small_city.rows({"wish": ["a"], "text": ["Bank"]}, [Point(0, 0)])
    two = small_city.rows({"wish": ["b", "c"], "text": ["Boom", "Pad"]}, [Point(1, 1), None])
    found = rows_of(small_city.city({"x": ("wishes", one), "y": ("wishes", two)}), "wishes")
    assert found[["source", "row", "wish"]].to_numpy().tolist() == [["x", 1, "a"], ["y", 1, "b"], ["y", 2, "c"]]
    assert found["year"].isna().all()


def test_a_role_without_sources_has_no_rows_but_its_columns():
    found = rows_of(small_city.city({}), "addresses")
    assert found.empty
    assert {"source", "row", "street", "geometry"} <= set(found.columns)


def test_a_fault_names_file_and_row():
    layer = small_city.rows({"wish": ["a", "b"], "text": ["Bank", "Boom"]}, [Point(0, 0), Point(1, 1)])
    city = small_city.city({"x": ("wishes", layer)})
    (fault,) = faults_of(city, rows_of(city, "wishes").iloc[1:], found=["b"], wanted="nothing", column="wish")
    assert (fault.where, fault.row, fault.column, fault.found) == ("x.gpkg", 2, "wish", "b")
