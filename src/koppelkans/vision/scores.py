"""From a value that was measured to a need of 0 to 1. (nl: behoeftescore)."""

import numpy as np

from koppelkans.ground.settings import Need
from koppelkans.vision.indicator import Floats


def need_scores(values: Floats, need: Need) -> Floats:
    """Return the need, 0 at `low` and 1 at `high`, straight in between and cut off outside; the other way round with `invert`.

    Formula: need = clip((value - low) / (high - low), 0, 1). Where `low` or `high` is not given, the lowest or highest
    value found takes its place. NaN where the value is unknown, and everywhere where low and high are the same: one
    value for the whole city does not tell where the need is.
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return np.full(len(values), np.nan)
    low = float(known.min()) if need.low is None else need.low
    high = float(known.max()) if need.high is None else need.high
    if low == high:
        return np.full(len(values), np.nan)
    scores = np.clip((np.where(np.isfinite(values), values, np.nan) - low) / (high - low), 0.0, 1.0)
    return np.asarray(1.0 - scores if need.invert else scores, dtype=float)
