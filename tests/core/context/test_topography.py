import geopandas as gpd
import pandas as pd
from shapely import Point, box

import small_city
from koppelkans.context.city import rows_of
from koppelkans.context.topography import assets_in, backdrop_of, labels_of, roads_of


def bgt() -> gpd.GeoDataFrame:
    """Return a few rows of topography."""
    told = [
        ("wegdeel", "rijbaan lokale weg", "open verharding", None, "G1", "r1", None, box(0, 0, 100, 6)),
        ("wegdeel", "fietspad", "onverhard", None, "G1", "r2", None, box(0, 6, 100, 8)),
        ("begroeidterreindeel", "groenvoorziening", None, None, "G1", "g1", None, box(0, 8, 10, 10)),
        ("begroeidterreindeel", "naaldbos", None, None, "L1", "g2", None, box(0, 20, 99, 99)),
        ("vegetatieobject", "niet-bgt", None, "boom", "G1", "t1", None, Point(5, 9)),
        ("vegetatieobject", "niet-bgt", None, "haag", "G1", "t2", None, Point(6, 9)),
        ("put", "niet-bgt", None, "kolk", "G1", "k1", None, Point(5, 1)),
        ("put", "niet-bgt", None, "inspectie- / rioolput", "G1", "k2", None, Point(5, 3)),
        ("paal", "niet-bgt", None, "lichtmast", "P1", None, None, Point(9, 9)),
        ("pand", None, None, None, "G1", "p1", None, box(0, -20, 10, -10)),
        ("pand", None, None, None, "G1", "p1", None, Point(5, -15)),
        ("openbareruimtelabel", "Weg", None, None, "G1", "l1", "Dorpsstraat", Point(50, 3)),
        ("openbareruimtelabel", "Water", None, None, "G1", "l2", "Vaart", Point(50, 99)),
    ]
    names = ["class", "function", "surface", "plus_type", "owner", "local_id", "name"]
    columns = {name: [row[number] for row in told] for number, name in enumerate(names)}
    layer = small_city.rows(columns, [row[-1] for row in told])
    return rows_of(small_city.city({"bgt": ("topography", layer)}), "topography")


def test_assets_are_found_by_class_and_type():
    found = assets_in(bgt(), known_kinds=set())
    assert sorted(zip(found["kind"], found["asset"], strict=True)) == [
        ("green", "g1"), ("gully", "k1"), ("lighting", "bgt-9"), ("manhole", "k2"), ("paving", "r1"), ("tree", "t1"),
    ]  # fmt: skip
    assert found.set_index("kind").loc["lighting", "owner"] == "P1"
    assert found.set_index("kind").loc["paving", "material"] == "open verharding"


def test_kinds_that_a_source_gives_are_not_taken_from_topography():
    found = assets_in(bgt(), known_kinds={"paving", "tree", "gully", "manhole", "lighting"})
    assert set(found["kind"]) == {"green"}
    assert assets_in(bgt().iloc[:0], known_kinds=set()).empty


def test_roads_are_the_polygons_of_wegdelen():
    assert roads_of(bgt())["local_id"].tolist() == ["r1", "r2"]


def test_labels_are_names_of_streets_and_of_nothing_else():
    assert labels_of(bgt())["name"].tolist() == ["Dorpsstraat"]


def test_behind_the_map_stand_polygons_in_a_fixed_order():
    topography = bgt()
    found = backdrop_of(topography)
    assert found["kind"].tolist() == ["building", "green", "green", "road", "road"]
    again = backdrop_of(topography.sample(frac=1, random_state=1).reset_index(drop=True))
    pd.testing.assert_frame_equal(pd.DataFrame(found), pd.DataFrame(again))
