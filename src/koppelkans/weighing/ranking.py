"""The order of works that follows from the totals, with what stands outside it. (nl: rangorde)."""

import numpy as np
import pandas as pd

from koppelkans.ground.settings import Fund
from koppelkans.rules.purses import OWN
from koppelkans.weighing.method import Floats

NO_PURSE = "no purse may pay for it"
MANDATORY = "legal duty, danger or agreement"
DIGITS = 12
"""Totals that are the same to so many decimals share a rank: the order of adding up may not decide."""


def knocked_out(works: pd.DataFrame, payments: pd.DataFrame, funds: list[Fund]) -> pd.Series:
    """Return by work the reason why it is out before ranking; missing where it is in.

    An owner who declares purses of its own says with them what it may pay: a work of this owner that none of them and no
    other purse covers has no legal purse. An owner without declared purses pays its own works, and what is mandatory is
    never knocked out: then money must be found.
    """
    bound = {fund.owner for fund in funds if fund.owner}
    own = payments[payments["fund"].str.startswith(OWN)]
    uncovered = works.index.isin(own["work"]) & works["owner"].isin(bound) & ~works["mandatory"]
    return pd.Series(NO_PURSE, index=works.index, dtype="str").where(uncovered)


def must(works: pd.DataFrame) -> pd.Series:
    """Return by work the reason why it must be done whatever its rank; missing where there is none."""
    return pd.Series(MANDATORY, index=works.index, dtype="str").where(works["mandatory"])


def ranks(totals: Floats, out: pd.Series) -> Floats:
    """Return ranks from 1; equal totals share one, works of which nothing is known come behind, those knocked out last."""
    rounded = np.round(totals, DIGITS)
    behind = np.where(out.notna(), 2, np.where(np.isnan(totals), 1, 0))
    order = pd.DataFrame({"behind": behind, "total": np.where(behind == 0, -rounded, 0.0)})
    places = order.sort_values(["behind", "total"], kind="stable")
    new = places.ne(places.shift()).any(axis=1)
    first = pd.Series(np.arange(1, len(places) + 1), index=places.index).where(new).ffill()
    return np.asarray(first.reindex(order.index).to_numpy(dtype=float))
