import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString, box

import small_town
from koppelkans.demo import flaws

CLEAN = small_town.layers()
SPOILT = flaws.spoilt(CLEAN, seed=4)
RNG = np.random.default_rng(1)


def lots(count: int) -> gpd.GeoDataFrame:
    """Return a row of squares with a year."""
    return gpd.GeoDataFrame(
        {"year": pd.array([1970] * count, dtype="Int64"), "low": 2028, "high": 2031},
        geometry=[box(10 * i, 0, 10 * i + 9, 9) for i in range(count)],
        crs="EPSG:28992",
    )


def test_only_a_small_share_of_a_file_is_spoilt():
    for name, clean in CLEAN.items():
        assert len(clean) <= len(SPOILT[name]) <= len(clean) * 1.06 + 1
    pipes = SPOILT["strengen"]["AANLEGJAAR"]
    assert 0.005 < (pipes.isna() | pipes.isin([1, 1900, 9999])).mean() < 0.12


def test_spoiling_leaves_what_it_was_given_alone():
    assert CLEAN["strengen"]["AANLEGJAAR"].notna().all()
    assert CLEAN["verharding"].geometry.is_valid.all()


def test_years_that_mean_unknown_stand_in_a_few_rows():
    made = flaws.years("year", 1, 9999)(lots(100), RNG)

    assert sorted(set(made["year"])) == [1, 1970, 9999]
    assert (made["year"] == 1970).sum() == 98


def test_words_between_numbers_make_the_column_text():
    made = flaws.values("low", "ca. 300")(lots(50), RNG)

    assert (made["low"] == "ca. 300").sum() == 1
    assert (made["low"] == "2028").sum() == 49


def test_a_window_is_turned_upside_down_in_one_row():
    made = flaws.swapped("low", "high")(lots(30), RNG)

    assert (made["low"] > made["high"]).sum() == 1


def test_only_rows_of_one_kind_are_spoilt_and_the_order_stays():
    frame = lots(40).assign(kind=["tree", "road"] * 20)

    made = flaws.among("kind", "tree", flaws.values("low", -1))(frame, RNG)

    assert made.index.tolist() == frame.index.tolist()
    assert set(made.loc[made["low"] == -1, "kind"]) == {"tree"}
    assert flaws.among("kind", "bridge", flaws.values("low", -1))(frame, RNG).equals(frame)


def test_shapes_are_lost_crossed_doubled_and_drawn_over_each_other():
    assert flaws.no_shape(2)(lots(60), RNG).geometry.isna().sum() == 2
    assert (~flaws.crossed(2)(lots(60), RNG).geometry.is_valid).sum() == 2
    assert len(flaws.doubles(3)(lots(60), RNG)) == 63
    assert flaws.overlapping(1, 2.0)(lots(60), RNG).geometry.area.max() > 120


def test_a_looped_line_crosses_itself_twice():
    line = gpd.GeoDataFrame({"a": [1]}, geometry=[LineString([(0, 0), (100, 0)])], crs="EPSG:28992")

    made = flaws.looped(1)(line, RNG).geometry.iloc[0]

    assert not made.is_simple
    assert made.coords[0] == (0, 0)
    assert made.coords[-1] == (100, 0)
