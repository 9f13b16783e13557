"""NPV, ratio and payback of two small alternatives, worked out by hand to the euro, and what unknown amounts do to them."""

import numpy as np
import pandas as pd
import pytest

from koppelkans.appraisal.business.outcome import outcomes, with_values
from koppelkans.appraisal.business.streams import Span

SPAN = Span(2027, 2030, 2127)


def streams(*rows: tuple[object, ...]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["alternative", "effect", "first", "last", "amount"])
    side = np.where(made["amount"] < 0, "cost", "benefit")
    return made.assign(case="c", holder="h", growth=0.0, side=side, basis="derived", source="test", factors="")


def judged(*rows: tuple[object, ...], rate: float = 0.0) -> pd.DataFrame:
    made = streams(*rows)
    rates = pd.Series(rate, index=made.index)
    valued = with_values(made, rates, base_year=2027)
    return outcomes(valued, rates, span=SPAN).set_index("alternative")


ROWS = (
    ("null", "avoided_failure_risk", 2027, 2030, -300.0),
    ("together", "avoided_failure_risk", 2027, 2027, -300.0),
    ("together", "capital_cost", 2028, 2028, -1_000.0),
    ("together", "residual_value", 2030, 2030, 400.0),
)


def test_without_discounting_everything_is_a_sum():
    made = judged(*ROWS).loc["together"]
    # money: -1,000 + 400; risk avoided: 3 x 300
    assert (made["cost_eur"], made["benefit_eur"], made["npv_eur"]) == (600, 900, 300)
    assert made["ratio"] == 1.5
    # running sum of differences: 0, -700, -400, +300
    assert made["payback_year"] == 2030


def test_with_discounting_by_hand():
    made = judged(*ROWS, rate=0.1).loc["together"]
    # money -1,000 / 1.1 + 400 / 1.331 = -909.09 + 300.53; risk 300 / 1.1 + 300 / 1.21 + 300 / 1.331 = 272.73 + 247.93 + 225.39
    assert (made["cost_eur"], made["benefit_eur"], made["npv_eur"]) == (609, 746, 137)
    assert made["ratio"] == pytest.approx(746.056 / 608.565, rel=1e-4)
    assert made["payback_year"] == 2030


def test_the_null_alternative_is_worth_nothing_against_itself():
    made = judged(*ROWS).loc["null"]
    assert made[["cost_eur", "benefit_eur", "npv_eur"]].tolist() == [0, 0, 0]
    assert pd.isna(made["payback_year"])


def test_what_costs_no_more_than_nothing_has_no_ratio():
    made = judged(("null", "capital_cost", 2028, 2028, -500.0), ("apart", "capital_cost", 2028, 2028, -400.0)).loc[
        "apart"
    ]
    assert (made["cost_eur"], made["npv_eur"]) == (-100, 100)
    assert pd.isna(made["ratio"])


@pytest.mark.parametrize(
    ("alternative", "side", "reads"),
    [("together", "benefit", "at_least"), ("together", "cost", "at_most"), ("null", "cost", "at_least"), ("null", "benefit", "at_most")],
)  # fmt: skip
def test_an_unknown_amount_is_never_a_silent_zero(alternative: str, side: str, reads: str):
    made = streams(*ROWS, (alternative, "health", 2028, 2030, np.nan))
    made.loc[made["amount"].isna(), "side"] = side
    rates = pd.Series(0.0, index=made.index)
    found = outcomes(with_values(made, rates, base_year=2027), rates, span=SPAN).set_index("alternative")
    assert found.loc["together", "reads"] == reads
    assert found.loc[alternative, "pm"] == 1
    assert found.loc["together", "npv_eur"] == 300


def test_unknown_on_both_sides_leaves_the_sign_unclear():
    made = streams(*ROWS, ("together", "health", 2028, 2030, np.nan), ("together", "travel_delay", 2028, 2028, np.nan))
    made["side"] = made["side"].where(made["effect"] != "travel_delay", "cost")
    rates = pd.Series(0.0, index=made.index)
    found = outcomes(with_values(made, rates, base_year=2027), rates, span=SPAN).set_index("alternative")
    assert found.loc["together", ["reads", "pm"]].tolist() == ["unclear", 2]
