"""Weighted sum: the mean of the known scores by weight. (nl: gewogen som)."""

import numpy as np

from koppelkans.weighing.method import Combined, Floats, Method, known_weights


def combine(scores: Floats, weights: Floats) -> Combined:
    """Return the weighted mean of the known scores, and weight x score as the contribution of each."""
    parts = known_weights(scores, weights) * scores
    nothing = np.isnan(parts).all(axis=1)
    return Combined(np.where(nothing, np.nan, np.nansum(parts, axis=1)), parts)


WEIGHTED_SUM = Method(
    name="weighted_sum",
    nl="gewogen som",
    en="weighted sum",
    formula=r"T_i = \sum_{j \in K_i} \frac{g_j}{\sum_{k \in K_i} g_k}\, s_{ij},\quad K_i = \{j : s_{ij}\ \text{known}\}",
    source="Fishburn (1967), Additive utilities with incomplete product sets, Operations Research 15(3): 537-542",
    combine=combine,
)
