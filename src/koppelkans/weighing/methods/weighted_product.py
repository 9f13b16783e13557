"""Weighted product: a poor score on one criterion is not bought off by a good one. (nl: gewogen product)."""

import numpy as np

from koppelkans.weighing.method import USUAL, Combined, Floats, Method, Tuning, known_weights

FLOOR = 0.01
"""Scores below this count as this much: a product with a zero in it would make all other criteria mute."""


def combine(scores: Floats, weights: Floats, tuning: Tuning = USUAL) -> Combined:  # noqa: ARG001
    """Return the product of the known scores, each to the power of its weight.

    A product has no natural parts. Each criterion starts with its weight; what the total falls short of 1 is taken off
    in proportion to the logarithm that each adds, so the contributions add up to the total.
    """
    known = known_weights(scores, weights)
    losses = -known * terms(scores, USUAL)
    nothing = np.isnan(known).all(axis=1)
    loss = np.nansum(losses, axis=1)
    totals = np.where(nothing, np.nan, np.exp(-loss))
    share = np.divide(losses, loss[:, None], out=np.zeros(scores.shape), where=loss[:, None] > 0)
    parts = known - (1.0 - totals[:, None]) * share
    return Combined(totals, parts)


def terms(scores: Floats, tuning: Tuning) -> Floats:  # noqa: ARG001
    """Return the logarithm of the scores: a product orders as the mean of logarithms does."""
    return np.asarray(np.log(np.maximum(scores, FLOOR)))


WEIGHTED_PRODUCT = Method(
    name="weighted_product",
    nl="gewogen product",
    en="weighted product",
    formula=r"T_i = \prod_{j \in K_i} \max(s_{ij},\ 0.01)^{g_j / \sum_{k \in K_i} g_k}",
    source="Miller and Starr (1969), Executive decisions and operations research, Prentice-Hall; Bridgman (1922), Dimensional analysis",
    combine=combine,
    terms=terms,
)
