"""Which criteria and which method are used, and the weights of the city. (nl: gewichten)."""

from collections.abc import Sequence

import numpy as np

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, WeighingPart
from koppelkans.weighing.criterion import Criterion
from koppelkans.weighing.method import Floats, Method, Tuning
from koppelkans.weighing.tree import grow, shares


def used(part: WeighingPart, criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """Return the criteria that take part.

    Those that the city did not leave out with a weight of 0.

    Raises
    ------
    SettingError
        Where the settings name a criterion that does not exist, weigh one below 0, or leave nothing to weigh on.
    """
    names = {one.name for one in criteria} | {one.node for one in part.nodes}
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
    if not taken or not ("grounds" in part.elicited or any(part.weights[one.ground] > 0 for one in taken)):
        fault = Fault(FILE_NAME, "no criterion with a weight above 0", "at least one", column="weighing", fatal=True)
        raise SettingError([fault])
    return taken


def criterion_weights(part: WeighingPart, criteria: Sequence[Criterion]) -> Floats:
    """Return the weight of each criterion; they add up to 1.

    The weight of a ground is shared by what stands under it, equally or by `weighing.criteria`, and so on down the tree; a
    ground without a criterion takes no part.
    """
    return shares(grow(part, criteria), part, place="weighing").weights


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


def tuning(part: WeighingPart, criteria: Sequence[Criterion]) -> Tuning:
    """Return what methods that compare works need, with the thresholds of each criterion."""
    own = [part.value_functions.get(one.name) for one in criteria]

    def each(name: str, usual: float) -> Floats:
        found = [getattr(one, name) if one is not None else None for one in own]
        return np.array([usual if value is None else value for value in found], dtype=float)

    return Tuning(
        indifference=each("indifference", part.indifference),
        preference=each("preference", part.preference),
        veto_gap=each("veto_gap", float("nan")),
        scale=part.topsis_scale,
        concordance=part.concordance,
        discordance=part.discordance,
    )
