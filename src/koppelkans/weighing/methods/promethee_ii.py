"""PROMETHEE II: how much each work is preferred to the others, less how much they are to it. (nl: PROMETHEE II)."""

import numpy as np

from koppelkans.weighing.method import DIGITS, USUAL, Combined, Floats, Method, Tuning, added_up, per_criterion


def combine(scores: Floats, weights: Floats, tuning: Tuning = USUAL) -> Combined:
    """Return the net flow of each work, scaled to 0..1, with its contributions.

    The contribution of a criterion is its own net flow. A criterion that is unknown for a work is left out for that
    work; flows are counted among the works that are known.
    """
    return added_up(terms(scores, tuning), weights)


def terms(scores: Floats, tuning: Tuning) -> Floats:
    """Return the net flow of each work on each criterion, scaled to 0..1.

    NaN where unknown.
    """
    count = scores.shape[1]
    indifference, preference = per_criterion(tuning.indifference, count), per_criterion(tuning.preference, count)
    columns = [_net_flow(scores[:, j], indifference[j], preference[j]) for j in range(count)]
    return np.asarray((np.column_stack(columns) + 1.0) / 2.0) if columns else scores


def _net_flow(column: Floats, indifference: float, preference: float) -> Floats:
    """Return the mean preference over the others less that of the others, on one criterion.

    Sorting makes it n log n: all works that are more than `preference` below count fully, those between the thresholds
    by how far they are.
    """
    found = np.full(column.shape, np.nan)
    known = ~np.isnan(column)
    values = np.round(column[known], DIGITS)
    if len(values) > 1:
        above = _preferred(values, indifference, preference) - _preferred(-values, indifference, preference)
        found[known] = above / (len(values) - 1)
    else:
        found[known] = 0.0
    return found


def _preferred(values: Floats, indifference: float, preference: float) -> Floats:
    """Return the sum over all works of how much each value is preferred to theirs.

    Preference is 0 up to `indifference`, 1 from `preference` (the generalised criteria I, II, III and V), linear between.
    """
    order = np.sort(values)
    summed = np.concatenate([[0.0], np.cumsum(order)])
    no_more = np.searchsorted(order, np.round(values - indifference, DIGITS), side="left")
    span = preference - indifference
    if span <= 0:
        return no_more.astype(float)
    fully = np.searchsorted(order, np.round(values - preference, DIGITS), side="right")
    between = no_more - fully
    partly = between * (values - indifference) - (summed[no_more] - summed[fully])
    return np.asarray(fully + np.clip(partly / span, 0.0, between))


PROMETHEE_II = Method(
    name="promethee_ii",
    nl="PROMETHEE II",
    en="PROMETHEE II",
    formula=r"T_i = \tfrac12 + \tfrac12 \sum_{j \in K_i} \frac{g_j}{\sum_{k \in K_i} g_k}\, \frac{1}{n_j - 1} \sum_{h} \big(P_j(s_{ij} - s_{hj}) - P_j(s_{hj} - s_{ij})\big),\quad P_j(d) = \min\Big\{1, \max\Big\{0, \frac{d - q_j}{p_j - q_j}\Big\}\Big\}",
    source="Brans and Vincke (1985), A preference ranking organisation method: the PROMETHEE method for multiple criteria decision-making, Management Science 31(6): 647-656",
    combine=combine,
    terms=terms,
    relative=True,
)
