"""Weights of groups: their rankings, disagreements, and the criteria behind these. (nl: groepen)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
import scipy

from koppelkans.ground.settings import Group
from koppelkans.weighing.method import Floats, Method, Tuning
from koppelkans.weighing.sampling import rank_rows
from koppelkans.weighing.tree import NodeWeights

AGREEMENT_FORMULA = r"W = \frac{12 \sum_i R_i^2 - 3 m^2 n (n+1)^2}{m^2 n (n^2 - 1) - m \sum_h \sum_t (t^3 - t)}"
"""R is the sum of the ranks of work i over m rankings of n works, t the number of works in a tie; ties share their mean rank."""
AGREEMENT_SOURCE = "Kendall and Babington Smith (1939), The problem of m rankings, Annals of Mathematical Statistics 10(3): 275-287; Kendall (1948), Rank correlation methods, Griffin"
TWO = 2
"""Fewer rankings or works than this neither agree nor differ."""


def kendall_w(ranks: Floats) -> float:
    """Return Kendall's coefficient of concordance of rankings, corrected for ties.

    Rankings x works; NaN where undefined. 1 where all rank the same, 0 where nothing is shared; undefined with fewer
    than two rankings or works, or when every ranking puts all works in one tie.
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
    """Return the chance of so high a concordance among random rankings.

    Chi-square of m (n - 1) W.
    """
    return float(scipy.stats.chi2.sf(raters * (works - 1) * w, works - 1)) if w == w else w  # noqa: PLR0124 -- NaN


def reversals(one: Floats, other: Floats) -> tuple[int, float]:
    """Return the number of pairs that two rankings reverse, and Kendall's tau-b.

    NaN where undefined.
    """
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


@dataclass(frozen=True)
class Voices:
    """The rankings of the city and of every group, over the works that take part.

    Parameters
    ----------
    names
        Whose: the city first, then the groups in the order of the settings.
    works
        The works that take part, sorted.
    weights
        Whose x criteria.
    totals, ranks
        Whose x works.
    pull
        Whose x works x criteria: by how much each criterion lifts the work against the mean work.
    """

    names: tuple[str, ...]
    works: pd.Index
    weights: Floats
    totals: Floats
    ranks: Floats
    pull: Floats


def listen(
    works: pd.Index, scores: Floats, voices: Mapping[str, NodeWeights], *, method: Method, tuning: Tuning
) -> Voices:
    """Return the ranking of each voice with one method."""
    made = [method.combine(scores, one.weights, tuning) for one in voices.values()]
    weights = np.array([one.weights for one in voices.values()])
    parts = np.array([np.nan_to_num(one.contributions) for one in made])
    totals = np.array([one.totals for one in made])
    pull = parts - parts.mean(axis=1, keepdims=True) if len(works) else parts
    return Voices(tuple(voices), works, weights, totals, rank_rows(totals).astype(float), pull)


def group_table(groups: Sequence[Group], heard: Voices) -> pd.DataFrame:
    """Return one row per group: its source of weights, and its agreement with the city."""
    against = [reversals(heard.ranks[0], ranks) for ranks in heard.ranks[1:]]
    return pd.DataFrame(
        {
            "group": [one.group for one in groups],
            "name": [one.name or one.group for one in groups],
            "group_kind": [one.kind for one in groups],
            "set_by": [one.set_by or None for one in groups],
            "set_on": [one.set_on or None for one in groups],
            "reversals": [found for found, _ in against],
            "tau": [tau for _, tau in against],
        }
    )


def pair_table(heard: Voices, criteria: Sequence[str]) -> pd.DataFrame:
    """Return per two voices the number of reversed pairs and the criterion behind most of them.

    It turns on the criterion of which the pull on the works differs most between both, summed over the works.
    """
    rows = []
    for one, other in combinations(range(len(heard.names)), 2):
        found, tau = reversals(heard.ranks[one], heard.ranks[other])
        apart = np.abs(heard.pull[one] - heard.pull[other]).sum(axis=0)
        turns = criteria[int(np.argmax(apart))] if found else None
        rows.append((heard.names[one], heard.names[other], found, tau, turns))
    return pd.DataFrame(rows, columns=["group", "other_group", "reversals", "tau", "criterion"]).astype(
        {"group": "str", "other_group": "str", "criterion": "str"}
    )


def disagreement_table(heard: Voices, criteria: Sequence[str]) -> pd.DataFrame:
    """Return per work the voices that rank it highest and lowest.

    With the criterion that sets these two most apart.
    """
    if not len(heard.works) or len(heard.names) < TWO:
        return pd.DataFrame({"work": pd.Series([], dtype="str")})
    at = np.arange(len(heard.works))
    high, low = heard.ranks.argmin(axis=0), heard.ranks.argmax(axis=0)
    apart = np.abs(heard.pull[high, at] - heard.pull[low, at])
    turns = pd.Series(np.array(criteria, dtype=object)[apart.argmax(axis=1)], dtype="str")
    best, worst = heard.ranks[high, at], heard.ranks[low, at]
    names = np.array(heard.names, dtype=object)
    return pd.DataFrame(
        {
            "work": heard.works,
            "best_rank": best,
            "worst_rank": worst,
            "spread": worst - best,
            "highest": pd.Series(names[high], dtype="str").where(best < worst),
            "lowest": pd.Series(names[low], dtype="str").where(best < worst),
            "criterion": turns.where(best < worst),
        }
    )


def agreement(heard: Voices) -> dict[str, float | int | None]:
    """Return Kendall's W over the groups with its chance and counts; None where undefined.

    Without the city.
    """
    groups, works = len(heard.names) - 1, len(heard.works)
    if groups < TWO:
        return {}
    found = kendall_w(heard.ranks[1:])
    chance = chance_of_w(found, groups, works)
    known = not np.isnan(found)
    return {
        "groups": groups,
        "works": works,
        "kendall_w": round(found, 6) if known else None,
        "chance": round(chance, 6) if known else None,
    }
