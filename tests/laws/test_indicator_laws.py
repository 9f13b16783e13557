"""Every indicator keeps the laws of its folder."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, box

from koppelkans.vision.grid import ground_of
from koppelkans.vision.indicator import Indicator
from koppelkans.vision.indicators import INDICATORS
from often import few

DOCUMENT = (Path(__file__).parents[2] / "docs" / "methods" / "vision.md").read_text(encoding="utf-8")
CRS = "EPSG:28992"
Rows = list[tuple[str, str | None, str | None, int, int, int]]
Trees = list[tuple[int, int]]
CLASSES = ["wegdeel", "ondersteunendwegdeel", "begroeidterreindeel", "onbegroeidterreindeel", "waterdeel", "pand"]
FUNCTIONS = ["rijbaan lokale weg", "voetpad", "fietspad", "parkeervlak", None]
SURFACES = ["gesloten verharding", "open verharding", "onverhard", "groenvoorziening", "erf", None]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(CLASSES),
        st.sampled_from(FUNCTIONS),
        st.sampled_from(SURFACES),
        st.integers(0, 18),
        st.integers(0, 18),
        st.integers(1, 12),
    ),
    min_size=1,
    max_size=14,
)
TREES = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=6)


def town(rows: Rows, trees: Trees) -> gpd.GeoDataFrame:
    """Return topography of rectangles on a raster of 10 m, and trees."""
    areas = [
        (kind, use, surface, None, box(10 * x, 10 * y, 10 * (x + w), 10 * (y + 1)))
        for kind, use, surface, x, y, w in rows
    ]
    points = [("vegetatieobject", None, None, "boom", Point(x + 0.5, y + 0.5)) for x, y in trees]
    table = pd.DataFrame([*areas, *points], columns=["class", "function", "surface", "plus_type", "geometry"])
    return gpd.GeoDataFrame(table, geometry="geometry", crs=CRS)


def halves(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the same topography with every area cut in an upper and a lower half."""
    bounds = frame.bounds.to_numpy()
    middle = (bounds[:, 1] + bounds[:, 3]) / 2
    areas = frame.area > 0
    lower = frame.set_geometry([box(a, b, c, m) for (a, b, c, _), m in zip(bounds, middle, strict=True)])[areas]
    upper = frame.set_geometry([box(a, m, c, d) for (a, _, c, d), m in zip(bounds, middle, strict=True)])[areas]
    return gpd.GeoDataFrame(pd.concat([frame[~areas], lower, upper], ignore_index=True), crs=CRS)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.name)
@settings(max_examples=few(12), deadline=None)
@given(rows=ROWS, trees=TREES, seed=st.integers(0, 99))
def test_the_order_of_the_rows_does_not_matter(indicator: Indicator, rows: Rows, trees: Trees, seed: int):
    frame = town(rows, trees)
    one, other = (ground_of([part], grid_m=100, crs=CRS) for part in (frame, frame.sample(frac=1, random_state=seed)))
    assert one.cells["cell"].tolist() == other.cells["cell"].tolist()
    np.testing.assert_allclose(indicator.measure(one), indicator.measure(other), rtol=1e-9)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.name)
@settings(max_examples=few(12), deadline=None)
@given(rows=ROWS, trees=TREES)
def test_a_value_is_known_and_in_its_range_or_nan_and_there_is_one_per_cell(
    indicator: Indicator, rows: Rows, trees: Trees
):
    ground = ground_of([town(rows, trees)], grid_m=100, crs=CRS)
    values = indicator.measure(ground)
    assert values.shape == (len(ground.cells),)
    assert not np.isinf(values).any()
    known = values[~np.isnan(values)]
    assert (known >= 0).all()
    if indicator.unit == "share":
        assert (known <= 1 + 1e-9).all()


@pytest.mark.parametrize(
    "indicator", [one for one in INDICATORS if one.name != "trees_per_100m"], ids=lambda one: one.name
)
@settings(max_examples=few(12), deadline=None)
@given(rows=ROWS)
def test_an_area_drawn_as_two_halves_counts_the_same(indicator: Indicator, rows: Rows):
    """Trees are left out: a road drawn as two lanes is twice as long, as its own sentence says."""
    frame = town(rows, [])
    whole, cut = (ground_of([part], grid_m=100, crs=CRS) for part in (frame, halves(frame)))
    np.testing.assert_allclose(indicator.measure(whole), indicator.measure(cut), rtol=1e-9, atol=1e-12)


def test_each_indicator_has_its_own_name_words_formula_and_source_as_the_documentation_says():
    assert len({one.name for one in INDICATORS}) == len(INDICATORS)
    for one in INDICATORS:
        assert getattr(one.measure, "func", one.measure).__module__.startswith("koppelkans.vision")
        assert all((one.nl, one.en, one.unit, one.formula, one.meaning, one.source))
        assert f"### `{one.name}`: {one.nl}\n\n{one.meaning}\n\n$${one.formula}$$" in DOCUMENT
