"""The years that are planned for, and the even spread of a need over them. (nl: horizon)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd


@dataclass(frozen=True, slots=True)
class Horizon:
    """First and last calendar year, both included."""

    first: int
    last: int

    def __len__(self) -> int:
        """Return the number of years."""
        return self.last - self.first + 1

    @property
    def years(self) -> npt.NDArray[np.int64]:
        """Return all calendar years, in order."""
        return np.arange(self.first, self.last + 1, dtype=np.int64)


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
