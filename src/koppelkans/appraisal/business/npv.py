"""Present value of streams and of cash flows, benefit-cost ratio, payback, annuity. (nl: contante waarde)."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FORMULA = r"\text{NPV} = \sum_{t=0}^{H-1} \frac{B_t - C_t}{(1+r)^t}"
"""Benefits B and costs C in year t, counted from the base year; rate r; H years."""
STREAM_FORMULA = r"\sum_{t=f}^{l} \frac{a\,(1+g)^{t-f}}{(1+r)^{t-b}} = a\,q^{f-b}\,\frac{1-\rho^{n}}{1-\rho},\quad q=\tfrac{1}{1+r},\ \rho=(1+g)\,q,\ n=l-f+1"
"""A stream that starts with amount a in year f, grows by g a year and ends in year l; b is the base year."""
TINY = 1e-12


def present_value(amounts: npt.ArrayLike, *, rate: float) -> float:
    """Return the present value of amounts in years 0, 1, 2, ... at a yearly rate (share).

    >>> round(present_value([-15000, 1500, 2500, 3500, 4500, 6000], rate=0.05), 2)
    122.89
    """
    flows = np.asarray(amounts, dtype=float)
    return float(flows @ (1.0 + rate) ** -np.arange(len(flows), dtype=float))


def stream_values(
    first: npt.ArrayLike, last: npt.ArrayLike, growth: npt.ArrayLike, *, rate: npt.ArrayLike, base_year: int
) -> Floats:
    """Return what streams of one euro in their first year are worth in the base year.

    A stream starts in year `first`, grows by `growth` (share) a year and ends with year `last`; an empty stream is
    worth 0.
    """
    starts, ends = np.asarray(first, dtype=float), np.asarray(last, dtype=float)
    factor = 1.0 / (1.0 + np.asarray(rate, dtype=float))
    ratio = (1.0 + np.asarray(growth, dtype=float)) * factor
    many = np.clip(ends - starts + 1.0, 0.0, None)
    even = np.abs(1.0 - ratio) < TINY
    series = np.where(even, many, (1.0 - ratio**many) / np.where(even, 1.0, 1.0 - ratio))
    return np.asarray(factor ** (starts - base_year) * series, dtype=float)


def annuity(years: int, *, rate: float) -> float:
    """Return what one euro at the end of each of so many years is worth now.

    >>> round(annuity(10, rate=0.0225), 6)
    8.866216
    """
    return float(stream_values(1, years, 0.0, rate=rate, base_year=0))


def payback_years(differences: Floats, *, base_year: int) -> Floats:
    """Return the payback year: the first from which the discounted sum stays at zero or more.

    One per row: the running sum is of discounted differences. Unknown (NaN) where the sum ends below zero, and where
    it never falls below zero: then nothing is to be paid back.

    Parameters
    ----------
    differences
        A row per case and a column per year, from the base year on, discounted.
    """
    running = differences.cumsum(axis=1)
    below = running < -0.5  # noqa: PLR2004 -- half a euro: below that nothing was laid out
    ever = below.any(axis=1)
    last_below = running.shape[1] - 1 - below[:, ::-1].argmax(axis=1)
    back = last_below + 1.0
    return np.where(ever & (back < running.shape[1]), base_year + back, np.nan)
