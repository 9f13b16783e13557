"""Matches of the hamlet, worked out by hand."""

import pandas as pd
import pytest

import hamlet
from koppelkans.alignment.align import matches_of

CONTEXT = hamlet.context()


def matches(
    works: pd.DataFrame = CONTEXT.works, shift_years: int = 2, touches: pd.DataFrame = CONTEXT.touches
) -> pd.DataFrame:
    return matches_of(works, touches, sections=CONTEXT.sections, shift_years=shift_years).set_index("match")


def moved(work: str, first: int, last: int) -> pd.DataFrame:
    """Return the works with another window for one of them."""
    works = CONTEXT.works.copy()
    works.loc[works["work"] == work, ["earliest_year", "best_year", "latest_year"]] = [first, first, last]
    return works


def test_works_of_different_owners_in_one_street_match_and_of_one_owner_do_not():
    assert matches().index.tolist() == ["S1:w-sewer:w-water-1", "S2:w-gas:w-paving", "S2:w-gas:w-sewer"]


def test_a_match_names_the_years_that_suit_both_and_how_far_their_best_years_lie_apart():
    row = matches().loc["S1:w-sewer:w-water-1"]
    assert row[["first_year", "last_year", "shift_years", "years_apart"]].tolist() == [2027, 2033, 0, 2]
    assert (row["party"], row["other_party"], row["street"], row["area"]) == (
        "gemeente",
        "water",
        "Dorpsstraat",
        "West",
    )


def test_strength_is_the_mean_of_certainty_time_and_length():
    # gas (gepland 0.75) and sewer (voornemen 0.5): 0.625; 3 years of 3: 1; 100 m of 100 m: 1
    assert matches().loc["S2:w-gas:w-sewer", "strength"] == pytest.approx((0.625 + 1 + 1) / 3)


def test_an_unknown_length_is_left_out_of_the_mean():
    unknown = CONTEXT.touches.assign(length_m=float("nan"))
    assert matches(touches=unknown).loc["S2:w-gas:w-sewer", "strength"] == pytest.approx((0.625 + 1) / 2)


def test_a_small_shift_makes_a_weaker_match_and_a_large_one_none():
    two_late = moved("w-gas", 2035, 2036)  # the sewer ends in 2033, the paving in 2031
    row = matches(two_late).loc["S2:w-gas:w-sewer"]
    assert row[["first_year", "last_year", "shift_years"]].tolist() == [2033, 2035, 2]
    assert row["strength"] == pytest.approx((0.625 + 0 + 1) / 3)
    assert "S2:w-gas:w-paving" not in matches(two_late).index
    assert "S2:w-gas:w-sewer" not in matches(two_late, shift_years=1).index


def test_a_work_that_does_not_open_the_street_matches_nothing():
    lamps = CONTEXT.works.copy()
    lamps.loc[lamps["work"] == "w-gas", ["digs", "resurfaces"]] = False
    assert matches(lamps).index.tolist() == ["S1:w-sewer:w-water-1"]


def test_no_works_give_no_matches():
    assert matches_of(CONTEXT.works[:0], CONTEXT.touches[:0], sections=CONTEXT.sections, shift_years=2).empty
