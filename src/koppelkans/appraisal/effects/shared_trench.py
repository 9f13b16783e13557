"""Soil work saved where works share a trench, at most the trench of the work. (nl: gedeelde sleuf)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect, basis_of, figure_of

FIGURES = ("trench_share",)


def amount(case: Case) -> pd.DataFrame:
    """Return the trench cost of each work that digs, for the parties that pay it.

    Unknown where the cost of the work is. A business case counts the part of it that is saved; who pays the work
    gains.
    """
    made = case.payers.merge(case.works.loc[case.works["digs"], ["work", "cost_eur"]], on="work")
    euros = figure_of(case, "trench_share") * made["cost_eur"] * made["share"]
    return pd.DataFrame(
        {
            "work": made["work"],
            "holder": made["holder"],
            "quantity": made["share"],
            "amount_eur": euros,
            "basis": basis_of(case, FIGURES, euros),
        }
    )


SHARED_TRENCH = Effect(
    name="shared_trench",
    nl="gedeelde sleuf",
    en="shared trench",
    unit="trenches",
    side="benefit",
    holder_nl="de partijen die het werk betalen",
    holder_en="the parties that pay the work",
    formula=r"A_{wh} = \text{share}_{wh}\, \tau\, c_w",
    figures=FIGURES,
    linear_in="cost_eur",
    lasts="once",
    amount=amount,
    alone=False,
)
