"""More plants and animals, where a figure is given for the kind of work. (nl: biodiversiteit)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect
from koppelkans.appraisal.yearly import FORMULA, yearly_benefit

NAME = "biodiversity"


def amount(case: Case) -> pd.DataFrame:
    """Return this yearly benefit of each work that brings it, over the years of the horizon, discounted."""
    return yearly_benefit(case, NAME)


BIODIVERSITY = Effect(
    name=NAME,
    nl="meer natuur",
    en="more nature",
    unit="",
    side="benefit",
    holder_nl="iedereen",
    holder_en="everyone",
    formula=FORMULA,
    figures=(NAME + "_<kind>",),
    linear_in="quantity",
    lasts="horizon",
    amount=amount,
)
