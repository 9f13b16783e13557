"""Weights of the criteria: per ground, and inside each ground. (nl: gewichten)."""

from collections.abc import Sequence

import numpy as np

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, WeighingPart
from koppelkans.weighing.criterion import Criterion
from koppelkans.weighing.method import Floats, Method

FORMULA = r"g_j = \frac{G_{\gamma(j)}\, u_j / \sum_{k \in \gamma(j)} u_k}{\sum_{\gamma} G_\gamma}"
"""G is the weight of a ground, u that of a criterion inside it; the sum below runs over grounds with a criterion."""


def used(part: WeighingPart, criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """Return the criteria that take part: those that the city did not leave out with a weight of 0.

    Raises
    ------
    SettingError
        Where the settings name a criterion that does not exist, weigh one below 0, or leave nothing to weigh on.
    """
    names = {one.name for one in criteria}
    faults = [
        Fault(FILE_NAME, name, f"one of {', '.join(sorted(names))}", column=f"weighing.criteria.{name}", fatal=True)
        for name in part.criteria
        if name not in names
    ] + [
        Fault(FILE_NAME, str(weight), "a weight of 0 or more", column=f"weighing.criteria.{name}", fatal=True)
        for name, weight in part.criteria.items()
        if weight < 0
    ]
    if faults:
        raise SettingError(faults)
    taken = tuple(one for one in criteria if part.criteria.get(one.name, 1.0) > 0)
    if not any(part.weights[one.ground] > 0 for one in taken):
        fault = Fault(FILE_NAME, "no criterion with a weight above 0", "at least one", column="weighing", fatal=True)
        raise SettingError([fault])
    return taken


def criterion_weights(part: WeighingPart, criteria: Sequence[Criterion]) -> Floats:
    """Return the weight of each criterion; they add up to 1.

    The weight of a ground is shared by its criteria, equally or by `weighing.criteria`; a ground without a criterion
    takes no part.
    """
    inside = np.array([part.criteria.get(one.name, 1.0) for one in criteria], dtype=float)
    grounds = np.array([one.ground for one in criteria])
    of_ground = np.array([part.weights[one.ground] for one in criteria], dtype=float)
    together = np.array([inside[grounds == ground].sum() for ground in grounds], dtype=float)
    weights = of_ground * inside / together
    return np.asarray(weights / weights.sum(), dtype=float)


def chosen(part: WeighingPart, methods: Sequence[Method]) -> Method:
    """Return the method that the settings name.

    Raises
    ------
    SettingError
        Where there is no such method.
    """
    found = [method for method in methods if method.name == part.method]
    if not found:
        names = ", ".join(method.name for method in methods)
        raise SettingError([Fault(FILE_NAME, part.method, f"one of {names}", column="weighing.method", fatal=True)])
    return found[0]
