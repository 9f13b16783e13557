"""Cost estimates in SSK form (CROW): from direct cost to investment with tax. (nl: SSK-raming)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from koppelkans.ground.money import whole_euros
from koppelkans.ground.settings.business import Phase, SskPart

FORMULA = r"D = N (1+d),\quad B = D (1+i),\quad V = B (1+e+o),\quad I = V (1+\rho),\quad I_{\text{btw}} = I (1+b)"
"""Named direct N, to be detailed d, indirect i, engineering e, other o, risk rho, VAT b: direct D, construction B, foreseen V, investment I."""
LINES = ("named", "to_be_detailed", "indirect", "engineering", "other", "risk", "vat")


def named_share(phase: Phase) -> float:
    """Return the part of an investment without VAT that is named direct cost in a phase."""
    direct = 1.0 + phase.to_be_detailed.value
    construction = direct * (1.0 + phase.indirect.value)
    foreseen = construction * (1.0 + phase.engineering.value + phase.other.value)
    return 1.0 / (foreseen * (1.0 + phase.risk.value))


def line_shares(phase: Phase, *, vat: float) -> dict[str, float]:
    """Return each line as a part of the investment without VAT; all but VAT add up to 1."""
    named = named_share(phase)
    detailed = named * phase.to_be_detailed.value
    indirect = (named + detailed) * phase.indirect.value
    construction = named + detailed + indirect
    engineering, other = construction * phase.engineering.value, construction * phase.other.value
    risk = (construction + engineering + other) * phase.risk.value
    return dict(zip(LINES, (named, detailed, indirect, engineering, other, risk, vat), strict=True))


def estimates(works: pd.DataFrame, phases: Mapping[str, Phase], part: SskPart) -> pd.DataFrame:
    """Return the estimate of each case in SSK form: a row per case, phase and line.

    Each with its range. The investment of a work (its cost with what it bears of the openings) is without VAT. Where
    the settings say that costs are named direct cost, the lines come on top of it; else it is taken apart into its
    lines, which then add up to it. A phase without percentages is left out and counted by `unknown`, as is a work of
    unknown cost.

    Parameters
    ----------
    works
        `case`, `certainty` and `cost_eur` (eur; may be unknown).
    phases
        Percentages and range per certainty.
    part
        What a cost holds, and VAT.
    """
    known = works[works["certainty"].isin(phases)]
    sums = known.groupby(["case", "certainty"])["cost_eur"].agg(["sum", "size", "count"]).reset_index()
    parts = []
    for line in LINES:
        share = {name: line_shares(phase, vat=part.vat.value)[line] for name, phase in phases.items()}
        top = {
            name: 1.0 if part.costs_are == "investment" else 1.0 / named_share(phase) for name, phase in phases.items()
        }
        spread = {name: phase.range.value for name, phase in phases.items()}
        euros = sums["sum"] * sums["certainty"].map(share) * sums["certainty"].map(top)
        wide = sums["certainty"].map(spread)
        parts.append(
            sums[["case", "certainty"]].assign(
                line=line,
                nth=LINES.index(line),
                amount_eur=whole_euros(euros),
                low_eur=whole_euros(euros * (1.0 - wide)),
                high_eur=whole_euros(euros * (1.0 + wide)),
                phase=sums["certainty"].map({name: phase.name for name, phase in phases.items()}),
                unknown=(sums["size"] - sums["count"]).astype("int64"),
            )
        )
    made = pd.concat(parts).sort_values(["case", "certainty", "nth"], ignore_index=True)
    return made.assign(basis=np.where(made["unknown"] > 0, "unknown", "assumed"))
