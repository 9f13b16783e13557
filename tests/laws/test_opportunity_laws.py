"""Every kind of chance and clash keeps the laws of its folder."""

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

import hamlet
from koppelkans.context.product import Context
from koppelkans.ground.tables import shape
from koppelkans.opportunities.kind import LISTS, KindInputs
from koppelkans.opportunities.kinds import KINDS
from koppelkans.opportunities.spot import found_by, ground_of, project
from often import few

DOCUMENT = (Path(__file__).parents[2] / "docs" / "methods" / "opportunities.md").read_text(encoding="utf-8")
SETTINGS = hamlet.settings(funds=[{"fund": "rioolheffing", "budget_eur": 20_000}], opportunities={"near_m": 60.0})
VISION = hamlet.vision()
BASE = replace(hamlet.context(), sections=hamlet.context().sections.assign(area="West"))
"""The hamlet with all its streets in one area, so that a year can be crowded."""
STREETS = BASE.sections["section"].tolist()
OWNERS = BASE.parties["party"].tolist()
WORK_KINDS = ["sewer_gravity", "paving", "water_main", "gas_low", "lighting"]
WORKS = st.lists(
    st.tuples(
        st.sampled_from(OWNERS),
        st.sampled_from(WORK_KINDS),
        st.integers(2027, 2036),
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(1, 2),
        st.one_of(st.none(), st.integers(1_000, 90_000)),
        st.sampled_from(["wens", "voornemen", "gepland", "vast"]),
    ),
    max_size=8,
)
ASSETS = st.lists(
    st.tuples(
        st.sampled_from(OWNERS),
        st.sampled_from(WORK_KINDS),
        st.one_of(st.none(), st.integers(2010, 2045)),
        st.one_of(st.none(), st.integers(2019, 2026)),
        st.one_of(st.none(), st.sampled_from(STREETS)),
    ),
    max_size=5,
)
SEEDS = st.integers(0, 999)


def city(works: list[tuple[object, ...]], assets: list[tuple[object, ...]]) -> Context:
    """Return the hamlet with these works and assets instead of its own."""
    kinds = SETTINGS.kinds
    rows, touches = [], []
    for at, (owner, kind, first, span, street, long, cost, certainty) in enumerate(works):
        last = min(2036, first + span)
        rows.append(
            {
                "work": f"w{at}", "name": f"Werk {at}", "owner": owner, "kind": kind, "system": kinds[kind].system,
                "origin": "planned", "certainty": certainty, "earliest_year": first, "best_year": (first + last) // 2,
                "latest_year": last, "length_m": 100.0 * long, "quantity": 100.0 * long, "unit": kinds[kind].unit,
                "cost_eur": cost, "cost_basis": "assumed", "digs": kinds[kind].digs, "resurfaces": kinds[kind].resurfaces,
                "mandatory": False, "criticality": 0.5, "why_nl": "Gepland.", "why_en": "Planned.", "source": "law",
                "geometry": hamlet.stretch(100 * street, 100 * (street + long)),
            }
        )  # fmt: skip
        touches += [(f"w{at}", name, 100.0) for name in STREETS[street : street + long]]
    things = [
        {
            "asset": f"a{at}", "owner": owner, "kind": kind, "system": kinds[kind].system, "pieces": 1, "length_m": 50.0,
            "built_year": built, "due_year": due, "due_basis": "derived", "section": street, "criticality": 0.4,
            "source": "law", "geometry": Point(hamlet.X0 + 10 * at, hamlet.Y0),
        }
        for at, (owner, kind, due, built, street) in enumerate(assets)
    ]  # fmt: skip
    tables = Context.TABLES
    return replace(
        BASE,
        works=_table(rows, "works") if rows else BASE.works[:0],
        assets=_table(things, "assets") if things else BASE.assets[:0],
        touches=shape(pd.DataFrame(touches, columns=["work", "section", "length_m"]), tables["touches"]),
        work_assets=BASE.work_assets[:0],
    )


def _table(rows: list[dict[str, object]], name: str) -> gpd.GeoDataFrame:
    """Return rows as a table of the context."""
    frame = pd.DataFrame(rows)
    return shape(gpd.GeoDataFrame(frame, geometry="geometry", crs=hamlet.CRS), Context.TABLES[name], crs=hamlet.CRS)


def ground(context: Context) -> KindInputs:
    needs = project(VISION.needs, context.sections, near_m=25.0)
    return ground_of(context, VISION, needs, settings=SETTINGS)


def test_each_kind_has_its_own_name_words_formula_and_side_as_the_documentation_says():
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.find.__module__.startswith("koppelkans.opportunities.kinds.")
        assert all((kind.nl, kind.en, kind.formula, kind.meaning))
        assert kind.side in ("chance", "clash")
        assert f"### `{kind.name}`: {kind.nl}\n\n{kind.meaning}\n\n$${kind.formula}$$" in DOCUMENT


@settings(max_examples=few(5), deadline=None)
@given(works=WORKS, assets=ASSETS, seed=SEEDS)
def test_the_order_of_the_rows_does_not_matter(
    works: list[tuple[object, ...]], assets: list[tuple[object, ...]], seed: int
):
    context = city(works, assets)
    names = ("works", "touches", "sections", "assets", "wishes", "areas", "parties")
    mixed = replace(context, **{name: getattr(context, name).sample(frac=1, random_state=seed) for name in names})
    one, other = found_by(KINDS, ground(context)), found_by(KINDS, ground(mixed))
    pd.testing.assert_frame_equal(_plain(one[0]), _plain(other[0]))
    pd.testing.assert_frame_equal(one[1], other[1])


def _plain(finds: pd.DataFrame) -> pd.DataFrame:
    """Return finds with the outline of their place instead of its shape, whose parts may stand in another order."""
    if finds.empty:
        return finds
    shapes = gpd.GeoSeries(finds["geometry"])
    return finds.drop(columns=["geometry"]).join(shapes.bounds).assign(length=shapes.length)


@settings(max_examples=few(5), deadline=None)
@given(works=WORKS, assets=ASSETS)
def test_nothing_is_named_that_the_inputs_do_not_hold(
    works: list[tuple[object, ...]], assets: list[tuple[object, ...]]
):
    context = city(works, assets)
    finds, involved = found_by(KINDS, ground(context))
    if finds.empty:
        return
    assert finds["find"].is_unique
    assert set(finds["section"].dropna()) <= set(STREETS)
    assert set(finds["area"].dropna()) <= set(context.areas["area"])
    assert finds["score"].between(0, 1).all()
    assert (finds.groupby("kind")["score"].max() == 1).all()
    known = {
        "work": set(context.works["work"]),
        "asset": set(context.assets["asset"]),
        "wish": set(context.wishes["wish"]),
        "ambition": set(VISION.ambitions["ambition"]),
        "party": set(OWNERS),
    }
    for what, names in involved.groupby("what")["name"]:
        assert set(names) <= known[what]
    assert set(involved["find"]) == set(finds["find"])
    both = finds.dropna(subset=["first_year", "last_year"])
    assert (both["first_year"] <= both["last_year"]).all()
    assert (finds["amount_eur"].dropna() >= 0).all()
    assert (finds["quantity"].dropna() >= 0).all()
    for lang in ("nl", "en"):
        assert finds[f"why_{lang}"].str.len().min() > 20
        assert not finds[f"why_{lang}"].str.contains(r"nan|<NA>|\{|None", regex=True).any()


@settings(max_examples=few(3), deadline=None)
@given(works=WORKS, assets=ASSETS, seed=SEEDS)
def test_streets_that_share_nothing_are_found_apart_as_together(
    works: list[tuple[object, ...]], assets: list[tuple[object, ...]], seed: int
):
    """What is found per section in two halves of a city adds up to what is found in the whole."""
    short = [(*work[:5], 1, *work[6:]) for work in works]
    context = city(short, assets)
    left = set(pd.Series(STREETS).sample(2, random_state=seed))
    halves = []
    for streets in (left, set(STREETS) - left):
        touches = context.touches[context.touches["section"].isin(streets)]
        part = replace(
            context,
            sections=context.sections[context.sections["section"].isin(streets)],
            touches=touches,
            works=context.works[context.works["work"].isin(touches["work"])],
            assets=context.assets[context.assets["section"].isin(streets)],
        )
        halves.append(_of_sections(part))
    whole = _of_sections(context)
    together = pd.concat(halves).sort_values("find", ignore_index=True) if any(map(len, halves)) else whole
    pd.testing.assert_frame_equal(whole, together)


def _of_sections(context: Context) -> pd.DataFrame:
    """Return the finds that lie in one section and are found from that section alone, without their score."""
    kinds = [kind for kind in KINDS if kind.name != "wish_near_work"]
    finds, _ = found_by(kinds, ground(context))
    if finds.empty:
        return pd.DataFrame()
    chosen = finds[finds["section"].notna()]
    return chosen.drop(columns=["score", "geometry", *LISTS]).reset_index(drop=True)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_city_without_works_assets_and_needs_has_nothing_to_find(kind: object):
    bare = replace(ground(city([], [])), section_needs=project(VISION.needs[:0], BASE.sections, near_m=25.0))
    assert found_by([kind], bare)[0].empty
