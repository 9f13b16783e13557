from collections.abc import Callable

import pandas as pd
import pytest

from koppelkans.appraisal.financing.transfers import Whole, bargain, equal, proportional


def gains(amounts: dict[str, int], *, pm: int = 0) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "case": "b-1",
            "alternative": "together",
            "against": "null",
            "holder": list(amounts),
            "gain_eur": list(amounts.values()),
            "pm": pm,
        }
    )


def test_losers_are_made_whole_by_winners_in_proportion_to_their_gain():
    # 30 is lost; winners of 50 and 100 pay a third and two thirds of it
    assert proportional([-30, 50, 100]).tolist() == [30, -10, -20]


def test_the_euros_of_rounding_go_to_the_largest_remainders():
    # 10 over gains 3, 3, 5: 2.73, 2.73 and 4.55; the two euros that are left go to the first two
    assert proportional([-10, 3, 3, 5]).tolist() == [10, -3, -3, -4]


def test_equal_gain_leaves_everybody_the_same_but_for_a_euro():
    # 121 over three: 41, 40, 40
    assert equal([-30, 51, 100]).tolist() == [71, -11, -60]


def test_a_comparison_says_what_must_change_hands_at_least():
    sums, transfers = bargain(gains({"gemeente": -30, "gas": 50, "bewoners": 100}))
    row = sums.iloc[0]
    assert (row["total_eur"], row["moved_eur"], row["losers"], row["missing_eur"]) == (120, 30, 1, 0)
    assert row["feasible"]
    split = transfers[transfers["rule"] == "proportional"].set_index("holder")
    assert split["transfer_eur"].to_dict() == {"bewoners": -20, "gas": -10, "gemeente": 30}
    assert split["after_eur"].to_dict() == {"bewoners": 80, "gas": 40, "gemeente": 0}


def test_where_the_whole_loses_no_transfer_is_told_but_what_is_missing():
    sums, transfers = bargain(gains({"gemeente": -80, "gas": 50}))
    assert transfers.empty
    assert not sums.loc[0, "feasible"]
    assert sums.loc[0, "missing_eur"] == 30


def test_unknown_amounts_are_counted_so_that_the_answer_is_known_to_be_incomplete():
    sums, _ = bargain(gains({"gemeente": 10, "gas": 0}, pm=2))
    assert sums.loc[0, "pm"] == 4


@pytest.mark.parametrize("split", [proportional, equal])
def test_amounts_larger_than_a_computer_word_stay_exact(split: Callable[[list[int]], Whole]):
    large = [-(10**12), 4 * 10**12, 10**12 + 7]
    moved = split(large)
    assert moved.sum() == 0
    assert (moved + large >= 0).all()


@pytest.mark.parametrize("split", [proportional, equal])
def test_comparisons_side_by_side_are_what_each_is_alone(split: Callable[..., Whole]):
    parts = [[-30, 50, 100], [-10, 3, 3, 5], [0], [7, -7]]
    groups = [at for at, part in enumerate(parts) for _ in part]
    assert split([gain for part in parts for gain in part], groups).tolist() == [
        moved for part in parts for moved in split(part).tolist()
    ]
