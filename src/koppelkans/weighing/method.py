"""What a method is that combines the scores of a work into one total. (nl: weegmethode)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Combined:
    """What a method hands back.

    Parameters
    ----------
    totals
        One total per work, 0-1; NaN where nothing is known.
    contributions
        Works x criteria: the part of the total that comes from each criterion; NaN where the score is. The known ones
        add up to the total.
    """

    totals: Floats
    contributions: Floats


@dataclass(frozen=True)
class Method:
    """One way to combine scores and weights.

    Parameters
    ----------
    name
        The name of its file.
    nl, en
        Its name for people.
    formula
        LaTeX.
    source
        Literature.
    combine
        From scores (works x criteria, 0-1, NaN for unknown) and weights (one per criterion, not below zero, of any
        scale) to totals and contributions.
    """

    name: str
    nl: str
    en: str
    formula: str
    source: str
    combine: Callable[[Floats, Floats], Combined]


def known_weights(scores: Floats, weights: Floats) -> Floats:
    """Return works x criteria weights that add up to 1 over the known scores of each work; NaN where a score is unknown.

    Weights of unknown scores are left out, not counted as a score of zero. A work of which nothing with a weight is
    known has only NaN.
    """
    known = np.where(np.isnan(scores), np.nan, np.broadcast_to(weights, scores.shape))
    total = np.nansum(known, axis=1, keepdims=True)
    return np.asarray(np.divide(known, total, out=np.full(scores.shape, np.nan), where=total > 0))
