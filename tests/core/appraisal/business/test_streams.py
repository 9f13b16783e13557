"""Streams of effects that come every year, with growth of their prices, by hand."""

import numpy as np
import pandas as pd
import pytest

from koppelkans.appraisal.business.flows import flows
from koppelkans.appraisal.business.streams import COLUMNS, EffectFlows, Span, together_in_one, yearly
from koppelkans.appraisal.effects.upkeep_change import UPKEEP_CHANGE

TABLE = pd.DataFrame(
    {
        "at": [0, 1],
        "holder": ["a", "b"],
        "amount": [100.0, -50.0],
        "factors": ["x", "x"],
        "basis": ["derived", "assumed"],
        "source": ["test", "test"],
    }
)


def by_year(parts: list[pd.DataFrame]) -> dict[tuple[str, int], float]:
    made = flows(together_in_one(parts).assign(case="c", alternative="apart"))
    return {(row.holder, row.year): row.amount_eur for row in made.itertuples()}


def test_what_comes_every_year_starts_in_its_year_and_ends_with_the_last():
    made = by_year(
        yearly(EffectFlows(UPKEEP_CHANGE, TABLE), np.array([2028.0, np.nan]), Span(2027, 2030, 2127), growth=0.0)
    )
    assert made == {("a", 2028): 100, ("a", 2029): 100, ("a", 2030): 100}


def test_relative_prices_grow_from_the_first_year_until_they_stop():
    made = by_year(
        yearly(EffectFlows(UPKEEP_CHANGE, TABLE), np.array([2028.0, 2030.0]), Span(2027, 2031, 2029), growth=0.1)
    )
    assert made == pytest.approx(
        {
            ("a", 2028): 110, ("a", 2029): 121, ("a", 2030): 121, ("a", 2031): 121,
            ("b", 2030): -60.5, ("b", 2031): -60.5,
        }
    )  # fmt: skip


def test_forever_is_worth_the_last_year_over_the_rate():
    span = Span(2027, 2028, 2127, perpetual_rate=0.05)
    made = by_year(yearly(EffectFlows(UPKEEP_CHANGE, TABLE), np.array([2028.0, np.nan]), span, growth=0.0))
    assert made == {("a", 2028): pytest.approx(100 + 100 / 0.05)}


def test_a_stream_stands_on_the_side_that_its_sign_says_and_nothing_is_left_out_but_nothing():
    parts = [TABLE.assign(effect="e", side="benefit", first=2027, last=2027, growth=0.0)]
    unknown = parts[0].assign(effect="unknown", amount=np.nan)
    made = together_in_one([*parts, parts[0].assign(amount=0.0), unknown, unknown.assign(first=2050, last=2050)])
    assert list(made.columns) == COLUMNS
    assert made["side"].tolist() == ["benefit", "cost", "benefit", "benefit"]
    assert made.loc[made["amount"].isna(), "first"].tolist() == [2027, 2027]  # an unknown amount is told once
