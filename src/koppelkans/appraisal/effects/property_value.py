"""Higher value of homes along the street, where a figure is given, as a yearly amount. (nl: waarde van vastgoed)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect
from koppelkans.appraisal.yearly import FORMULA, yearly_benefit

NAME = "property_value"


def amount(case: Case) -> pd.DataFrame:
    """Return this yearly benefit of each work that brings it, over the years of the horizon, discounted."""
    return yearly_benefit(case, NAME)


PROPERTY_VALUE = Effect(
    name=NAME,
    nl="meer waarde van woningen",
    en="higher value of homes",
    unit="",
    side="benefit",
    holder_nl="eigenaren van woningen, ook corporaties",
    holder_en="owners of homes, corporations too",
    formula=FORMULA,
    figures=(NAME + "_<kind>",),
    linear_in="quantity",
    lasts="horizon",
    amount=amount,
)
