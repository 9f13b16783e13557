"""Which purse may pay how much of an opening, and for which works. (nl: betalers van een opening)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.programme.levels import Floats, Whole
from koppelkans.programme.problem import Problem

UNCOVERED = -1
"""Stands for the share of a work that no purse pays: of an opening it pays that share, from no budget."""
WHOLE_SHARE = 1.0 - 1e-12


@dataclass(frozen=True)
class Payers:
    """Steps in which purses may pay openings.

    Of an opening a purse pays at most its largest share in any one work that needs it. That largest share is a stair: a work
    of a large share climbs all steps up to its own.

    Parameters
    ----------
    opening, fund, eur
        The opening of each step, the purse (its place; -1: nobody's) and what the step comes to (eur).
    step, option
        Which steps each option climbs.
    sole_opening, sole_fund
        Openings that one purse pays in full whoever works there, and that purse.
    """

    opening: Whole
    fund: Whole
    eur: Floats
    step: Whole
    option: Whole
    sole_opening: Whole
    sole_fund: Whole


def shares_of(problem: Problem, funds: pd.Series) -> pd.DataFrame:
    """Share of each work that each purse pays, and that nobody pays.

    As work and fund by their places (-1: nobody), and share (0-1).
    """
    payments = problem.payments[problem.payments["share"] > 0]
    work = pd.Index(problem.works["work"]).get_indexer(pd.Index(payments["work"]))
    fund = pd.Index(funds).get_indexer(pd.Index(payments["fund"]))
    share = payments["share"].to_numpy(dtype=float).clip(max=1.0)
    rest = 1.0 - np.bincount(work, weights=share, minlength=len(problem.works))
    open_ended = np.flatnonzero(rest > 1.0 - WHOLE_SHARE)
    return pd.DataFrame(
        {
            "work": np.concatenate([work, open_ended]),
            "fund": np.concatenate([fund, np.full(len(open_ended), UNCOVERED)]),
            "share": np.concatenate([share, rest[open_ended]]),
        }
    ).astype({"work": "int64", "fund": "int64"})


def payers_of(needs: pd.DataFrame, shares: pd.DataFrame, money: Floats) -> Payers:
    """Purses that may pay each opening, in steps.

    Parameters
    ----------
    needs
        Which option, of which work, needs which opening (option, work, opening).
    shares
        As `shares_of` returns it.
    money
        What each opening costs (eur).
    """
    table = needs.merge(shares, on="work")
    table = table[money[table["cell"]] > 0]
    keys = table[["cell", "fund", "share"]].drop_duplicates().sort_values(["cell", "fund", "share"])
    below = keys.groupby(["cell", "fund"])["share"].shift(fill_value=0.0)
    keys = keys.assign(rise=keys["share"] - below, key=np.arange(len(keys)))
    purses = keys.groupby("cell")["key"].transform("size")
    sole = ((purses == 1) & (keys["share"] >= WHOLE_SHARE)).to_numpy()
    alone, kept = keys[sole], keys[~sole]
    kept = kept.assign(key=np.arange(len(kept)))
    climbs = table.merge(kept, on=["cell", "fund"], suffixes=("", "_step"))
    climbs = climbs[climbs["share_step"] <= climbs["share"]].sort_values(["key", "option"])
    opening = kept["cell"].to_numpy(dtype=np.int64)
    return Payers(
        opening=opening,
        fund=kept["fund"].to_numpy(dtype=np.int64),
        eur=money[opening] * kept["rise"].to_numpy(dtype=float),
        step=climbs["key"].to_numpy(dtype=np.int64),
        option=climbs["option"].to_numpy(dtype=np.int64),
        sole_opening=alone["cell"].to_numpy(dtype=np.int64),
        sole_fund=alone["fund"].to_numpy(dtype=np.int64),
    )
