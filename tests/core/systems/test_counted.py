"""What is counted of the assets, by hand."""

import numpy as np
import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.systems.chart import in_use, renewal_years, weights

KINDS = hamlet.settings().kinds


def weighed(rows: list[tuple[str, str, float]], prices: dict[str, float]) -> list[float]:
    assets = pd.DataFrame(rows, columns=["system", "kind", "quantity"])
    return weights(assets, prices=pd.Series(prices)).tolist()


def test_each_kind_is_counted_in_its_own_unit():
    assets = hamlet.context().assets
    mixed = assets.assign(area_m2=7.0, pieces=3, kind=["paving", "lighting", *assets["kind"][2:]])
    found = in_use(mixed, kinds=KINDS).set_index("asset")
    assert found.loc["a-sewer-1", ["unit", "quantity"]].tolist() == ["m2", 7.0]
    assert found.loc["a-sewer-2", ["unit", "quantity"]].tolist() == ["piece", 3.0]
    assert found.loc["a-gas-2", ["unit", "quantity"]].tolist() == ["m", 100.0]


def test_a_quantity_that_is_not_measured_stays_unknown():
    assets = hamlet.context().assets
    found = in_use(assets.assign(kind="paving"), kinds=KINDS)
    assert found["quantity"].isna().all()


def test_what_is_out_of_use_is_left_out():
    assets = hamlet.context().assets
    some = assets.assign(renewal=["not_in_use", "never", "later", "unknown", "outside", "not_in_use"])
    assert in_use(some, kinds=KINDS)["asset"].tolist() == ["a-gas-2", "a-sewer-2", "a-water-1", "a-water-3"]


def test_an_asset_is_renewed_in_the_year_of_its_work_and_never_without():
    context, plan = hamlet.context(), hamlet_plan.programme().plan
    assets = in_use(context.assets, kinds=KINDS)
    found = dict(zip(assets["asset"], renewal_years(assets, context.work_assets, plan), strict=True))
    assert found == {
        "a-gas-2": np.inf, "a-light-4": np.inf, "a-sewer-1": 2030, "a-sewer-2": 2030, "a-water-1": 2030, "a-water-3": 2028,
    }  # fmt: skip


def test_an_asset_of_a_work_left_undone_is_never_renewed():
    context, plan = hamlet.context(), hamlet_plan.programme().plan
    undone = plan.assign(year=plan["year"].mask(plan["work"] == "w-sewer"))
    assets = in_use(context.assets, kinds=KINDS)
    years = renewal_years(assets, context.work_assets, undone)
    assert np.isinf(years[assets["asset"].isin(["a-sewer-1", "a-sewer-2"])]).all()


def test_assets_weigh_their_replacement_value():
    rows = [("water", "sewer", 10.0), ("water", "gully", 2.0), ("green", "tree", 1.0)]
    assert weighed(rows, {"sewer": 300.0, "gully": 250.0, "tree": 9.0}) == [3000.0, 500.0, 9.0]


def test_a_kind_without_a_price_weighs_nothing_beside_one_with_a_price():
    assert weighed([("water", "sewer", 10.0), ("water", "quay", 99.0)], {"sewer": 300.0, "quay": np.nan}) == [3000.0, 0]


def test_where_nothing_has_a_price_each_kind_weighs_the_same():
    rows = [("water", "quay", 30.0), ("water", "quay", 10.0), ("water", "pond", 5.0), ("water", "well", np.nan)]
    assert weighed(rows, {"quay": np.nan, "pond": np.nan}) == [0.75, 0.25, 1.0, 0.0]
