"""Works and backlog per year, by hand."""

import numpy as np
import pandas as pd

import hamlet
from koppelkans.ground.horizon import Horizon
from koppelkans.systems.forecast import backlog, years_of

YEARS = Horizon(2027, 2030)
KINDS = hamlet.settings().kinds
PRICES = pd.Series({"sewer_gravity": 400.0, "quay": np.nan})


def assets(
    quantity: list[float], due: list[int | None], renewed: list[float], kind: str = "sewer_gravity"
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "system": "water",
            "kind": kind,
            "quantity": quantity,
            "due_year": pd.array(due, dtype="Int64"),
            "renewed": renewed,
        }
    )


def works(rows: list[tuple[str, str, float, int | None, int | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["work", "kind", "quantity", "year", "cost_eur"])
    return frame.assign(system="water", year=frame["year"].astype("Int64"), cost_eur=frame["cost_eur"].astype("Int64"))


def routeboek(held: pd.DataFrame, done: pd.DataFrame) -> pd.DataFrame:
    return years_of(held, done, kinds=KINDS, prices=PRICES, horizon=YEARS)


NO_WORKS = works([("w", "sewer_gravity", 1.0, None, None)])


def test_backlog_is_what_was_due_by_then_and_not_renewed_by_then():
    held = assets([100.0, 50.0, 7.0, 9.0], [2020, 2028, 2028, None], [2029, np.inf, 2027, np.inf])
    pairs = held[["system", "kind"]].drop_duplicates()
    assert backlog(held, pairs, horizon=YEARS).tolist() == [[100, 150, 50, 50]]


def test_backlog_costs_quantity_times_price_and_is_unknown_without_a_price():
    held = pd.concat([assets([2.0], [2029], [np.inf]), assets([3.0], [2027], [np.inf], kind="quay")])
    found = routeboek(held, NO_WORKS).set_index(["kind", "year"])
    assert found.loc["sewer_gravity", "backlog_eur"].tolist() == [0, 0, 800, 800]
    assert found.loc["quay", "backlog"].tolist() == [3, 3, 3, 3]
    assert found.loc["quay", "backlog_eur"].isna().all()


def test_works_are_counted_in_their_year_with_quantity_and_known_cost():
    done = works(
        [
            ("w-1", "sewer_gravity", 100.0, 2028, 40_000),
            ("w-2", "sewer_gravity", 20.0, 2028, None),
            ("w-3", "sewer_gravity", np.nan, 2029, 5_000),
            ("w-4", "sewer_gravity", 999.0, None, 999),
        ]
    )
    found = routeboek(assets([], [], []), done)
    assert found["works"].tolist() == [0, 2, 1, 0]
    assert found["quantity"].tolist() == [0, 120, 0, 0]
    assert found["cost_eur"].tolist() == [0, 40_000, 5_000, 0]


def test_every_kind_of_works_or_assets_has_every_year_once():
    found = routeboek(assets([1.0], [None], [np.inf], kind="quay"), NO_WORKS)
    assert list(zip(found["kind"], found["year"], strict=True)) == [
        (kind, year) for kind in ("quay", "sewer_gravity") for year in range(2027, 2031)
    ]
    assert set(found["unit"]) == {"m"}
