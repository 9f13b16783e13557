"""The cost game of a bundle: what each group of owners would pay to open its own sections. (nl: openingsspel)."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from koppelkans.programme.fair.shapley import groups_of
from koppelkans.programme.indexed import Floats, Whole

ENUMERATED = 12
"""Up to so many players every group is looked at in the core check; above that a linear programme finds the worst one."""
FORMULA = r"c(S) = \sum_{s:\, T_s \cap S \neq \emptyset} O_s \;-\; \sum_{j:\, T_j \subseteq S} J_j"
EQUAL = r"\varphi_i = \sum_{s:\, i \in T_s} \frac{O_s}{|T_s|} \;-\; \sum_{j:\, i \in T_j} \frac{J_j}{|T_j|}"
"""T_s: the owners that open section s at O_s; T_j: the owners of a pair of works that saves J_j when done together."""


@dataclass(frozen=True)
class OpeningGame:
    """A cost game of owners: shared costs paid once, and savings for complete groups only.

    A cost is paid once as soon as any of its owners is there; a saving comes only when all of its owners are. Owners
    are counted from 0, at most 62; `pays` and `saves` say per cost and per saving which owners it is about, as the
    sum of 2^i over them.
    """

    players: int
    pays: Whole
    pays_eur: Floats
    saves: Whole
    saves_eur: Floats

    def costs(self, groups: Whole) -> Floats:
        """Return what groups pay (each group as the sum of 2^i over its owners i)."""
        any_of = (groups[:, None] & self.pays) != 0
        all_of = (groups[:, None] & self.saves) == self.saves
        return np.asarray(any_of @ self.pays_eur - all_of @ self.saves_eur, dtype=float)

    def equal_split(self) -> Floats:
        """Return the Shapley value: costs and savings divided equally among the owners concerned.

        Costs of this kind add up, the value of a sum of games is the sum of their values, and owners who are alike in a
        section pay alike; an owner who is not in it pays nothing (Shapley 1953; for the runway of an airport Littlechild and
        Owen 1973). So it is exact for any number of owners.
        """
        paid = self.pays_eur / np.bitwise_count(self.pays) @ members(self.pays, self.players)
        saved = self.saves_eur / np.bitwise_count(self.saves) @ members(self.saves, self.players)
        return np.asarray(paid - saved, dtype=float)


def members(groups: Whole, players: int) -> Whole:
    """Return who is in each group: 1 or 0 (groups x players)."""
    return (groups[:, None] >> np.arange(players, dtype=np.int64)) & 1


def worst_group(game: OpeningGame, shares: Floats) -> tuple[tuple[int, ...], float]:
    """Return the group of owners that gains least by joining in, and its excess.

    The excess is the sum of its shares less what it pays on its own. An excess above 0 means that the group had
    better go alone: the split is not in the core (Gillies 1959). Groups of all and of none are left out. Where groups
    are equally badly off it is the smallest one, and the first.

    Parameters
    ----------
    game
        A game of two owners or more.
    shares
        What each owner pays (eur).
    """
    if game.players > ENUMERATED:
        return _by_programming(game, shares)
    groups = groups_of(game.players)[1:-1]
    bits = members(groups, game.players)
    excess = np.round(bits @ shares - game.costs(groups), 6)
    worst = np.flatnonzero(excess == excess.max())
    first = worst[np.argmin(bits[worst].sum(axis=1))]
    return tuple(np.flatnonzero(bits[first]).tolist()), float(excess[first])


def _by_programming(game: OpeningGame, shares: Floats) -> tuple[tuple[int, ...], float]:
    """Find the worst group by linear programmes, whose corners are groups because every row is a difference of two choices.

    Going round the owners, every group has somewhere a member whose next neighbour is not one: so a programme per owner,
    with that owner in and the next one out, sees every group.
    """
    players, costs, savings = game.players, len(game.pays_eur), len(game.saves_eur)
    term, payer = np.nonzero(members(game.pays, players))
    pair, saver = np.nonzero(members(game.saves, players))
    rows = np.zeros((len(term) + len(pair), players + costs + savings))
    at = np.arange(len(term))
    rows[at, payer], rows[at, players + term] = 1.0, -1.0
    at = len(term) + np.arange(len(pair))
    rows[at, saver], rows[at, players + costs + pair] = -1.0, 1.0
    price = np.concatenate([-shares, game.pays_eur, -game.saves_eur])
    found: list[tuple[float, int, tuple[int, ...]]] = []
    for owner in range(players):
        bounds = [(0.0, 1.0)] * len(price)
        bounds[owner], bounds[(owner + 1) % players] = (1.0, 1.0), (0.0, 0.0)
        answer = linprog(price, A_ub=rows, b_ub=np.zeros(len(rows)), bounds=bounds, method="highs-ds")
        group = tuple(np.flatnonzero(answer.x[:players] > 0.5).tolist())  # noqa: PLR2004 -- corners are 0 or 1
        found.append((round(float(answer.fun), 6), len(group), group))
    excess, _, group = min(found)
    return group, -excess
