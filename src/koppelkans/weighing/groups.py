"""Groups give their own weights: the ranking of each, where they disagree, and on which criterion it turns. (nl: groepen)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from koppelkans.ground.settings import Group
from koppelkans.weighing.agreement import TWO, chance_of_w, kendall_w, reversals
from koppelkans.weighing.method import Floats, Method, Tuning
from koppelkans.weighing.sampling import rank_rows
from koppelkans.weighing.tree import Shares

CITY = "city"
"""Name of the ranking with the weights of the city, beside those of the groups."""


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


def listen(works: pd.Index, scores: Floats, voices: Mapping[str, Shares], *, method: Method, tuning: Tuning) -> Voices:
    """Return the ranking of each voice with one method."""
    made = [method.combine(scores, one.weights, tuning) for one in voices.values()]
    weights = np.array([one.weights for one in voices.values()])
    parts = np.array([np.nan_to_num(one.contributions) for one in made])
    totals = np.array([one.totals for one in made])
    pull = parts - parts.mean(axis=1, keepdims=True) if len(works) else parts
    return Voices(tuple(voices), works, weights, totals, rank_rows(totals).astype(float), pull)


def group_table(groups: Sequence[Group], heard: Voices) -> pd.DataFrame:
    """Return one row per group: who gave the weights, and how near its ranking is to that of the city."""
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


def weight_table(heard: Voices, criteria: Sequence[str]) -> pd.DataFrame:
    """Return the weight of each criterion for each group."""
    return pd.DataFrame(
        {
            "group": np.repeat(np.array(heard.names[1:], dtype=object), len(criteria)),
            "criterion": np.tile(np.array(criteria, dtype=object), len(heard.names) - 1),
            "weight": heard.weights[1:].ravel(),
        }
    ).astype({"group": "str", "criterion": "str"})


def rank_table(heard: Voices) -> pd.DataFrame:
    """Return total and rank of each work for each group."""
    count = len(heard.names) - 1
    return pd.DataFrame(
        {
            "group": np.repeat(np.array(heard.names[1:], dtype=object), len(heard.works)),
            "work": np.tile(heard.works.to_numpy(dtype=object), count),
            "total": heard.totals[1:].clip(0.0, 1.0).ravel(),
            "rank": heard.ranks[1:].ravel(),
        }
    ).astype({"group": "str", "work": "str"})


def pair_table(heard: Voices, criteria: Sequence[str]) -> pd.DataFrame:
    """Return for every two voices how many pairs of works they order the other way round, and on which criterion it turns.

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
    """Return per work which voice ranks it highest and which lowest, and the criterion that sets these two most apart."""
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
    """Return Kendall's W over the groups (without the city) with its chance, and the numbers behind it; None where undefined."""
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
