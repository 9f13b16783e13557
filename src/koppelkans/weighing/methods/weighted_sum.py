"""Weighted sum: the mean of the known scores by weight. (nl: gewogen som)."""

from koppelkans.weighing.method import USUAL, Combined, Floats, Method, Tuning, added_up


def combine(scores: Floats, weights: Floats, tuning: Tuning = USUAL) -> Combined:  # noqa: ARG001
    """Return the weighted mean of the known scores, and weight x score as the contribution of each."""
    return added_up(scores, weights)


def terms(scores: Floats, tuning: Tuning) -> Floats:  # noqa: ARG001
    """Return the scores themselves."""
    return scores


WEIGHTED_SUM = Method(
    name="weighted_sum",
    nl="gewogen som",
    en="weighted sum",
    formula=r"T_i = \sum_{j \in K_i} \frac{g_j}{\sum_{k \in K_i} g_k}\, s_{ij},\quad K_i = \{j : s_{ij}\ \text{known}\}",
    source="Fishburn (1967), Additive utilities with incomplete product sets: application to priorities and assignments, Operations Research 15(3): 537-542",
    combine=combine,
    terms=terms,
)
