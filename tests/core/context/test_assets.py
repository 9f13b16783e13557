import numpy as np
import pytest
from shapely import Point, box

import hamlet
import small_city
from koppelkans.context.assets import gather_assets
from koppelkans.context.city import rows_of


def gathered(*layers: object) -> tuple[object, list[object]]:
    city = small_city.city({f"x{number}": ("assets", layer) for number, layer in enumerate(layers)})
    return gather_assets(city, rows_of(city, "topography"))


def one(**columns: object) -> object:
    usual = {"asset": ["a"], "owner": ["GM9999"], "kind": ["sewer_gravity"]}
    return small_city.rows(usual | columns, [hamlet.stretch(0, 40)])


def test_an_asset_is_measured_on_its_geometry_and_takes_what_its_kind_says():
    found, faults = gathered(one())
    row = found.iloc[0]
    assert (row["owner"], row["system"], row["criticality"], row["pieces"], row["in_use"]) == (
        "gemeente",
        "water",
        0.6,
        1,
        True,
    )
    assert row["length_m"] == 40
    assert np.isnan(row["area_m2"])
    assert not faults


def test_what_is_given_goes_before_what_is_measured():
    found, _ = gathered(one(length_m=[41.5], criticality=[0.9]))
    assert found.loc[0, ["length_m", "criticality"]].tolist() == [41.5, 0.9]


def test_a_kind_that_the_settings_do_not_know_is_other_and_is_told_once():
    strange = small_city.rows(
        {"asset": ["a", "b"], "owner": ["x"] * 2, "kind": ["steam"] * 2}, [Point(0, 0), Point(1, 1)]
    )
    found, faults = gathered(strange)
    assert found["kind"].tolist() == ["other", "other"]
    assert [str(fault.found) for fault in faults] == ["kind steam in 2 rows"]
    assert faults[0].found.said("nl") == "soort steam in 2 rijen"


def test_the_same_asset_in_two_sources_counts_once():
    found, faults = gathered(one(), one())
    assert len(found) == 1
    assert (faults[0].where, faults[0].row) == ("x1.gpkg", 1)


def test_two_things_with_one_name_are_both_kept():
    found, faults = gathered(one(), one(kind=["water_main"]))
    assert sorted(found["asset"]) == ["a#1", "a#2"]
    assert not faults


@pytest.mark.parametrize("status", ["projected", "disused"])
def test_what_is_not_there_or_not_in_use_is_told_apart(status: str):
    found, _ = gathered(one(status=[status]))
    assert not found["in_use"].iloc[0]


def test_assets_of_sources_and_topography_stand_in_one_table_in_order_of_name():
    road = small_city.rows(
        {"class": ["wegdeel"], "surface": ["open verharding"], "local_id": ["A0"]}, [box(0, 0, 10, 5)]
    )
    city = small_city.city({"riool": ("assets", one()), "bgt": ("topography", road)})
    found, _ = gather_assets(city, rows_of(city, "topography"))
    assert found[["asset", "kind", "source"]].to_numpy().tolist() == [
        ["A0", "paving", "bgt"],
        ["a", "sewer_gravity", "riool"],
    ]
    assert found["area_m2"].iloc[0] == 50
    assert found["owner"].iloc[0] == "onbekend"
