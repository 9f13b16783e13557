"""What a section costs apart and together, from quantities. (nl: apart en samen)."""

import pandas as pd

from koppelkans.appraisal.needs import section_shares
from koppelkans.ground.money import whole_euros

FORMULA = (
    r"\text{apart}_s = n_s O_s + \sum_w T_{ws},\quad "
    r"\text{saving}_s = (n_s - 1) O_s + \min\Bigl\{O_s,\ \sum_w T_{ws} - \max_w T_{ws}\Bigr\},\quad "
    r"T_{ws} = \tau\, c_w\, \ell_{ws} / \ell_w"
)
"""n works open section s at O each; T is the trench of a work that digs along the section, tau its share of the cost."""


def together(
    works: pd.DataFrame, openers: pd.DataFrame, openings: pd.DataFrame, *, trench_share: float
) -> pd.DataFrame:
    """Return cost apart and together for each section that works of two or more owners open, sorted.

    The opening is paid once instead of by each work. A trench is shared only by works that dig and have length in the
    section: the largest trench stays, the others are saved, and never for more than one opening, so that a saving stays
    below the sum of the openings. Works of unknown cost add no trench.

    Parameters
    ----------
    works
        `work`, `owner`, `digs` and `cost_eur`.
    openers
        `work`, `section`, `length_m` (m) of the works that open a section.
    openings
        `section`, `opening_eur` and `nuisance_eur`.
    trench_share
        Share of the cost of a work that is soil work in its trench.
    """
    parts = section_shares(openers).merge(works[["work", "owner", "digs", "cost_eur"]], on="work")
    beside = parts["digs"] & parts["length_m"].gt(0)
    cost = parts["cost_eur"].astype("Float64").astype("float64").fillna(0.0)
    parts["trench"] = (trench_share * cost * parts["share"]).where(beside, 0.0)
    grouped = parts.groupby("section")
    made = pd.DataFrame(
        {
            "works": grouped["work"].size(),
            "owners": grouped["owner"].nunique(),
            "trench": whole_euros(grouped["trench"].sum()).astype("int64"),
            "largest": whole_euros(grouped["trench"].max()).astype("int64"),
        }
    )
    made = made[made["owners"] >= 2].reset_index().merge(openings, on="section")  # noqa: PLR2004
    opening, again = made["opening_eur"], made["works"] - 1
    made["apart_eur"] = made["works"] * opening + made["trench"]
    made["saving_eur"] = again * opening + (made["trench"] - made["largest"]).clip(upper=opening)
    made["together_eur"] = made["apart_eur"] - made["saving_eur"]
    made["nuisance_saved_eur"] = again * made["nuisance_eur"]
    columns = ["section", "works", "owners", "apart_eur", "together_eur", "saving_eur", "nuisance_saved_eur"]
    return made[columns].sort_values("section", ignore_index=True)
