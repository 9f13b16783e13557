"""Is one work at least as good as another? What the ELECTRE methods share. (nl: overtreffen)."""

import numpy as np
import numpy.typing as npt

from koppelkans.weighing.method import DIGITS, Floats

Whole = npt.NDArray[np.intp]


def agreement(scores: Floats, weights: Floats, *, indifference: Floats, preference: Floats) -> tuple[Floats, Floats]:
    """Return the concordance of works, and the mean agreement per work and criterion.

    Concordance is works x works; the mean is over the other works. Concordance of i with h is the weight of the
    criteria that say that i is at least as good as h, over the criteria that are known for both; 0 where there are
    none.
    """
    count = len(scores)
    agreed, mass = np.zeros((count, count)), np.zeros((count, count))
    mean = np.ones(scores.shape)
    for j, weight in enumerate(weights):
        gap = gaps(scores[:, j])
        both = ~np.isnan(gap)
        agree = np.where(both, falling(gap, indifference[j], preference[j]), 0.0)
        agreed += weight * agree
        mass += weight * both
        others = both.sum(axis=1) - both.diagonal()
        mean[:, j] = np.divide(agree.sum(axis=1) - agree.diagonal(), others, out=np.ones(count), where=others > 0)
    concordance = np.divide(agreed, mass, out=np.zeros_like(agreed), where=mass > 0)
    return np.asarray(np.round(concordance, DIGITS)), mean


def gaps(column: Floats) -> Floats:
    """Return by how much each work (row) falls short of each other work (column)."""
    return np.asarray(np.round(column[None, :] - column[:, None], DIGITS))


def falling(gap: Floats, first: float, last: float) -> Floats:
    """Return a share that falls from 1 at a gap of `first` to 0 at `last`.

    Linear between; a step at `first` where `last` is not above it.
    """
    if last <= first:
        return np.where(np.isnan(gap), np.nan, (gap <= first).astype(float))
    return np.asarray(np.clip((last - gap) / (last - first), 0.0, 1.0))


def share_below(classes: Whole) -> Floats:
    """Return the share of works in a lower class, with half of those in the same class.

    Class 0 is the best.
    """
    if len(classes) == 1:
        return np.array([0.5])
    counts = np.bincount(classes)
    lower = counts.sum() - np.cumsum(counts)
    return np.asarray((lower[classes] + (counts[classes] - 1) / 2.0) / (len(classes) - 1))


def cut(totals: Floats, known: Floats, mean: Floats) -> Floats:
    """Return totals divided over the criteria by weight x mean agreement.

    NaN where a score is unknown.

    Parameters
    ----------
    totals
        One per work.
    known
        Weights that add up to 1 over the known scores, NaN elsewhere.
    mean
        Mean agreement, works x criteria.
    """
    support = known * mean
    whole = np.nansum(support, axis=1, keepdims=True)
    return np.asarray(totals[:, None] * np.divide(support, whole, out=known.copy(), where=whole > 0))
