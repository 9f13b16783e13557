"""Fewer accidents, where a figure is given for the kind of work. (nl: verkeersveiligheid)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect
from koppelkans.appraisal.yearly import FORMULA, yearly_benefit

NAME = "traffic_safety"


def amount(case: Case) -> pd.DataFrame:
    """Return this yearly benefit of each work that brings it, over the years of the horizon, discounted."""
    return yearly_benefit(case, NAME)


TRAFFIC_SAFETY = Effect(
    name=NAME,
    nl="minder ongevallen",
    en="fewer accidents",
    unit="",
    side="benefit",
    holder_nl="weggebruikers",
    holder_en="road users",
    formula=FORMULA,
    figures=(NAME + "_<kind>",),
    linear_in="quantity",
    lasts="horizon",
    amount=amount,
)
