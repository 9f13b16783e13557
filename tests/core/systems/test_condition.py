"""The course of condition after NEN 2767, worked out by hand for a life of 60 years: 3 after 45, 5 after 56.25 years."""

import numpy as np
import pandas as pd
import pytest

import hamlet
from koppelkans.systems.chart import turning_years

SETTINGS = hamlet.settings()


def turns(
    kind: str = "sewer_gravity",
    *,
    built: int | None = None,
    score: float = np.nan,
    seen: int | None = None,
    material: str | None = None,
) -> pd.Series:
    asset = pd.DataFrame(
        {
            "kind": [kind],
            "material": pd.Series([material], dtype="str"),
            "built_year": pd.array([built], dtype="Int64"),
            "condition": [score],
            "condition_year": pd.array([seen], dtype="Int64"),
        }
    )
    return turning_years(asset, kinds=SETTINGS.kinds, horizon=SETTINGS.years).iloc[0]


def test_by_age_it_turns_fair_at_three_quarters_of_life_and_poor_at_fifteen_sixteenths():
    found = turns(built=1980)
    assert (found["fair_year"], found["poor_year"]) == (2025.0, 2036.25)
    assert (found["fair_after"], found["poor_after"]) == (45.0, 56.25)


def test_an_inspected_score_is_taken_as_the_age_at_which_the_course_has_it():
    """Score 2 is half of 60 years: 15 years to score 3, 26.25 to score 5."""
    found = turns(score=2.0, seen=2020)
    assert (found["fair_year"], found["poor_year"]) == (2035.0, 2046.25)


def test_the_inspected_score_wins_over_the_year_of_laying():
    assert turns(built=1900, score=1.0, seen=2026)["fair_year"] == 2071.0


def test_a_score_without_year_counts_from_the_year_before_the_horizon():
    assert turns(score=2.0)["fair_year"] == 2026 + 15


@pytest.mark.parametrize(
    ("score", "fair", "poor"), [(3.0, 2020.0, 2031.25), (5.0, 2008.75, 2020.0), (6.0, 2006.875, 2018.125)]
)
def test_a_score_at_a_limit_is_past_it_from_the_inspection_on(score: float, fair: float, poor: float):
    """Score 5 is 56.25 years and score 6 is 58.125 years of 60."""
    found = turns(score=score, seen=2020)
    assert (found["fair_year"], found["poor_year"]) == (fair, poor)


def test_the_lifetime_of_a_material_goes_before_that_of_the_kind():
    """Asbestos cement lasts 60 years where a water main lasts 70."""
    assert turns("water_main", built=1970, material="AC")["fair_year"] == 2015.0
    assert turns("water_main", built=1970, material="PVC")["fair_year"] == 2022.5


def test_of_unknown_age_and_score_nothing_is_known_until_it_is_renewed():
    found = turns()
    assert np.isnan(found["fair_year"])
    assert np.isnan(found["poor_year"])
    assert found["fair_after"] == 45.0


def test_without_a_lifetime_the_score_stands_and_age_says_nothing():
    assert np.isinf(turns("tree", score=2.9, seen=2000)["fair_year"])
    worn = turns("tree", score=4.0, seen=2020)
    assert (worn["fair_year"], worn["poor_year"]) == (-np.inf, np.inf)
    aged = turns("tree", built=1900)
    assert np.isnan(aged["fair_year"])
    assert np.isinf(aged["fair_after"])
