from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box

import hamlet
import small_city
from koppelkans.context import Context, survey
from koppelkans.context.city import City
from koppelkans.ground.errors import InputError
from koppelkans.ground.shelf import load, save
from often import few

FOUR = small_city.streets(
    (0, 100), (100, 200), (200, 300), (300, 400), name=["Dorpsstraat", "Dorpsstraat", "Kerkweg", "Kerkweg"]
)


def pipes(*rows: tuple[str, str, str, int | None, float, float], side: float = 1.0) -> gpd.GeoDataFrame:
    """Return assets from rows (asset, owner, kind, built, first m, last m)."""
    columns = dict(
        zip(("asset", "owner", "kind", "built_year"), zip(*[row[:4] for row in rows], strict=True), strict=True)
    )
    return small_city.rows(
        {name: list(values) for name, values in columns.items()}, [hamlet.stretch(*row[4:], side) for row in rows]
    )


def hamlet_city(**parts: object) -> City:
    """Return the hamlet before it was surveyed: sewers in S1, S2, water in S1 and S3, a lamp in S4, and one plan."""
    sewers = pipes(("r1", "gemeente", "sewer_gravity", 1968, 0, 100), ("r2", "GM9999", "sewer_gravity", 1970, 100, 200))
    mains = pipes(("w1", "water", "water_main", 1960, 0, 100), ("w3", "water", "water_main", 1958, 200, 300), side=-2.0)
    lamp = small_city.rows(
        {"asset": ["l4"], "owner": ["gemeente"], "kind": ["lighting"], "built_year": [None]},
        [Point(hamlet.X0 + 350, hamlet.Y0 + 4)],
    )
    plan = small_city.rows(
        {
            "work": ["p4"], "name": ["Klinkers Kerkweg"], "owner": ["gemeente"], "kind": ["paving"], "certainty": ["vast"],
            "earliest_year": [2030], "best_year": [2030], "latest_year": [2030],
        },
        [hamlet.stretch(300, 400)],
    )  # fmt: skip
    layers = {
        "wegvakken": ("sections", FOUR), "riool": ("assets", sewers), "leidingen": ("assets", mains), "licht": ("assets", lamp),
        "planning": ("works", plan),
    }  # fmt: skip
    return small_city.city(layers, **parts)


def test_the_hamlet_is_surveyed_as_worked_out_by_hand():
    found = survey(hamlet_city())
    works = found.works.set_index("work")
    # Sewers due 1968 + 60 = 2028 and 1970 + 60 = 2030: two years apart, beside each other, so one work of 200 m.
    sewer = works.loc["sewer_gravity-S1-2028"]
    assert (sewer["quantity"], sewer["due_year"], sewer["pieces"]) == (200.0, 2028, 2)
    assert (sewer["earliest_year"], sewer["best_year"], sewer["latest_year"]) == (2027, 2028, 2033)
    assert sewer["cost_eur"] == round(200 * 300 * 1.03**11)
    # Water mains due 2030 and 2028 lie 100 m apart, in streets that do not touch: two works of 100 m at 190 eur.
    assert works.loc["water_main-S1-2030", ["quantity", "cost_eur"]].tolist() == [100.0, 19_000]
    assert works.loc["water_main-S3-2028", "latest_year"] == 2032
    assert works.loc["p4", ["earliest_year", "latest_year", "certainty", "origin"]].tolist() == [
        2030,
        2030,
        "vast",
        "planned",
    ]
    assert len(works) == 4
    assert found.assets.set_index("asset")["renewal"].to_dict() == {
        "l4": "unknown", "r1": "work", "r2": "work", "w1": "work", "w3": "work",
    }  # fmt: skip
    touches = found.touches.set_index(["work", "section"])["length_m"]
    assert touches.to_dict() == {
        ("p4", "S4"): 100.0, ("sewer_gravity-S1-2028", "S1"): 100.0, ("sewer_gravity-S1-2028", "S2"): 100.0,
        ("water_main-S1-2030", "S1"): 100.0, ("water_main-S3-2028", "S3"): 100.0,
    }  # fmt: skip


def test_reasons_are_said_in_plain_words_in_both_languages():
    sewer = survey(hamlet_city()).works.set_index("work").loc["sewer_gravity-S1-2028"]
    assert sewer["name"] == "Riool (vrijverval) Dorpsstraat"
    assert sewer["why_nl"] == (
        "Dorpsstraat: 200 m riool (vrijverval) in 2 delen. Aangelegd in 1968–1970, met een levensduur van 60 jaar. "
        "Het is aan vervanging toe in 2028."
    )
    assert sewer["why_en"] == (
        "Dorpsstraat: 200 m sewer (gravity) in 2 parts. Laid in 1968–1970, with a lifetime of 60 years. It is due in 2028."
    )


def test_parties_are_known_by_one_name_whatever_file_they_are_in():
    found = survey(hamlet_city())
    assert found.parties["party"].tolist() == ["gemeente", "water"]
    assert set(found.assets["owner"]) == {"gemeente", "water"}


def test_assets_without_a_year_become_backlog_where_the_city_says_so():
    found = survey(hamlet_city(context={"unknown_year": "backlog"}))
    lamp = found.works.set_index("work").loc["lighting-S4-2027"]
    assert (lamp["due_year"], lamp["best_year"], lamp["pieces"], lamp["cost_eur"]) == (2026, 2027, 1, 1500)
    assert lamp["why_nl"].endswith(
        "Het jaar van aanleg is niet bekend en is aangenomen. Het was aan vervanging toe in 2026: dit werk is over tijd."
    )


def test_a_plan_that_covers_an_overdue_pipe_takes_its_place():
    old = pipes(("r1", "gemeente", "sewer_gravity", 1955, 0, 100), ("r2", "gemeente", "sewer_gravity", 1955, 300, 400))
    plan = small_city.rows(
        {"work": ["p1"], "owner": ["gemeente"], "kind": ["sewer_gravity"], "best_year": [2029], "cost_eur": [90_000]},
        [hamlet.stretch(0, 100)],
    )
    found = survey(
        small_city.city({"wegvakken": ("sections", FOUR), "riool": ("assets", old), "planning": ("works", plan)})
    )
    assert found.works["work"].tolist() == ["p1", "sewer_gravity-S4-2027"]
    assert found.work_assets.to_dict("list") == {"work": ["p1", "sewer_gravity-S4-2027"], "asset": ["r1", "r2"]}
    assert found.assets["renewal"].tolist() == ["planned", "work"]
    assert (
        found.works["why_nl"]
        .iloc[0]
        .endswith("Het vervangt 1 onderdeel dat aan vervanging toe is (2015); daarvoor is geen apart werk gemaakt.")
    )
    assert found.works["due_year"].tolist() == [2015, 2015]


def test_a_plan_and_a_derived_work_never_share_an_id():
    old = pipes(("r1", "gemeente", "sewer_gravity", 1955, 0, 100))
    plan = small_city.rows(
        {"work": ["sewer_gravity-S1-2027"], "owner": ["gemeente"], "kind": ["redesign"], "best_year": [2029]},
        [hamlet.stretch(300, 400)],
    )
    found = survey(
        small_city.city({"wegvakken": ("sections", FOUR), "riool": ("assets", old), "planning": ("works", plan)})
    )
    assert found.works["work"].tolist() == ["sewer_gravity-S1-2027", "sewer_gravity-S1-2027-derived"]
    assert found.touches["section"].tolist() == ["S4", "S1"]
    assert found.work_assets["work"].tolist() == ["sewer_gravity-S1-2027-derived"]


def test_addresses_and_care_are_counted_and_unknown_where_there_are_none():
    addresses = small_city.rows(
        {"address": ["1", "2", "3"]}, [Point(hamlet.X0 + x, hamlet.Y0 + 15) for x in (10, 60, 250)]
    )
    with_them = survey(small_city.city({"wegvakken": ("sections", FOUR), "adressen": ("addresses", addresses)}))
    assert with_them.sections["addresses"].tolist() == [2, 0, 1, 0]
    assert with_them.sections["care_places"].isna().all()


def test_a_city_without_streets_pipes_and_roads_cannot_be_surveyed():
    with pytest.raises(InputError, match="a source with role sections"):
        survey(small_city.city({}))


def test_a_survey_can_be_put_on_the_shelf_and_taken_up_again(tmp_path: Path):
    found = survey(hamlet_city())
    save(found, tmp_path)
    small_city.same_tables(load(Context, tmp_path), found)


ASSETS = st.lists(
    st.tuples(
        st.sampled_from(
            [("gemeente", "sewer_gravity"), ("water", "water_main"), ("net", "gas_low"), ("gemeente", "paving")]
        ),
        st.none() | st.integers(1940, 2020),
        st.integers(0, 380),
        st.floats(0.5, 120),
        st.sampled_from([-30.0, -6.0, 0.0, 3.0]),
        st.sampled_from([np.nan, np.nan, 2.0, 5.0]),
        st.sampled_from(["functional", "functional", "projected"]),
    ),
    min_size=1,
    max_size=25,
)


def drawn_city(drawn: list[tuple[tuple[str, str], int | None, int, float, float, float, str]]) -> City:
    """Return a city with drawn pipes; paving is a polygon."""
    shapes = [
        hamlet.stretch(start, start + long, side).buffer(2, cap_style="flat")
        if kind == "paving"
        else hamlet.stretch(start, start + long, side)
        for (_, kind), _, start, long, side, _, _ in drawn
    ]
    things = small_city.rows(
        {
            "asset": [f"a{number:02d}" for number in range(len(drawn))],
            "owner": [row[0][0] for row in drawn],
            "kind": [row[0][1] for row in drawn],
            "built_year": [row[1] for row in drawn],
            "condition": [row[5] for row in drawn],
            "condition_year": [None if np.isnan(row[5]) else 2024 for row in drawn],
            "status": [row[6] for row in drawn],
        },
        shapes,
    )
    return small_city.city({"wegvakken": ("sections", FOUR), "beheer": ("assets", things)})


@settings(max_examples=few(4), deadline=None)
@given(drawn=ASSETS, seed=st.integers(0, 99))
def test_the_order_of_rows_does_not_matter(
    drawn: list[tuple[tuple[str, str], int | None, int, float, float, float, str]], seed: int
):
    whole = drawn_city(drawn)
    small_city.same_tables(survey(whole), survey(small_city.shuffled(whole, seed)))


@settings(max_examples=few(5), deadline=None)
@given(drawn=ASSETS)
def test_nothing_is_lost_and_quantities_add_up(
    drawn: list[tuple[tuple[str, str], int | None, int, float, float, float, str]],
):
    found = survey(drawn_city(drawn))
    assets = found.assets
    assert len(assets) == len(drawn)
    assert set(found.work_assets["asset"]) == set(assets.loc[assets["renewal"].isin(["work", "planned"]), "asset"])
    whole = found.work_assets.merge(assets, on="asset").groupby("work")[["length_m", "area_m2"]].sum()
    for work in found.works.itertuples():
        wanted = whole.loc[work.work, "area_m2" if work.unit == "m2" else "length_m"]
        assert work.quantity == pytest.approx(wanted)
        assert 2027 <= work.earliest_year <= work.best_year <= work.latest_year <= 2036
    assert (assets.loc[assets["renewal"] == "work", "due_year"] <= 2036).all()
    assert (assets.loc[assets["renewal"] == "later", "due_year"] > 2036).all()
    assert assets.loc[assets["renewal"].isin(["unknown", "not_in_use"]), "due_year"].isna().all()
    assert assets.loc[assets["renewal"] == "outside", "section"].isna().all()
    owners = found.work_assets.merge(assets, on="asset").merge(found.works, on="work", suffixes=("", "_work"))
    assert (owners["owner"] == owners["owner_work"]).all()
    assert (owners["kind"] == owners["kind_work"]).all()
    assert set(found.touches["work"]) == set(found.works["work"])


def test_an_asset_that_reaches_a_little_into_the_next_street_does_not_open_it():
    long = pipes(("r1", "gemeente", "sewer_gravity", 1968, 0, 105))
    found = survey(small_city.city({"wegvakken": ("sections", FOUR), "riool": ("assets", long)}))
    assert found.touches["section"].tolist() == ["S1"]


def test_wishes_and_bottlenecks_find_their_street_and_area():
    areas = small_city.rows(
        {"area": ["W", "far"], "name": ["West", "Ver"]},
        [box(hamlet.X0 - 9, hamlet.Y0 - 99, hamlet.X0 + 250, hamlet.Y0 + 99), box(0, 0, 9, 9)],
    )
    wishes = small_city.rows(
        {"wish": ["a", "b"], "text": ["Bomen", "Bank"], "year": [2025, None]},
        [Point(hamlet.X0 + 150, hamlet.Y0 + 30), Point(hamlet.X0, hamlet.Y0 + 900)],
    )
    trouble = small_city.rows(
        {"bottleneck": ["n", "n"], "severity": [0.5, np.nan]},
        [Point(hamlet.X0, hamlet.Y0), LineString([(0, 0), (1, 1)])],
    )
    found = survey(
        small_city.city(
            {
                "wegvakken": ("sections", FOUR),
                "buurten": ("areas", areas),
                "wensen": ("wishes", wishes),
                "knelpunten": ("bottlenecks", trouble),
            }
        )
    )
    assert found.areas["area"].tolist() == ["W"]
    assert found.sections["area"].fillna("-").tolist() == ["W", "W", "W", "-"]
    assert found.wishes["section"].fillna("-").tolist() == ["S2", "-"]
    assert found.wishes["area"].fillna("-").tolist() == ["W", "-"]
    assert found.bottlenecks["kind"].tolist() == ["knelpunten", "knelpunten"]
    assert pd.Series(found.bottlenecks["bottleneck"]).is_unique
