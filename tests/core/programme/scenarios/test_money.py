"""What more money brings, from a curve of three points by hand."""

import pandas as pd
import pytest

from koppelkans.programme.scenarios.money import curve, step_from_base

POINTS = pd.DataFrame(
    {
        "scenario": ["base", "less", "more", "green", "later"],
        "role": ["base", "front", "front", "scenario", "scenario"],
        "quality": [1.0, 1.0, 1.0, 2.0, 1.0],
        "money": [1.0, 0.9, 1.1, 1.0, 1.1],
        "risk": 1.0,
        "altered": [False, False, False, False, True],
        "budget_eur": [10e6, 9e6, 11e6, 10e6, 11e6],
        "spent_eur": [8e6, 7.5e6, 8.2e6, 8e6, 8e6],
        "weighted_cost_eur": [50e6, 53e6, 48e6, 50e6, 40e6],
        "weighted_least_eur": [49.5e6, 52.8e6, 47.9e6, None, None],
    }
)


def test_the_curve_holds_only_points_that_differ_in_money():
    assert curve(POINTS)["scenario"].tolist() == ["less", "base", "more"]


def test_a_million_more_brings_what_the_next_point_gains_within_both_proofs():
    """A million of budget brings 2; the best may be 49.5 - 48 = 1.5 to 50 - 47.9 = 2.1 apart."""
    step = step_from_base(POINTS, more=True)
    assert (step.scenario, step.budget_eur, step.spent_eur, step.lower_eur) == ("more", 1e6, pytest.approx(0.2e6), 2e6)
    assert (step.least_eur, step.most_eur) == (pytest.approx(1.5e6), pytest.approx(2.1e6))
    assert step.per_million == pytest.approx(2e6)


def test_a_million_less_costs_what_the_point_below_gains_less():
    step = step_from_base(POINTS, more=False)
    assert (step.scenario, step.lower_eur) == ("less", 3e6)
    assert (step.least_eur, step.most_eur) == (pytest.approx(2.8e6), pytest.approx(3.5e6))


def test_without_a_point_on_that_side_there_is_nothing_to_say():
    assert step_from_base(POINTS[POINTS["scenario"] != "more"], more=True) is None
    assert step_from_base(POINTS[POINTS["role"] != "base"], more=True) is None
    same = POINTS.assign(budget_eur=10e6)
    assert step_from_base(same, more=True) is None
