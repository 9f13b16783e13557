"""Seeded draws: against the distribution of SciPy, against the sum of its parts, and the same for the same seed."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from koppelkans.appraisal.business.montecarlo import draw_factors, spread, triangular

TABLE = pd.DataFrame({"figure": ["a", "b", "c"], "low": [0.5, 0.8, 1.0], "high": [2.0, 1.1, 1.0]})


@pytest.mark.parametrize(("low", "high"), [(0.5, 2.0), (0.8, 1.1), (1.0, 1.5), (0.2, 1.0)])
def test_draws_are_those_of_a_triangle(low: float, high: float):
    uniform = np.linspace(0.001, 0.999, 101)
    ours = triangular(np.array([low]), np.array([high]), uniform[:, None])[:, 0]
    theirs = stats.triang.ppf(uniform, (1 - low) / (high - low), loc=low, scale=high - low)
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


def test_a_figure_without_a_range_stays_what_it_is():
    assert (draw_factors(TABLE, draws=50, seed=1)["c"] == 1.0).all()


def test_the_same_seed_gives_the_same_draws_and_one_figure_more_changes_no_other():
    made = draw_factors(TABLE, draws=50, seed=1)
    pd.testing.assert_frame_equal(made[["b"]], draw_factors(TABLE[TABLE["figure"] == "b"], draws=50, seed=1))
    assert not made["a"].equals(draw_factors(TABLE, draws=50, seed=2)["a"])


def test_the_spread_is_that_of_every_draw_worked_out_by_itself():
    levers = pd.DataFrame(
        {"case": "k", "alternative": "together", "factors": ["", "a", "a b"], "worth": [100.0, -60.0, -20.0]}
    )
    drawn = draw_factors(TABLE, draws=200, seed=3)
    values = [100 - 60 * a - 20 * a * b for a, b in zip(drawn["a"], drawn["b"], strict=True)]
    made = spread(levers, drawn).iloc[0]
    assert made[["p10_eur", "p50_eur", "p90_eur"]].tolist() == pytest.approx(
        np.quantile(values, [0.1, 0.5, 0.9]).tolist()
    )
    assert made["above_zero"] == np.mean([value > 0 for value in values])


def test_no_levers_have_no_spread():
    none = pd.DataFrame(columns=["case", "alternative", "factors", "worth"]).astype({"worth": "float64"})
    assert spread(none, draw_factors(TABLE, draws=10, seed=1)).empty
