"""A routeboek of any assets and any programme: shares are whole, backlog shrinks, and each asset counts as the plain formula says."""

import dataclasses

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

import hamlet
import hamlet_plan
from koppelkans.context.product import ASSETS, WORK_ASSETS, WORKS, Context
from koppelkans.context.works.due import lifetimes
from koppelkans.ground.tables import shape
from koppelkans.programme.product import PLAN, Programme
from koppelkans.systems import Systems, chart
from often import few

SETTINGS = hamlet.settings(horizon={"first": 2027, "last": 2033})
CONTEXT, PROGRAMME = hamlet.context(), hamlet_plan.programme()
YEARS = range(2027, 2034)
KINDS = ("sewer_gravity", "gully", "manhole", "quay", "tree", "green", "lighting", "bridge")
"""With and without price, with and without lifetime, in m, m2 and pieces."""
SHARES = ["good_share", "fair_share", "poor_share", "unknown_share"]

ASSET = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "owner": st.sampled_from(["gemeente", "water"]),
        "measure": st.sampled_from([0.0, 0.1, 1.0, 33.3, 200.0, None]),
        "pieces": st.integers(1, 3),
        "built_year": st.none() | st.integers(1940, 2026),
        "condition": st.none() | st.sampled_from([1.0, 2.0, 2.5, 3.0, 4.9, 5.0, 6.0]),
        "condition_year": st.none() | st.integers(2000, 2026),
        "due_year": st.none() | st.integers(2010, 2040),
        "renewal": st.sampled_from(["work", "planned", "later", "not_in_use"]),
        "work": st.none() | st.integers(0, 4),
    }
)
CITY = st.lists(ASSET, min_size=1, max_size=25)
DONE = st.lists(st.none() | st.sampled_from(YEARS), min_size=5, max_size=5)


def city(rows: list[dict[str, object]]) -> Context:
    """Return a context with these assets and works made of them: one per kind and number."""
    frame = pd.DataFrame(rows).assign(asset=[f"a-{number:02}" for number in range(len(rows))], material=None)
    kind = frame["kind"].map(SETTINGS.kinds)
    measure = pd.to_numeric(frame["measure"])
    frame = frame.assign(
        system=[one.system for one in kind], length_m=measure, area_m2=measure, criticality=0.5, due_basis="derived",
        source="test", geometry=[Point(hamlet.X0, hamlet.Y0)] * len(frame),
    )  # fmt: skip
    unit = np.array([one.unit for one in kind])
    frame["quantity"] = np.where(unit == "piece", frame["pieces"], measure)
    worked = frame[frame["work"].notna() & frame["renewal"].isin(["work", "planned"])]
    worked = worked.assign(work=worked["kind"] + "-" + worked["work"].astype("int64").astype("str"))
    made = worked.groupby("work", as_index=False).agg(
        kind=("kind", "first"), system=("system", "first"), owner=("owner", "first"), quantity=("quantity", "sum")
    )
    made = made.assign(
        name=made["work"], origin="derived", certainty="voornemen", earliest_year=2027, best_year=2028, latest_year=2033,
        unit=[SETTINGS.kinds[name].unit for name in made["kind"]], cost_basis="unknown", digs=True, resurfaces=False,
        mandatory=False, criticality=0.5, why_nl="", why_en="", source="test", geometry=[Point(hamlet.X0, hamlet.Y0)] * len(made),
    )  # fmt: skip
    return dataclasses.replace(
        CONTEXT,
        assets=shape(gpd.GeoDataFrame(frame, crs=hamlet.CRS), ASSETS, crs=hamlet.CRS),
        works=shape(made, WORKS, crs=hamlet.CRS),
        work_assets=shape(worked[["work", "asset"]], WORK_ASSETS),
    )


def programme(context: Context, years: list[int | None]) -> Programme:
    """Return a programme that does works with number i in year i of `years`."""
    works = context.works["work"]
    plan = pd.DataFrame({"work": works, "cost_eur": 1000, "why_nl": "", "why_en": ""})
    chosen = [years[int(work.rsplit("-", 1)[1])] for work in works]
    return dataclasses.replace(PROGRAMME, plan=shape(plan.assign(year=pd.array(chosen, dtype="Int64")), PLAN))


def charted(rows: list[dict[str, object]], years: list[int | None]) -> tuple[Context, Programme, Systems]:
    context = city(rows)
    done = programme(context, years)
    return context, done, chart(context, done, settings=SETTINGS)


@settings(max_examples=few(5), deadline=None)
@given(rows=CITY, years=DONE)
def test_shares_add_up_to_one_in_every_system_case_and_year(rows: list[dict[str, object]], years: list[int | None]):
    context, _, made = charted(rows, years)
    there = context.assets[context.assets["renewal"] != "not_in_use"]
    assert len(made.forecast) == there["system"].nunique() * 2 * len(YEARS)
    assert np.allclose(made.forecast[SHARES].sum(axis=1), 1)


@settings(max_examples=few(5), deadline=None)
@given(rows=CITY, years=DONE)
def test_backlog_is_never_more_than_without_works_and_never_shrinks_by_itself(
    rows: list[dict[str, object]], years: list[int | None]
):
    context, _, made = charted(rows, years)
    undone = chart(context, programme(context, [None] * 5), settings=SETTINGS)
    assert (made.years["backlog"] <= undone.years["backlog"] * (1 + 1e-12)).all()
    assert (undone.years.groupby(["system", "kind"])["backlog"].diff().fillna(0) >= -1e-9).all()
    assert undone.years["works"].sum() == 0


@settings(max_examples=few(5), deadline=None)
@given(rows=CITY, years=DONE, seed=st.integers(0, 99))
def test_the_order_of_the_rows_does_not_matter(rows: list[dict[str, object]], years: list[int | None], seed: int):
    context, done, made = charted(rows, years)
    names = ("assets", "works", "work_assets")
    mixed = {name: getattr(context, name).sample(frac=1, random_state=seed) for name in names}
    plan = done.plan.sample(frac=1, random_state=seed)
    other = chart(dataclasses.replace(context, **mixed), dataclasses.replace(done, plan=plan), settings=SETTINGS)
    assert all(getattr(made, name).equals(getattr(other, name)) for name in Systems.TABLES)


@settings(max_examples=few(5), deadline=None)
@given(rows=CITY, years=DONE)
def test_quantities_renewed_are_those_of_the_assets_of_the_works_done(
    rows: list[dict[str, object]], years: list[int | None]
):
    context, done, made = charted(rows, years)
    year = context.work_assets.merge(done.plan[["work", "year"]], on="work").dropna()
    assets = context.assets.merge(year, on="asset")
    unit = assets["kind"].map(lambda name: SETTINGS.kinds[name].unit)
    size = assets["length_m"].fillna(0.0).where(unit != "piece", assets["pieces"])
    wanted = size.groupby([assets["system"], assets["kind"], assets["year"].astype("int64")]).sum()
    found = made.years.set_index(["system", "kind", "year"])["quantity"]
    assert found.sum() == pytest.approx(wanted.sum())
    assert np.allclose(found.reindex(wanted.index), wanted)


@settings(max_examples=few(5), deadline=None)
@given(rows=CITY, years=DONE)
def test_backlog_and_condition_are_those_of_each_asset_by_the_plain_formula(
    rows: list[dict[str, object]], years: list[int | None]
):
    context, done, made = charted(rows, years)
    assets = context.assets[context.assets["renewal"] != "not_in_use"]
    assets = assets.merge(context.work_assets, how="left", on="asset").merge(done.plan[["work", "year"]], how="left")
    one = assets.assign(life=lifetimes(assets, kinds=SETTINGS.kinds), weight=_weights(assets, made))
    for year in YEARS:
        overdue = (one["due_year"] <= year).fillna(value=False) & ~(one["year"] <= year).fillna(value=False)
        wanted = _sizes(one)[overdue.to_numpy()].groupby(one["kind"]).sum()
        found = made.years[made.years["year"] == year].set_index("kind")["backlog"]
        assert np.allclose(found, wanted.reindex(found.index).fillna(0))
        for case in ("programme", "nothing"):
            _same_condition(one, made, year=year, case=case)


def _same_condition(one: pd.DataFrame, made: Systems, *, year: int, case: str) -> None:
    """Check the shares of one year and case against the class of each asset."""
    classes = [_class(asset, year, renewed=case == "programme") for _, asset in one.iterrows()]
    table = one.assign(what=classes).pivot_table("weight", "system", "what", aggfunc="sum", fill_value=0.0)
    table = table.reindex(columns=SHARES, fill_value=0.0)
    table.loc[table.sum(axis=1) <= 0, "unknown_share"] = 1.0
    found = made.forecast.query("case == @case and year == @year").set_index("system")[SHARES]
    assert np.allclose(found, table.div(table.sum(axis=1), axis=0).reindex(found.index))


def _class(asset: pd.Series, year: int, *, renewed: bool) -> str:
    """Return the class of one asset in one year, from its score after C = 1 + log_(1/2) (1 - t / L), at most 6."""
    life, built, score = asset["life"], asset["built_year"], asset["condition"]
    if renewed and pd.notna(asset["year"]) and asset["year"] <= year:
        score, seen = 1.0, asset["year"]
    elif pd.notna(score):
        seen = asset["condition_year"] if pd.notna(asset["condition_year"]) else 2026
    elif pd.notna(built) and pd.notna(life):
        score, seen = 1.0, built
    else:
        return "unknown_share"
    if pd.notna(life):
        passed = 1 - 0.5 ** (score - 1) + (year - seen) / life
        score = 6.0 if passed >= 1 else min(6.0, 1 - np.log2(1 - passed))
    return "good_share" if score < 3 - 1e-9 else "fair_share" if score < 5 - 1e-9 else "poor_share"


def _sizes(assets: pd.DataFrame) -> pd.Series:
    """Return the quantity of each asset, nothing where it is unknown."""
    unit = assets["kind"].map(lambda name: SETTINGS.kinds[name].unit)
    return assets["length_m"].where(unit != "piece", assets["pieces"]).fillna(0.0).astype("float64")


def _weights(assets: pd.DataFrame, made: Systems) -> pd.Series:
    """Return replacement values; where a system has none, the share of each asset in the stock of its kind."""
    price = {name: kind.price for name, kind in SETTINGS.kinds.items()}
    level = {
        name: figure.value * 1.03 ** (SETTINGS.city.price_year - figure.price_year)
        for name, figure in price.items()
        if figure
    }
    value = _sizes(assets) * assets["kind"].map(level).astype("float64").fillna(0.0)
    stock = made.stock.groupby("kind")["quantity"].sum()
    share = _sizes(assets) / assets["kind"].map(stock).astype("float64").where(lambda size: size > 0, 1.0)
    valued = value.groupby(assets["system"]).transform("sum") > 0
    return value.where(valued, share)
