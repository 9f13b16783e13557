"""Life thrown away by renewing before the due year. (nl: weggegooide levensduur)."""

import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the cost of the lifetime lost between best and due year.

    0 for works that renew nothing, unknown without a due year.
    """
    works = evidence.works
    years = (works["due_year"] - works["best_year"]).clip(lower=0.0).where(works["renewable"], 0.0)
    per_year = evidence.worths["early_eur_per_year"].astype("Float64").astype("float64")
    return answer(evidence, years * per_year, "derived")


LIFE_THROWN_AWAY = Criterion(
    name="life_thrown_away",
    nl="verlies van levensduur",
    en="loss of life of the asset",
    ground="technical",
    unit="eur",
    unit_nl="eur",
    better="less",
    formula=r"\max(0,\ d_w - b_w)\, c_w / L_{k(w)}",
    source="lifetime per kind from settings.kinds.life_years",
    measure=measure,
)
