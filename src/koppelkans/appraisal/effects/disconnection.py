"""Rain that no longer goes to the treatment works, where a figure is given for the kind of work. (nl: afkoppelen)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect
from koppelkans.appraisal.yearly import FORMULA, yearly_benefit

NAME = "disconnection"


def amount(case: Case) -> pd.DataFrame:
    """Return this yearly benefit of each work that brings it, over the years of the horizon, discounted."""
    return yearly_benefit(case, NAME)


DISCONNECTION = Effect(
    name=NAME,
    nl="minder regenwater zuiveren",
    en="less rain to treat",
    unit="",
    side="benefit",
    holder_nl="het waterschap",
    holder_en="the water board",
    formula=FORMULA,
    figures=(NAME + "_<kind>",),
    linear_in="quantity",
    lasts="horizon",
    amount=amount,
)
