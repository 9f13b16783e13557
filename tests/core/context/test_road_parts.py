import pandas as pd
import pytest
import shapely
from shapely import box

from koppelkans.context.streets.road_parts import road_sections


def parts(*rows: tuple[str, str, shapely.Geometry]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["function", "surface", "geometry"])


def test_a_road_of_three_hundred_metres_becomes_three_stretches_with_their_footways():
    found = road_sections(
        parts(
            ("rijbaan lokale weg", "open verharding", box(0, -3, 300, 3)),
            ("voetpad", "open verharding", box(0, 3, 300, 5)),
            ("inrit", "onverhard", box(140, 5, 144, 12)),
        ),
        length_m=100,
    )
    assert len(found) == 3
    assert found["area_m2"].sum() == pytest.approx(300 * 8 + 28, rel=0.01)
    assert found["paved_m2"].sum() == pytest.approx(300 * 8, rel=0.01)
    assert found["road_class"].tolist() == ["residential"] * 3
    assert found["length_m"].sum() == pytest.approx(300, abs=12)


def test_a_path_through_the_park_is_a_street_of_its_own():
    found = road_sections(
        parts(
            ("rijbaan regionale weg", "gesloten verharding", box(0, -3, 100, 3)),
            ("fietspad", "gesloten verharding", box(0, 80, 100, 82)),
        ),
        length_m=100,
    )
    assert sorted(found["road_class"]) == ["main", "path"]


def test_a_traffic_island_does_not_split_the_street():
    road = box(0, -5, 200, 5).difference(box(90, -1, 110, 1))
    assert len(road_sections(parts(("rijbaan lokale weg", "open verharding", road)), length_m=100)) == 2


def test_without_carriageways_and_paths_there_are_no_stretches():
    assert road_sections(parts(("inrit", "open verharding", box(0, 0, 4, 4))), length_m=100).empty


def test_the_order_of_road_parts_does_not_matter():
    rows = [("rijbaan lokale weg", "open verharding", box(x, -3, x + 50, 3)) for x in range(0, 300, 50)]
    one, two = (road_sections(parts(*order), length_m=100) for order in (rows, rows[::-1]))
    assert shapely.equals_exact(one["axis"].to_numpy(), two["axis"].to_numpy()).all()
    assert shapely.area(one["geometry"].to_numpy()).tolist() == pytest.approx(
        shapely.area(two["geometry"].to_numpy()).tolist()
    )
