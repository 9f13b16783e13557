"""How hard it is to close the street: road class, schools and care, addresses. (nl: doorgang)."""

import numpy as np
import pandas as pd

from koppelkans.rules.key_figures import key_figure, per_road_class
from koppelkans.weighing.criterion import Criterion, Evidence, along, answer, of_openers


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the index of the worst section that the work opens.

    Each section has three parts of 0-1: the factor of its road class against the highest, schools or care along it, and
    addresses per 100 m against what counts as full. The index is five times the mean of the parts that are known; assumed
    where one of them is not.
    """
    sections, figures = evidence.sections, evidence.appraisal.figures
    factors = evidence.appraisal.traffic
    full = key_figure(figures, "passage_addresses_per_100m", price_year=evidence.price_year)
    road = per_road_class(sections["road_class"], factors, key="appraisal.traffic") / max(factors.values(), default=1.0)
    care = sections["care_places"].astype("Float64").astype("float64").clip(upper=1.0)
    length = sections["length_m"].where(sections["length_m"] > 0)
    density = sections["addresses"].astype("Float64").astype("float64") / length * 100.0
    parts = pd.DataFrame({"road": road, "care": care, "addresses": (density / full).clip(upper=1.0)})
    worst = along(evidence.openers, 5.0 * parts.mean(axis=1), "max")
    unsure = along(evidence.openers, parts.isna().any(axis=1).astype("float64"), "max").reindex(evidence.works.index)
    basis = pd.Series(np.where(unsure.gt(0), "assumed", "derived"), index=evidence.works.index)
    return answer(evidence, of_openers(evidence, worst), basis)


PASSAGE = Criterion(
    name="passage",
    nl="drukte op straat",
    en="how busy the street is",
    ground="feasibility",
    unit="index 0-5",
    unit_nl="index 0-5",
    better="less",
    formula=r"\max_{s \in S_w} \tfrac{5}{3}\left(\tfrac{f_{c(s)}}{\max f} + [\text{care}_s > 0] + \min\{1,\ \tfrac{100\,a_s}{\ell_s\, \text{full}}\}\right)",
    source="road class, addresses and care of the sections; settings.appraisal.traffic and figure passage_addresses_per_100m",
    measure=measure,
    ends=(0.0, 5.0),
)
