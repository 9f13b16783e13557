"""Saving if all works in its sections were done in one opening. (nl: besparing samen)."""

import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, along, answer, of_openers


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the equal share of the work in the saving of its shared sections.

    0 where it has no company.
    """
    shared = evidence.together.set_index("section")
    each = (shared["saving_eur"] / shared["works"]).reindex(evidence.sections.index).fillna(0.0)
    return answer(evidence, of_openers(evidence, along(evidence.openers, each, "sum")), "assumed")


SAVING_TOGETHER = Criterion(
    name="saving_together",
    nl="besparing door samen te werken",
    en="saving by working together",
    ground="financing",
    unit="eur",
    unit_nl="eur",
    better="more",
    formula=r"\sum_{s \in S_w} \text{saving}_s / n_s",
    source="quantities of the openings; settings.appraisal.figures: setup_eur, traffic_eur_per_m, paving_eur_per_m2, opened_share, trench_share",
    measure=measure,
)
