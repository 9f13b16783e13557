"""What comes on top of works and openings in the SSK form, as far as the city declared it. (nl: opslagen)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.ground.money import whole_euros
from koppelkans.ground.settings import Figure
from koppelkans.ground.settings.business import Phase, SskPart
from koppelkans.rules.key_figures import is_declared

FORMULA = r"I = D\,(1 + e + o)(1 + \rho)"
"""Investment I from direct cost D: engineering e, other costs and own hours o, unforeseen rho."""
OPENING_PHASE = "gepland"
"""Certainty whose percentages hold for openings: one factor for the whole city."""


@dataclass(frozen=True)
class OnTop:
    """Direct amounts (whole euros), what is declared on top, and what is only assumed."""

    direct: pd.Series
    declared: pd.Series
    assumed: pd.Series


def on_top_of_works(works: pd.DataFrame, part: SskPart) -> OnTop:
    """Return what comes on top of the cost of each work.

    Where costs are investments they are split and nothing is added; where they are named direct costs the lines come on top.
    Works of third parties are left as they are. Only figures that the city declared count; what is assumed is told apart.

    Parameters
    ----------
    works
        `cost_eur` (eur; unknown stays unknown), `certainty` and `origin`.
    part
        Percentages per certainty, and what a cost holds.
    """
    ours = works["origin"].ne("third_party").to_numpy()
    declared, every = (_factors(works["certainty"], part, counts) for counts in (is_declared, _any))
    cost = works["cost_eur"].astype("Float64")
    if part.costs_are == "investment":
        top, most = (whole_euros(cost * (1.0 - 1.0 / np.where(ours, factor, 1.0))) for factor in (declared, every))
        return OnTop((cost.round().astype("Int64") - top).astype("Int64"), top, most - top)
    top, most = (whole_euros(cost * (np.where(ours, factor, 1.0) - 1.0)) for factor in (declared, every))
    return OnTop(cost.round().astype("Int64"), top, most - top)


def on_top_of_openings(opening_eur: pd.Series, part: SskPart) -> OnTop:
    """Return what comes on top of openings, by one factor for the whole city."""
    phase = part.phases.get(OPENING_PHASE)
    tops = []
    for counts in (is_declared, _any):
        factor = 1.0 if phase is None else _factor(phase, named=part.costs_are == "named_direct", counts=counts)
        tops.append(whole_euros(opening_eur.astype("float64") * (factor - 1.0)).astype("int64"))
    return OnTop(opening_eur, tops[0], tops[1] - tops[0])


def opening_factor(part: SskPart) -> float:
    """Return investment by direct cost of openings, with what the city declared on top."""
    phase = part.phases.get(OPENING_PHASE)
    return 1.0 if phase is None else _factor(phase, named=part.costs_are == "named_direct", counts=is_declared)


def _any(_: Figure) -> bool:
    """Count every figure."""
    return True


def _factors(certainty: pd.Series, part: SskPart, counts: Callable[[Figure], bool]) -> pd.Series:
    """Return investment by direct cost for each work; 1 where its phase has no percentages."""
    named = part.costs_are == "named_direct"
    factor = {name: _factor(phase, named=named, counts=counts) for name, phase in part.phases.items()}
    return certainty.map(factor).astype("float64").fillna(1.0)


def _factor(phase: Phase, *, named: bool, counts: Callable[[Figure], bool]) -> float:
    """Return investment by direct cost in a phase, with only the figures that count."""

    def share(figure: Figure) -> float:
        return figure.value if counts(figure) else 0.0

    construction = (1.0 + share(phase.to_be_detailed)) * (1.0 + share(phase.indirect)) if named else 1.0
    return construction * (1.0 + share(phase.engineering) + share(phase.other)) * (1.0 + share(phase.risk))
