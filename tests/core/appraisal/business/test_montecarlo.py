"""Seeded draws: against closed forms within the sampling error, against the sum of its parts, and the same for the same seed."""

import numpy as np
import pandas as pd
import pytest

from koppelkans.appraisal.business.montecarlo import draw_factors, drawn_values, histogram, spread

TABLE = pd.DataFrame(
    {
        "figure": ["a", "b", "c"],
        "low": [0.5, 0.8, 1.0],
        "high": [2.0, 1.1, 1.0],
        "distribution": "triangular",
        "construction": [True, True, False],
    }
)
LOGS = TABLE.head(2).assign(low=[0.5, 0.8], high=[2.0, 1.5], distribution="lognormal")
MANY = 4_000


def levers(**worth: float) -> pd.DataFrame:
    names = [name.replace("_", " ").strip() for name in worth]
    return pd.DataFrame({"case": "k", "alternative": "together", "factors": names, "worth": list(worth.values())})


def test_a_figure_without_a_range_stays_what_it_is():
    assert (draw_factors(TABLE, draws=50, seed=1)["c"] == 1.0).all()


def test_the_same_seed_gives_the_same_draws_and_one_figure_more_changes_no_other():
    made = draw_factors(TABLE, draws=50, seed=1)
    pd.testing.assert_frame_equal(made[["b"]], draw_factors(TABLE[TABLE["figure"] == "b"], draws=50, seed=1))
    pd.testing.assert_frame_equal(made, draw_factors(TABLE.iloc[::-1], draws=50, seed=1)[["a", "b", "c"]])
    assert not made["a"].equals(draw_factors(TABLE, draws=50, seed=2)["a"])


def test_the_spread_is_that_of_every_draw_worked_out_by_itself():
    drawn = draw_factors(TABLE, draws=200, seed=3)
    values = [100 - 60 * a - 20 * a * b for a, b in zip(drawn["a"], drawn["b"], strict=True)]
    made = spread(drawn_values(levers(_=100.0, a=-60.0, a_b=-20.0), drawn)).iloc[0]
    names = ["p5_eur", "p10_eur", "p50_eur", "p90_eur", "p95_eur"]
    assert made[names].tolist() == pytest.approx(np.quantile(values, [0.05, 0.1, 0.5, 0.9, 0.95]).tolist())
    assert made["mean_eur"] == pytest.approx(np.mean(values))
    assert made["above_zero"] == np.mean([value > 0 for value in values])


def test_the_mean_is_that_of_the_triangle():
    # mean (0.5 + 1 + 2) / 3, variance (0.25 + 1 + 4 - 0.5 - 1 - 2) / 18; four times the error of the mean of so many draws
    mean, deviation = 3.5 / 3, np.sqrt(1.75 / 18)
    made = spread(drawn_values(levers(a=1_000.0), draw_factors(TABLE, draws=MANY, seed=5))).iloc[0]
    assert made["mean_eur"] == pytest.approx(1_000 * mean, abs=4 * 1_000 * deviation / np.sqrt(MANY))


@pytest.mark.parametrize("correlation", [0.0, 0.3, 1.0])
def test_percentiles_of_two_costs_that_move_together_are_those_of_the_closed_form(correlation: float):
    # ln(a b) is normal: variances 0.5409^2 and 0.2452^2 (ln(high / low) / 2 / 1.28155), and twice the covariance
    first, second = np.log(4.0) / 2 / 1.28155, np.log(1.5 / 0.8) / 2 / 1.28155
    middle = np.log(0.8 * 1.5) / 2
    deviation = np.sqrt(first**2 + second**2 + 2 * correlation * first * second)
    drawn = draw_factors(LOGS, draws=MANY, seed=7, correlation=correlation)
    made = np.log(spread(drawn_values(levers(a_b=1.0), drawn)).iloc[0][["p5_eur", "p50_eur", "p95_eur"]].astype(float))
    # error of a percentile: sqrt(p (1 - p) / n) over the normal density there (0.10314 at 5 and 95 %, 0.39894 in the middle)
    edge, centre = np.sqrt(0.0475 / MANY) / 0.10314, np.sqrt(0.25 / MANY) / 0.39894
    assert made["p5_eur"] == pytest.approx(middle - 1.64485 * deviation, abs=4 * edge * deviation)
    assert made["p50_eur"] == pytest.approx(middle, abs=4 * centre * deviation)
    assert made["p95_eur"] == pytest.approx(middle + 1.64485 * deviation, abs=4 * edge * deviation)


def test_no_correlation_is_the_independent_case_and_only_construction_costs_share_the_factor():
    independent = draw_factors(TABLE.assign(construction=False), draws=100, seed=1, correlation=0.8)
    pd.testing.assert_frame_equal(draw_factors(TABLE, draws=100, seed=1, correlation=0.0), independent)
    table = TABLE.assign(low=0.5, high=2.0)
    together = draw_factors(table, draws=100, seed=1, correlation=1.0)
    assert together["a"].tolist() == pytest.approx(together["b"].tolist())
    assert together["c"].tolist() == draw_factors(table, draws=100, seed=1)["c"].tolist()


def test_costs_that_move_together_spread_wider():
    found = [
        spread(
            drawn_values(levers(a=-1_000.0, b=-1_000.0), draw_factors(LOGS, draws=MANY, seed=1, correlation=rho))
        ).iloc[0]
        for rho in (0.0, 0.9)
    ]
    widths = [row["p95_eur"] - row["p5_eur"] for row in found]
    assert widths[1] > widths[0]


def test_without_any_spread_every_draw_is_the_point_value():
    drawn = draw_factors(TABLE.assign(low=1.0, high=1.0), draws=20, seed=1, correlation=0.5)
    made = spread(drawn_values(levers(_=100.0, a=-60.0, a_b=-20.0), drawn)).iloc[0]
    assert made[["mean_eur", "p5_eur", "p50_eur", "p95_eur"]].tolist() == pytest.approx([20.0] * 4)
    assert made["above_zero"] == 1.0


def test_a_histogram_holds_every_draw_once():
    found = drawn_values(levers(a=1_000.0), draw_factors(TABLE, draws=200, seed=1))
    made = histogram(found, {"k"})
    assert made["draws"].sum() == 200
    assert made["nth"].tolist() == list(range(1, 21))
    assert made["from_eur"].iloc[1:].tolist() == made["to_eur"].iloc[:-1].tolist()
    assert histogram(found, set()).empty


def test_no_levers_have_no_spread():
    none = pd.DataFrame(columns=["case", "alternative", "factors", "worth"]).astype({"worth": "float64"})
    assert spread(drawn_values(none, draw_factors(TABLE, draws=10, seed=1))).empty
