"""Best-worst: the best against all, and all against the worst. (nl: beste-slechtste-methode)."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog

from koppelkans.ground.settings import Elicitation
from koppelkans.weighing.elicit import Elicitor, Weighed, numbers, refuse


def weigh(answers: Elicitation, items: Sequence[str], place: str) -> Weighed:
    """Return the weights that fit the answers best, and the largest misfit that remains (ksi; 0: they fit exactly)."""
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
    return Weighed(weights / weights.sum(), float(found.x[-1]))


BEST_WORST = Elicitor(
    name="best_worst",
    nl="beste-slechtste-methode",
    en="best-worst method",
    formula=r"\min \xi : |g_B - a_{Bj} g_j| \le \xi,\ |g_j - a_{jW} g_W| \le \xi,\ \sum_j g_j = 1,\ g \ge 0",
    source="Rezaei (2016), Best-worst multi-criteria decision-making method: some properties and a linear model, Omega 64: 126-130",
    weigh=weigh,
)
