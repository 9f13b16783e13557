"""Years that the work is overdue in its best year. (nl: achterstand)."""

import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the years between the due year and the best year.

    0 for works that renew nothing, unknown without a due year.
    """
    works = evidence.works
    years = (works["best_year"] - works["due_year"]).clip(lower=0.0)
    return answer(evidence, years.where(works["renewable"], 0.0), "derived")


OVERDUE_YEARS = Criterion(
    name="overdue_years",
    nl="urgentie door achterstand",
    en="urgency of overdue assets",
    ground="technical",
    unit="years",
    unit_nl="jaar",
    better="more",
    formula=r"\max(0,\ b_w - d_w)",
    source="due year from condition or age, best year from the window of the work",
    measure=measure,
    one="year",
    one_nl="jaar",
)
