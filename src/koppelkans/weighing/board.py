"""The board may overrule the ranking: with a reason, and in sight. (nl: bestuurlijke prioritering)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, Overrule
from koppelkans.weighing.knock_outs import nearest
from koppelkans.weighing.method import Floats

MUST = "decision of the board"
OUT = "kept out by the board"


class Places(NamedTuple):
    """Places after the board has spoken, and the total that belongs to each."""

    ranks: Floats
    totals: Floats


def check(names: pd.Index, overrules: Sequence[Overrule], *, musts: pd.Series) -> None:
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
