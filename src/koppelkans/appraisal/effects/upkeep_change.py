"""Change in yearly upkeep, where the city or a source gives a figure for the kind of work. (nl: verandering van onderhoud)."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.effect import Case, Effect, figure_of, yearly_worth

START = "upkeep_"
"""A figure `upkeep_<kind>` is the change in yearly upkeep per unit of that kind (eur); above zero is more upkeep."""


def amount(case: Case) -> pd.DataFrame:
    """Return the discounted change in upkeep over the horizon, for planned works.

    Those of third parties too. Works derived from assets renew like for like and claim no change. Without a figure
    for its kind the change is unknown.
    """
    made = case.works[case.works["origin"] != "derived"]
    names = [kind for kind in sorted(made["kind"].unique()) if START + kind in case.figures]
    yearly = made["kind"].map({kind: figure_of(case, START + kind) for kind in names}).astype("float64")
    euros = made["quantity"] * yearly * yearly_worth(np.arange(case.years), rate=case.rate).sum()
    basis = made["kind"].map({kind: case.figures[START + kind].basis for kind in names})
    return pd.DataFrame(
        {
            "work": made["work"],
            "holder": made["owner"],
            "quantity": made["quantity"],
            "unit": made["unit"],
            "amount_eur": euros,
            "basis": np.where(euros.isna(), "unknown", basis),
            "source": made["kind"].map({kind: case.figures[START + kind].source for kind in names}),
        }
    )


UPKEEP_CHANGE = Effect(
    name="upkeep_change",
    nl="verandering van het jaarlijkse onderhoud",
    en="change in yearly upkeep",
    unit="",
    side="cost",
    holder_nl="de eigenaar van het werk",
    holder_en="the owner of the work",
    formula=r"A_w = u_{k(w)}\, q_w \sum_{j=0}^{n-1} (1+r)^{-j}",
    figures=(START + "<kind>",),
    linear_in="quantity",
    lasts="horizon",
    amount=amount,
)
