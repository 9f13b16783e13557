"""Neighbours that grow together until a limit stops them. (nl: groeperen)."""

from dataclasses import dataclass

import numpy as np

from koppelkans.context.arrays import Flags, Floats, Ints

LARGE_PRIME = 2_654_435_761
"""Multiplier of Knuth's multiplicative hash; spreads equal choices evenly, so that chains do not join one link at a time."""


@dataclass(frozen=True)
class Members:
    """Members to be grouped, with the years that each spans and its run along the street.

    First and last year, and the run in m.
    """

    low: Floats
    high: Floats
    run_m: Floats


@dataclass(frozen=True)
class Limits:
    """Limits on joining two groups: years, run and shortness.

    Years and run of the whole at most these, and one of both shorter than `short_m`.
    """

    years: float = np.inf
    run_m: float = np.inf
    short_m: float = np.inf


def grow(pairs: Ints, members: Members, *, limits: Limits, penalty: Floats | None = None) -> Ints:
    """Join neighbours into groups, the best pairs first, and return the group of each member.

    In every round each group chooses the neighbour with which it differs least (lowest penalty, then fewest years between
    first and last, then the shortest run); groups that choose each other join. Years and runs only grow, so a pair
    that is refused once is refused for good, and the rounds are few.

    Parameters
    ----------
    pairs
        Neighbours, shape (n, 2), as positions of members. Number the members in an order of their own (by name or
        place), not by row, and the groups do not depend on the order of the rows.
    penalty
        Per pair; a lower one joins first.

    Returns
    -------
    Per member the lowest position in its group.
    """
    count = len(members.run_m)
    label = np.arange(count, dtype=np.int64)
    low, high, run = members.low.copy(), members.high.copy(), members.run_m.copy()
    one, two = pairs[:, 0], pairs[:, 1]
    cost = np.zeros(len(pairs)) if penalty is None else penalty
    while len(one):
        years = np.maximum(high[one], high[two]) - np.minimum(low[one], low[two])
        whole = run[one] + run[two]
        shortest = np.minimum(run[one], run[two])
        may = (one != two) & (years <= limits.years) & (whole <= limits.run_m) & (shortest < limits.short_m)
        one, two, cost, years, whole = one[may], two[may], cost[may], years[may], whole[may]
        joins = _mutual(one, two, count=count, keys=(whole, years, cost))
        first, second = np.minimum(one[joins], two[joins]), np.maximum(one[joins], two[joins])
        low[first] = np.minimum(low[first], low[second])
        high[first] = np.maximum(high[first], high[second])
        run[first] += run[second]
        root = np.arange(count, dtype=np.int64)
        root[second] = first
        label, one, two = root[label], root[one], root[two]
    return label


def components(pairs: Ints, *, count: int) -> Ints:
    """Return per member the lowest position of all members linked to it.

    Directly or through others.
    """
    members = Members(*(np.zeros(count) for _ in range(3)))
    return grow(pairs, members, limits=Limits())


def _mutual(one: Ints, two: Ints, *, count: int, keys: tuple[Floats, ...]) -> Flags:
    """Tell which pairs are the first choice of both their groups; the last key counts most."""
    small, large = np.minimum(one, two), np.maximum(one, two)
    mixed = ((small * LARGE_PRIME) ^ (large * (LARGE_PRIME >> 7))) % (1 << 31)
    rank = np.empty(len(one), dtype=np.int64)
    rank[np.lexsort((large, small, mixed, *keys))] = np.arange(len(one))
    best = np.full(count, len(one), dtype=np.int64)
    np.minimum.at(best, one, rank)
    np.minimum.at(best, two, rank)
    chosen: Flags = (best[one] == rank) & (best[two] == rank)
    return chosen
