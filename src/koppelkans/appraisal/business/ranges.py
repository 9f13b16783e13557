"""Which key figures have a range, and how far each can lie from its value, as a factor. (nl: bandbreedtes)."""

from collections.abc import Mapping

import pandas as pd

from koppelkans.ground.settings import Figure, Kind
from koppelkans.ground.settings.business import Phase

KIND, COST = "kinds.{}.price", "cost.{}"


def ranges(figures: Mapping[str, Figure], kinds: Mapping[str, Kind], phases: Mapping[str, Phase]) -> pd.DataFrame:
    """Return every figure that has a range, sorted by name: `figure`, `value`, `unit`, `low`, `high` (as factors of the value) and `source`.

    Figures of the settings, prices of kinds of work (`kinds.<kind>.price`), and what an estimate of a work can turn out to
    be in the phase it is in (`cost.<certainty>`: value 1).
    """
    named = dict(figures) | {KIND.format(name): kind.price for name, kind in kinds.items() if kind.price}
    rows = [
        (name, figure.value, figure.unit, figure.low, figure.high, figure.source)
        for name, figure in named.items()
        if figure.value > 0 and (figure.low is not None or figure.high is not None)
    ]
    rows += [
        (COST.format(certainty), 1.0, "factor", 1.0 - phase.range.value, 1.0 + phase.range.value, phase.range.source)
        for certainty, phase in phases.items()
    ]
    made = pd.DataFrame(rows, columns=["figure", "value", "unit", "low", "high", "source"])
    for side in ("low", "high"):
        made[side] = (made[side].astype("float64") / made["value"]).fillna(1.0)
    return made.sort_values("figure", ignore_index=True)
