"""Purses that may pay an opening."""

import numpy as np
import pandas as pd

from koppelkans.programme.payers import UNCOVERED, payers_of

NEEDS = pd.DataFrame({"option": [0, 1, 2], "work": [0, 1, 2], "cell": [0, 0, 1]})


def shares(*rows: tuple[int, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["work", "fund", "share"])


def test_an_opening_of_one_purse_is_paid_by_it_in_full():
    made = payers_of(NEEDS, shares((0, 0, 1.0), (1, 0, 1.0), (2, 1, 1.0)), np.array([10.0, 20.0]))
    assert made.sole_opening.tolist() == [0, 1]
    assert made.sole_fund.tolist() == [0, 1]
    assert not len(made.opening)


def test_a_larger_share_climbs_the_steps_of_a_smaller_one():
    made = payers_of(
        NEEDS, shares((0, 0, 1.0), (1, 0, 0.25), (1, 1, 0.75), (2, UNCOVERED, 1.0)), np.array([10.0, 20.0])
    )
    assert made.opening.tolist() == [0, 0, 0]
    assert made.fund.tolist() == [0, 0, 1]
    assert made.eur.tolist() == [2.5, 7.5, 7.5]
    assert list(zip(made.step.tolist(), made.option.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 0), (2, 1)]
    assert made.sole_fund.tolist() == [UNCOVERED]
