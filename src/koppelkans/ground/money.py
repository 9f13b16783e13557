"""Money in whole euros at one price level, and its worth in time. (nl: geld)."""

from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]


def whole_euros(amounts: pd.Series | Floats) -> pd.Series:
    """Round amounts (eur, half away from zero) to whole euros; unknown stays unknown.

    Returns a series of nullable integers (`Int64`).
    """
    series = pd.Series(amounts).astype("Float64")
    signs = np.sign(series)
    return (signs * (series.abs() + 0.5).floordiv(1)).astype("Int64")


def discount_factors(years: npt.ArrayLike, *, first_year: int, rate: float) -> Floats:
    """Return the discount factor of each year against the first, at a yearly rate.

    The rate is a share. Formula: (1 + rate) ** -(year - first_year).
    """
    return np.asarray((1.0 + rate) ** -(np.asarray(years, dtype=float) - first_year), dtype=float)


def whole_parts(amounts: pd.Series, groups: pd.Series) -> pd.Series:
    """Return amounts in whole euros that add up to the rounded sum per group.

    The running sum is rounded instead of each amount, so a part is less than one euro off. Unknown amounts stay unknown
    and count for nothing in the sum.

    >>> whole_parts(pd.Series([0.4, 0.4, 0.4]), pd.Series(["a", "a", "a"])).tolist()
    [0, 1, 0]
    """
    known = amounts.astype("float64")
    until = known.fillna(0.0).groupby(groups).cumsum()
    after, before = whole_euros(until.round(6)), whole_euros((until - known.fillna(0.0)).round(6))
    return (after - before).where(known.notna())


def equal_parts(amounts: pd.Series, groups: pd.Series) -> pd.Series:
    """Return for each row its equal part of the whole euros of its group.

    `amounts` holds on every row of a group the same amount. Euros that cannot be shared equally go to rows that follow
    each other, from a row on that only the name of the group decides: no row is always the one that pays more.

    >>> equal_parts(pd.Series([5, 5, 7]), pd.Series(["a", "a", "b"])).tolist()
    [2, 3, 7]
    """
    many, place = groups.groupby(groups).transform("size"), groups.groupby(groups).cumcount()
    start = groups.map({name: crc32(str(name).encode()) for name in groups.unique()}).astype("int64") % many
    return amounts // many + ((place - start) % many < amounts % many).astype("int64")
