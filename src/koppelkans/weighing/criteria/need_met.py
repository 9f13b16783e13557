"""Need for the ambitions of the city that the work meets. (nl: vervulde behoefte)."""

import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the points of need met, as the appraisal counts them."""
    return answer(evidence, evidence.worths["need_points"], "derived")


NEED_MET = Criterion(
    name="need_met",
    nl="bijdrage aan ambities",
    en="need for ambitions met",
    ground="ambitions",
    unit="points",
    unit_nl="punten",
    better="more",
    formula=r"p_w = \sum_a g_a \lambda_a \sum_{s} n_{as} \min(1,\ e_{k(w)a}\, q_w\, \ell_{ws}/\ell_w)",
    source="need from the layers of the vision; effect per kind of work from settings.vision.ambitions.effects",
    measure=measure,
    one="point",
    one_nl="punt",
)
