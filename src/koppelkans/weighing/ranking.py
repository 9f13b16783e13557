"""The ranking of works, with knock-outs and decisions of the board. (nl: rangorde)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from koppelkans.ground.settings import Overrule
from koppelkans.weighing import board
from koppelkans.weighing.knock_outs import must_by, reasons
from koppelkans.weighing.method import DIGITS, Floats


def ranks(totals: Floats, out: pd.Series) -> Floats:
    """Return ranks from 1; equal totals share one.

    Works of which nothing is known come behind, those knocked out last.
    """
    rounded = np.round(totals, DIGITS)
    behind = np.where(out.notna(), 2, np.where(np.isnan(totals), 1, 0))
    order = pd.DataFrame({"behind": behind, "total": np.where(behind == 0, -rounded, 0.0)})
    places = order.sort_values(["behind", "total"], kind="stable")
    new = places.ne(places.shift()).any(axis=1)
    first = pd.Series(np.arange(1, len(places) + 1), index=places.index).where(new).ffill()
    return np.asarray(first.reindex(order.index).to_numpy(dtype=float))


def ranking_table(
    names: pd.Index, calculated: tuple[Floats, Floats], knocks: pd.DataFrame, overrules: Sequence[Overrule]
) -> pd.DataFrame:
    """Return per work its calculated total and rank, knock-outs, and the place by the board.

    A decision of the board goes before a knock-out: what the board says must be done is not out.

    Parameters
    ----------
    names
        The works, sorted.
    calculated
        Totals and ranks.
    knocks
        Every yes to a knock-out question.
    overrules
        Decisions of the board.
    """
    totals, ranked = calculated
    decided = board.chosen(names, overrules, "must", board.MUST)
    must = reasons(knocks, names, "must")
    out = board.chosen(names, overrules, "out", board.OUT)
    out = out.fillna(reasons(knocks, names, "out").where(decided.isna()))
    after = board.placed(names, ranked, totals, overrules)
    return pd.DataFrame(
        {
            "work": names,
            "total": totals.clip(0.0, 1.0),
            "rank": ranked,
            "board_rank": after.ranks,
            "board_total": after.totals.clip(0.0, 1.0),
            "knocked_out": out.to_numpy(),
            "must": must.fillna(decided).to_numpy(),
            "must_by": must_by(knocks, names).to_numpy(),
        }
    )
