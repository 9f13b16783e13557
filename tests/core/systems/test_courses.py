"""The courses of a system, worked out by hand."""

import pandas as pd
import pytest

from koppelkans.ground.horizon import Horizon
from koppelkans.systems.forecast import NEVER, courses_of

ASSETS = pd.DataFrame(
    {
        "system": "water", "kind": ["sewer", "sewer", "sewer", "pump"], "quantity": [100.0, 200.0, 50.0, 1.0],
        "due_year": pd.array([2020, 2030, 2050, 2028], dtype="Int64"), "renewed": [2028.0, NEVER, NEVER, NEVER],
        "weight": [100.0, 200.0, 50.0, 0.0], "fair_year": [2000.0, 2015.0, 2040.0, 2020.0],
        "poor_year": [2015.0, 2028.0, 2049.0, 2026.0], "fair_after": 30.0, "poor_after": 50.0,
    }
)  # fmt: skip
PRICES = pd.Series({"sewer": 10.0})


def courses() -> pd.DataFrame:
    return courses_of(ASSETS, prices=PRICES, horizon=Horizon(2027, 2036)).set_index("course")


def test_the_programme_leaves_overdue_what_it_does_not_renew():
    row = courses().loc["programme"]
    assert (row["backlog_eur"], row["extra_eur"], row["unpriced"]) == (2000, 0, 1)  # 200 m x 10; the pump has no price
    assert row["poor_share"] == pytest.approx(200 / 350)


def test_all_on_time_asks_the_price_of_what_the_programme_leaves_overdue():
    row = courses().loc["on_time"]
    assert (row["backlog_eur"], row["extra_eur"]) == (0, courses().loc["programme", "backlog_eur"])
    assert row["poor_share"] == 0.0


def test_without_any_renewal_everything_that_falls_due_is_overdue():
    row = courses().loc["nothing"]
    assert (row["backlog_eur"], row["extra_eur"]) == (3000, 0)
    assert row["poor_share"] == pytest.approx(300 / 350)
