"""From measures in their own units to scores between 0 (worst) and 1 (best). (nl: scoren)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from koppelkans.weighing.criterion import Criterion
from koppelkans.weighing.method import Floats

FORMULA = r"s_{ij} = \min\{1, \max\{0, (x_{ij} - \text{low}_j) / (\text{high}_j - \text{low}_j)\}\}"
"""`low` is the measure that scores worst, `high` the one that scores best; low > high where less is better."""
SAME = 0.5
"""Score of every work on a criterion on which all known works measure the same: it tells them not apart."""


def ends_of(measures: Floats, criteria: Sequence[Criterion]) -> tuple[Floats, Floats]:
    """Return the measure that scores worst and the one that scores best, per criterion; NaN where nothing is known.

    These are the ends that the criterion fixes, or the lowest and highest that are found.
    """
    known = ~np.isnan(measures)
    least = np.where(known, measures, np.inf).min(axis=0, initial=np.inf)
    most = np.where(known, measures, -np.inf).max(axis=0, initial=-np.inf)
    fixed = np.array([one.ends or (np.nan, np.nan) for one in criteria], dtype=float).reshape(-1, 2)
    given = ~np.isnan(fixed[:, 0])
    some = known.any(axis=0)
    lowest = np.where(given, fixed[:, 0], np.where(some, least, np.nan))
    highest = np.where(given, fixed[:, 1], np.where(some, most, np.nan))
    more = np.array([one.better == "more" for one in criteria], dtype=bool)
    return np.where(more, lowest, highest), np.where(more, highest, lowest)


def scores(measures: Floats, worst: Floats, best: Floats) -> Floats:
    """Return scores (works x criteria), linear between worst and best; unknown stays NaN, a constant column scores 0.5."""
    span = best - worst
    flat = span == 0
    scaled = (measures - worst) / np.where(flat, 1.0, span)
    made = np.where(flat & ~np.isnan(measures), SAME, np.clip(scaled, 0.0, 1.0))
    return np.asarray(made + 0.0, dtype=float)


def criteria_table(criteria: Sequence[Criterion], measures: Floats, ends: tuple[Floats, Floats]) -> pd.DataFrame:
    """Return the rows of the table of criteria, in the order of the grounds, without weights."""
    worst, best = ends
    return pd.DataFrame(
        {
            "criterion": [one.name for one in criteria],
            "name_nl": [one.nl for one in criteria],
            "name_en": [one.en for one in criteria],
            "ground": [one.ground for one in criteria],
            "unit": [one.unit for one in criteria],
            "unit_nl": [one.unit_nl for one in criteria],
            "better": [one.better for one in criteria],
            "known": (~np.isnan(measures)).sum(axis=0),
            "low": worst,
            "high": best,
        }
    )
