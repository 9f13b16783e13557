"""Failure cost per year that renewal in the best year takes away. (nl: weggenomen risico)."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.risk import failure_chance, failure_cost
from koppelkans.weighing.criterion import Criterion, Evidence, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return chance x cost of failure in the best year.

    Works that renew nothing take no risk away; unknown where the due year or the cost is.
    """
    works, figures, price_year = evidence.works, evidence.appraisal.figures, evidence.price_year
    overdue = (works["best_year"] - works["due_year"]).to_numpy(dtype=float)
    chance = failure_chance(overdue, figures=figures, price_year=price_year)
    risk = failure_cost(works, figures=figures, price_year=price_year) * np.where(np.isnan(overdue), np.nan, chance)
    return answer(evidence, risk.where(works["renewable"], 0.0), "assumed")


RISK_TAKEN_AWAY = Criterion(
    name="risk_taken_away",
    nl="weggenomen risico op storing",
    en="failure risk taken away",
    ground="technical",
    unit="eur/year",
    unit_nl="eur/jaar",
    better="more",
    formula=r"\min\{1,\ p\,(1+g)^{b_w - d_w}\}\; \text{failure}\; c_w (\phi + \kappa_w)",
    source="due year from condition or age; settings.appraisal.figures: failure_chance, failure_growth, failure_eur_share, criticality_floor",
    measure=measure,
)
