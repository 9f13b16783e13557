"""Where vital systems meet in one street, and whether they go in the right order. (nl: combinaties van systemen)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from koppelkans.context.product import Context
from koppelkans.rules.openings import opened

ORDERS = {
    "together": "together in one opening",
    "in_order": "one after the other, in the right order",
    "wrong_order": "the one that must go first comes later",
    "undone": "one of both is left undone",
}
"""How two works of different systems in one street lie in the programme."""


def meetings(context: Context, plan: pd.DataFrame, *, order: Sequence[str]) -> pd.DataFrame:
    """Return every two works of different systems in one section, the first to go in front.

    What lies deepest goes first: by `order`, the kinds of work from deep to shallow; kinds that it does not name come last,
    and of two in the same place the one that is first in name.

    Parameters
    ----------
    plan
        Work and year, missing where it is left undone.
    order
        Kinds of work in the order in which they must go.
    """
    place = {kind: at for at, kind in enumerate(order)}
    works = pd.DataFrame(context.works[["work", "system", "kind"]]).merge(plan[["work", "year"]], on="work", how="left")
    works["turn"] = works["kind"].map(place).fillna(len(place)).astype("int64")
    openers = opened(context.touches, works=context.works)[["work", "section"]].merge(works, on="work")
    pairs = openers.merge(openers, on="section", suffixes=("", "_other"))
    first = (pairs["turn"] < pairs["turn_other"]) | (
        (pairs["turn"] == pairs["turn_other"]) & (pairs["work"] < pairs["work_other"])
    )
    pairs = pairs[first & (pairs["system"] != pairs["system_other"])]
    year, later = (
        pairs[name].astype("Float64").to_numpy(dtype=float, na_value=np.nan) for name in ("year", "year_other")
    )
    tied = (pairs["turn"] == pairs["turn_other"]).to_numpy()
    how = np.select(
        [np.isnan(year) | np.isnan(later), year == later, (year < later) | tied],
        ["undone", "together", "in_order"],
        "wrong_order",
    )
    spot = context.sections.set_index("section")
    made = pd.DataFrame(
        {
            "section": pairs["section"],
            "street": pairs["section"].map(spot["name"]),
            "work": pairs["work"],
            "other_work": pairs["work_other"],
            "system": pairs["system"],
            "other_system": pairs["system_other"],
            "order": how,
        }
    )
    return made.sort_values(["section", "work", "other_work"], ignore_index=True)
