"""More contact between people in the street, where a figure is given for the kind of work. (nl: sociale samenhang)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect
from koppelkans.appraisal.yearly import FORMULA, yearly_benefit

NAME = "social_cohesion"


def amount(case: Case) -> pd.DataFrame:
    """Return this yearly benefit of each work that brings it, over the years of the horizon, discounted."""
    return yearly_benefit(case, NAME)


SOCIAL_COHESION = Effect(
    name=NAME,
    nl="meer contact in de straat",
    en="more contact in the street",
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
