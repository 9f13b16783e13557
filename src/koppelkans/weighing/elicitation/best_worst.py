"""Best-worst: the best against all, and all against the worst. (nl: beste-slechtste-methode)."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog

from koppelkans.ground.settings import ElicitedAnswers
from koppelkans.weighing.elicit import Elicitor, Weighed, numbers, refuse
from koppelkans.weighing.method import Floats

LIMITS = np.array(
    [
        [0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667],
        [0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683],
        [0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960],
        [0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262],
        [0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403],
        [0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657],
        [0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662],
    ]
)
"""Ratio above which to ask again (Liang, Brunelli and Rezaei 2020, table 3): rows are the best against the worst, 3 to 9; columns 3 to 9 items.

The paper itself was not at hand: three public programs that name it hold the same 49 numbers (IgorKollar-EFUMB/classical-bwm-r among them).
"""
FIRST, LAST = 3, 9
"""First and last row and column of the table."""
DIGITS = 9
"""Digits that are kept, so that answers that fit are not suspected for the rounding of the machine."""


def weigh(answers: ElicitedAnswers, items: Sequence[str], place: str) -> Weighed:
    """Return the weights that fit the answers best, with the consistency of the answers.

    0 where they do not contradict each other at all.
    """
    for name in ("best", "worst"):
        if getattr(answers, name) not in items:
            refuse(repr(getattr(answers, name)), f"one of {', '.join(items)}", f"{place}.{name}")
    if answers.best == answers.worst and len(items) > 1:
        refuse(repr(answers.worst), "another one than the best", f"{place}.worst")
    wanted = "a number of 1 to 9"
    first, last = (
        numbers(given, items, f"{place}.{name}", wanted=wanted, least=1.0)
        for name, given in (
            ("best_to_others", {answers.best: 1.0} | answers.best_to_others),
            ("others_to_worst", {answers.worst: 1.0} | answers.others_to_worst),
        )
    )
    best, worst, count = items.index(answers.best), items.index(answers.worst), len(items)
    ones = np.eye(count)
    # w_best - a_j w_j and w_j - b_j w_worst, each at most ksi away from 0
    misfit = np.vstack([ones[best] - first[:, None] * ones, ones - last[:, None] * ones[worst]])
    rows = np.hstack([np.vstack([misfit, -misfit]), -np.ones((4 * count, 1))])
    cost = np.append(np.zeros(count), 1.0)
    whole = np.append(np.ones(count), 0.0)[None, :]
    found = linprog(cost, A_ub=rows, b_ub=np.zeros(4 * count), A_eq=whole, b_eq=[1.0], method="highs")
    weights = np.clip(found.x[:count], 0.0, None)
    return Weighed(weights / weights.sum(), ratio(first, last, first[worst]), limit(count, float(first[worst])))


def ratio(first: Floats, last: Floats, span: float) -> float:
    """Return the consistency ratio of the answers, from their worst product.

    It is the worst of |best-to-j x j-to-worst - span| over span² - span. `span` is how many times as important the
    best is as the worst.
    """
    if span <= 1.0:
        return 0.0 if max(first.max(), last.max()) <= 1.0 else 1.0
    return round(float(np.abs(first * last - span).max() / (span**2 - span)), DIGITS)


def limit(count: int, span: float) -> float:
    """Return the consistency ratio above which answers are to be asked again.

    Between two rows of the table the stricter, beyond its edge that of the edge. Below three items, or where the best
    is less than three times the worst, anything that does not fit is too much.
    """
    if count < FIRST or span < FIRST:
        return 0.0
    column = min(count, LAST) - FIRST
    rows = [min(int(step), LAST) - FIRST for step in (np.floor(span), np.ceil(span))]
    return float(LIMITS[rows, column].min())


BEST_WORST = Elicitor(
    name="best_worst",
    nl="beste-slechtste-methode",
    en="best-worst method",
    formula=r"\min \xi : |g_B - a_{Bj} g_j| \le \xi,\ |g_j - a_{jW} g_W| \le \xi,\ \sum_j g_j = 1,\ g \ge 0;\quad CR = \max_j \frac{|a_{Bj} a_{jW} - a_{BW}|}{a_{BW}^2 - a_{BW}}",
    source="Rezaei (2016), Best-worst multi-criteria decision-making method: some properties and a linear model, Omega 64: 126-130; consistency: Liang, Brunelli and Rezaei (2020), Consistency issues in the best worst method: measurements and thresholds, Omega 96: 102175",
    weigh=weigh,
)
