"""Purses that may pay an opening."""

import numpy as np
import pandas as pd

from koppelkans.programme.payers import UNCOVERED, Payers, payers_of

NEEDS = pd.DataFrame({"option": [0, 1, 2], "work": [0, 1, 2], "cell": [0, 0, 1]})


def shares(*rows: tuple[int, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["work", "fund", "share"])


def payers(every: pd.DataFrame, *, bound: tuple[bool, bool] = (True, True), silent: tuple[int, int] = (0, 0)) -> Payers:
    return payers_of(NEEDS, every, np.array([10.0, 20.0]), bound=np.array(bound), silent=np.array(silent))


def test_an_opening_of_one_purse_is_paid_by_it_in_full():
    made = payers(shares((0, 0, 1.0), (1, 0, 1.0), (2, 1, 1.0)))
    assert made.sole_opening.tolist() == [0, 1]
    assert made.sole_fund.tolist() == [0, 1]
    assert not len(made.opening)


def test_an_opening_that_all_works_there_pay_in_the_same_shares_is_paid_so():
    made = payers(shares((0, 0, 0.6), (0, 1, 0.4), (1, 0, 0.6), (1, 1, 0.4), (2, 0, 0.5), (2, 1, 0.25)))
    assert made.sole_opening.tolist() == [0, 0]
    assert made.sole_share.tolist() == [0.6, 0.4]
    assert made.opening.tolist() == [1, 1]  # of the second opening no purse pays a quarter here: it is divided


def test_a_larger_share_climbs_the_steps_of_a_smaller_one():
    made = payers(shares((0, 0, 1.0), (1, 0, 0.25), (1, 1, 0.75), (2, UNCOVERED, 1.0)))
    assert made.opening.tolist() == [0, 0, 0]
    assert made.fund.tolist() == [0, 0, 1]
    assert made.eur.tolist() == [2.5, 7.5, 7.5]
    assert list(zip(made.step.tolist(), made.option.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 0), (2, 1)]
    assert not len(made.sole_fund)  # what nobody pays is asked of no budget


def test_beside_an_owner_without_a_purse_those_with_a_budget_pay_at_least_their_part():
    made = payers(shares((0, 0, 1.0), (1, 1, 1.0), (2, 1, 1.0)), bound=(True, False), silent=(1, 1))
    assert list(zip(made.least_option.tolist(), made.least_opening.tolist(), strict=True)) == [(0, 0)]
    assert made.least_eur.tolist() == [5.0]
    assert made.bound_step.tolist() == [True]
    assert (made.free_opening.tolist(), made.free_option.tolist()) == (
        [0],
        [1],
    )  # it may pay all, and needs no column for it
    assert not len(made.sole_opening)  # nobody with a budget is in the second opening: it asks nothing
