"""Windows of planned works made whole where only part of them is known. (nl: vensters aanvullen)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import WorkKind

FIRM, WISH = "vast", "wens"
YEARS = ("earliest_year", "best_year", "latest_year")


def complete(rows: pd.DataFrame, *, kinds: Mapping[str, WorkKind], horizon: Horizon) -> pd.DataFrame:
    """Return works with whole windows, as whole years, and `told`: which part of the window the source tells.

    What is missing comes from the best year and the years that the kind may be early or late; a firm work (vast) with one
    year keeps that year. Without a best year it is the middle of the window, or the one year that is known. A work
    without any year becomes a wish (wens) over the whole horizon.

    Returns
    -------
    The rows with earliest_year, best_year and latest_year (int64), certainty, and told (`window`, `part` or `none`).
    """
    early, best, late = (rows[name].astype("Float64").to_numpy(dtype=float, na_value=np.nan) for name in YEARS)
    known = (~np.isnan(np.stack([early, best, late]))).sum(axis=0)
    whole = ~np.isnan(early) & ~np.isnan(late)
    firm = (rows["certainty"] == FIRM).to_numpy() & ~whole
    before = rows["kind"].map({name: kind.early_years for name, kind in kinds.items()}).to_numpy(dtype=float)
    after = rows["kind"].map({name: kind.late_years for name, kind in kinds.items()}).to_numpy(dtype=float)
    middle = np.where(whole, np.floor((early + late) / 2), np.where(np.isnan(early), late, early))
    best = np.where(np.isnan(best), middle, best)
    first = np.where(np.isnan(early), best - np.where(firm, 0, before), early)
    last = np.where(np.isnan(late), best + np.where(firm, 0, after), late)
    first, last = np.fmin(first, last), np.fmax(first, last)
    best = np.clip(best, first, last)
    none = known == 0
    ends = (horizon.first, (horizon.first + horizon.last) // 2, horizon.last)
    made = {
        name: np.where(none, end, value).astype("int64")
        for name, end, value in zip(YEARS, ends, (first, best, last), strict=True)
    }
    return rows.assign(
        **made,
        certainty=rows["certainty"].where(~none, WISH),
        told=np.select([none, whole], ["none", "window"], "part"),
    )
