import numpy as np
import pandas as pd
import pytest
from shapely import MultiPoint, Point, box

import hamlet
import small_city
from koppelkans.context.city import rows_of
from koppelkans.context.second_look import look_again
from koppelkans.context.streets.sections import Assumed, StreetSources, make_sections
from koppelkans.context.survey import survey
from koppelkans.context.works.planned_works import PlannedWorks, covered_by, gather_works, planned_works, with_covered
from koppelkans.ground.errors import InputError

X, Y = hamlet.X0, hamlet.Y0
STREETS = small_city.streets((0, 100), (100, 200), (200, 300), (300, 400))


def planned(geometry: list[object], role: str = "works", **columns: object) -> PlannedWorks:
    """Return works of sewers that are planned by the city for 2030, but for what is given."""
    count = len(geometry)
    usual = {
        "work": [f"w{n}" for n in range(count)], "owner": ["gemeente"] * count, "kind": ["sewer_gravity"] * count, "best_year": [2030] * count,
    }  # fmt: skip
    layers = {"wegvakken": ("sections", STREETS), "plannen": (role, small_city.rows(usual | columns, geometry))}
    city = small_city.city(layers)
    none = rows_of(city, "areas")
    ground = StreetSources(rows_of(city, "sections"), none, none, none, rows_of(city, "addresses"), none)
    sections = make_sections(
        ground, part=city.settings.context.sections, assumed=Assumed({"residential": 8.0}, {"residential": 5})
    )
    return planned_works(city, gather_works(city), sections, reach_m=12)


def test_a_line_touches_the_sections_along_which_it_lies_but_not_one_it_only_reaches():
    found = planned([hamlet.stretch(0, 205)])
    assert found.touches["section"].tolist() == [0, 1]
    assert found.touches["length_m"].tolist() == pytest.approx([100, 100], abs=5)


def test_a_polygon_touches_the_sections_in_it_and_a_point_the_nearest():
    found = planned([box(X + 95, Y - 50, X + 300, Y + 50), Point(X + 350, Y + 30)])
    assert found.touches.groupby("work")["section"].agg(list).to_dict() == {"w0": [1, 2], "w1": [3]}
    assert found.touches["length_m"].isna().all()


def test_a_work_far_from_every_street_is_told_and_opens_none():
    found = planned([Point(X + 350, Y + 300)])
    assert found.touches.empty
    assert len(found.works) == 1
    assert [fault.found.said("nl") for fault in found.faults] == ["werk w0"]


def test_a_quantity_comes_from_the_map_and_a_cost_from_it():
    work = planned([hamlet.stretch(0, 200)]).works.iloc[0]
    assert (work["quantity"], work["length_m"], work["cost_eur"], work["cost_basis"]) == (
        200.0,
        200.0,
        round(200 * 300 * 1.03**11),
        "derived",
    )


def test_a_sketch_has_the_length_of_its_streets_and_an_assumed_cost():
    work = planned([box(X, Y - 50, X + 300, Y + 50)]).works.iloc[0]
    assert (work["quantity"], work["cost_basis"]) == (300.0, "assumed")


def test_paving_drawn_over_houses_counts_the_road_only():
    work = planned([box(X, Y - 50, X + 200, Y + 50)], kind=["paving"]).works.iloc[0]
    assert work["quantity"] == pytest.approx(1600)
    assert planned([hamlet.stretch(0, 100)], kind=["paving"]).works["quantity"].tolist() == [pytest.approx(800)]


def test_points_are_counted_and_an_area_of_pieces_is_unknown():
    found = planned([MultiPoint([(X, Y), (X + 5, Y)]), box(X, Y, X + 9, Y + 9)], kind=["tree", "tree"]).works
    assert found["quantity"].fillna(-1).tolist() == [2.0, -1.0]
    assert found["cost_basis"].tolist() == ["assumed", "unknown"]
    assert found["cost_eur"].isna().tolist() == [False, True]


def test_a_point_for_new_houses_does_not_say_how_many():
    assert planned([Point(X, Y)], kind=["housing"]).works["quantity"].isna().all()


def test_a_cost_that_is_given_is_measured():
    work = planned([hamlet.stretch(0, 100)], cost_eur=[12_300]).works.iloc[0]
    assert (work["cost_eur"], work["cost_basis"]) == (12_300, "measured")


def test_a_window_outside_the_horizon_is_left_out_and_told_and_one_across_its_edge_is_cut():
    found = planned(
        [hamlet.stretch(0, 90)] * 3,
        earliest_year=[2020, 2025, 2040],
        best_year=[2021, 2026, 2041],
        latest_year=[2022, 2029, 2042],
    )
    assert found.works[["work", "earliest_year", "best_year", "latest_year"]].to_numpy().tolist() == [
        ["w1", 2027, 2027, 2029]
    ]
    assert [fault.found for fault in found.faults] == ["window 2020-2022", "window 2040-2042"]


def test_plans_of_third_parties_are_told_apart_and_less_certain():
    work = planned([hamlet.stretch(0, 90)], role="plans").works.iloc[0]
    assert (work["origin"], work["certainty"]) == ("third_party", "voornemen")


def test_what_a_work_does_to_the_street_is_as_given_or_as_its_kind():
    works = planned([hamlet.stretch(0, 90)] * 2, digs=[False, None], mandatory=[True, None]).works
    assert works["digs"].tolist() == [False, True]
    assert works["mandatory"].tolist() == [True, False]


def test_works_with_one_name_are_told_apart():
    assert planned([hamlet.stretch(0, 90)] * 2, work=["w", "w"]).works["work"].tolist() == ["plannen:w", "plannen:w#2"]


def due(**columns: object) -> pd.DataFrame:
    usual = {
        "asset": "a",
        "owner": "gemeente",
        "kind": "sewer_gravity",
        "section": 0,
        "due_year": 2021,
        "geometry": hamlet.stretch(0, 80),
        "condition": 5.0,
        "criticality": 0.9,
    }
    return pd.DataFrame([usual | columns]).astype({"due_year": "Int64"})


@pytest.mark.parametrize(
    ("columns", "covered"),
    [
        ({}, ["a"]), ({"owner": "water"}, []), ({"kind": "gully"}, []), ({"section": 1}, []), ({"due_year": 2036}, []),
        ({"geometry": hamlet.stretch(0, 80, 60)}, []),
    ],
)  # fmt: skip
def test_a_plan_covers_what_is_due_in_its_place_and_time_of_its_owner_and_kind(
    columns: dict[str, object], covered: list[str]
):
    found = planned([hamlet.stretch(0, 100)], latest_year=[2030])
    settings = hamlet.settings()
    assert covered_by(found.works, found.touches, due(**columns), settings=settings)["asset"].tolist() == covered


def test_a_plan_in_the_years_in_which_a_backlog_is_caught_up_covers_it():
    late = planned([hamlet.stretch(0, 100)], earliest_year=[2034], best_year=[2034], latest_year=[2034])
    assert covered_by(late.works, late.touches, due(), settings=hamlet.settings())["asset"].tolist() == ["a"]
    later = planned([hamlet.stretch(0, 100)], earliest_year=[2035], best_year=[2035], latest_year=[2035])
    assert covered_by(later.works, later.touches, due(), settings=hamlet.settings()).empty


def test_what_a_plan_covers_speaks_for_it():
    found = planned([hamlet.stretch(0, 100)] * 2)
    pairs = pd.DataFrame({"work": ["w1"], "asset": ["a"]})
    told = with_covered(found.works, pairs, due(), parties=[]).set_index("work")
    assert told.loc["w1", ["due_year", "condition", "criticality"]].tolist() == [2021, 5.0, 0.9]
    assert told.loc["w0", "criticality"] == 0.6
    assert np.isnan(told.loc["w0", "condition"])
    assert "Het vervangt 1 onderdeel" in told.loc["w1", "why_nl"]


def test_a_work_that_is_called_only_after_its_street_is_called_after_its_kind_too():
    street = STREETS["name"].iloc[0]
    found = planned([hamlet.stretch(0, 100)] * 3, name=[street, f"Riool {street}, fase 2", None])
    assert found.works["name"].tolist() == [
        f"Riool (vrijverval) {street}",
        f"Riool {street}, fase 2",
        "Riool (vrijverval) w2",
    ]


def test_more_works_than_one_run_takes_are_refused_before_anything_is_made_of_them():
    many = {"wegvakken": ("sections", STREETS), "plannen": ("works", small_city.rows({"work": ["a", "b", "c"], "owner": "gemeente", "kind": "paving", "best_year": 2030}, [Point(X, Y)] * 3))}  # fmt: skip
    city = small_city.city(many, context={"most_works": 2})
    with pytest.raises(InputError, match="3 works and plans") as caught:
        survey(city)
    (fault,) = caught.value.faults
    assert (fault.column, fault.fatal) == ("context.most_works", True)
    assert look_again(city).proposed == ()
    assert len(survey(small_city.city(many, context={"most_works": 3})).works) == 3
