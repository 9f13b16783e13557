"""Places of a layer with their value, or the fault that says why there are none."""

import geopandas as gpd
import numpy as np
from shapely import box

from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import Need, Source
from koppelkans.vision.places import from_layer, origin_of

SOURCE = Source(name="buurten", role="areas", path="buurten.gpkg", layer="buurten")
LAYER = gpd.GeoDataFrame(
    {"row": [7, 8, 9, 10], "value": ["3", "12.5", "geheim", None], "words": ["a", "b", "c", "d"]},
    geometry=[box(0, 0, 1, 1), None, box(1, 0, 2, 1), box(2, 0, 3, 1)],
    crs="EPSG:28992",
)


def test_numbers_in_text_are_read_and_what_is_unknown_is_left_out():
    found = from_layer(LAYER, Need(source="buurten", column="value"), SOURCE)
    assert isinstance(found, gpd.GeoDataFrame)
    assert found[["place", "value"]].to_numpy().tolist() == [["7", 3.0]]


def test_without_a_column_every_shape_is_a_place_with_an_unknown_value():
    found = from_layer(LAYER, Need(source="buurten"), SOURCE)
    assert isinstance(found, gpd.GeoDataFrame)
    assert found["place"].tolist() == ["7", "9", "10"]
    assert np.isnan(found["value"]).all()


def test_a_column_that_is_not_there_is_told_with_file_layer_and_column():
    found = from_layer(LAYER, Need(source="buurten", column="groen"), SOURCE)
    assert isinstance(found, Fault)
    assert (found.where, found.layer, found.column) == ("buurten.gpkg", "buurten", "groen")
    assert "value, words" in found.wanted


def test_a_column_without_any_number_is_told():
    found = from_layer(LAYER, Need(source="buurten", column="words"), SOURCE)
    assert isinstance(found, Fault)
    assert found.found == "no number in the whole column"


def test_an_origin_names_source_and_column_or_the_indicator():
    assert origin_of(Need(source="a", column="b")) == "a.b"
    assert origin_of(Need(source="a")) == "a"
    assert origin_of(Need(indicator="green_share")) == "green_share"
