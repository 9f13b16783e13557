from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from koppelkans.context import City, read_city
from koppelkans.context.assets import gather_assets
from koppelkans.context.city import rows_of
from koppelkans.ground.settings import make_settings

ASSETS = """asset;reference;owner;kind;built_year;removed_year;condition;condition_year;wkt
a;R1;x;sewer_gravity;1960;;;;LINESTRING (150000 400000, 150050 400000)
b;R2;x;sewer_gravity;;;2;2019;LINESTRING (150000 400010, 150050 400010)
c;;x;sewer_gravity;1990;2005;;;LINESTRING (150000 400020, 150050 400020)
d;;x;sewer_gravity;2015;;;;LINESTRING (150000 400030, 150050 400030)
"""
INSPECTED = """asset;condition;condition_year
r1;3;2008
R1;5;2018
R1;4;2018
R2;4;2012
d;;2020
zz;4;2020
"""


Read = Callable[..., City]


@pytest.fixture
def city(tmp_path: Path) -> Read:
    def read(**more: object) -> City:
        (tmp_path / "a.csv").write_text(ASSETS)
        (tmp_path / "i.csv").write_text(INSPECTED)
        source = {"name": "a", "role": "assets", "path": "a.csv", "crs": "EPSG:28992"}
        sources = [source, {"name": "i", "role": "inspections", "path": "i.csv"}]
        return read_city(
            tmp_path,
            settings=make_settings({"sources": sources, "horizon": {"first": 2027, "last": 2041}, "context": more}),
        )

    return read


def gathered(city: City) -> tuple[pd.DataFrame, list[str]]:
    assets, faults = gather_assets(city, rows_of(city, "topography"))
    return assets.set_index("asset"), [str(fault.found) for fault in faults]


def test_the_last_and_worst_inspection_counts_and_an_own_score_of_later_stays(city: Read):
    assets, faults = gathered(city())
    assert assets.loc["a", ["condition", "condition_year"]].tolist() == [5, 2018]
    assert assets.loc["b", ["condition", "condition_year"]].tolist() == [2, 2019]
    assert pd.isna(assets.loc["d", "condition"])  # inspected without a score: unknown stays unknown
    assert faults == ["inspections of assets that are not there: 1, such as zz"]


def test_what_was_taken_away_before_the_horizon_counts_no_more(city: Read):
    assert gathered(city())[0].index.tolist() == ["a", "b", "d"]


def test_history_is_read_as_it_was_known_on_a_day(city: Read):
    assets, faults = gathered(city(known_on="2010-01-01"))
    assert assets.index.tolist() == ["a", "b"]
    assert assets.loc["a", ["condition", "condition_year"]].tolist() == [3, 2008]
    assert pd.isna(assets.loc["b", "condition"])  # known only since 2019
    assert "nothing in 1 rows" in faults
    assert gathered(city(known_on="2004-06-30"))[0].index.tolist() == ["a", "b", "c"]
