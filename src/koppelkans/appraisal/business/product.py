"""The noun of the business case: alternatives, cash flows, and what they are worth. (nl: businesscase)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace

CITY = "city"
"""Name of the case that holds all others."""
ALTERNATIVES = ("null", "apart", "together", "later", "extra")
"""Nulalternatief; each work alone in its best year; as in the programme; the same some years later; with extra ambitions."""
SIDES = ("cost", "benefit")
BASES = ("measured", "derived", "assumed", "unknown")
READINGS = ("exact", "at_least", "at_most", "unclear")

CASES = Schema(
    "cases",
    "What a business case is made of: every bundle, every work that goes alone, and the city as the sum of these. Works that are left undone stand in none.",
    {
        "case": Column(TEXT, "case: the bundle, the work, or city"),
        "what": Column(TEXT, "bundle, work or city", one_of=("bundle", "work", "city")),
        "name": Column(TEXT, "name for people"),
        "area": Column(TEXT, "area with most of it", known=False),
        "year": Column(WHOLE_OR_UNKNOWN, "year in the programme; unknown for the city", known=False),
        "works": Column(WHOLE, "works", least=1),
        "paged": Column(YES_NO, "has a page and its cash flows per year"),
    },
    key=("case",),
)
FLOWS = Schema(
    "flows",
    "Cash flows of the cases that have a page: each alternative by itself (not the difference with the null alternative), per effect, holder and year, not discounted. Costs are negative for who pays, benefits positive for who gains.",
    {
        "case": Column(TEXT, "case: the bundle, the work, or city"),
        "alternative": Column(TEXT, "null, apart, together, later or extra", one_of=ALTERNATIVES),
        "effect": Column(TEXT, "effect: the name of its piece"),
        "holder": Column(TEXT, "party or group that pays or gains"),
        "side": Column(TEXT, "cost or benefit", one_of=SIDES),
        "year": Column(WHOLE, "year of the cash flow; of an unknown amount (p.m.) the first year"),
        "amount_eur": Column(
            NUMBER,
            "euros in that year at the price level of the city, not rounded; unknown (p.m.) stays visible",
            known=False,
        ),
        "pm": Column(WHOLE, "amounts in it that are unknown (p.m.) and not in the sum", least=0),
        "basis": Column(TEXT, "measured, derived, assumed or unknown: the least sure of what it sums", one_of=BASES),
        "source": Column(TEXT, "source of the key figure"),
    },
    key=("case", "alternative", "effect", "holder", "side", "year"),
)


@dataclass(frozen=True)
class Business:
    """Business cases: alternatives with their cash flows and worth, per bundle and for the city."""

    cases: pd.DataFrame
    flows: pd.DataFrame
    rate: float
    base_year: int
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {"cases": CASES, "flows": FLOWS}
