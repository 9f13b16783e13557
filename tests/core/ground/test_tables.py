import geopandas as gpd
import pandas as pd
import pandera.errors
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from koppelkans.ground.tables import (
    GEOMETRY,
    NUMBER,
    TEXT,
    WHOLE,
    WHOLE_OR_UNKNOWN,
    YES_NO,
    Column,
    Schema,
    empty,
    fits,
    shape,
)

THINGS = Schema(
    "things",
    "Things.",
    {
        "thing": Column(TEXT, "thing"),
        "side": Column(TEXT, "side", one_of=("left", "right")),
        "count": Column(WHOLE, "count", least=0),
        "year": Column(WHOLE_OR_UNKNOWN, "year", known=False),
        "length_m": Column(NUMBER, "length", known=False, least=0),
        "wet": Column(YES_NO, "wet"),
        "geometry": Column(GEOMETRY, "place"),
    },
    key=("thing",),
)


def things(**changes: object) -> gpd.GeoDataFrame:
    data = {"thing": ["a", "b"], "side": ["left", "right"], "count": [1, 2], "wet": [True, False]}
    return gpd.GeoDataFrame(data | changes, geometry=[Point(0, 0), Point(1, 1)], crs="EPSG:28992")


def test_missing_columns_become_unknown_and_order_and_types_are_those_of_the_schema():
    made = shape(things(extra=[1, 2]), THINGS)
    assert list(made.columns) == list(THINGS.columns)
    assert made["year"].isna().all()
    assert made["length_m"].isna().all()
    assert str(made["year"].dtype) == "Int64"
    assert made.crs == "EPSG:28992"


def test_what_was_given_is_not_changed():
    given = things()
    before = given.copy()
    shape(given, THINGS)
    pd.testing.assert_frame_equal(given, before)


@pytest.mark.parametrize(
    "broken", [{"side": ["left", "up"]}, {"count": [1, -1]}, {"thing": ["a", "a"]}, {"thing": ["a", None]}]
)
def test_a_product_that_breaks_its_schema_is_refused(broken: dict[str, object]):
    with pytest.raises(pandera.errors.SchemaErrors):
        shape(things(**broken), THINGS)


def test_all_breaches_are_told_at_once():
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        shape(things(side=["up", "down"], count=[-1, 1]), THINGS)
    assert {"side", "count"} <= set(caught.value.failure_cases["column"])


def test_an_empty_table_has_the_shape_of_a_full_one():
    made = empty(THINGS, crs="EPSG:28992")
    assert len(made) == 0
    assert list(made.columns) == list(THINGS.columns)
    pd.testing.assert_frame_equal(shape(made, THINGS, crs="EPSG:28992"), made)


FEW = {
    "thing": st.sampled_from(["a", "b", "c", None]),
    "side": st.sampled_from(["left", "right", "up", None]),
    "count": st.integers(-1, 3),
    "year": st.sampled_from([None, 2020]),
    "length_m": st.sampled_from([None, -1.0, 0.0, 2.5]),
    "wet": st.booleans(),
    "geometry": st.sampled_from([None, Point(0, 0)]),
}


@given(st.lists(st.fixed_dictionaries(FEW), min_size=1, max_size=4))
def test_the_quick_look_refuses_what_pandera_refuses_and_nothing_else(rows: list[dict[str, object]]):
    made = pd.DataFrame(rows, columns=list(FEW)).astype(
        {name: column.dtype for name, column in THINGS.columns.items() if column.dtype != GEOMETRY}
    )
    table = gpd.GeoDataFrame(made, geometry="geometry", crs="EPSG:28992")
    try:
        THINGS.pandera.validate(table, lazy=True)
    except pandera.errors.SchemaErrors:
        assert not fits(table, THINGS)
    else:
        assert fits(table, THINGS)
