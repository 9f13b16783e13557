"""TOPSIS: near the best that is found on every criterion, and far from the worst. (nl: TOPSIS)."""

import numpy as np

from koppelkans.weighing.method import USUAL, Combined, Floats, Method, Tuning, known_weights

NOTHING_APART = 0.5
"""Closeness of every work where all works score the same on all criteria: it tells them not apart."""


def combine(scores: Floats, weights: Floats, tuning: Tuning = USUAL) -> Combined:
    """Return the relative closeness of each work to the best found, over its known scores.

    Against the worst found. The contribution of a criterion is its part of the squared distance to the worst.
    """
    away, short = _squares(scores, tuning)
    known = known_weights(scores, weights)
    nothing = np.isnan(known).all(axis=1)
    from_worst = np.where(np.isnan(known), 0.0, known**2 * away)
    to_best = np.where(np.isnan(known), 0.0, known**2 * short)
    closeness = _closeness(from_worst.sum(axis=1), to_best.sum(axis=1))
    far = from_worst.sum(axis=1, keepdims=True)
    same = np.nan_to_num(known)
    part = np.divide(from_worst, far, out=same, where=far > 0)
    parts = np.where(np.isnan(known), np.nan, closeness[:, None] * part)
    return Combined(np.where(nothing, np.nan, closeness), parts)


def many(scores: Floats, weightings: Floats, tuning: Tuning) -> Floats:
    """Return the closeness of works under many weightings (weightings x works).

    Squared distances are a product of squared weights and squared gaps.
    """
    away, short = _squares(scores, tuning)
    unknown = np.isnan(scores)
    squared = weightings**2
    from_worst = squared @ np.where(unknown, 0.0, away).T
    to_best = squared @ np.where(unknown, 0.0, short).T
    known = weightings @ np.where(unknown, 0.0, 1.0).T
    return np.asarray(np.where(known > 0, _closeness(from_worst, to_best), np.nan))


def _squares(scores: Floats, tuning: Tuning) -> tuple[Floats, Floats]:
    """Return the squared gaps to the worst and to the best that is found in each column, after scaling."""
    scaled = scores
    if tuning.scale == "vector":
        length = np.sqrt(np.nansum(scores**2, axis=0))
        scaled = scores / np.where(length > 0, length, 1.0)
    known = ~np.isnan(scaled)
    worst = np.where(known, scaled, np.inf).min(axis=0, initial=np.inf)
    best = np.where(known, scaled, -np.inf).max(axis=0, initial=-np.inf)
    return np.where(known, scaled - worst, np.nan) ** 2, np.where(known, best - scaled, np.nan) ** 2


def _closeness(from_worst: Floats, to_best: Floats) -> Floats:
    """Return the distance to the worst as a share of both distances, from squares."""
    far, near = np.sqrt(from_worst), np.sqrt(to_best)
    both = far + near
    return np.asarray(np.divide(far, both, out=np.full(both.shape, NOTHING_APART), where=both > 0))


TOPSIS = Method(
    name="topsis",
    nl="TOPSIS",
    en="TOPSIS",
    formula=r"T_i = \frac{d_i^-}{d_i^+ + d_i^-},\quad d_i^\pm = \sqrt{\sum_{j \in K_i} g_j^2\,(s_{ij} - s_j^\pm)^2},\quad s_j^+ = \max_i s_{ij},\ s_j^- = \min_i s_{ij}",
    source="Hwang and Yoon (1981), Multiple attribute decision making, Springer; Opricovic and Tzeng (2004), Compromise solution by MCDM methods: a comparative analysis of VIKOR and TOPSIS, European Journal of Operational Research 156(2): 445-455",
    combine=combine,
    many=many,
    relative=True,
)
