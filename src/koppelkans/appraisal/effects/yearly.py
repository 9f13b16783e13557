"""Yearly benefits: a key figure per unit of a kind of work, over the years of the horizon. (nl: jaarlijkse baten)."""

from functools import partial

import numpy as np
import pandas as pd

from koppelkans.appraisal.effect import Case, Effect, figure_of, yearly_worth

FORMULA = r"A_w = b_{k(w)}\, q_w \sum_{j=0}^{n-1} (1+r)^{-j}"
"""Benefit b per unit of the kind k and year, quantity q, rate r, n years."""


def yearly_benefit(case: Case, effect: str) -> pd.DataFrame:
    """Return the discounted yearly benefit of works over the horizon.

    Of planned works, third parties' works and extra ambitions. Only works of the kinds that the settings name
    (`appraisal.benefits.<effect>.kinds`) bring it. Works derived from assets renew like for like and bring nothing
    new. Without a figure `<effect>_<kind>` the benefit is unknown (p.m.).
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


WORDS = (
    ("health", "minder ziekte", "less illness", "zorgverzekeraars en werkgevers", "health insurers and employers"),
    ("heat", "minder hitte", "less heat", "bewoners en ondernemers", "residents and shops"),
    ("water_storage", "minder wateroverlast", "less flooding", "bewoners en ondernemers", "residents and shops"),
    ("disconnection", "minder regenwater zuiveren", "less rain to treat", "het waterschap", "the water board"),
    ("biodiversity", "meer natuur", "more nature", "iedereen", "everyone"),
    (
        "property_value",
        "meer waarde van woningen",
        "higher value of homes",
        "eigenaren van woningen, ook corporaties",
        "owners of homes, corporations too",
    ),
    ("energy", "minder energie", "less energy", "bewoners", "residents"),
    ("traffic_safety", "minder ongevallen", "fewer accidents", "weggebruikers", "road users"),
    (
        "social_cohesion",
        "meer contact in de straat",
        "more contact in the street",
        "bewoners en ondernemers",
        "residents and shops",
    ),
)
"""Name, then what it is and who gains, in Dutch and English; in the order of reports."""
YEARLY = tuple(
    Effect(
        name=name,
        nl=nl,
        en=en,
        unit="",
        side="benefit",
        holder_nl=holder_nl,
        holder_en=holder_en,
        formula=FORMULA,
        figures=(f"{name}_<kind>",),
        linear_in="quantity",
        lasts="horizon",
        amount=partial(yearly_benefit, effect=name),
    )
    for name, nl, en, holder_nl, holder_en in WORDS
)
