"""Yearly benefits: a key figure per unit of a kind of work, over the years of the horizon. (nl: jaarlijkse baten)."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.effect import Case, figure_of, yearly_worth

FORMULA = r"A_w = b_{k(w)}\, q_w \sum_{j=0}^{n-1} (1+r)^{-j}"
"""Benefit b per unit of the kind k and year, quantity q, rate r, n years."""


def yearly_benefit(case: Case, effect: str) -> pd.DataFrame:
    """Return what planned works, third parties' works and extra ambitions bring over the years of the horizon, discounted.

    Only works of the kinds that the settings name (`appraisal.benefits.<effect>.kinds`) bring it. Works derived from
    assets renew like for like and bring nothing new. Without a figure `<effect>_<kind>` the benefit is unknown (p.m.).
    """
    benefit = case.benefits.get(effect)
    kinds = benefit.kinds if benefit else []
    made = case.works[case.works["kind"].isin(kinds) & (case.works["origin"] != "derived")]
    names = {kind: f"{effect}_{kind}" for kind in sorted(made["kind"].unique()) if f"{effect}_{kind}" in case.figures}
    yearly = made["kind"].map({kind: figure_of(case, name) for kind, name in names.items()}).astype("float64")
    euros = made["quantity"] * yearly * yearly_worth(np.arange(case.years), rate=case.rate).sum()
    basis = made["kind"].map({kind: case.figures[name].basis for kind, name in names.items()})
    sources = {kind: case.figures[name].source for kind, name in names.items()}
    return pd.DataFrame(
        {
            "work": made["work"],
            "holder": benefit.holder if benefit else "",
            "quantity": made["quantity"],
            "unit": made["unit"],
            "amount_eur": euros,
            "basis": np.where(euros.isna(), "unknown", basis),
            "source": made["kind"]
            .map(sources)
            .astype("str")
            .fillna(f"no key figure {effect}_<kind> with a source is known"),
        }
    )
