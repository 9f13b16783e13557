"""Change in yearly upkeep that the work brings. (nl: verandering van onderhoud)."""

import pandas as pd

from koppelkans.rules.key_figures import key_figure
from koppelkans.weighing.criterion import Criterion, Evidence, answer

START = "upkeep_"


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the yearly change in upkeep: quantity times the figure of its kind.

    0 for works that renew like for like, unknown where no figure is given.
    """
    works, figures = evidence.works, evidence.appraisal.figures
    yearly = {
        kind: key_figure(figures, START + kind, price_year=evidence.price_year)
        for kind in sorted(works["kind"].unique())
        if START + kind in figures
    }
    change = works["quantity"] * works["kind"].map(yearly).astype("float64")
    return answer(evidence, change.mask(works["origin"] == "derived", 0.0), "derived")


UPKEEP_CHANGE = Criterion(
    name="upkeep_change",
    nl="extra onderhoud",
    en="extra upkeep",
    ground="manageability",
    unit="eur/year",
    unit_nl="eur/jaar",
    better="less",
    formula=r"u_{k(w)}\, q_w",
    source="settings.appraisal.figures: upkeep_<kind>, eur per unit of the kind and year",
    measure=measure,
)
