import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.context.works.due import due_years, lifetimes, years_left
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import ContextPart, make_settings

KINDS = make_settings({"city": {"name": "x"}}).kinds
HORIZON = Horizon(2027, 2041)


def due(part: ContextPart | None = None, **columns: object) -> tuple[object, str]:
    """Return due year and basis of one asset."""
    usual = {
        "kind": "sewer_gravity",
        "material": None,
        "built_year": None,
        "condition": np.nan,
        "condition_year": None,
        "spread": 0.0,
    }
    row = {name: [value] for name, value in (usual | columns).items()}
    frame = pd.DataFrame(row).astype(
        {"built_year": "Int64", "condition_year": "Int64", "material": "str", "condition": "float64"}
    )
    found = due_years(frame, kinds=KINDS, part=part or ContextPart(), horizon=HORIZON).iloc[0]
    return (None if pd.isna(found["due_year"]) else int(found["due_year"]), str(found["due_basis"]))


def test_age_and_lifetime_give_the_year():
    assert due(built_year=1968) == (2028, "derived")  # 1968 + 60


def test_condition_wins_over_age():
    # Score 4 is 87.5 % of life, score 5 is 93.75 %: of 60 years 3.75 are left, so 2022 + 3.75 = 2025.75.
    assert due(built_year=2010, condition=4.0, condition_year=2022) == (2026, "measured")


def test_a_new_thing_is_due_when_the_score_has_run_down():
    # Score 1 is new: 0.9375 x 60 = 56.25 years after the inspection.
    assert due(condition=1.0, condition_year=2020) == (2076, "measured")


def test_a_score_worse_than_due_was_due_before_the_inspection():
    # Score 6 is 96.875 %: 0.03125 x 60 = 1.9 years too late, so 2022 - 1.875 = 2020.1.
    assert due(condition=6.0, condition_year=2022) == (2020, "measured")


def test_a_score_of_unknown_year_counts_as_of_the_year_before_the_horizon_and_says_so():
    assert due(condition=5.0) == (2026, "assumed")


def test_a_kind_without_lifetime_is_due_by_condition_only():
    assert due(kind="tree", built_year=1960) == (None, "unknown")
    assert due(kind="tree", condition=5.0, condition_year=2023) == (2023, "measured")
    assert due(kind="tree", condition=2.0, condition_year=2023) == (None, "unknown")


@pytest.mark.parametrize(
    ("material", "year"), [("asbestcement", 2015), ("100 AC", 2015), ("ac", 2015), ("PVC", 2025), ("acryl", 2025)]
)
def test_a_material_has_its_own_lifetime(material: str, year: int):
    assert due(kind="water_main", material=material, built_year=1955) == (year, "derived")


def test_without_year_and_condition_it_is_unknown_unless_the_city_says_otherwise():
    assert due() == (None, "unknown")
    assert due(ContextPart(unknown_year="backlog")) == (2026, "assumed")
    assert due(ContextPart(unknown_year="spread"), spread=0.25) == (2042, "assumed")  # 2027 + 0.25 x 60
    assert due(ContextPart(unknown_year="spread"), spread=0.25, kind="tree") == (None, "unknown")


def test_assets_without_a_lifetime_have_none():
    frame = pd.DataFrame({"kind": ["tree", "paving"], "material": pd.Series([None, None], dtype="str")})
    assert np.isnan(lifetimes(frame, kinds=KINDS)[0])
    assert lifetimes(frame, kinds=KINDS)[1] == 40


@settings(max_examples=60, deadline=None)
@given(st.floats(1, 6), st.floats(0, 5), st.floats(5, 120))
def test_a_worse_score_is_due_no_later(score: float, worse: float, life: float):
    both = years_left(np.array([score, min(score + worse, 6.0)]), np.array([life, life]), due_at=5.0)
    assert both[1] <= both[0]
    assert both[0] <= life
