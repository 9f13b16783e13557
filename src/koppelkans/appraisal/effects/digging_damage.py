"""Damage to other cables and pipes that is expected from digging, for this work alone. (nl: graafschade)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect, basis_of, figure_of

FIGURES = ("digging_damage_chance", "digging_damage_eur")


def amount(case: Case) -> pd.DataFrame:
    """Return the expected direct damage of digging: one dig per opened section."""
    made = case.works[case.works["digs"]]
    damages = made["sections"] * figure_of(case, "digging_damage_chance")
    euros = damages * figure_of(case, "digging_damage_eur")
    return pd.DataFrame(
        {
            "work": made["work"],
            "holder": made["owner"],
            "quantity": damages,
            "amount_eur": euros,
            "basis": basis_of(case, FIGURES, euros),
        }
    )


DIGGING_DAMAGE = Effect(
    name="digging_damage",
    nl="verwachte graafschade",
    en="expected digging damage",
    unit="damages",
    side="cost",
    holder_nl="de eigenaar van het werk, die graaft",
    holder_en="the owner of the work, who digs",
    formula=r"A_w = |S_w|\, p_{\text{damage}}\, \text{damage}",
    figures=FIGURES,
    linear_in="sections",
    lasts="once",
    amount=amount,
)
