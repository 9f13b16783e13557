"""Rain that is kept in the street, so that less damage is done by flooding, where a figure is given. (nl: waterberging)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect
from koppelkans.appraisal.yearly import FORMULA, yearly_benefit

NAME = "water_storage"


def amount(case: Case) -> pd.DataFrame:
    """Return this yearly benefit of each work that brings it, over the years of the horizon, discounted."""
    return yearly_benefit(case, NAME)


WATER_STORAGE = Effect(
    name=NAME,
    nl="minder wateroverlast",
    en="less flooding",
    unit="",
    side="benefit",
    holder_nl="bewoners en ondernemers",
    holder_en="residents and shops",
    formula=FORMULA,
    figures=(NAME + "_<kind>",),
    linear_in="quantity",
    lasts="horizon",
    amount=amount,
)
