"""How far rankings agree, and how many pairs they order the other way round. (nl: overeenstemming)."""

import numpy as np
import scipy

from koppelkans.weighing.method import Floats

FORMULA = r"W = \frac{12 \sum_i R_i^2 - 3 m^2 n (n+1)^2}{m^2 n (n^2 - 1) - m \sum_h \sum_t (t^3 - t)}"
"""R is the sum of the ranks of work i over m rankings of n works, t the number of works in a tie; ties share their mean rank."""
SOURCE = "Kendall and Babington Smith (1939), The problem of m rankings, Annals of Mathematical Statistics 10(3): 275-287; Kendall (1948), Rank correlation methods, Griffin"
TWO = 2
"""Fewer rankings or works than this neither agree nor differ."""


def kendall_w(ranks: Floats) -> float:
    """Return the coefficient of concordance of rankings (rankings x works) with the correction for ties; NaN where undefined.

    1 where all rank the same, 0 where nothing is shared; undefined with fewer than two rankings or works, or when every
    ranking puts all works in one tie.
    """
    raters, works = ranks.shape
    if min(raters, works) < TWO:
        return float("nan")
    shared = scipy.stats.rankdata(ranks, axis=1)
    sizes = [np.unique(row, return_counts=True)[1].astype(float) for row in shared]
    ties = sum(float((count**3 - count).sum()) for count in sizes)
    sums = shared.sum(axis=0)
    above = 12.0 * float((sums**2).sum()) - 3.0 * raters**2 * works * (works + 1.0) ** 2
    below = raters**2 * works * (works**2 - 1.0) - raters * ties
    return above / below if below > 0 else float("nan")


def chance_of_w(w: float, raters: int, works: int) -> float:
    """Return the chance of a coefficient this high where rankings were drawn blindly: chi-square of m (n - 1) W."""
    return float(scipy.stats.chi2.sf(raters * (works - 1) * w, works - 1)) if w == w else w  # noqa: PLR0124 -- NaN


def reversals(one: Floats, other: Floats) -> tuple[int, float]:
    """Return the number of pairs that two rankings order the other way round, and Kendall's tau-b (NaN where undefined)."""
    count = len(one)
    sizes = [np.unique(ranks, return_counts=True)[1] for ranks in (one, other)]
    if count < TWO or min(len(size) for size in sizes) < TWO:
        return 0, float("nan")
    tau = float(scipy.stats.kendalltau(one, other).statistic)
    pairs = count * (count - 1) // 2
    both = np.unique(np.column_stack([one, other]), axis=0, return_counts=True)[1]
    free = [pairs - _tied(size) for size in sizes]
    # agreeing + reversed are the pairs tied in neither; agreeing - reversed is tau x the root of the untied pairs of each
    apart = free[0] + free[1] - pairs + _tied(both)
    return round((apart - tau * float(free[0]) ** 0.5 * float(free[1]) ** 0.5) / 2.0), tau


def _tied(sizes: np.ndarray) -> int:
    """Return the number of pairs within ties of these sizes."""
    many = sizes.astype(np.int64)
    return int((many * (many - 1) // 2).sum())
