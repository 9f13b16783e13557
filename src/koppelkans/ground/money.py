"""Money in whole euros at one price level, and its worth in time. (nl: geld)."""

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
    """Return what one euro in each of `years` is worth in `first_year`, at a yearly `rate` given as a share.

    Formula: (1 + rate) ** -(year - first_year).
    """
    return np.asarray((1.0 + rate) ** -(np.asarray(years, dtype=float) - first_year), dtype=float)
