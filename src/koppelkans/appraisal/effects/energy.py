"""Less energy or cheaper heat for homes, where a figure is given for the kind of work. (nl: energie)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect
from koppelkans.appraisal.yearly import FORMULA, yearly_benefit

NAME = "energy"


def amount(case: Case) -> pd.DataFrame:
    """Return this yearly benefit of each work that brings it, over the years of the horizon, discounted."""
    return yearly_benefit(case, NAME)


ENERGY = Effect(
    name=NAME,
    nl="minder energie",
    en="less energy",
    unit="",
    side="benefit",
    holder_nl="bewoners",
    holder_en="residents",
    formula=FORMULA,
    figures=(NAME + "_<kind>",),
    linear_in="quantity",
    lasts="horizon",
    amount=amount,
)
