"""What there is, by hand: ages and shares weigh by quantity."""

import numpy as np
import pandas as pd
import pytest

import hamlet
from koppelkans.ground.horizon import Horizon
from koppelkans.systems.chart import in_use, stock_of

YEARS = Horizon(2027, 2036)


def sewers(quantity: list[float], built: list[int | None], due: list[int | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "system": "water",
            "kind": "sewer_gravity",
            "owner": "gemeente",
            "unit": "m",
            "quantity": quantity,
            "built_year": pd.array(built, dtype="Int64"),
            "due_year": pd.array(due, dtype="Int64"),
        }
    )


def test_the_hamlet_has_four_kinds_of_three_owners():
    found = stock_of(in_use(hamlet.context().assets, kinds=hamlet.settings().kinds), horizon=YEARS).set_index("kind")
    assert found.index.tolist() == ["gas_low", "water_main", "lighting", "sewer_gravity"]
    assert found["assets"].tolist() == [1, 2, 1, 2]
    assert found["quantity"].tolist() == [100, 200, 1, 200]
    assert found["mean_age"].fillna(-1).tolist() == [52, 68, -1, 58]
    assert found["unknown_age_share"].tolist() == [0, 0, 1, 0]
    assert found["overdue"].tolist() == [0, 0, 0, 0]


def test_mean_age_and_unknown_share_weigh_by_quantity():
    """300 m of 10 years and 100 m of 50 years are 20 years on average; 100 of 500 m has no year."""
    row = stock_of(sewers([300.0, 100.0, 100.0], [2017, 1977, None], [None] * 3), horizon=YEARS).iloc[0]
    assert row["mean_age"] == pytest.approx(20.0)
    assert row["unknown_age_share"] == pytest.approx(0.2)


def test_overdue_is_what_was_due_before_the_first_year():
    row = stock_of(sewers([1.0, 2.0, 4.0], [None] * 3, [2026, 2027, None]), horizon=YEARS).iloc[0]
    assert row["overdue"] == 1.0


def test_without_quantities_each_asset_counts_once():
    row = stock_of(sewers([np.nan, np.nan], [2017, None], [2020, None]), horizon=YEARS).iloc[0]
    assert (row["assets"], row["quantity"], row["mean_age"], row["unknown_age_share"]) == (2, 0, 10, 0.5)


def test_an_asset_without_quantity_does_not_count_beside_others():
    row = stock_of(sewers([100.0, np.nan], [2017, 1900], [None] * 2), horizon=YEARS).iloc[0]
    assert row["mean_age"] == 10
