"""Streets found from the networks that lie in them, where no street layer exists. (nl: leidingstroken)."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from koppelkans.context.arrays import Shapes
from koppelkans.context.streets.axes import centre_lines, chains, without_small_holes
from koppelkans.context.streets.cutting import ends

SERVICE_M = 25.0
"""A line with a loose end and shorter than this is a house connection; Dutch water connections are 8 m long on average (KWR)."""
HALF_WIDTH_M = 5.0
"""Lines less than twice this apart lie in one street; back-to-back houses keep streets farther apart (assumed)."""
CLOSING_M = 3.0
"""Slits of less than twice this between lines are no blocks of houses (assumed)."""
BLOCK_M2 = 200.0
"""A hole in a corridor smaller than this is no block of houses (assumed)."""
SPACING_M = 3.0
SPUR_M = 60.0
GRID_M = 0.05
"""Ends of pipes that are this near are joined (m); coordinates in KLIC have millimetres, drawing errors are larger."""


def corridors(lines: Shapes, kinds: npt.NDArray[np.object_]) -> Shapes:
    """Return the centre lines of the streets that pipes and cables lie in.

    House connections are left out first; the other lines are widened until those of one street meet, and what is found
    is reduced to its centre line.

    Parameters
    ----------
    lines
        Lines or multilines; coordinates in metres.
    kinds
        Kind of each line: connections are told from mains inside one kind.
    """
    snapped = shapely.set_precision(lines, GRID_M)
    frame = pd.DataFrame({"kind": kinds, "line": snapped})[~shapely.is_empty(snapped)]
    if frame.empty:
        return np.empty(0, dtype=object)
    mains = np.concatenate([_mains(group["line"].to_numpy()) for _, group in frame.groupby("kind", sort=True)])
    if not len(mains):
        mains = frame["line"].to_numpy()
    wide = shapely.union_all(shapely.buffer(mains, HALF_WIDTH_M + CLOSING_M, quad_segs=4))
    surface = without_small_holes(shapely.simplify(shapely.buffer(wide, -CLOSING_M), 0.5), least_m2=BLOCK_M2)
    return centre_lines(surface, spacing_m=SPACING_M, spur_m=SPUR_M)


def _mains(lines: Shapes) -> Shapes:
    """Return the lines of one network, from branch to branch, without short ones that end loosely."""
    whole = chains(np.atleast_1d(shapely.node(shapely.multilinestrings(shapely.get_parts(lines)))))
    loose = (ends(whole).degree == 1).any(axis=1)
    found: Shapes = whole[~loose | (shapely.length(whole) >= SERVICE_M)]
    return found
