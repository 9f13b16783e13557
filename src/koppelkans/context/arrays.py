"""Names for the arrays of numbers and shapes that this room works on. (nl: rijen getallen en vormen)."""

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Shapes = npt.NDArray[np.object_]
"""Shapely geometries, coordinates in metres."""


def sum_by(group: Ints, values: Floats, count: int) -> Floats:
    """Return the sum of values per group 0 … count - 1."""
    total: Floats = np.bincount(group, values, count).astype(np.float64)
    return total


def pick(values: pd.Series, at: npt.ArrayLike) -> Shapes:
    """Return values by position; None at -1."""
    found: Shapes = np.append(values.to_numpy(dtype=object), np.array([None], dtype=object))[np.asarray(at)]
    return found
