import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, Point, box

import hamlet
from koppelkans.context.streets.assigning import place
from koppelkans.context.streets.sections import neighbours
from koppelkans.context.works.derived_works import MadeWorks, derive_works, gather
from koppelkans.context.works.joining import StreetNetwork

SECTIONS = pd.DataFrame(
    {
        "section": ["S1", "S2"], "name": ["Dorpsstraat", "Kerkweg"], "length_m": [100.0, 100.0],
        "geometry": [hamlet.stretch(0, 100), hamlet.stretch(100, 200)],
    }
)  # fmt: skip
USUAL = {
    "owner": "gemeente", "kind": "sewer_gravity", "system": "water", "pieces": 1, "built_year": 1960, "condition": np.nan,
    "condition_year": None, "criticality": 0.6, "due_year": 2028, "due_basis": "derived", "life_years": 60.0, "source": "riool",
}  # fmt: skip


def derived(*rows: dict[str, object], **parts: object) -> MadeWorks:
    """Return the works of assets; each row holds what differs from a usual sewer, and its geometry."""
    assets = pd.DataFrame([USUAL | row for row in rows]).assign(asset=[f"a{n}" for n in range(len(rows))])
    assets = assets.astype(dict.fromkeys(["built_year", "condition_year", "due_year"], "Int64"))
    shapes = assets["geometry"].to_numpy()
    size = shapely.get_dimensions(shapes)
    assets["length_m"] = np.where(size == 1, shapely.length(shapes), np.nan)
    assets["area_m2"] = np.where(size == 2, shapely.area(shapes), np.nan)
    sections = SECTIONS["geometry"].to_numpy()
    places = place(shapes, sections, reach_m=12)
    assets["section"] = (
        places.sort_values("share").drop_duplicates("item", keep="last").sort_values("item")["section"].to_numpy()
    )
    streets = StreetNetwork(neighbours(sections), SECTIONS["name"].to_numpy(dtype=object))
    return derive_works(assets, places, SECTIONS, streets=streets, settings=hamlet.settings(**parts))


def test_a_work_that_was_due_before_the_horizon_is_caught_up_from_its_first_year_and_says_when_it_was_due():
    work = derived({"geometry": hamlet.stretch(0, 100), "due_year": 2015}).works.iloc[0]
    assert work[["due_year", "earliest_year", "best_year", "latest_year"]].tolist() == [
        2015,
        2027,
        2027,
        2034,
    ]  # eight years to catch up
    assert "over tijd" in work["why_nl"]


def test_a_window_never_leaves_the_horizon():
    work = derived({"geometry": hamlet.stretch(0, 100), "due_year": 2034}).works.iloc[0]
    assert work[["earliest_year", "best_year", "latest_year"]].tolist() == [2029, 2034, 2036]


def test_the_due_year_of_a_work_is_that_of_its_middle_metre():
    long, short = (
        {"geometry": hamlet.stretch(0, 80), "due_year": 2030},
        {"geometry": hamlet.stretch(80, 100), "due_year": 2027},
    )
    assert derived(long, short).works["due_year"].tolist() == [2030]


def test_worst_condition_and_highest_criticality_speak_for_the_work():
    one = {"geometry": hamlet.stretch(0, 50), "condition": 4.0, "condition_year": 2020, "due_basis": "measured"}
    two = {
        "geometry": hamlet.stretch(50, 100),
        "condition": 5.0,
        "condition_year": 2023,
        "due_basis": "measured",
        "criticality": 0.9,
    }
    work = derived(one, two).works.iloc[0]
    assert (work["condition"], work["criticality"]) == (5.0, 0.9)
    assert "De slechtste conditie is 5, gezien in 2023" in work["why_nl"]


def test_parallel_cables_touch_no_more_than_the_length_of_the_section():
    made = derived(*({"geometry": hamlet.stretch(0, 100, side), "kind": "power_low"} for side in (1, 2, 3)))
    assert made.works["quantity"].tolist() == [300.0]
    assert made.touches["length_m"].tolist() == [100.0]


def test_polygons_and_points_touch_with_unknown_length():
    paving = {"geometry": box(hamlet.X0, hamlet.Y0 - 3, hamlet.X0 + 60, hamlet.Y0 + 3), "kind": "paving"}
    made = derived(paving, {"geometry": Point(hamlet.X0 + 150, hamlet.Y0), "kind": "lighting"})
    assert made.touches["length_m"].isna().all()
    assert made.works.set_index("kind")["quantity"].to_dict() == {"paving": 360.0, "lighting": 1.0}


def test_works_that_would_have_one_name_are_numbered():
    one, two = {"geometry": hamlet.stretch(0, 100)}, {"geometry": hamlet.stretch(0, 100, 2), "owner": "waterschap"}
    assert derived(one, two).works["work"].tolist() == ["sewer_gravity-S1-2028", "sewer_gravity-S1-2028-2"]


def test_a_work_knows_every_source_of_its_assets():
    made = derived({"geometry": hamlet.stretch(0, 50)}, {"geometry": hamlet.stretch(50, 100), "source": "beheer"})
    assert made.works["source"].tolist() == ["beheer, riool"]


def test_no_assets_give_no_works():
    made = derive_works(
        pd.DataFrame({"asset": []}),
        pd.DataFrame(),
        SECTIONS,
        streets=StreetNetwork(pd.DataFrame(), np.empty(0)),
        settings=hamlet.settings(),
    )
    assert made.works.empty
    assert made.touches.empty
    assert made.work_assets.empty


def test_geometry_is_gathered_by_what_it_is():
    shapes = np.array(
        [
            LineString([(0, 0), (1, 0)]),
            LineString([(1, 0), (2, 0)]),
            box(0, 0, 1, 1),
            box(1, 0, 2, 1),
            Point(0, 0),
            Point(1, 1),
            Point(5, 5),
            box(7, 7, 8, 8),
        ],
        dtype=object,
    )
    found = gather(shapes, np.array([0, 0, 1, 1, 2, 2, 3, 3]))
    assert [shape.geom_type for shape in found] == ["LineString", "Polygon", "MultiPoint", "GeometryCollection"]
    assert found[0].length == 2
    assert found[1].area == pytest.approx(2)
