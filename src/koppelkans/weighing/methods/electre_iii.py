"""ELECTRE III: outranking with thresholds and veto, ordered by two distillations. (nl: ELECTRE III)."""

import numpy as np

from koppelkans.weighing.method import DIGITS, USUAL, Combined, Floats, Method, Tuning, known_weights, per_criterion
from koppelkans.weighing.outranking import Whole, agreement, cut, falling, gaps, share_below

ALPHA, BETA = 0.30, -0.15
"""Discrimination threshold s(x) = alpha + beta x of the distillation, as Roy proposed."""
MOST = 1000
"""Works that it compares at most: every pair is weighed, and the distillations walk over all pairs again and again."""


def combine(scores: Floats, weights: Floats, tuning: Tuning = USUAL) -> Combined:
    """Return the place of each work in both distillations as a total, cut over the criteria.

    By how far each criterion supports the work. A total is the mean of two shares, one per distillation: works in
    lower classes, and half of those in the same class. It says the order, not a distance. A work of which nothing
    with a weight is known stays outside.
    """
    known = known_weights(scores, weights)
    inside = np.flatnonzero(~np.isnan(known).all(axis=1))
    totals, parts = np.full(len(scores), np.nan), np.full(scores.shape, np.nan)
    if len(inside):
        _, credible, mean = credibility(scores[inside], weights, tuning)
        places = [distilled(credible, best_first=first) for first in (True, False)]
        totals[inside] = np.mean([share_below(place) for place in places], axis=0)
        parts[inside] = cut(totals[inside], known[inside], mean)
    return Combined(totals, parts)


def many(scores: Floats, weightings: Floats, tuning: Tuning) -> Floats:
    """Return totals (weightings x works), one weighting after the other."""
    return np.array([combine(scores, weights, tuning).totals for weights in weightings])


def credibility(scores: Floats, weights: Floats, tuning: Tuning) -> tuple[Floats, Floats, Floats]:
    """Return concordance and credibility of outranking, and the mean agreement.

    The first two are works x works, the mean agreement is per work and criterion. A criterion on which a work falls
    short by more than its concordance allows takes credibility away, and a gap of `veto_gap` takes all of it.
    """
    count = scores.shape[1]
    preference, veto = per_criterion(tuning.preference, count), per_criterion(tuning.veto_gap, count)
    indifference = per_criterion(tuning.indifference, count)
    concordance, mean = agreement(scores, weights, indifference=indifference, preference=preference)
    credible = concordance.copy()
    for j in np.flatnonzero(~np.isnan(veto) & (weights > 0)):
        against = np.nan_to_num(1.0 - falling(gaps(scores[:, j]), preference[j], veto[j]))
        doubt = against > concordance
        credible *= np.where(doubt, (1.0 - against) / np.where(doubt, 1.0 - concordance, 1.0), 1.0)
    return concordance, np.asarray(np.round(credible, DIGITS)), mean


def distilled(credible: Floats, *, best_first: bool) -> Whole:
    """Return the class of each work, 0 the best, by one distillation.

    Descending (best first) or ascending (worst first).
    """
    classes = np.zeros(len(credible), dtype=np.intp)
    left, at = np.arange(len(credible)), 0
    while len(left):
        chosen = _distilled_once(credible, left, best_first=best_first)
        classes[chosen] = at
        left = np.setdiff1d(left, chosen, assume_unique=True)
        at += 1
    if best_first:
        return classes
    return np.asarray(at - 1 - classes, dtype=np.intp)


def _distilled_once(credible: Floats, left: Whole, *, best_first: bool) -> Whole:
    """Return the works that stand out among those that are left, at ever lower levels of credibility."""
    chosen, level = left, _highest(credible, left, np.inf)
    while True:
        part = credible[np.ix_(chosen, chosen)]
        level = _highest(credible, chosen, level - (ALPHA + BETA * level))
        over = (part > level) & (part > part.T + (ALPHA + BETA * part))
        np.fill_diagonal(over, val=False)
        quality = over.sum(axis=1) - over.sum(axis=0)
        chosen = chosen[quality == (quality.max() if best_first else quality.min())]
        if len(chosen) == 1 or level == 0:
            return np.asarray(chosen, dtype=np.intp)


def _highest(credible: Floats, works: Whole, below: float) -> float:
    """Return the highest credibility between two different works that is less than a level; 0 where there is none."""
    part = credible[np.ix_(works, works)]
    fits = part < below
    np.fill_diagonal(fits, val=False)
    return float(part.max(where=fits, initial=0.0))


ELECTRE_III = Method(
    name="electre_iii",
    nl="ELECTRE III",
    en="ELECTRE III",
    formula=r"\sigma_{ih} = C_{ih} \prod_{j : d_j(i,h) > C_{ih}} \frac{1 - d_j(i,h)}{1 - C_{ih}},\quad C_{ih} = \frac{\sum_j g_j\, c_j(i,h)}{\sum_j g_j},\quad c_j = \min\Big\{1, \max\Big\{0, \frac{p_j - (s_{hj} - s_{ij})}{p_j - q_j}\Big\}\Big\},\quad d_j = \min\Big\{1, \max\Big\{0, \frac{(s_{hj} - s_{ij}) - p_j}{v_j - p_j}\Big\}\Big\}",
    source="Roy (1978), ELECTRE III: un algorithme de classements fondé sur une représentation floue des préférences en présence de critères multiples, Cahiers du CERO 20(1): 3-24; Figueira, Mousseau and Roy (2005), ELECTRE methods, in Multiple criteria decision analysis: state of the art surveys, Springer: 133-153",
    combine=combine,
    many=many,
    relative=True,
    most=MOST,
)
