"""Failure risk, by hand."""

import numpy as np
import pandas as pd
import pytest

import hamlet
from koppelkans.appraisal.risk import criticality_factor, expected_failures, failure_chance, failure_cost

FIGURES = hamlet.settings().appraisal.figures
WORKS = pd.DataFrame(
    {
        "best_year": [2030, 2030, 2030],
        "latest_year": [2031, 2030, 2031],
        "due_year": [2030.0, 2028.0, float("nan")],
        "cost_eur": [100_000.0, 100_000.0, 100_000.0],
        "criticality": [0.5, 1.0, 0.5],
    }
)


def test_the_chance_grows_ten_percent_a_year_and_stops_at_one():
    chances = failure_chance(np.array([-1, 0, 1, 100]), figures=FIGURES, price_year=2026)
    assert chances == pytest.approx([0.02 / 1.1, 0.02, 0.022, 1.0])


def test_a_failure_costs_one_and_a_half_renewals_and_more_where_more_depends_on_it():
    assert criticality_factor(WORKS, figures=FIGURES, price_year=2026).tolist() == [1.0, 1.5, 1.0]
    assert failure_cost(WORKS, figures=FIGURES, price_year=2026).tolist() == [150_000.0, 225_000.0, 150_000.0]


def test_failures_are_summed_from_the_best_year_to_the_end_of_the_window():
    failures, euros = expected_failures(WORKS, figures=FIGURES, price_year=2026, rate=0.1, most_years=100)
    # first: 0.02 in 2030 and 0.022 in 2031, the second year worth 1 / 1.1; second: 0.02 x 1.1^2, one year
    assert failures[:2].tolist() == pytest.approx([0.042, 0.0242])
    assert euros[:2].tolist() == pytest.approx([150_000 * (0.02 + 0.022 / 1.1), 225_000 * 0.0242])


def test_without_a_due_year_the_risk_is_unknown():
    failures, euros = expected_failures(WORKS, figures=FIGURES, price_year=2026, rate=0.0, most_years=100)
    assert np.isnan(failures[2])
    assert np.isnan(euros[2])


def test_the_default_lateness_is_the_chance_times_the_cost_of_a_failure_in_the_due_year():
    default = hamlet.settings().kinds["sewer_gravity"].late_rate.value
    assert FIGURES["failure_chance"].value * FIGURES["failure_eur_share"].value == pytest.approx(default)
