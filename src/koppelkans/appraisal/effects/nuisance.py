"""Nuisance of an open street for the people along it, for this work alone. (nl: hinder)."""

import pandas as pd

from koppelkans.appraisal.effect import RESIDENTS, Case, Effect, basis_of, figure_of

FIGURES = ("days_per_100m", "address_day_eur")


def amount(case: Case) -> pd.DataFrame:
    """Return the nuisance of each work that opens the street (eur).

    Unknown where the addresses of one of its sections are.
    """
    made = case.works[case.works["opens"]]
    euros = made["address_days"] * figure_of(case, "address_day_eur")
    return pd.DataFrame(
        {
            "work": made["work"],
            "holder": RESIDENTS,
            "quantity": made["address_days"],
            "amount_eur": euros,
            "basis": basis_of(case, FIGURES, euros),
        }
    )


NUISANCE = Effect(
    name="nuisance",
    nl="hinder van de open straat, alleen gedaan",
    en="nuisance of the open street, done alone",
    unit="address-days",
    side="cost",
    holder_nl="bewoners en ondernemers",
    holder_en="residents and shops",
    formula=r"A_w = \text{day} \sum_{s \in S_w} \tfrac{\ell_s}{100}\,\text{days}\; a_s\, f_{c(s)}",
    figures=FIGURES,
    linear_in="address_days",
    lasts="once",
    amount=amount,
)
