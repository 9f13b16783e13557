"""The ranking of works, with knock-outs and decisions of the board, which may overrule it. (nl: rangorde)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, Overrule
from koppelkans.weighing.knock_outs import must_by, nearest, reasons
from koppelkans.weighing.method import DIGITS, Floats

MUST = "decision of the board"
OUT = "kept out by the board"


class Places(NamedTuple):
    """Places after the board has spoken, and the total that belongs to each."""

    ranks: Floats
    totals: Floats


def check_overrules(names: pd.Index, overrules: Sequence[Overrule], *, musts: pd.Series) -> None:
    """Refuse decisions that cannot be carried out.

    These are decisions about works that do not exist, twice about one work, of two works on one place or behind the last, and
    to leave out what must be done.

    Raises
    ------
    SettingError
        With every one of them.
    """
    faults = []
    works, taken = [one.work for one in overrules], [one.rank for one in overrules]
    for at, one in enumerate(overrules):
        place = f"weighing.overrules.{at}"
        if one.work not in names:
            faults.append((one.work, nearest(one.work, names), f"{place}.work"))
        if works.index(one.work) < at:
            faults.append((one.work, "one decision per work", f"{place}.work"))
        if one.decision == "out" and isinstance(musts.get(one.work), str):
            faults.append(
                (one.decision, f"a work that need not be done; this one must: {musts[one.work]}", f"{place}.decision")
            )
        if one.rank is not None and taken.index(one.rank) < at:
            faults.append((str(one.rank), "one work per place", f"{place}.rank"))
        if one.rank is not None and one.rank > len(names):
            faults.append((str(one.rank), f"a place of 1 to {len(names)}", f"{place}.rank"))
    if faults:
        raise SettingError(
            [Fault(FILE_NAME, found, wanted, column=column, fatal=True) for found, wanted, column in faults]
        )


def placed(names: pd.Index, ranks: Floats, totals: Floats, overrules: Sequence[Overrule]) -> Places:
    """Return the rank of each work after the decisions, and the total that counts from then on.

    A work that the board gave a place stands there; the others keep their order around it. It counts with the total of the
    work that the calculation had put in that place, so that its place is worth as much in the programme as that of any other.
    Works that share a calculated rank go on sharing one as long as nothing was put between them.
    """
    order = sorted(range(len(names)), key=lambda row: (ranks[row], names[row]))
    at = {names[row]: row for row in order}
    moved = {at[one.work]: one.rank for one in overrules if one.rank is not None}
    if not moved:
        return Places(ranks, totals)
    line = [row for row in order if row not in moved]
    for row, rank in sorted(moved.items(), key=lambda pair: pair[1] or 0):
        line.insert((rank or 1) - 1, row)
    found, counts = np.array(ranks, dtype=float), np.array(totals, dtype=float)
    for place, row in enumerate(line):
        before = line[place - 1] if place else None
        same = before is not None and row not in moved and before not in moved and ranks[before] == ranks[row]
        found[row] = found[before] if same else place + 1
        if row in moved:
            counts[row] = totals[order[place]]
    return Places(found, counts)


def chosen(names: pd.Index, overrules: Sequence[Overrule], decision: str, phrase: str) -> pd.Series:
    """Return by work the phrase where the board took a decision; missing elsewhere."""
    works = [one.work for one in overrules if one.decision == decision]
    return pd.Series(phrase, index=names, dtype="str").where(names.isin(works))


def overrule_table(ranking: pd.DataFrame, overrules: Sequence[Overrule]) -> pd.DataFrame:
    """Return per decision of the board the calculated place and the decided one.

    Sorted by work.
    """
    by_work = ranking.set_index("work")
    works = [one.work for one in overrules]
    rows = pd.DataFrame(
        {
            "work": works,
            "decision": [one.decision for one in overrules],
            "rank": by_work["rank"].reindex(works).to_numpy(),
            "board_rank": by_work["board_rank"].reindex(works).to_numpy(),
            "reason": [one.reason for one in overrules],
            "set_by": [one.set_by for one in overrules],
            "set_on": [one.set_on for one in overrules],
        }
    )
    return rows.sort_values("work", ignore_index=True)


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
    decided = chosen(names, overrules, "must", MUST)
    must = reasons(knocks, names, "must")
    out = chosen(names, overrules, "out", OUT)
    out = out.fillna(reasons(knocks, names, "out").where(decided.isna()))
    after = placed(names, ranked, totals, overrules)
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
