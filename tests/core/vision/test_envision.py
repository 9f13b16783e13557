"""The vision of the hamlet and of a real village: weights, needs at places, and what is said of the unknown."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from shapely import box

import hamlet
import real
from koppelkans.ground.errors import InputError, SettingError
from koppelkans.ground.settings import Settings
from koppelkans.ground.shelf import load, save
from koppelkans.vision import Vision, envision

CRS = hamlet.CRS
AREAS = gpd.GeoDataFrame(
    {"row": [1, 2, 3], "crime": [10.0, 30.0, 20.0], "health": [80.0, 60.0, None]},
    geometry=[box(0, 0, 100, 100), box(100, 0, 200, 100), box(200, 0, 300, 100)],
    crs=CRS,
)


def settings(*needs: dict[str, object], **ambition: object) -> Settings:
    """Return settings with the default ambitions, of which `participation` has these needs."""
    return hamlet.settings(
        sources=[
            {"name": "areas", "role": "areas", "path": "areas.gpkg"},
            {"name": "map", "role": "topography", "path": "map.gpkg"},
        ],
        vision={"ambitions": [{"ambition": "participation", "needs": list(needs), **ambition}]},
    )


def made(*needs: dict[str, object], **layers: gpd.GeoDataFrame) -> Vision:
    return envision({"areas": AREAS} | layers, settings=settings(*needs), trace=hamlet.TRACE)


def test_a_column_becomes_a_need_at_each_of_its_places():
    needs = made({"source": "areas", "column": "crime", "low": 10, "high": 30}).needs
    assert needs["need_score"].tolist() == [0.0, 1.0, 0.5]
    assert needs["origin"].unique().tolist() == ["areas.crime"]


def test_needs_from_two_origins_are_stacked_not_mixed():
    vision = made({"source": "areas", "column": "crime"}, {"source": "areas", "column": "health", "invert": True})
    assert vision.needs.groupby("origin").size().to_dict() == {"areas.crime": 3, "areas.health": 2}
    found = vision.ambitions.set_index("ambition").loc["participation"]
    assert (found["places"], found["basis"]) == (5, "areas.crime + areas.health")


def test_inside_a_shape_the_need_is_one_and_outside_it_is_not_known():
    needs = made({"source": "areas"}).needs
    assert needs["need_score"].tolist() == [1.0] * 3
    assert needs["measured"].isna().all()


def test_weights_add_up_to_one_and_who_set_them_when_is_kept():
    vision = envision({}, settings=settings(weight=11, level=3, set_by="raad", set_on="2026-05-01"), trace=hamlet.TRACE)
    found = vision.ambitions.set_index("ambition").loc["participation"]
    assert vision.ambitions["weight"].sum() == pytest.approx(1.0)
    assert found["weight"] == pytest.approx(11 / 24)
    assert (found["level"], found["set_by"], found["set_on"]) == (3, "raad", "2026-05-01")


def test_an_ambition_without_needs_keeps_an_unknown_basis_and_no_places():
    found = made().ambitions.set_index("ambition").loc["participation"]
    assert found["places"] == 0
    assert pd.isna(found["basis"])


def test_without_topography_the_indicators_are_unknown_and_the_trace_says_so():
    vision = made()
    assert len(vision.needs) == 0
    assert "need for heat_stress from green_share is unknown: no topography was read" in vision.trace.notes


def test_a_source_that_could_not_be_read_leaves_the_need_unknown():
    vision = envision({}, settings=settings({"source": "areas", "column": "crime"}), trace=hamlet.TRACE)
    assert any("areas.crime" in note for note in vision.trace.notes)


def test_indicators_are_measured_on_the_topography():
    town = gpd.GeoDataFrame(
        {"class": ["wegdeel", "begroeidterreindeel", "wegdeel"], "surface": ["gesloten verharding", None, None]},
        geometry=[box(0, 0, 100, 90), box(0, 90, 100, 100), box(100, 0, 200, 100)],
        crs=CRS,
    )
    needs = made(map=town).needs
    heat = needs[(needs["ambition"] == "heat_stress") & (needs["origin"] == "green_share")].set_index("place")
    assert heat["measured"].to_dict() == pytest.approx({"E0N0": 0.1, "E100N0": 0.0})
    assert heat.loc["E0N0", "need_score"] == pytest.approx(1 - 0.05 / 0.45)


def test_every_column_that_is_not_there_is_told_at_once():
    with pytest.raises(InputError) as told:
        made({"source": "areas", "column": "trees"}, {"source": "areas", "column": "benches"})
    assert [(fault.where, fault.column) for fault in told.value.faults] == [
        ("areas.gpkg", "trees"),
        ("areas.gpkg", "benches"),
    ]


def test_every_need_from_something_that_does_not_exist_is_told_with_its_key():
    with pytest.raises(SettingError) as told:
        made({"source": "nowhere"}, {"indicator": "beauty"}, {"source": "areas", "indicator": "green_share"})
    assert [fault.column for fault in told.value.faults] == [
        "vision.ambitions.participation.needs.0.source",
        "vision.ambitions.participation.needs.1.indicator",
        "vision.ambitions.participation.needs.2",
    ]


def test_the_order_of_the_rows_does_not_matter():
    mixed = AREAS.sample(frac=1, random_state=3)
    needs = made({"source": "areas", "column": "crime"}).needs
    assert made({"source": "areas", "column": "crime"}, areas=mixed).needs.equals(needs)


def test_a_vision_comes_back_from_the_shelf(tmp_path: Path):
    vision = made({"source": "areas", "column": "crime"})
    back = load(Vision, save(vision, tmp_path))
    assert back.needs.equals(vision.needs)
    assert back.ambitions.equals(vision.ambitions)


def otterlo() -> gpd.GeoDataFrame:
    """Return the topography of Otterlo in our columns."""
    path = real.path("otterlo/otterlo_bgt_actueel.gpkg")
    layers = {
        "wegdeel": "surfaceMaterial",
        "ondersteunendwegdeel": "surfaceMaterial",
        "begroeidterreindeel": "class",
        "onbegroeidterreindeel": "bgt-fysiekVoorkomen",
        "waterdeel": "class",
        "pand": "",
        "vegetatieobject": "",
    }
    parts = []
    for name, surface in layers.items():
        read = pyogrio.read_dataframe(path, layer=name)
        parts.append(
            gpd.GeoDataFrame(
                {
                    "class": name,
                    "function": read.get("function"),
                    "surface": read.get(surface),
                    "plus_type": read.get("plus-type"),
                },
                geometry=read.geometry.to_numpy(),
                index=read.index,
            )
        )
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), geometry="geometry", crs=CRS)


def test_otterlo_is_a_green_village_with_few_trees_along_its_country_roads():
    areas = pyogrio.read_dataframe(real.path("buurten/buurten.gpkg"))
    vision = made(
        {"source": "areas", "column": "misdrijven_per1000"},
        {"source": "areas", "column": "goed_ervaren_gezondheid", "invert": True},
        {"source": "areas", "column": "inwoners65plus"},
        map=otterlo(),
        areas=areas,
    )
    per_origin = vision.needs.drop_duplicates(["origin", "place"]).groupby("origin")["measured"]
    assert per_origin.size()["areas.misdrijven_per1000"] == areas["misdrijven_per1000"].notna().sum()
    assert per_origin.mean()["green_share"] > 0.7
    assert per_origin.mean()["sealed_share"] < 0.2
    assert 0 < per_origin.median()["distance_to_green_m"] < 200
    assert per_origin.median()["trees_per_100m"] == 0
