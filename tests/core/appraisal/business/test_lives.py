"""When things break, are renewed again, and what they are worth at the end, by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import hamlet
from koppelkans.appraisal.business.lives import breaking_of, renewals, residual_share
from koppelkans.appraisal.case import gather
from koppelkans.appraisal.effect import Case
from koppelkans.ground.settings import Figure
from koppelkans.rules.openings import opening_costs


@pytest.fixture
def case() -> Case:
    town, settings = hamlet.context(), hamlet.settings()
    openings = opening_costs(town.sections, appraisal=settings.appraisal, price_year=2026)
    return gather(town, openings=openings, points=pd.Series(0.0, index=town.works["work"]), settings=settings)


def with_figures(case: Case, **values: float) -> Case:
    made = {name: Figure(value=value, unit="test", source="test") for name, value in values.items()}
    return replace(case, figures=dict(case.figures) | made)


def test_chances_add_up_to_one_failure(case: Case):
    made = breaking_of(case, first=2027)
    for chance, years, rest in zip(made.chance, made.whole_years, made.remainder, strict=True):
        summed = sum(chance * 1.1**k for k in range(int(years)))
        assert summed <= 1.0
        assert summed + rest == pytest.approx(1.0)
        assert summed + chance * 1.1**years >= 1.0  # one year more would be too much


def test_without_growth_a_chance_of_a_quarter_lasts_four_years(case: Case):
    made = breaking_of(with_figures(case, failure_chance=0.25, failure_growth=0.0), first=2027)
    assert made.whole_years.tolist() == [4.0] * 6
    assert made.remainder.tolist() == [0.0] * 6


def test_an_unknown_due_year_is_the_best_year_of_the_owner(case: Case):
    made = breaking_of(case, first=2027)
    gas = case.works["work"].eq("w-gas").to_numpy()
    assert made.chance[gas] == pytest.approx(0.02 * 1.1**-3)  # best year 2030


def test_renewals_come_again_after_every_life_until_the_last_year():
    made = renewals(np.array([2030.0, 2035.0, np.nan, 2090.0]), np.array([20.0, np.nan, 20.0, 5.0]), 2080)
    assert made.to_dict("list") == {
        "at": [0, 0, 0, 1],
        "nth": [0, 1, 2, 0],
        "year": [2030.0, 2050.0, 2070.0, 2035.0],
    }


def test_what_is_left_of_a_life_is_linear():
    # laid in 2070, 20 years, last year 2080: 11 of 20 years are used
    left = residual_share(np.array([2070.0, 2050.0, 2070.0]), np.array([20.0, 20.0, np.nan]), 2080)
    assert left.tolist() == pytest.approx([9 / 20, 0.0, 0.0])
