"""Failures that are expected if the work waits until its window has passed. (nl: vermeden faalrisico)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect, basis_of
from koppelkans.appraisal.risk import expected_failures

FIGURES = ("failure_chance", "failure_growth", "failure_eur_share", "criticality_floor")


def amount(case: Case) -> pd.DataFrame:
    """Return the expected failure cost from the best year to the end of the window.

    For works that renew something. Unknown where the due year is not known; yearly amounts are discounted to the best
    year.
    """
    made = case.works[case.works["renewable"]]
    chance, euros = expected_failures(
        made, figures=case.figures, price_year=case.price_year, rate=case.rate, most_years=100
    )
    return pd.DataFrame(
        {
            "work": made["work"],
            "holder": made["owner"],
            "quantity": chance,
            "amount_eur": euros,
            "basis": basis_of(case, FIGURES, euros),
        }
    )


AVOIDED_FAILURE_RISK = Effect(
    name="avoided_failure_risk",
    nl="vermeden faalrisico",
    en="failure risk avoided",
    unit="failures",
    side="benefit",
    holder_nl="de eigenaar van het werk",
    holder_en="the owner of the work",
    formula=(
        r"A_w = \text{failure}\; c_w (\phi + \kappa_w) \sum_{t=b_w}^{l_w} (1+r)^{b_w-t}"
        r" \min\{1,\ p (1+g)^{t-d_w}\}"
    ),
    figures=FIGURES,
    linear_in="cost_eur",
    lasts="window",
    amount=amount,
)
