"""The noun of financing: who pays and gains, what transfers mend it, which purse pays, what is advanced. (nl: financiering)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace

AGAINST = ("null", "apart")
RULES = ("proportional", "equal")
UPTAKES = ("full", "expected", "low", "none")
REASONS = ("none", "unknown", "no_purse", "deadline", "share", "cofinancing", "money")
"""Why a part is not covered: nothing is; the cost is unknown; no purse may pay; the last year has passed; the shares of the purses do not reach the cost; too little of others beside a grant; the purses are empty."""
MONEY_BASES = ("given", "assumed", "unknown")
SORTS = ("public", "private", "people")

HOLDERS = Schema(
    "holders",
    "What each holder pays and gains per alternative, for every bundle and the city: over all years and as present value. The municipality stands in a row per purse, with what no purse pays (gemeente/-) and what is not money of its works (gemeente) apart. Amounts of all holders add up to the business case.",
    {
        "case": Column(TEXT, "case: the bundle, the work, or city"),
        "alternative": Column(TEXT, "alternative"),
        "holder": Column(TEXT, "party or group that pays or gains; the municipality per purse"),
        "party": Column(TEXT, "party or group"),
        "fund": Column(TEXT, "purse of the party that pays; unknown: none, or not money of its works", known=False),
        "sort": Column(TEXT, "public, private or people", one_of=SORTS),
        "cost_eur": Column(WHOLE, "costs over all years, not discounted", most=0),
        "benefit_eur": Column(WHOLE, "benefits over all years, not discounted", least=0),
        "net_eur": Column(WHOLE, "the two together"),
        "worth_eur": Column(WHOLE, "present value of costs and benefits"),
        "gain_null_eur": Column(WHOLE, "present value more than in the null alternative; below zero is a gap"),
        "gain_apart_eur": Column(WHOLE, "present value more than when each work goes alone; below zero is a gap"),
        "pm": Column(WHOLE, "amounts that are unknown (p.m.) and in none of the sums", least=0),
    },
    key=("case", "alternative", "holder"),
)
BARGAINS = Schema(
    "bargains",
    "Whether those who gain can make those who lose whole (Kaldor-Hicks), per alternative and what it is compared with, for every bundle and the city.",
    {
        "case": Column(TEXT, "case: the bundle, the work, or city"),
        "alternative": Column(TEXT, "alternative"),
        "against": Column(TEXT, "alternative that it is compared with", one_of=AGAINST),
        "holders": Column(WHOLE, "holders", least=1),
        "losers": Column(WHOLE, "holders that are worse off without transfers", least=0),
        "total_eur": Column(WHOLE, "gains and losses of all holders together, present value"),
        "moved_eur": Column(WHOLE, "least that must change hands: the losses", least=0),
        "missing_eur": Column(WHOLE, "what is missing: no transfer can mend it", least=0),
        "feasible": Column(YES_NO, "transfers can leave nobody worse off"),
        "pm": Column(WHOLE, "amounts that are unknown (p.m.); above zero the answer is incomplete", least=0),
    },
    key=("case", "alternative", "against"),
)
TRANSFERS = Schema(
    "transfers",
    "What each holder receives (+) or pays (-) so that nobody is worse off, by rule. Only where that is possible; the amounts add up to zero.",
    {
        "case": Column(TEXT, "case: the bundle, the work, or city"),
        "alternative": Column(TEXT, "alternative"),
        "against": Column(TEXT, "alternative that it is compared with", one_of=AGAINST),
        "rule": Column(
            TEXT,
            "proportional: losers made whole by winners in proportion; equal: everybody the same gain",
            one_of=RULES,
        ),
        "holder": Column(TEXT, "party or group"),
        "gain_eur": Column(WHOLE, "gain or loss without transfers, present value"),
        "transfer_eur": Column(WHOLE, "receives (+) or pays (-), present value"),
        "after_eur": Column(WHOLE, "gain after transfers", least=0),
        "pm": Column(WHOLE, "amounts that are unknown (p.m.)", least=0),
    },
    key=("case", "alternative", "against", "rule", "holder"),
)
PURSES = Schema(
    "purses",
    "Every purse with its rule, where that rule comes from, and what the mix makes of it.",
    {
        "fund": Column(TEXT, "fund"),
        "name": Column(TEXT, "name"),
        "holder": Column(TEXT, "party that holds it", known=False),
        "sort": Column(TEXT, "sort of purse", known=False),
        "order": Column(WHOLE, "lower pays first"),
        "last_year": Column(WHOLE_OR_UNKNOWN, "last year in which it pays; unknown: no deadline", known=False),
        "others_share": Column(NUMBER, "least share that purses that are no grant must pay", least=0, most=1),
        "budget_eur": Column(
            WHOLE_OR_UNKNOWN, "what it holds over all years; unknown: no amount was given", known=False
        ),
        "used_eur": Column(WHOLE, "what the mix takes from it", least=0),
        "lapsed_eur": Column(WHOLE_OR_UNKNOWN, "what lapses at the end of a year or at its deadline", known=False),
        "basis": Column(TEXT, "given by the city, assumed without limit, or unknown: pays nothing", one_of=MONEY_BASES),
        "forbidden": Column(TEXT, "kinds of work that the city named and its rule forbids", known=False),
        "rule_nl": Column(TEXT, "the rule, in Dutch"),
        "rule_en": Column(TEXT, "the rule, in English"),
        "source": Column(TEXT, "where the rule comes from"),
        "status": Column(
            TEXT, "verified: the source was read; unverified: to be checked", one_of=("verified", "unverified")
        ),
    },
    key=("fund",),
)
MIX = Schema(
    "mix",
    "Which purse pays which whole amount of which work: as much as the rules and the money allow, earlier purses first.",
    {
        "work": Column(TEXT, "work"),
        "fund": Column(TEXT, "fund"),
        "case": Column(TEXT, "case: the bundle, or the work itself"),
        "year": Column(WHOLE, "year in which it is paid"),
        "holder": Column(TEXT, "party that holds the purse"),
        "amount_eur": Column(WHOLE, "amount", least=1),
        "basis": Column(
            TEXT, "given: from money that the city named; assumed: no amount was named", one_of=MONEY_BASES
        ),
    },
    key=("work", "fund"),
)
COVERAGE = Schema(
    "coverage",
    "For every work in the programme what it costs, what purses pay of it, and the gap that stays.",
    {
        "work": Column(TEXT, "work"),
        "case": Column(TEXT, "case: the bundle, or the work itself"),
        "year": Column(WHOLE, "year in which it is done"),
        "cost_eur": Column(WHOLE_OR_UNKNOWN, "cost of the work itself", known=False, least=0),
        "opening_eur": Column(WHOLE, "its part of opening and closing the street", least=0),
        "wanted_eur": Column(WHOLE_OR_UNKNOWN, "the two together", known=False, least=0),
        "given_eur": Column(WHOLE, "paid from money that was given", least=0),
        "assumed_eur": Column(WHOLE, "paid from purses of which no amount was given", least=0),
        "gap_eur": Column(WHOLE_OR_UNKNOWN, "what no purse pays; unknown where the cost is", known=False, least=0),
        "reason": Column(TEXT, "why there is a gap", one_of=REASONS),
    },
    key=("work",),
)
CHARGES = Schema(
    "charges",
    "Capital charges (kapitaallasten) of what credits pay, per purse and year, until everything is written off.",
    {
        "fund": Column(TEXT, "fund"),
        "year": Column(WHOLE, "year"),
        "opening_eur": Column(WHOLE, "book value at the start of the year", least=0),
        "added_eur": Column(WHOLE, "put on the balance sheet in the year", least=0),
        "interest_eur": Column(WHOLE, "interest over the book value at the start", least=0),
        "depreciation_eur": Column(WHOLE, "written off in the year", least=0),
        "charge_eur": Column(WHOLE, "interest and depreciation", least=0),
        "closing_eur": Column(WHOLE, "book value at the end of the year", least=0),
    },
    key=("fund", "year"),
)
LOANS = Schema(
    "loans",
    "Underground facilities that are paid in advance: who advances what, what users pay, and what stays if fewer come.",
    {
        "facility": Column(TEXT, "facility"),
        "name": Column(TEXT, "name"),
        "what": Column(TEXT, "ducts, utility tunnel, cable trough or other"),
        "case": Column(TEXT, "bundle that it goes with", known=False),
        "lender": Column(TEXT, "party that advances the money"),
        "year": Column(WHOLE, "year in which it is laid"),
        "year_basis": Column(
            TEXT,
            "given by the city, derived from the programme, or assumed: its sections are never opened",
            one_of=("given", "derived", "assumed"),
        ),
        "last_year": Column(WHOLE, "last year in which users pay back"),
        "cost_eur": Column(WHOLE, "cost", least=0),
        "subsidy_eur": Column(WHOLE, "given, not paid back", least=0),
        "advanced_eur": Column(WHOLE, "advanced", least=0),
        "interest": Column(NUMBER, "interest per year (share)", least=0),
        "repay": Column(TEXT, "on entry or yearly", one_of=("on_entry", "yearly")),
        "fee_eur": Column(NUMBER, "per place: on entry before interest, or per year", least=0),
        "break_even": Column(NUMBER, "share of the users that must come for the lender to lose nothing", known=False),
        "undated": Column(WHOLE, "later users of which no year is known", least=0),
    },
    key=("facility",),
)
ADVANCES = Schema(
    "advances",
    "The loan of each facility year by year, for four outcomes: all users come, as many as expected, few, none.",
    {
        "facility": Column(TEXT, "facility"),
        "uptake": Column(TEXT, "full, expected, low or none", one_of=UPTAKES),
        "uptake_share": Column(NUMBER, "share of the later users that come", least=0, most=1),
        "year": Column(WHOLE, "year"),
        "opening_eur": Column(WHOLE, "balance at the start of the year"),
        "advance_eur": Column(WHOLE, "advanced in the year", least=0),
        "interest_eur": Column(WHOLE, "interest over the balance at the start"),
        "repayment_eur": Column(WHOLE, "paid back by users"),
        "closing_eur": Column(WHOLE, "balance at the end of the year; what is left in the last year is for the lender"),
    },
    key=("facility", "uptake", "year"),
)
REPAYMENTS = Schema(
    "repayments",
    "What each later user of a facility pays back per year.",
    {
        "facility": Column(TEXT, "facility"),
        "uptake": Column(TEXT, "full, expected, low or none", one_of=UPTAKES),
        "user": Column(TEXT, "party"),
        "year": Column(WHOLE, "year"),
        "amount_eur": Column(WHOLE, "amount"),
    },
    key=("facility", "uptake", "user", "year"),
)
FITS = Schema(
    "fits",
    "Which type of case (cluster) a bundle is, and which financing models fit it, with the reasons.",
    {
        "case": Column(TEXT, "case"),
        "what": Column(TEXT, "cluster or model", one_of=("cluster", "model")),
        "key": Column(TEXT, "cluster or model: its name in the catalogue"),
        "rank": Column(WHOLE, "1 fits best", least=1),
        "met": Column(WHOLE, "signs that are met", least=0),
        "signs": Column(WHOLE, "signs that were looked at", least=0),
        "why_nl": Column(TEXT, "which signs, in Dutch"),
        "why_en": Column(TEXT, "which signs, in English"),
    },
    key=("case", "what", "key"),
)


@dataclass(frozen=True)
class Financing:
    """Who pays, who gains: holders, transfers, purses with their mix and gaps, credits, advances, and models that fit."""

    holders: pd.DataFrame
    bargains: pd.DataFrame
    transfers: pd.DataFrame
    purses: pd.DataFrame
    mix: pd.DataFrame
    coverage: pd.DataFrame
    charges: pd.DataFrame
    loans: pd.DataFrame
    advances: pd.DataFrame
    repayments: pd.DataFrame
    fits: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "holders": HOLDERS,
        "bargains": BARGAINS,
        "transfers": TRANSFERS,
        "purses": PURSES,
        "mix": MIX,
        "coverage": COVERAGE,
        "charges": CHARGES,
        "loans": LOANS,
        "advances": ADVANCES,
        "repayments": REPAYMENTS,
        "fits": FITS,
    }
