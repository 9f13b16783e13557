"""What a method is that combines the scores of a work into one total. (nl: weegmethode)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
DIGITS = 12
"""Scores and totals that are the same to so many decimals are the same: the order of adding up may not decide."""


@dataclass(frozen=True)
class Tuning:
    """What a method that compares works with each other needs besides scores and weights.

    Parameters
    ----------
    indifference, preference
        Difference in score that is no difference yet, and from which one work is fully preferred: one number, or one per
        criterion.
    veto_gap
        Difference in score at which a work can no longer be called at least as good, whatever the other criteria say; NaN
        where there is none.
    scale
        How TOPSIS scales the columns: as they are, or each divided by the root of the sum of its squares.
    concordance, discordance
        For ELECTRE I: least weight that must agree, and largest shortfall that is allowed, both as a share.
    """

    indifference: float | Floats = 0.05
    preference: float | Floats = 0.20
    veto_gap: float | Floats = float("nan")
    scale: Literal["none", "vector"] = "none"
    concordance: float = 0.65
    discordance: float = 0.35


USUAL = Tuning()


@dataclass(frozen=True)
class Combined:
    """What a method hands back.

    Parameters
    ----------
    totals
        One total per work, 0-1; NaN where nothing is known.
    contributions
        Works x criteria: the part of the total that comes from each criterion; NaN where the score is. The known ones
        add up to the total.
    """

    totals: Floats
    contributions: Floats


class Combine(Protocol):
    """A function from scores and weights to totals.

    Scores are works x criteria, 0-1, NaN for unknown; weights one per criterion, 0 or more, on any scale.
    """

    def __call__(self, scores: Floats, weights: Floats, tuning: Tuning = USUAL) -> Combined:
        """Return totals and contributions."""
        ...


@dataclass(frozen=True)
class Method:
    """One way to combine scores and weights.

    Parameters
    ----------
    name
        The name of its file.
    nl, en
        Its name for people.
    formula
        LaTeX.
    source
        Literature.
    combine
        From scores and weights to totals and contributions.
    terms
        Works x criteria from scores alone, of which the mean by weight orders the works as the totals do; None where a
        method has no such terms. With terms thousands of weightings are one multiplication, and the weight at which two
        works change places has a closed form.
    many
        For a method without terms: totals (weightings x works) of weightings (weightings x criteria).
    relative
        True where the total of a work depends on which other works there are.
    most
        Most works that it can compare in reasonable time; 0: no limit.
    """

    name: str
    nl: str
    en: str
    formula: str
    source: str
    combine: Combine
    terms: Callable[[Floats, Tuning], Floats] | None = None
    many: Callable[[Floats, Floats, Tuning], Floats] | None = None
    relative: bool = False
    most: int = 0


def known_weights(scores: Floats, weights: Floats) -> Floats:
    """Return the weights of each work over its known scores, adding up to 1.

    Works x criteria; NaN where a score is unknown. Weights of unknown scores are left out, not counted as a score of
    zero. A work of which nothing with a weight is known has only NaN.
    """
    known = np.where(np.isnan(scores), np.nan, np.broadcast_to(weights, scores.shape))
    total = np.nansum(known, axis=1, keepdims=True)
    return np.asarray(np.divide(known, total, out=np.full(scores.shape, np.nan), where=total > 0))


def added_up(values: Floats, weights: Floats) -> Combined:
    """Return the weighted mean of the known values of each work, with its contributions.

    These are weight x value.
    """
    parts = known_weights(values, weights) * values
    nothing = np.isnan(parts).all(axis=1)
    return Combined(np.where(nothing, np.nan, np.nansum(parts, axis=1)), parts)


def per_criterion(value: float | Floats, count: int) -> Floats:
    """Return one number per criterion."""
    return np.asarray(np.broadcast_to(np.asarray(value, dtype=float), (count,)), dtype=float)
