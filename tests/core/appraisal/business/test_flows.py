"""Streams written out per year, against a plain loop; unknown amounts are counted and not summed."""

import numpy as np
import pandas as pd
import pytest

from koppelkans.appraisal.business.flows import flows


def streams(*rows: tuple[object, ...]) -> pd.DataFrame:
    columns = ["effect", "first", "last", "amount", "growth", "basis"]
    made = pd.DataFrame(rows, columns=columns)
    return made.assign(case="c", alternative="null", holder="h", side="cost", source="test")


def test_streams_are_written_out_as_a_clerk_would():
    rows = [("a", 2027, 2030, -10.0, 0.5, "derived"), ("a", 2029, 2029, -1.0, 0.0, "assumed"), ("b", 2030, 2031, -2.0, 0.0, "measured")]  # fmt: skip
    clerk: dict[tuple[str, int], float] = {}
    for effect, first, last, amount, growth, _ in rows:
        for year in range(first, last + 1):
            clerk[(effect, year)] = clerk.get((effect, year), 0.0) + amount * (1 + growth) ** (year - first)
    made = flows(streams(*rows))
    assert dict(zip(zip(made["effect"], made["year"], strict=True), made["amount_eur"], strict=True)) == pytest.approx(
        clerk
    )
    assert made.set_index(["effect", "year"])["basis"].to_dict()[("a", 2029)] == "assumed"  # the least sure


def test_an_unknown_amount_has_a_row_of_its_own_or_is_counted_beside_what_is_known():
    made = flows(
        streams(
            ("a", 2027, 2099, np.nan, 0.0, "unknown"),
            ("b", 2027, 2028, -5.0, 0.0, "derived"),
            ("b", 2027, 2027, np.nan, 0.0, "unknown"),
        )
    )
    assert made[["effect", "year", "pm"]].to_numpy().tolist() == [["a", 2027, 1], ["b", 2027, 1], ["b", 2028, 0]]
    assert made["amount_eur"].tolist() == pytest.approx([np.nan, -5.0, -5.0], nan_ok=True)


def test_no_streams_are_no_flows():
    assert flows(streams()).empty
