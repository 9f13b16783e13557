"""How little a weight must change before two works change places. (nl: omslagpunten)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.weighing.method import DIGITS, Floats, Method, Tuning
from koppelkans.weighing.sampling import totals_of

FORMULA = r"x = \frac{R}{R - \delta_j},\quad \delta_k = v_{ak} - v_{bk},\quad R = \sum_{k \ne j} \frac{g_k}{1 - g_j}\,\delta_k"
"""Weight x of criterion j at which works a and b are equal, the other weights keeping their proportions."""
SOURCE = "Triantaphyllou and Sánchez (1997), A sensitivity analysis approach for some deterministic multi-criteria decision-making methods, Decision Sciences 28(1): 151-194"
STEPS, HALVINGS = 20, 30
"""For a method without terms: steps in which a change of order is sought, and halvings of the step where it lies."""
MOST_WORKS = 60
"""Works up to which a method that compares every pair anew is searched."""
TINY = 1e-12
"""Below this a number of the quadratic is zero."""
Pairs = npt.NDArray[np.intp]


def flips(scores: Floats, weights: Floats, pairs: Pairs, *, method: Method, tuning: Tuning) -> tuple[Pairs, Floats]:
    """Return per pair the smallest change of one weight that makes both works equal.

    The criterion, and its weight where they are equal.

    -1 and NaN where no weight of a single criterion does. The weight of one criterion moves between 0 and 1, the others keep
    their proportions.

    Parameters
    ----------
    scores, weights
        Works x criteria, and weights that add up to 1.
    pairs
        Two columns with rows of the scores: the higher and the lower work.
    method, tuning
        How they are combined.
    """
    if not can_flip(method, len(scores)) or not len(pairs):
        return np.full(len(pairs), -1), np.full(len(pairs), np.nan)
    if method.terms is not None:
        at = closed(method.terms(scores, tuning), weights, pairs)
    else:
        at = searched(scores, weights, pairs, method=method, tuning=tuning)
    change = np.round(np.abs(at - weights), DIGITS)
    none = np.isnan(change).all(axis=1)
    best = np.argmin(np.where(np.isnan(change), np.inf, change), axis=1)
    return np.where(none, -1, best), np.where(none, np.nan, at[np.arange(len(pairs)), best])


def can_flip(method: Method, works: int) -> bool:
    """Tell whether flips are sought with a method for so many works.

    Always, but not with a method that compares every pair anew where there are many works.
    """
    return method.terms is not None or not method.most or works <= MOST_WORKS


def closed(terms: Floats, weights: Floats, pairs: Pairs) -> Floats:
    """Return the weights at which both works of a pair are equal, in closed form.

    Pairs x criteria; NaN where there is none in 0-1. Where scores are unknown the totals are quotients, and the
    weight is the root of a quadratic that is nearest.
    """
    known = (~np.isnan(terms)).astype(float)
    own = np.where(np.isnan(terms), 0.0, terms)
    rest = np.where(weights < 1, 1.0 - weights, np.nan)
    others = ((own @ weights)[:, None] - own * weights) / rest
    masses = ((known @ weights)[:, None] - known * weights) / rest
    a, b = pairs[:, 0], pairs[:, 1]
    # (x own + (1 - x) others) / (x known + (1 - x) masses) is the same for a and b: p x2 + q x (1 - x) + r (1 - x)2 = 0
    p = own[a] * known[b] - own[b] * known[a]
    q = own[a] * masses[b] + others[a] * known[b] - own[b] * masses[a] - others[b] * known[a]
    r = others[a] * masses[b] - others[b] * masses[a]
    at = _nearest_root(p - q + r, q - 2.0 * r, r, weights)
    for one in (a, b):
        left = at * known[one] + (1.0 - at) * masses[one]
        at = np.where(left > TINY, at, np.nan)  # nothing that is known has a weight left: no total, so no flip
    return at


def searched(scores: Floats, weights: Floats, pairs: Pairs, *, method: Method, tuning: Tuning) -> Floats:
    """Return the weights at which the order of a pair turns, by search.

    Pairs x criteria, by steps and then by halving. Only the criteria of which the turn may be the nearest are halved;
    the others are NaN.
    """
    turned = np.full((2, len(pairs), len(weights)), np.nan)
    for j in np.flatnonzero(weights < 1).tolist():
        now = weights[j]
        line = np.unique(np.append(np.linspace(0.0, 1.0, STEPS + 1), now))
        behind = _ahead(totals_of(scores, moved(weights, j, line), method, tuning), pairs) <= 0
        far = np.where(behind, np.abs(line - now)[:, None], np.inf)
        at = np.argmin(far, axis=0)
        hit = np.isfinite(far[at, np.arange(len(pairs))])
        inner = line[np.clip(at - np.sign(line[at] - now).astype(np.intp), 0, len(line) - 1)]
        turned[:, :, j] = np.where(hit, [inner, line[at]], np.nan)
    change = np.abs(turned[1] - weights)
    near = np.where(np.isnan(change), np.inf, change)
    pair, criterion = np.nonzero(near <= near.min(axis=1, keepdims=True) + 1.0 / STEPS)
    found = np.full(change.shape, np.nan)
    good = np.isfinite(near[pair, criterion])
    pair, criterion = pair[good], criterion[good]
    inner, outer = turned[:, pair, criterion]
    for _ in range(HALVINGS if len(pair) else 0):
        middle = (inner + outer) / 2.0
        tried = np.vstack([moved(weights, j, middle[[at]]) for at, j in enumerate(criterion.tolist())])
        totals = totals_of(scores, tried, method, tuning)
        rows = np.arange(len(pair))
        over = totals[rows, pairs[pair, 0]] <= totals[rows, pairs[pair, 1]]
        inner, outer = np.where(over, inner, middle), np.where(over, middle, outer)
    found[pair, criterion] = outer
    return found


def moved(weights: Floats, j: int, values: Floats) -> Floats:
    """Return weightings with criterion j at each value and the others in proportion."""
    made = np.outer((1.0 - values) / (1.0 - weights[j]), weights)
    made[:, j] = values
    return made


def neighbours(names: pd.Index, ranks: Floats, *, most: int) -> Pairs:
    """Return pairs of neighbours in the ranking, from the first on, that do not share a rank."""
    order = np.array(sorted(range(len(names)), key=lambda row: (ranks[row], names[row])), dtype=np.intp)
    pairs = np.column_stack([order[:-1], order[1:]]) if len(order) > 1 else np.empty((0, 2), dtype=np.intp)
    apart = ranks[pairs[:, 0]] != ranks[pairs[:, 1]]
    return np.asarray(pairs[apart][:most])


def flip_table(
    names: pd.Index, pairs: Pairs, found: tuple[Pairs, Floats], *, criteria: Sequence[str], weights: Floats
) -> pd.DataFrame:
    """Return per pair the first change of a single weight that reverses their order."""
    at, weight = found
    none = at < 0
    names_of = np.array([*criteria, None], dtype=object)
    return pd.DataFrame(
        {
            "work": pd.Series(names.to_numpy(dtype=object)[pairs[:, 0]], dtype="str"),
            "other_work": pd.Series(names.to_numpy(dtype=object)[pairs[:, 1]], dtype="str"),
            "criterion": pd.Series(names_of[at], dtype="str"),
            "weight": np.where(none, np.nan, weights[at]),
            "flip_weight": weight,
            "change": np.where(none, np.nan, weight - weights[at]),
        }
    )


def _ahead(totals: Floats, pairs: Pairs) -> Floats:
    """Return by how much the first of each pair is ahead (weightings x pairs)."""
    return np.asarray(totals[:, pairs[:, 0]] - totals[:, pairs[:, 1]])


def _nearest_root(square: Floats, linear: Floats, constant: Floats, weights: Floats) -> Floats:
    """Return the root in 0-1 of a quadratic per pair and criterion that is nearest to the weight; NaN where none is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        straight = np.where(np.abs(linear) < TINY, np.nan, -constant / linear)
        root = np.sqrt(linear**2 - 4.0 * square * constant)
        curved = [(-linear + sign * root) / (2.0 * square) for sign in (1.0, -1.0)]
    roots = np.stack([np.where(np.abs(square) < TINY, straight, one) for one in curved])
    fits = (roots >= -TINY) & (roots <= 1.0 + TINY)
    far = np.where(fits, np.abs(roots - weights), np.inf)
    pick = np.argmin(far, axis=0)[None]
    found, distance = (np.take_along_axis(part, pick, axis=0)[0] for part in (roots, far))
    return np.asarray(np.where(np.isfinite(distance), np.clip(found, 0.0, 1.0), np.nan))
