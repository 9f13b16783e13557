"""What becomes of the ranking under many other weightings. (nl: gevoeligheid voor de gewichten)."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.ground.settings import Sensitivity
from koppelkans.weighing.method import DIGITS, Floats, Method, Tuning

FORMULA = r"b_i^r = \frac{1}{K} \, |\{k : \text{rank}_i(g^{(k)}) = r\}|,\quad \text{top}_i = \sum_{r \le \lceil \tau n \rceil} b_i^r"
"""Rank acceptability of work i over K drawn weightings, and its share of the top (SMAA-2)."""
SOURCE = "Lahdelma and Salminen (2001), SMAA-2: stochastic multicriteria acceptability analysis for group decision making, Operations Research 49(3): 444-454"
CHUNK = 2_000_000
"""Totals that are held at once."""
SLOW, SLOW_MOST = 1_000_000, 200
"""For a method that compares pairs anew for each weighting: pairs times weightings that are worth the wait, and most weightings."""


class WeightDraws(NamedTuple):
    """Drawn weightings with the ranks of the works under each.

    Weightings x criteria, and weightings x works; with the number of weightings that was asked.
    """

    weightings: Floats
    ranks: npt.NDArray[np.int32]
    asked: int


def draw(weights: Floats, how: Sensitivity) -> Floats:
    """Return weightings (samples x criteria) that add up to 1, the same for the same seed.

    Around the weights of the city: Dirichlet with parameters closeness x weight, of which the mean is the weights; a weight
    of 0 stays 0. Any: uniform over all weightings of the criteria with a weight.
    """
    used = weights > 0
    shape = how.closeness * weights[used] if how.around == "weights" else np.ones(int(used.sum()))
    made = np.zeros((how.samples, len(weights)))
    made[:, used] = np.random.default_rng(how.seed).dirichlet(shape, size=how.samples)
    return made


def sample(scores: Floats, weights: Floats, method: Method, tuning: Tuning, how: Sensitivity) -> WeightDraws:
    """Return the ranks of the works under drawn weightings.

    A method that compares every pair anew for each weighting gets fewer of them where there are many works; `asked` tells
    how many were asked for.
    """
    weightings = draw(weights, how)
    if method.most:
        weightings = weightings[: min(SLOW_MOST, max(1, SLOW // max(1, len(scores) ** 2)))]
    step = max(1, CHUNK // max(1, len(scores)))
    terms = None if method.terms is None else method.terms(scores, tuning)
    found = np.empty((len(weightings), len(scores)), dtype=np.int32)
    for first in range(0, len(weightings), step):
        part = weightings[first : first + step]
        totals = mean_terms(terms, part) if terms is not None else totals_of(scores, part, method, tuning)
        found[first : first + step] = rank_rows(totals)
    return WeightDraws(weightings, found, how.samples)


def totals_of(scores: Floats, weightings: Floats, method: Method, tuning: Tuning) -> Floats:
    """Return the totals of works under each weighting (weightings x works).

    NaN where nothing with a weight is known.
    """
    if method.terms is not None:
        return mean_terms(method.terms(scores, tuning), weightings)
    if method.many is not None:
        return method.many(scores, weightings, tuning)
    return np.array([method.combine(scores, weights, tuning).totals for weights in weightings])


def mean_terms(terms: Floats, weightings: Floats) -> Floats:
    """Return the mean by weight of the known terms of each work, per weighting."""
    unknown = np.isnan(terms)
    summed = weightings @ np.where(unknown, 0.0, terms).T
    if not unknown.any():
        return np.asarray(summed / weightings.sum(axis=1, keepdims=True))
    known = weightings @ (~unknown).astype(float).T
    return np.asarray(np.divide(summed, known, out=np.full(summed.shape, np.nan), where=known > 0))


def rank_rows(totals: Floats) -> npt.NDArray[np.int32]:
    """Return ranks from 1 within each row; equal totals share one, NaN comes last."""
    rounded = np.where(np.isnan(totals), np.inf, -np.round(totals, DIGITS))
    order = np.argsort(rounded, axis=1)
    line = np.take_along_axis(rounded, order, axis=1)
    places = np.broadcast_to(np.arange(1, totals.shape[1] + 1, dtype=np.int32), totals.shape)
    new = np.ones(totals.shape, dtype=bool)
    new[:, 1:] = line[:, 1:] != line[:, :-1]
    shared = np.maximum.accumulate(np.where(new, places, 0), axis=1)
    found = np.empty(totals.shape, dtype=np.int32)
    np.put_along_axis(found, order, shared, axis=1)
    return found


def acceptability(names: pd.Index, sampled: WeightDraws, *, top: float) -> pd.DataFrame:
    """Return per work how often it ranks first and in the top, and its range of ranks."""
    ranks = sampled.ranks
    if not ranks.size:
        return pd.DataFrame({"work": pd.Series([], dtype="str")})
    line = np.ceil(top * len(names))
    low, middle, high = np.percentile(ranks, [5, 50, 95], axis=0, method="nearest")
    return pd.DataFrame(
        {
            "work": names,
            "first_share": (ranks == 1).mean(axis=0),
            "top_share": (ranks <= line).mean(axis=0),
            "best_rank": ranks.min(axis=0),
            "low_rank": low,
            "middle_rank": middle,
            "high_rank": high,
            "worst_rank": ranks.max(axis=0),
            "expected_rank": ranks.mean(axis=0),
        }
    )
