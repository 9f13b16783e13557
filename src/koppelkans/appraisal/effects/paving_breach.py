"""Lasting damage to new paving that is dug within its graafrust. (nl: schade bij breken van graafrust)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect, basis_of

FIGURES = ("degeneration_eur_per_m2",)


def amount(case: Case) -> pd.DataFrame:
    """Return what each work that digs would owe if all its sections were within their graafrust.

    A business case counts the sections that are. The digger owes it to the road manager, so the damage itself is not
    counted a second time.
    """
    made = case.works[case.works["digs"]]
    return pd.DataFrame(
        {
            "work": made["work"],
            "holder": made["owner"],
            "quantity": made["sections"],
            "amount_eur": made["breach_eur"],
            "basis": basis_of(case, FIGURES, made["breach_eur"]),
        }
    )


PAVING_BREACH = Effect(
    name="paving_breach",
    nl="schade bij breken van graafrust",
    en="damage of digging in new paving",
    unit="sections",
    side="cost",
    holder_nl="de eigenaar van het werk, die graaft",
    holder_en="the owner of the work, who digs",
    formula=r"A_w = \sum_{s \in S_w} B_s",
    figures=FIGURES,
    linear_in="breach_eur",
    lasts="once",
    amount=amount,
    alone=False,
)
