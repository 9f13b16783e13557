"""Distributions of a key figure: against SciPy, and against their own percentiles and means worked out by hand."""

import numpy as np
import pytest
from scipy import stats

from koppelkans.appraisal.business.montecarlo import DISTRIBUTIONS, draw

UNIFORM = np.linspace(0.001, 0.999, 101)


@pytest.mark.parametrize(("low", "high"), [(0.5, 2.0), (0.8, 1.1), (1.0, 1.5), (0.2, 1.0)])
def test_draws_are_those_of_a_triangle(low: float, high: float):
    theirs = stats.triang.ppf(UNIFORM, (1 - low) / (high - low), loc=low, scale=high - low)
    np.testing.assert_allclose(draw("triangular", low, high, UNIFORM, tail=0.1), theirs, rtol=1e-9)


@pytest.mark.parametrize(("low", "high"), [(0.5, 2.0), (1.0, 1.5), (0.2, 1.0)])
def test_a_pert_stays_within_its_ends_and_has_the_mean_of_its_formula(low: float, high: float):
    steps = (np.arange(20_000) + 0.5) / 20_000
    drawn = draw("pert", low, high, steps, tail=0.1)
    assert low <= drawn.min() <= drawn.max() <= high
    assert drawn.mean() == pytest.approx((low + 4 + high) / 6, abs=1e-4)


def test_low_and_high_of_a_lognormal_are_its_percentiles_and_its_middle_lies_between_them():
    drawn = draw("lognormal", 0.5, 2.0, np.array([0.1, 0.5, 0.9]), tail=0.1)
    assert drawn.tolist() == pytest.approx([0.5, 1.0, 2.0])
    theirs = stats.lognorm.ppf(UNIFORM, np.log(2.0) / stats.norm.ppf(0.95))
    np.testing.assert_allclose(draw("lognormal", 0.5, 2.0, UNIFORM, tail=0.05), theirs, rtol=1e-9)


@pytest.mark.parametrize("name", sorted(DISTRIBUTIONS))
def test_without_a_spread_every_draw_is_the_value(name: str):
    assert draw(name, 1.0, 1.0, UNIFORM, tail=0.1).tolist() == [1.0] * 101
