"""Wishes without coordinates lie on the street that they name, and none of them is lost; worked out by hand."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

import hamlet
from koppelkans.context import Context, read_city, survey

TOML = """
[city]
name = "Gehucht"
[horizon]
first = 2027
last = 2036
[[sources]]
name = "wegvakken"
role = "sections"
path = "wegvakken.gpkg"
[[sources]]
name = "wensen"
role = "wishes"
path = "wensen.csv"
"""
LINES = (
    "w1;Bomen in de Kerkweg;;",  # no place: in the middle of the street that it names
    "w2;De hoek van Dorpsstraat en kerkweg;;",  # two streets: where they meet
    "w3;Een bankje in de Dorpstraat;;",  # misspelt: proposed, and not guessed
    "w4;Meer groen;;",  # no street at all
    f"w5;Meer groen;{hamlet.X0 + 150};{hamlet.Y0 + 4}",  # a place and no street
    f"w6;Bomen in de Kerkweg;{hamlet.X0 + 150};{hamlet.Y0 + 4}",  # a place in another street than it names
    f"w7;Licht in de Kerkweg;hier;{hamlet.Y0}",  # a place that cannot be read
    "w8;Licht in de Kerkweg;1;2",  # a place far away
    "w9;De Molenweg is te smal;;",  # the name of two streets far apart
)


def streets() -> gpd.GeoDataFrame:
    """Return the Dorpsstraat of two sections, the Kerkweg behind it, and two streets of one name far apart."""
    spans = ((0, 100), (100, 200), (200, 300), (300, 400), (1000, 1100), (4000, 4100))
    names = ["Dorpsstraat", "Dorpsstraat", "Kerkweg", "Kerkweg", "Molenweg", "Molenweg"]
    return gpd.GeoDataFrame(
        {"section": [f"S{at}" for at in range(1, 7)], "name": names},
        geometry=[hamlet.stretch(*span) for span in spans],
        crs=hamlet.CRS,
    )


def surveyed(folder: Path, *lines: str, head: str = "wish;text;x;y", more: str = 'crs = "EPSG:28992"') -> Context:
    """Return the context of a folder with these wishes."""
    streets().to_file(folder / "wegvakken.gpkg")
    (folder / "wensen.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    (folder / "koppelkans.toml").write_text(TOML + more + "\n", encoding="utf-8")
    return survey(read_city(folder))


@pytest.fixture
def context(tmp_path: Path) -> Context:
    """Return the context with every sort of wish."""
    return surveyed(tmp_path, *LINES)


def test_every_wish_is_kept_and_lies_on_the_street_that_it_names(context: Context):
    wishes = context.wishes.set_index("wish")
    assert wishes.index.tolist() == [f"w{at}" for at in range(1, 10)]
    assert wishes["section"].fillna("-").to_dict() == {
        "w1": "S3", "w2": "S2", "w3": "-", "w4": "-", "w5": "S2", "w6": "S2", "w7": "S3", "w8": "S3", "w9": "-"
    }  # fmt: skip
    assert wishes.geometry["w1"].equals(Point(hamlet.X0 + 300, hamlet.Y0))
    assert wishes.geometry["w2"].equals(Point(hamlet.X0 + 200, hamlet.Y0))
    assert wishes.geometry[["w3", "w4", "w9"]].isna().all()


def test_a_wish_that_nobody_can_place_is_told_with_its_row_and_what_to_do(context: Context):
    told = context.set_aside[context.set_aside["column"] == "geometry"].set_index("row")
    assert {3, 4, 9} <= set(told.index)
    assert not {1, 2, 5, 6} & set(told.index)
    assert "Dorpsstraat" in str(told.loc[3, "wanted"])
    assert "text" in str(told.loc[4, "wanted"])
    assert "Molenweg" in str(told.loc[9, "found"])


def test_a_list_of_wishes_without_any_column_for_a_place_is_read(tmp_path: Path):
    found = surveyed(tmp_path, "w1;Bomen in de Kerkweg", "w2;Meer groen", head="wish;text", more="")
    assert found.wishes["section"].fillna("-").tolist() == ["S3", "-"]


def test_many_wishes_without_a_place_are_told_one_by_one_and_then_counted(tmp_path: Path):
    found = surveyed(tmp_path, *[f"w{at};Meer groen" for at in range(50)], head="wish;text", more="")
    assert len(found.wishes) == 50
    told = found.set_aside
    assert len(told) == 21
    assert "30" in str(told["found"].iloc[-1])
    assert pd.isna(told["row"].iloc[-1])
