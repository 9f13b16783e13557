"""Per work what the programme needs: cost, price of early and late, worth. (nl: waarde per werk)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, figure_of
from koppelkans.appraisal.risk import criticality_factor
from koppelkans.ground.money import whole_euros

FORMULAS = {
    "apart_eur": r"c_w + \sum_{s \in S_w} O_s",
    "early_eur_per_year": r"c_w / L_{k(w)}",
    "late_eur_per_year": r"\rho_{k(w)}\, c_w\, (\phi + \kappa_w)",
    "worth_eur": r"\text{point}\; p_w",
}
"""Cost c, openings O, lifetime L and late rate rho of the kind, criticality kappa with its floor phi, points p."""


def worths(case: Case) -> pd.DataFrame:
    """Return the rows of the table of worths, sorted by work.

    Lost life is nothing for a kind that is not renewed (it replaces nothing), and unknown for a kind that is renewed
    and has no lifetime.
    """
    works = case.works
    cost = works["cost_eur"]
    late_rates = works["kind"].map({name: kind.late_rate.value for name, kind in case.kinds.items()}).astype("float64")
    factor = criticality_factor(works, figures=case.figures, price_year=case.price_year)
    early = (cost / works["life_years"]).where(works["renewable"], 0.0).where(cost.notna())
    return pd.DataFrame(
        {
            "work": works["work"],
            "cost_eur": whole_euros(cost),
            "apart_eur": whole_euros(cost + works["opening_eur"]),
            "early_eur_per_year": whole_euros(early),
            "late_eur_per_year": whole_euros(cost * late_rates * factor),
            "need_points": works["points"],
            "worth_eur": whole_euros(works["points"] * figure_of(case, "point_eur")),
            "nuisance_eur": works["nuisance_eur"].fillna(0.0).astype("int64"),
        }
    )
