"""What the city gives for the need that a work meets. (nl: waarde van ambities)."""

import pandas as pd

from koppelkans.appraisal.effect import RESIDENTS, Case, Effect, basis_of, figure_of

FIGURES = ("point_eur",)


def amount(case: Case) -> pd.DataFrame:
    """Return the worth of the points of each work; unknown where no need is known.

    Points of ambitions that another effect already counts in euros for this kind of work are left out.
    """
    made = case.works
    euros = made["points_left"] * figure_of(case, "point_eur")
    return pd.DataFrame(
        {
            "work": made["work"],
            "holder": RESIDENTS,
            "quantity": made["points_left"],
            "amount_eur": euros,
            "basis": basis_of(case, FIGURES, euros),
        }
    )


AMBITION_WORTH = Effect(
    name="ambition_worth",
    nl="waarde van vervulde ambities",
    en="worth of ambitions served",
    unit="points",
    side="benefit",
    holder_nl="bewoners en ondernemers",
    holder_en="residents and shops",
    formula=r"A_w = \text{point}\; p_w",
    figures=FIGURES,
    linear_in="points_left",
    lasts="once",
    amount=amount,
)
