"""Sums over the years of what lasts from one year up to another. (nl: wat van jaar tot jaar duurt)."""

import numpy as np
import numpy.typing as npt

from koppelkans.ground.horizon import Horizon

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

NEVER = np.inf
"""Year of what does not happen: later than every year."""
ALWAYS = -np.inf
"""Year of what was so before every year."""


def lasting(group: Ints, amount: Floats, *, start: Floats, stop: Floats, groups: int, horizon: Horizon) -> Floats:
    """Return per group and year the sum of amounts that last: start <= year < stop.

    Amounts are first counted per group, first and last year, so that a million of them take no more room than a thousand,
    and sums are made by adding only: what is all gone is exactly zero.

    Parameters
    ----------
    group
        Group of each amount, 0 ... groups - 1.
    start, stop
        Calendar years, broken years too; infinite for always and never.

    Returns
    -------
    Shape (groups, years).

    >>> lasting(
    ...     np.array([0, 0]), np.array([100.0, 50.0]), start=np.array([2027.0, 2027.5]), stop=np.array([2028.0, NEVER]),
    ...     groups=1, horizon=Horizon(2027, 2029),
    ... ).tolist()
    [[100.0, 50.0, 50.0]]
    """
    size = len(horizon)
    low, high = _position(start, horizon), _position(stop, horizon)
    cell = (group * (size + 1) + low) * (size + 1) + high
    counted = np.bincount(cell, amount, groups * (size + 1) ** 2).reshape(groups, size + 1, size + 1)
    ends, years = np.arange(size + 1), np.arange(size)
    lasts = (ends[:, None, None] <= years) & (years < ends[None, :, None])
    total: Floats = np.einsum("glh,lhy->gy", counted, lasts.astype(np.float64))
    return total


def _position(year: Floats, horizon: Horizon) -> Ints:
    """Return the position in the horizon of the first whole year that is not before `year`; one past the end where there is none."""
    position: Ints = np.ceil(np.clip(year - horizon.first, 0, len(horizon))).astype(np.int64)
    return position
