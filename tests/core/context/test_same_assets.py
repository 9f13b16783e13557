"""One pipe that two sources hold is proposed as one, with a score, and is one only where a person said so."""

from collections.abc import Mapping

import geopandas as gpd
import pytest

import hamlet
import small_city
from koppelkans.context.assets import gather_assets
from koppelkans.context.city import City, rows_of
from koppelkans.context.second_look import look_again
from koppelkans.context.works.planned_works import gather_works
from koppelkans.context.works.same_assets import compare_assets
from registers import FOUR, answer


def pipes(geometry: list[object], **columns: object) -> gpd.GeoDataFrame:
    """Return sewers of the municipality, but for what is given; one value counts for every row."""
    count = len(geometry)
    usual: dict[str, object] = {
        "asset": [f"p{at}" for at in range(count)],
        "owner": "gemeente",
        "kind": "sewer_gravity",
    }
    given = {name: one if isinstance(one, list) else [one] * count for name, one in (usual | columns).items()}
    return small_city.rows(given, geometry)


def city(layers: Mapping[str, gpd.GeoDataFrame], *answers: dict[str, object]) -> City:
    placed = {name: ("assets", rows) for name, rows in layers.items()}
    return small_city.city({"wegvakken": ("sections", FOUR), **placed}, context={"same_works": list(answers)})


def two() -> dict[str, gpd.GeoDataFrame]:
    """Return a register and a delivery with one pipe in both, drawn half a metre apart, and another pipe in each."""
    return {
        "beheer": pipes([hamlet.stretch(0, 100), hamlet.stretch(100, 200)], asset=["a", "b"], built_year=[1960, 1990]),
        "klic": pipes([hamlet.stretch(0, 100, 0.5), hamlet.stretch(200, 300)], asset=["x", "y"], built_year=[1962, 1990],
                      diameter_mm=[300.0, 400.0]),
    }  # fmt: skip


SAID = (("beheer", "a"), ("klic", "x"))


def test_the_score_is_worked_out_by_hand():
    """Two lines of 100 m half a metre apart, each made a metre wider: of 2 m width they share 1.5 m.

    Place: 0.75. Owner: the same. Year: two years of ten apart. Measure: of one it is not known.
    """
    (pair,) = compare_assets(city(two()))[0].to_dict("records")
    assert (pair["one"], pair["other"], pair["kind"]) == ("a", "x", "sewer_gravity")
    assert [pair[name] for name in ("place", "owner", "year", "measure")] == pytest.approx(
        [0.75, 1, 0.8, 0.5], abs=1e-6
    )
    assert pair["score"] == pytest.approx(0.5 * 0.75 + 0.1 + 0.2 * 0.8 + 0.2 * 0.5, abs=1e-6)


@pytest.mark.parametrize(
    "other",
    [
        pipes([hamlet.stretch(0, 100)], kind="water_main"),
        pipes([hamlet.stretch(0, 100, 3)]),
        pipes([hamlet.stretch(0, 100)], built_year=2010, owner="water"),
        pipes([hamlet.stretch(100, 200)]),
    ],
)
def test_another_pipe_is_not_proposed(other: gpd.GeoDataFrame):
    first = pipes([hamlet.stretch(0, 100)], asset=["a"], built_year=1960, diameter_mm=300.0)
    assert compare_assets(city({"beheer": first, "klic": other}))[0].empty
    assert compare_assets(city({"beheer": first}))[0].empty


def test_nothing_is_joined_without_an_answer_and_check_tells_what_waits():
    waiting = city(two())
    assert len(gather_assets(waiting, rows_of(waiting, "topography"))[0]) == 4
    assert any("assets of two sources that may be one: 1" in str(fault.found) for fault in look_again(waiting).proposed)


def test_an_answer_makes_two_pipes_one_that_knows_what_either_knew():
    joined = city(two(), answer(*SAID, same=True))
    assets, faults = gather_assets(joined, rows_of(joined, "topography"))
    assert assets["asset"].tolist() == ["a", "b", "y"]
    assert assets.loc[0, ["built_year", "diameter_mm"]].tolist() == [1960, 300.0]
    assert any("asset x: the same as a" in str(fault.found) for fault in faults)
    assert compare_assets(joined)[0].empty
    assert not gather_works(joined)[1]


def test_pipes_that_were_kept_apart_are_two_and_are_proposed_no_more():
    apart = city(two(), answer(*SAID, same=False))
    assert len(gather_assets(apart, rows_of(apart, "topography"))[0]) == 4
    assert compare_assets(apart)[0].empty


def test_what_another_owner_knows_is_not_taken_over():
    layers = two() | {"klic": pipes([hamlet.stretch(0, 100)], asset=["x"], owner="water", diameter_mm=300.0)}
    joined = city(layers, answer(*SAID, same=True))
    assets, _ = gather_assets(joined, rows_of(joined, "topography"))
    assert assets["asset"].tolist() == ["a", "b"]
    assert assets["diameter_mm"].isna().all()
