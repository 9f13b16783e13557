"""The even spread of a need over the years, where the city gave no yearly amount. (nl: gelijkmatige spreiding)."""

import numpy as np
import pandas as pd

from koppelkans.ground.horizon import Horizon


def even_yearly(amounts: pd.Series, latest: pd.Series, years: Horizon) -> float:
    """Return the smallest equal yearly amount that pays everything within its window.

    Formula: max over t of (amounts whose window closes in year t or before) / (t - first + 1). When every window is
    open until the last year, that is the total spread evenly over the years.
    """
    if amounts.empty:
        return 0.0
    closing = latest.clip(years.first, years.last).to_numpy(dtype=np.int64) - years.first
    due = np.bincount(closing, weights=amounts.to_numpy(dtype=float), minlength=len(years)).cumsum()
    return float((due / np.arange(1, len(years) + 1)).max())
