"""The noun of this room: which work in which year, proven, with the money and the streets it takes. (nl: stadsprogramma)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace
from koppelkans.programme.product_futures import FIRMNESS, FUTURES
from koppelkans.programme.product_scenarios import SCENARIO_PARTS, SCENARIO_PLAN, SCENARIO_YEARS, SCENARIOS
from koppelkans.programme.product_what_if import WHAT_IF, WHAT_IF_MOVES

PLAN = Schema(
    "plan",
    "Every work and its year; unknown year means left undone.",
    {
        "work": Column(TEXT, "work"),
        "year": Column(WHOLE_OR_UNKNOWN, "year in which it is done; unknown: left undone", known=False),
        "bundle": Column(TEXT, "bundle that it belongs to", known=False),
        "shift_years": Column(WHOLE_OR_UNKNOWN, "years later (+) or earlier (-) than its best year", known=False),
        "cost_eur": Column(WHOLE_OR_UNKNOWN, "cost without opening", known=False),
        "outside": Column(
            TEXT,
            "why the work was not put to the solver (cost unknown, outside the horizon, knocked out); empty where it was",
            known=False,
        ),
        "why_nl": Column(TEXT, "why this year, or why not, in Dutch"),
        "why_en": Column(TEXT, "why this year, or why not, in English"),
    },
    key=("work",),
)
BUNDLES = Schema(
    "bundles",
    "Works that share an opened section in a year, with cost apart and together.",
    {
        "bundle": Column(TEXT, "bundle"),
        "year": Column(WHOLE, "year"),
        "name": Column(TEXT, "streets that it lies in"),
        "area": Column(TEXT, "area with most of it", known=False),
        "works": Column(WHOLE, "works", least=2),
        "owners": Column(WHOLE, "owners", least=1),
        "sections": Column(WHOLE, "sections", least=1),
        "apart_eur": Column(WHOLE, "openings, when each work opens its sections alone in that year", least=0),
        "together_eur": Column(WHOLE, "openings, shared", least=0),
        "saving_eur": Column(WHOLE, "the difference", least=0),
        "nuisance_saved_eur": Column(WHOLE, "nuisance spared", least=0),
        "in_core": Column(YES_NO, "in the fair split no owner and no group of owners pays more than on its own"),
        "worst_group": Column(
            TEXT, "owners that together gain least by joining in; unknown where there is one owner", known=False
        ),
        "worst_excess_eur": Column(
            WHOLE_OR_UNKNOWN, "what that group pays more (+) or less (-) than on its own", known=False
        ),
    },
    key=("bundle",),
)
SPLIT = Schema(
    "split",
    "The fair split of the openings of each bundle over its owners (Shapley value), in euros of the year itself.",
    {
        "bundle": Column(TEXT, "bundle"),
        "owner": Column(TEXT, "party; unknown where a work has no owner", known=False),
        "works": Column(WHOLE, "its works in the bundle", least=1),
        "apart_eur": Column(WHOLE, "openings (less what its works save in pairs), when it comes alone in that year"),
        "fair_eur": Column(WHOLE, "fair share of the openings together; the shares add up to what all pay"),
        "saving_eur": Column(WHOLE, "the difference: what it gains by joining in", least=0),
        "basis": Column(TEXT, "worked out exactly, or sampled", one_of=("exact", "sampled")),
        "error_eur": Column(NUMBER, "standard error of the share; 0 where it is exact", least=0),
    },
    key=("bundle", "owner"),
)
OPEN = Schema(
    "open",
    "Which section is open in which year, and whether graafrust is broken.",
    {
        "section": Column(TEXT, "section"),
        "year": Column(WHOLE, "year"),
        "works": Column(WHOLE, "works in it", least=1),
        "owners": Column(WHOLE, "owners", least=1),
        "breach": Column(YES_NO, "dug within the graafrust after an earlier resurfacing in this programme"),
    },
    key=("section", "year"),
)
MONEY = Schema(
    "money",
    "Each fund, year by year.",
    {
        "fund": Column(TEXT, "fund"),
        "name": Column(TEXT, "name"),
        "year": Column(WHOLE, "year"),
        "budget_eur": Column(WHOLE, "budget of that year"),
        "spent_eur": Column(WHOLE, "spent in that year", least=0),
        "left_eur": Column(WHOLE, "left at the end of the year, carried over where the fund allows"),
        "carries_over": Column(YES_NO, "what is left may be spent later"),
        "worth_per_eur": Column(
            NUMBER,
            "price of money: what one more euro in that year would bring, discounted, at the margin of the proof; 0: there is enough",
            least=0,
            known=False,
        ),
        "basis": Column(TEXT, "given by the city, or assumed (even spread of the need)", one_of=("given", "assumed")),
    },
    key=("fund", "year"),
)
LOAD = Schema(
    "load",
    "Each crew, year by year.",
    {
        "crew": Column(TEXT, "crew"),
        "name": Column(TEXT, "name"),
        "year": Column(WHOLE, "year"),
        "available_h": Column(NUMBER, "hours available", least=0),
        "used_h": Column(NUMBER, "hours used", least=0),
        "worth_eur_per_h": Column(
            NUMBER,
            "what one more hour would bring, discounted, at the margin; 0: there are enough",
            least=0,
            known=False,
        ),
        "basis": Column(TEXT, "given or assumed", one_of=("given", "assumed")),
    },
    key=("crew", "year"),
)
STREETS = Schema(
    "streets",
    "Open sections per limit (district or detour) and year.",
    {
        "limit": Column(TEXT, "limit"),
        "year": Column(WHOLE, "year"),
        "open_sections": Column(WHOLE, "sections open", least=0),
        "most": Column(WHOLE, "at most", least=0),
        "worth_eur": Column(
            NUMBER,
            "what one more open section would bring, discounted, at the margin; 0: there is room",
            least=0,
            known=False,
        ),
        "basis": Column(TEXT, "given or assumed", one_of=("given", "assumed")),
    },
    key=("limit", "year"),
)
PAYMENTS = Schema(
    "payments",
    "Which fund pays which share of a work.",
    {
        "work": Column(TEXT, "work"),
        "fund": Column(TEXT, "fund"),
        "share": Column(NUMBER, "share of the cost", least=0),
        "amount_eur": Column(WHOLE_OR_UNKNOWN, "amount when done", known=False),
        "year": Column(WHOLE_OR_UNKNOWN, "year in which it is paid; unknown: left undone", known=False),
    },
    key=("work", "fund"),
)
OTHER_YEARS = Schema(
    "other_years",
    "What each year of the window of a work would cost, all other works held where they are, and what forbids that year.",
    {
        "work": Column(TEXT, "work"),
        "year": Column(WHOLE, "year of its window"),
        "extra_eur": Column(
            WHOLE_OR_UNKNOWN,
            "what it would cost more (+) or less (-) than where it stands now, discounted; zero in its own year",
            known=False,
        ),
        "blocked_by": Column(TEXT, "demand that forbids it; empty where it is allowed", known=False),
        "about": Column(TEXT, "fund, crew, limit or work that the demand is about", known=False),
        "about_name": Column(TEXT, "its name", known=False),
    },
    key=("work", "year"),
)
PROMISES = Schema(
    "promises",
    "Every promised work, and whether it keeps its year: a promise that moves is always named.",
    {
        "work": Column(TEXT, "work"),
        "promised_year": Column(WHOLE, "promised year"),
        "year": Column(
            WHOLE_OR_UNKNOWN, "year in which it is done; unknown: left undone, or not put to the solver", known=False
        ),
        "kept": Column(YES_NO, "done in the promised year"),
        "move_eur": Column(
            WHOLE_OR_UNKNOWN, "price of not keeping it; unknown where the cost of the work is", known=False
        ),
        "basis": Column(TEXT, "that price was given by the city, or assumed", one_of=("given", "assumed")),
        "made_to": Column(TEXT, "to whom it was promised", known=False),
    },
    key=("work",),
)
VERDICT = Schema(
    "verdict",
    "What the independent judge says of the programme, demand by demand.",
    {
        "demand": Column(TEXT, "demand: the name of its constraint"),
        "kept": Column(YES_NO, "kept"),
        "faults": Column(WHOLE, "times broken", least=0),
        "first": Column(TEXT, "first fault in words", known=False),
    },
    key=("demand",),
)


@dataclass(frozen=True)
class Programme:
    """The city programme (stadsprogramma) with its proof. `value` holds the figures of the whole, in euros unless named otherwise."""

    plan: pd.DataFrame
    bundles: pd.DataFrame
    split: pd.DataFrame
    open: pd.DataFrame
    money: pd.DataFrame
    load: pd.DataFrame
    streets: pd.DataFrame
    payments: pd.DataFrame
    other_years: pd.DataFrame
    promises: pd.DataFrame
    verdict: pd.DataFrame
    scenarios: pd.DataFrame
    scenario_plan: pd.DataFrame
    scenario_years: pd.DataFrame
    scenario_parts: pd.DataFrame
    what_if: pd.DataFrame
    what_if_moves: pd.DataFrame
    firmness: pd.DataFrame
    futures: pd.DataFrame
    value: dict[str, float | int | str | None]
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "plan": PLAN,
        "bundles": BUNDLES,
        "split": SPLIT,
        "open": OPEN,
        "money": MONEY,
        "load": LOAD,
        "streets": STREETS,
        "payments": PAYMENTS,
        "other_years": OTHER_YEARS,
        "promises": PROMISES,
        "verdict": VERDICT,
        "scenarios": SCENARIOS,
        "scenario_plan": SCENARIO_PLAN,
        "scenario_years": SCENARIO_YEARS,
        "scenario_parts": SCENARIO_PARTS,
        "what_if": WHAT_IF,
        "what_if_moves": WHAT_IF_MOVES,
        "firmness": FIRMNESS,
        "futures": FUTURES,
    }
