"""Transfers that leave nobody worse off, and what is missing where there are none. (nl: verrekening)."""

import numpy as np
import numpy.typing as npt
import pandas as pd

FORMULA = (
    r"G = \sum_h g_h,\quad L = \sum_h \max(0, -g_h),\quad W = \sum_h \max(0, g_h);\qquad "
    r"t_h = \begin{cases} -g_h & g_h < 0 \\ -L\, g_h / W & g_h \ge 0 \end{cases}"
    r"\ \text{(proportional)},\qquad t_h = G/n - g_h\ \text{(equal)}"
)
"""Gain g of holder h out of n; transfer t. Possible if and only if G is zero or more; L is the least that must change hands."""
SOURCE = (
    "Kaldor, N. (1939), Welfare propositions of economics and interpersonal comparisons of utility, Economic Journal "
    "49(195), 549-552; Hicks, J.R. (1939), The foundations of welfare economics, Economic Journal 49(196), 696-712; "
    "equal gain: Driessen, T.S.H. and Funaki, Y. (1991), Coincidence of and collinearity between game theoretic "
    "solutions, OR Spektrum 13, 15-30 (centre of the imputation set)"
)
Whole = npt.NDArray[np.int64]


def proportional(gains: npt.ArrayLike, groups: npt.ArrayLike | None = None) -> Whole:
    """Return the transfer of each holder: losers are made whole, winners pay by their gain.

    In whole euros: received (+) or paid (-). Losers get no more than that. Winners pay in proportion to their gain;
    the euros that rounding leaves go to those with the largest remainder.

    Parameters
    ----------
    gains
        Gain or loss per holder, whole euros, together (per group) zero or more.
    groups
        Number of the comparison that each holder is in, from 0; None: all are in one.

    >>> proportional([-30, 50, 100]).tolist()
    [30, -10, -20]
    """
    known, at = _grouped(gains, groups)
    losses, wins = np.clip(-known, 0, None), np.clip(known, 0, None)
    return np.asarray(losses - _parted(_sums(losses, at), wins, at), dtype=np.int64)


def equal(gains: npt.ArrayLike, groups: npt.ArrayLike | None = None) -> Whole:
    """Return the transfer of each holder that leaves all with the same gain.

    In whole euros: received (+) or paid (-); the same within a group. Where the sum does not divide, the first
    holders end with one euro more.

    >>> equal([-30, 50, 100]).tolist()
    [70, -10, -60]
    """
    known, at = _grouped(gains, groups)
    if not len(known):
        return known
    share, rest = np.divmod(_sums(known, at), np.bincount(at))
    nth = pd.Series(at).groupby(at).cumcount().to_numpy()
    return np.asarray(share[at] + (nth < rest[at]) - known, dtype=np.int64)


def _grouped(gains: npt.ArrayLike, groups: npt.ArrayLike | None) -> tuple[Whole, Whole]:
    """Return gains and the group of each."""
    known = np.asarray(gains, dtype=np.int64)
    return known, np.zeros(len(known), dtype=np.int64) if groups is None else np.asarray(groups, dtype=np.int64)


def _sums(amounts: Whole, at: Whole) -> Whole:
    """Return the sum per group, in whole euros."""
    sums = np.zeros(int(at.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(sums, at, amounts)
    return sums


def _parted(amounts: Whole, weights: Whole, at: Whole) -> Whole:
    """Part the whole amount of each group over its weights by the largest remainder; nobody gets more than its weight where the amount is less than all weights."""
    total = _sums(weights, at)
    # Whole numbers of Python: the product of two amounts in euros may be larger than 64 bits hold.
    products = amounts.astype(object)[at] * weights.astype(object)
    over = np.where(total > 0, total, 1).astype(object)[at]
    made, remainder = (products // over).astype(np.int64), (products % over).astype(np.int64)
    left = np.where(total > 0, amounts - _sums(made, at), 0)
    order = np.lexsort((np.arange(len(at)), -remainder, at))
    nth = np.empty(len(at), dtype=np.int64)
    nth[order] = pd.Series(at[order]).groupby(at[order]).cumcount().to_numpy()
    return np.asarray(made + (nth < left[at]), dtype=np.int64)


def bargain(gains: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return whether transfers can leave nobody worse off, and the transfers by rule.

    Per comparison; the transfers where they can.

    Parameters
    ----------
    gains
        `case`, `alternative`, `against`, `holder`, `gain_eur` (whole euros) and `pm` (unknown amounts).

    Returns
    -------
    The tables of bargains and of transfers, sorted. Where the sum of gains is below zero there are no transfers, and
    `missing_eur` says how much is missing.
    """
    key = ["case", "alternative", "against"]
    ordered = gains.sort_values([*key, "holder"], ignore_index=True)
    loss = (-ordered["gain_eur"]).clip(lower=0)
    grouped = ordered.assign(moved_eur=loss, losers=(loss > 0).astype("int64")).groupby(key, as_index=False)
    sums = grouped.agg(
        holders=("holder", "size"), losers=("losers", "sum"), total_eur=("gain_eur", "sum"),
        moved_eur=("moved_eur", "sum"), pm=("pm", "sum"),
    )  # fmt: skip
    sums["feasible"] = sums["total_eur"] >= 0
    sums["missing_eur"] = (-sums["total_eur"]).clip(lower=0)
    possible = ordered.merge(sums.loc[sums["feasible"], key], on=key)
    groups = possible.groupby(key).ngroup()
    parts = []
    for rule, split in (("equal", equal), ("proportional", proportional)):
        made = possible.assign(rule=rule, transfer_eur=split(possible["gain_eur"], groups))
        parts.append(made.assign(after_eur=made["gain_eur"] + made["transfer_eur"]))
    transfers = pd.concat(parts, ignore_index=True).sort_values([*key, "rule", "holder"], ignore_index=True)
    return sums, transfers
