"""Months of preparation that do not fit before the best year. (nl: nog niet gereed)."""

import pandas as pd

from koppelkans.rules.key_figures import key_figure
from koppelkans.weighing.criterion import Criterion, Evidence, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the months of preparation that are missing before its best year.

    What is still to come for its certainty, less the months until its best year, not below 0.
    """
    works = evidence.works
    lead = {
        certainty: key_figure(evidence.appraisal.figures, f"lead_months_{certainty}", price_year=evidence.price_year)
        for certainty in sorted(works["certainty"].unique())
    }
    until = 12.0 * (works["best_year"] - evidence.years.first)
    return answer(evidence, (works["certainty"].map(lead).astype("float64") - until).clip(lower=0.0), "assumed")


READINESS = Criterion(
    name="readiness",
    nl="tijd voor voorbereiding",
    en="time for preparation",
    ground="feasibility",
    unit="months short",
    unit_nl="maanden te kort",
    better="less",
    formula=r"\max(0,\ \text{lead}_{z(w)} - 12\,(b_w - t_0))",
    source="certainty and best year of the work; settings.appraisal.figures: lead_months_wens, lead_months_voornemen, lead_months_gepland, lead_months_vast",
    measure=measure,
    one="month short",
    one_nl="maand te kort",
)
