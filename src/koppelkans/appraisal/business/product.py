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
BESIDE, NO_PURSE = "/", "-"
"""Between a municipality and its purse in the name of a holder; and what stands for the purse where none pays."""
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
HOLDER_SUMS = Schema(
    "holder_sums",
    "What each holder pays and gains over all years, in every bundle and in the city: each alternative by itself, not rounded. The municipality stands in a row per purse (`gemeente/wegen`), with what no purse pays (`gemeente/-`) and what is not money of its works (`gemeente`) apart.",
    {
        "case": Column(TEXT, "case: the bundle, or city"),
        "alternative": Column(TEXT, "null, apart, together, later or extra", one_of=ALTERNATIVES),
        "holder": Column(TEXT, "party or group that pays or gains; the municipality per purse"),
        "side": Column(TEXT, "cost or benefit", one_of=SIDES),
        "amount_eur": Column(NUMBER, "euros over all years, not discounted; below zero is paid"),
        "worth_eur": Column(NUMBER, "present value in the base year"),
        "pm": Column(WHOLE, "amounts in it that are unknown (p.m.) and not in the sums", least=0),
    },
    key=("case", "alternative", "holder", "side"),
)
OUTCOMES = Schema(
    "outcomes",
    "What each alternative is worth against the null alternative, in euros of the base year.",
    {
        "case": Column(TEXT, "case: the bundle, the work, or city"),
        "alternative": Column(TEXT, "null, apart, together, later or extra", one_of=ALTERNATIVES),
        "cost_eur": Column(
            WHOLE, "present value of the money that it costs more than the null alternative; below zero: less"
        ),
        "benefit_eur": Column(WHOLE, "present value of all other effects against the null alternative"),
        "npv_eur": Column(WHOLE, "net present value: benefits less costs; unknown amounts (p.m.) are not in it"),
        "ratio": Column(
            NUMBER, "benefit-cost ratio; unknown where it costs no more than the null alternative", known=False
        ),
        "payback_year": Column(
            WHOLE_OR_UNKNOWN, "first year from which the discounted sum stays above zero; unknown: never", known=False
        ),
        "mean_eur": Column(NUMBER, "mean NPV of all draws; unknown for works alone", known=False),
        "p5_eur": Column(NUMBER, "NPV that one in twenty draws stays below; unknown for works alone", known=False),
        "p10_eur": Column(NUMBER, "NPV that one in ten draws stays below; unknown for works alone", known=False),
        "p50_eur": Column(NUMBER, "middle of the NPV of all draws; unknown for works alone", known=False),
        "p90_eur": Column(NUMBER, "NPV that nine in ten draws stay below; unknown for works alone", known=False),
        "p95_eur": Column(NUMBER, "NPV that nineteen in twenty draws stay below; unknown for works alone", known=False),
        "above_zero": Column(
            NUMBER, "share of draws with an NPV above zero; unknown for works alone", known=False, least=0, most=1
        ),
        "needed_eur_per_year": Column(
            NUMBER, "break-even: what the unknown benefits must bring every year for an NPV of zero", least=0
        ),
        "pm": Column(WHOLE, "amounts that are unknown (p.m.)", least=0),
        "reads": Column(
            TEXT,
            "how the NPV is to be read with what is unknown: exact, at_least, at_most or unclear",
            one_of=READINGS,
        ),
    },
    key=("case", "alternative"),
)
TORNADO = Schema(
    "tornado",
    "How the NPV of the cases that have a page moves when one key figure goes to its low or high end, the widest first.",
    {
        "case": Column(TEXT, "case: the bundle, the work, or city"),
        "alternative": Column(TEXT, "null, apart, together, later or extra", one_of=ALTERNATIVES),
        "rank": Column(WHOLE, "1: moves the NPV most", least=1),
        "figure": Column(
            TEXT,
            "key figure, price or lifetime of a kind (kinds.x.price, kinds.x.life_years), growth of a price (benefits.x.growth) or estimate in a phase (cost.x)",
        ),
        "value": Column(NUMBER, "its value"),
        "unit": Column(TEXT, "unit of the value"),
        "low": Column(NUMBER, "its low end, as a share of its value", least=0),
        "high": Column(NUMBER, "its high end, as a share of its value", least=0),
        "low_eur": Column(NUMBER, "NPV with the figure at its low end"),
        "high_eur": Column(NUMBER, "NPV with the figure at its high end"),
        "break_even": Column(
            NUMBER,
            "value of the figure at which the NPV is zero; unknown where no value above zero does it, and for figures in which the NPV is in no proportion",
            known=False,
        ),
        "source": Column(TEXT, "source of the range"),
    },
    key=("case", "alternative", "figure"),
)
SPREADS = Schema(
    "spreads",
    "How the NPV of all draws is spread, in twenty even steps, for the cases that have a page.",
    {
        "case": Column(TEXT, "case: the bundle, the work, or city"),
        "alternative": Column(TEXT, "null, apart, together, later or extra", one_of=ALTERNATIVES),
        "nth": Column(WHOLE, "order of the step", least=1),
        "from_eur": Column(NUMBER, "NPV at which the step starts"),
        "to_eur": Column(NUMBER, "NPV at which the step ends"),
        "draws": Column(WHOLE, "draws with an NPV in this step", least=0),
    },
    key=("case", "alternative", "nth"),
)
ESTIMATES = Schema(
    "estimates",
    "Investment of the alternative together in the form of SSK, per phase of the works, for the cases that have a page.",
    {
        "case": Column(TEXT, "case: the bundle, the work, or city"),
        "certainty": Column(TEXT, "how certain the works are"),
        "phase": Column(TEXT, "phase of the estimate"),
        "nth": Column(WHOLE, "order of the line", least=0),
        "line": Column(
            TEXT, "line of SSK", one_of=("named", "to_be_detailed", "indirect", "engineering", "other", "risk", "vat")
        ),
        "amount_eur": Column(WHOLE, "euros at the price level of the city"),
        "low_eur": Column(WHOLE, "low end of the range"),
        "high_eur": Column(WHOLE, "high end of the range"),
        "unknown": Column(WHOLE, "works of unknown cost, which are not in it", least=0),
        "basis": Column(TEXT, "measured, derived, assumed or unknown", one_of=BASES),
    },
    key=("case", "certainty", "line"),
)


@dataclass(frozen=True)
class Business:
    """Business cases: alternatives with their cash flows and worth, per bundle and for the city."""

    cases: pd.DataFrame
    flows: pd.DataFrame
    holder_sums: pd.DataFrame
    outcomes: pd.DataFrame
    tornado: pd.DataFrame
    spreads: pd.DataFrame
    estimates: pd.DataFrame
    rate: float
    base_year: int
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "cases": CASES,
        "flows": FLOWS,
        "holder_sums": HOLDER_SUMS,
        "outcomes": OUTCOMES,
        "tornado": TORNADO,
        "spreads": SPREADS,
        "estimates": ESTIMATES,
    }
