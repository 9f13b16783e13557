"""Names for the arrays of numbers and shapes that this room works on. (nl: rijen getallen en vormen)."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Shapes = npt.NDArray[np.object_]
"""Shapely geometries, coordinates in metres."""


def sum_by(group: Ints, values: Floats, count: int) -> Floats:
    """Return the sum of values per group 0 … count - 1."""
    total: Floats = np.bincount(group, values, count).astype(np.float64)
    return total
