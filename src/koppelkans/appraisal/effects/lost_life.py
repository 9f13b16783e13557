"""Life of the asset that is thrown away by renewing it before it is due. (nl: weggegooide levensduur)."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.effect import Case, Effect


def amount(case: Case) -> pd.DataFrame:
    """Return the cost of the lifetime lost between the best year and the due year.

    For works that renew something. Nothing is lost at or after the due year; unknown where the due year or the
    lifetime of the kind is not known.
    """
    made = case.works[case.works["renewable"]]
    years = (made["due_year"] - made["best_year"]).clip(lower=0.0)
    euros = made["cost_eur"] * years / made["life_years"]
    lives = {name: kind.life_years for name, kind in case.kinds.items() if kind.life_years}
    basis = made["kind"].map({name: life.basis for name, life in lives.items()})
    return pd.DataFrame(
        {
            "work": made["work"],
            "holder": made["owner"],
            "quantity": years,
            "amount_eur": euros,
            "basis": np.where(euros.isna(), "unknown", basis),
            "source": made["kind"].map({name: life.source for name, life in lives.items()}),
        }
    )


LOST_LIFE = Effect(
    name="lost_life",
    nl="weggegooide levensduur",
    en="life thrown away",
    unit="years",
    side="cost",
    holder_nl="de eigenaar van het werk",
    holder_en="the owner of the work",
    formula=r"A_w = c_w\, \max(0,\ d_w - b_w) / L_{k(w)}",
    figures=(),
    linear_in="cost_eur",
    lasts="once",
    amount=amount,
)
