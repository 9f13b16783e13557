"""Figures per quarter are found by the names of their columns, and unknown stays unknown."""

import geopandas as gpd
import pytest
from shapely.geometry import box
from tests import hamlet

from koppelkans.vision import envision
from koppelkans.vision.product import Vision

CRS = "EPSG:28992"
SOCIAL = {"participation", "equal_chances", "safety", "accessibility"}


def quarters(**columns: list[float]) -> gpd.GeoDataFrame:
    boxes = [box(at * 100, 0, at * 100 + 100, 100) for at in range(3)]
    return gpd.GeoDataFrame({"row": [1, 2, 3], **columns}, geometry=boxes, crs=CRS)


def made(layer: gpd.GeoDataFrame, role: str = "areas") -> Vision:
    sources = [{"name": "quarters", "role": role, "path": "quarters.gpkg"}]
    return envision({"quarters": layer}, settings=hamlet.settings(sources=sources, vision={}), trace=hamlet.TRACE)


@pytest.mark.parametrize("role", ["areas", "ambitions"])
@pytest.mark.parametrize(
    "column", ["percentageHuishoudensOnderOfRondSociaalMinimum", "percentage_huishoudens_onder_of_rond_sociaal_minimum"]
)
def test_equal_chances_are_read_from_the_column_of_the_statistics_office_in_either_spelling(column: str, role: str):
    needs = made(quarters(**{column: [3.0, 9.0, 15.0]}), role).needs
    assert needs["ambition"].unique().tolist() == ["equal_chances"]
    assert needs["need_score"].tolist() == [0.0, 0.5, 1.0]  # (x - 3) / (15 - 3)
    assert needs["origin"].unique().tolist() == [f"quarters.{column}"]


def test_a_figure_that_the_office_keeps_secret_is_unknown_and_not_zero():
    needs = made(quarters(misdrijven_per1000=[-99997.0, 25.0, 45.0])).needs
    assert needs["place"].tolist() == ["2", "3"]
    assert needs["need_score"].tolist() == [0.5, 1.0]


def test_what_no_source_has_is_unknown_and_named():
    vision = made(quarters(groen=[1.0, 2.0, 3.0]))
    basis = vision.ambitions.set_index("ambition")["basis"]
    assert basis[sorted(SOCIAL)].isna().all()
    assert any("safety" in note and "misdrijvenper1000" in note for note in vision.trace.notes)


def test_soil_life_and_the_four_social_themes_are_ambitions_of_their_own():
    vision = made(quarters(groen=[1.0, 2.0, 3.0]))
    assert {"soil_life", *SOCIAL} <= set(vision.ambitions["ambition"])
    assert {"soil_life", *SOCIAL} <= set(vision.effects["ambition"])
    assert {"soil_life", *SOCIAL} <= set(vision.themes["theme"])


def test_an_ambition_of_the_city_without_a_name_bears_its_short_name():
    names = hamlet.settings(vision={"ambitions": [{"ambition": "social"}]}).vision.ambitions[-1]
    assert (names.nl, names.en) == ("social", "social")
