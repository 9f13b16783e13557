"""What the work itself costs, split over the parties behind its purses. (nl: investering)."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.effect import Case, Effect


def amount(case: Case) -> pd.DataFrame:
    """Return the cost of each work per party that pays, without opening and closing the street."""
    columns = ["work", "kind", "quantity", "unit", "cost_eur", "cost_basis", "source"]
    made = case.payers.merge(case.works[columns], on="work")
    prices = {name: kind.price.source for name, kind in case.kinds.items() if kind.price}
    given = made["cost_basis"].eq("measured")
    return pd.DataFrame(
        {
            "work": made["work"],
            "holder": made["holder"],
            "quantity": made["quantity"] * made["share"],
            "unit": made["unit"],
            "amount_eur": made["cost_eur"] * made["share"],
            "basis": np.where(made["cost_eur"].isna(), "unknown", made["cost_basis"]),
            "source": made["source"].where(given, made["kind"].map(prices).astype("str").fillna(made["source"])),
        }
    )


CAPITAL_COST = Effect(
    name="capital_cost",
    nl="kosten van het werk zelf",
    en="cost of the work itself",
    unit="",
    side="cost",
    holder_nl="de partijen achter de potjes; wat geen potje betaalt, is voor de eigenaar van het werk",
    holder_en="the parties behind the purses; what no purse pays is for the owner of the work",
    formula=r"A_{wh} = \text{share}_{wh}\, c_w",
    figures=(),
    linear_in="cost_eur",
    lasts="once",
    amount=amount,
)
