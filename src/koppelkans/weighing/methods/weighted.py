"""Weighted sum and weighted product: the mean of the known scores by weight. (nl: gewogen som en product)."""

import numpy as np

from koppelkans.weighing.method import USUAL, Combined, Floats, Method, Tuning, added_up, known_weights

FLOOR = 0.01
"""Scores below this count as this much: a product with a zero in it would make all other criteria mute."""


def combine_sum(scores: Floats, weights: Floats, tuning: Tuning = USUAL) -> Combined:  # noqa: ARG001
    """Return the weighted mean of the known scores, with weight x score as contributions."""
    return added_up(scores, weights)


def plain_terms(scores: Floats, tuning: Tuning) -> Floats:  # noqa: ARG001
    """Return the scores themselves."""
    return scores


WEIGHTED_SUM = Method(
    name="weighted_sum",
    nl="gewogen som",
    en="weighted sum",
    formula=r"T_i = \sum_{j \in K_i} \frac{g_j}{\sum_{k \in K_i} g_k}\, s_{ij},\quad K_i = \{j : s_{ij}\ \text{known}\}",
    source="Fishburn (1967), Additive utilities with incomplete product sets: application to priorities and assignments, Operations Research 15(3): 537-542",
    combine=combine_sum,
    terms=plain_terms,
)


def combine_product(scores: Floats, weights: Floats, tuning: Tuning = USUAL) -> Combined:  # noqa: ARG001
    """Return the product of the known scores, each to the power of its weight.

    A product has no natural parts. Each criterion starts with its weight; what the total falls short of 1 is taken off
    in proportion to the logarithm that each adds, so the contributions add up to the total.
    """
    known = known_weights(scores, weights)
    losses = -known * logarithms(scores, USUAL)
    nothing = np.isnan(known).all(axis=1)
    loss = np.nansum(losses, axis=1)
    totals = np.where(nothing, np.nan, np.exp(-loss))
    share = np.divide(losses, loss[:, None], out=np.zeros(scores.shape), where=loss[:, None] > 0)
    parts = known - (1.0 - totals[:, None]) * share
    return Combined(totals, parts)


def logarithms(scores: Floats, tuning: Tuning) -> Floats:  # noqa: ARG001
    """Return the logarithm of the scores: a product orders as the mean of logarithms does."""
    return np.asarray(np.log(np.maximum(scores, FLOOR)))


WEIGHTED_PRODUCT = Method(
    name="weighted_product",
    nl="gewogen product",
    en="weighted product",
    formula=r"T_i = \prod_{j \in K_i} \max(s_{ij},\ 0.01)^{g_j / \sum_{k \in K_i} g_k}",
    source="Miller and Starr (1969), Executive decisions and operations research, Prentice-Hall; Bridgman (1922), Dimensional analysis",
    combine=combine_product,
    terms=logarithms,
)
