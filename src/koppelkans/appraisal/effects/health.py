"""Less illness by a greener street, where a figure is given for the kind of work. (nl: gezondheid)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect
from koppelkans.appraisal.yearly import FORMULA, yearly_benefit

NAME = "health"


def amount(case: Case) -> pd.DataFrame:
    """Return this yearly benefit of each work that brings it, over the years of the horizon, discounted."""
    return yearly_benefit(case, NAME)


HEALTH = Effect(
    name=NAME,
    nl="minder ziekte",
    en="less illness",
    unit="",
    side="benefit",
    holder_nl="zorgverzekeraars en werkgevers",
    holder_en="health insurers and employers",
    formula=FORMULA,
    figures=(NAME + "_<kind>",),
    linear_in="quantity",
    lasts="horizon",
    amount=amount,
)
