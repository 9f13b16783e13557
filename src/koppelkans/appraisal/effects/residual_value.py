"""Residual value of a work after the years that are counted. (nl: restwaarde)."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.effect import Case, Effect


def amount(case: Case) -> pd.DataFrame:
    """Return the residual value of each work after the horizon, for who paid it.

    Each is done in its best year. Nothing where its life is over by then; unknown where the lifetime of its kind or
    its cost is.
    """
    columns = ["work", "kind", "cost_eur", "life_years"]
    made = case.payers.merge(case.works.loc[case.works["renewable"], columns], on="work")
    left = (1.0 - case.years / made["life_years"]).clip(lower=0.0)
    euros = made["cost_eur"] * made["share"] * left * (1.0 + case.rate) ** -case.years
    lives = {name: kind.life_years for name, kind in case.kinds.items() if kind.life_years}
    return pd.DataFrame(
        {
            "work": made["work"],
            "holder": made["holder"],
            "quantity": left * made["life_years"],
            "amount_eur": euros,
            "basis": np.where(
                euros.isna(), "unknown", made["kind"].map({name: life.basis for name, life in lives.items()})
            ),
            "source": made["kind"].map({name: life.source for name, life in lives.items()}),
        }
    )


RESIDUAL_VALUE = Effect(
    name="residual_value",
    nl="restwaarde",
    en="residual value",
    unit="years",
    side="benefit",
    holder_nl="de partijen die het werk betalen",
    holder_en="the parties that pay the work",
    formula=r"A_{wh} = \text{share}_{wh}\, c_w\, \max(0,\ 1 - n / L_{k(w)})\, (1+r)^{-n}",
    figures=(),
    linear_in="cost_eur",
    lasts="end",
    amount=amount,
    alone=False,
)
