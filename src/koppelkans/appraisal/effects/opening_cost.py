"""Opening and closing the street for this work alone. (nl: opbreken en dichten)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect, basis_of

FIGURES = ("setup_eur", "traffic_eur_per_m", "paving_eur_per_m2", "opened_share")


def amount(case: Case) -> pd.DataFrame:
    """Return what each work that opens the street pays for its openings when it is done alone."""
    made = case.works[case.works["opens"]]
    return pd.DataFrame(
        {
            "work": made["work"],
            "holder": made["owner"],
            "quantity": made["sections"],
            "amount_eur": made["opening_eur"],
            "basis": basis_of(case, FIGURES, made["opening_eur"]),
        }
    )


OPENING_COST = Effect(
    name="opening_cost",
    nl="de straat openen en sluiten, alleen gedaan",
    en="opening and closing the street, done alone",
    unit="openings",
    side="cost",
    holder_nl="de eigenaar van het werk",
    holder_en="the owner of the work",
    formula=r"A_w = \sum_{s \in S_w} O_s",
    figures=FIGURES,
    linear_in="opening_eur",
    lasts="once",
    amount=amount,
)
