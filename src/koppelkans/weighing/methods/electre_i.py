"""ELECTRE I: the kernel of works that none outranks, then the kernel of the rest, and so on. (nl: ELECTRE I)."""

import numpy as np

from koppelkans.weighing.method import USUAL, Combined, Floats, Method, Tuning, known_weights
from koppelkans.weighing.outranking import Whole, agreement, cut, gaps, share_below

MOST = 3000
"""Works that it compares at most: every pair is weighed."""


def combine(scores: Floats, weights: Floats, tuning: Tuning = USUAL) -> Combined:
    """Return as total of each work the share of works in lower layers.

    And half of those in its own. The contribution of a criterion follows how far it supports the work. It says the
    order, not a distance.
    """
    known = known_weights(scores, weights)
    inside = np.flatnonzero(~np.isnan(known).all(axis=1))
    totals, parts = np.full(len(scores), np.nan), np.full(scores.shape, np.nan)
    if len(inside):
        none = np.zeros(scores.shape[1])
        concordance, mean = agreement(scores[inside], weights, indifference=none, preference=none)
        against = discordance(scores[inside][:, weights > 0])
        classes = layers((concordance >= tuning.concordance) & (against <= tuning.discordance))
        totals[inside] = share_below(classes)
        parts[inside] = cut(totals[inside], known[inside], mean)
    return Combined(totals, parts)


def many(scores: Floats, weightings: Floats, tuning: Tuning) -> Floats:
    """Return totals (weightings x works), one weighting after the other."""
    return np.array([combine(scores, weights, tuning).totals for weights in weightings])


def discordance(scores: Floats) -> Floats:
    """Return the largest shortfall of each work against each other one (share).

    Row against column, as a share of the widest column.
    """
    known = ~np.isnan(scores)
    most = np.where(known, scores, -np.inf).max(axis=0, initial=-np.inf)
    least = np.where(known, scores, np.inf).min(axis=0, initial=np.inf)
    widest = float(np.max(most - least, initial=0.0, where=known.any(axis=0)))
    found = np.zeros((len(scores), len(scores)))
    for column in scores.T:
        found = np.fmax(found, gaps(column))
    return found / widest if widest > 0 else found


def layers(outranks: np.ndarray) -> Whole:
    """Return the layer of each work, 0 for the kernel.

    Works that outrank each other in a ring share the last layer.
    """
    over = outranks.copy()
    np.fill_diagonal(over, val=False)
    classes, left, at = np.zeros(len(over), dtype=np.intp), np.arange(len(over)), 0
    while len(left):
        free = ~over[np.ix_(left, left)].any(axis=0)
        chosen = left[free] if free.any() else left
        classes[chosen] = at
        left, at = np.setdiff1d(left, chosen, assume_unique=True), at + 1
    return classes


ELECTRE_I = Method(
    name="electre_i",
    nl="ELECTRE I",
    en="ELECTRE I",
    formula=r"i\,S\,h \iff \frac{\sum_{j : s_{ij} \ge s_{hj}} g_j}{\sum_j g_j} \ge \hat c \ \text{and}\ \frac{\max_j (s_{hj} - s_{ij})}{\max_j \max_{k,l} (s_{kj} - s_{lj})} \le \hat d",
    source="Roy (1968), Classement et choix en présence de points de vue multiples (la méthode ELECTRE), RIRO 2(8): 57-75",
    combine=combine,
    many=many,
    relative=True,
    most=MOST,
)
