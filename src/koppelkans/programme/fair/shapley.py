"""The Shapley value of any cost game: exact for a few players, sampled for more. (nl: shapleywaarde)."""

from collections.abc import Callable
from dataclasses import dataclass
from math import factorial

import numpy as np

from koppelkans.programme.indexed import Floats, Whole

Costs = Callable[[Whole], Floats]
"""What groups cost, each group as the sum of 2^i over its players i; the empty group costs nothing."""
EXACT = 8
"""Up to so many players every group is looked at: 2^8 = 256 groups."""
SAMPLES = 2000
"""Orders of arrival that are drawn for more players."""
FORMULA = r"\varphi_i = \sum_{S \subseteq N \setminus \{i\}} \frac{|S|!\,(|N| - |S| - 1)!}{|N|!}\,\bigl(c(S \cup \{i\}) - c(S)\bigr)"


@dataclass(frozen=True)
class Shares:
    """The share of each player in a cost (eur), with its standard error.

    The error is 0 where every group was looked at.
    """

    eur: Floats
    error_eur: Floats
    sampled: bool


def fair_shares(costs: Costs, players: int, *, samples: int = SAMPLES, seed: int = 1, exact: int = EXACT) -> Shares:
    """Return the Shapley value of a cost game: the mean added cost over all orders of arrival.

    Up to `exact` players it is worked out from all groups; above that from `samples` drawn orders, with the standard error
    of the mean. Either way the shares add up to the cost of all.

    Source: Shapley (1953), A value for n-person games; Castro, Gomez and Tejada (2009), Polynomial calculation of the
    Shapley value based on sampling.

    Parameters
    ----------
    costs
        What groups cost.
    players
        How many players there are; at most 62.
    samples, seed
        Orders that are drawn, at least 2, and the seed of the draw.
    exact
        Up to so many players nothing is sampled.
    """
    if players <= exact:
        return Shares(_of_all_groups(costs, players), np.zeros(players), sampled=False)
    added = _added(costs, players, samples=samples, seed=seed)
    return Shares(added.mean(axis=0), added.std(axis=0, ddof=1) / np.sqrt(samples), sampled=True)


def groups_of(players: int) -> Whole:
    """Return every group, the empty one first and that of all last."""
    return np.arange(1 << players, dtype=np.int64)


def _of_all_groups(costs: Costs, players: int) -> Floats:
    """Return what each player adds to each group without it, weighed by the orders in which that group comes first."""
    groups = groups_of(players)
    cost = costs(groups)
    size = np.bitwise_count(groups).astype(np.int64)
    orders = [factorial(count) * factorial(players - count - 1) / factorial(players) for count in range(players)]
    weight = np.asarray([*orders, 0.0])[size]
    made = np.zeros(players)
    for player in range(players):
        without = groups[groups >> player & 1 == 0]
        made[player] = (weight[without] * (cost[without | 1 << player] - cost[without])).sum()
    return made


def _added(costs: Costs, players: int, *, samples: int, seed: int) -> Floats:
    """Return for each drawn order what each player adds to the cost on arrival (samples x players)."""
    order = np.random.default_rng(seed).permuted(np.tile(np.arange(players), (samples, 1)), axis=1)
    groups = np.cumsum(np.left_shift(np.int64(1), order), axis=1)
    cost = np.column_stack([np.zeros(samples), costs(groups.ravel()).reshape(groups.shape)])
    added = np.empty((samples, players))
    np.put_along_axis(added, order, np.diff(cost, axis=1), axis=1)
    return added
