"""The question that the solver answers, as plain tables: works, sections, purses, people and limits. (nl: opgave)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema

WORKS = Schema(
    "works",
    "Works with their window and their prices.",
    {
        "work": Column(TEXT, "work"),
        "owner": Column(TEXT, "party that does it", known=False),
        "kind": Column(TEXT, "kind of work, for the rules of funds", known=False),
        "earliest_year": Column(WHOLE, "earliest year"),
        "best_year": Column(WHOLE, "best year; earlier or later has a price"),
        "latest_year": Column(WHOLE, "latest year"),
        "cost_eur": Column(NUMBER, "cost, counted in full in the year of the work", least=0),
        "early_eur_per_year": Column(NUMBER, "price of each year before the best year", least=0),
        "late_eur_per_year": Column(NUMBER, "price of each year after the best year", least=0),
        "undone_eur": Column(NUMBER, "price of leaving it undone, not discounted", least=0),
        "ambition_eur": Column(
            NUMBER, "part of that price that is missed worth of ambitions; the rest is risk", least=0
        ),
        "digs": Column(YES_NO, "opens the ground"),
        "resurfaces": Column(YES_NO, "leaves new paving, which starts the graafrust"),
        "mandatory": Column(YES_NO, "never left undone"),
    },
    key=("work",),
)
SECTIONS = Schema(
    "sections",
    "Sections and what it costs to open them once.",
    {
        "section": Column(TEXT, "section"),
        "opening_eur": Column(NUMBER, "cost of one opening", least=0),
        "nuisance_eur": Column(NUMBER, "nuisance of one opening", least=0),
        "rest_years": Column(WHOLE, "graafrust after resurfacing (years)", least=0),
        "breach_eur": Column(NUMBER, "price of digging within the graafrust", least=0),
    },
    key=("section",),
)
TOUCHES = Schema(
    "touches",
    "The sections that a work opens.",
    {"work": Column(TEXT, "work"), "section": Column(TEXT, "section")},
    key=("work", "section"),
)
PAYMENTS = Schema(
    "payments",
    "The share of a work that each fund pays; shares need not add up to one.",
    {"work": Column(TEXT, "work"), "fund": Column(TEXT, "fund"), "share": Column(NUMBER, "share", least=0)},
    key=("work", "fund"),
)
FUNDS = Schema(
    "funds",
    "Budgets per fund and year.",
    {
        "fund": Column(TEXT, "fund"),
        "year": Column(WHOLE, "year; what a carrying fund holds from before the first year counts in the first"),
        "budget_eur": Column(NUMBER, "budget of that year", least=0),
        "carries_over": Column(YES_NO, "what is left may be spent later; never borrowed from later"),
    },
    key=("fund", "year"),
)
EFFORTS = Schema(
    "efforts",
    "Hours that a work asks of a crew in its year.",
    {"work": Column(TEXT, "work"), "crew": Column(TEXT, "crew"), "hours": Column(NUMBER, "hours", least=0)},
    key=("work", "crew"),
)
CREWS = Schema(
    "crews",
    "Hours available per crew and year.",
    {"crew": Column(TEXT, "crew"), "year": Column(WHOLE, "year"), "hours": Column(NUMBER, "hours", least=0)},
    key=("crew", "year"),
)
LIMITS = Schema(
    "limits",
    "At most so many open sections in one year.",
    {"limit": Column(TEXT, "limit"), "open_sections": Column(WHOLE, "at most so many open", least=0)},
    key=("limit",),
)
LIMIT_MEMBERS = Schema(
    "limit_members",
    "The sections that a limit counts.",
    {"limit": Column(TEXT, "limit"), "section": Column(TEXT, "section")},
    key=("limit", "section"),
)
FIXED = Schema(
    "fixed",
    "Works that are fixed to a year.",
    {"work": Column(TEXT, "work"), "year": Column(WHOLE, "year")},
    key=("work",),
)
EXCLUDED = Schema(
    "excluded",
    "Years that a work is kept out of.",
    {"work": Column(TEXT, "work"), "year": Column(WHOLE, "year")},
    key=("work", "year"),
)
TIES = Schema(
    "ties",
    "Works that are tied: where `work` is done, `other` is done so many years before it; 0 and 0 is the same year, both or neither.",
    {
        "work": Column(TEXT, "work"),
        "other": Column(TEXT, "work that it is tied to"),
        "least_years": Column(
            WHOLE_OR_UNKNOWN, "at least so many years after the other; unknown: no such bound", known=False
        ),
        "most_years": Column(
            WHOLE_OR_UNKNOWN, "at most so many years after the other; unknown: no such bound", known=False
        ),
    },
    key=("work", "other"),
)
PROMISES = Schema(
    "promises",
    "Works that were promised for a year; another year, or leaving undone, has a price.",
    {
        "work": Column(TEXT, "work"),
        "year": Column(WHOLE, "promised year"),
        "move_eur": Column(NUMBER, "price of not keeping it, not discounted", least=0),
    },
    key=("work",),
)
JOINTS = Schema(
    "joints",
    "What two works save together, besides shared openings, when they are done in the same year.",
    {
        "work": Column(TEXT, "work"),
        "other": Column(TEXT, "the other work"),
        "saving_eur": Column(NUMBER, "saved once, discounted", least=0),
    },
    key=("work", "other"),
)
FUND_RULES = Schema(
    "fund_rules",
    "The kinds of work that a fund may pay; a fund without rows may pay any kind.",
    {"fund": Column(TEXT, "fund"), "kind": Column(TEXT, "kind of work that it may pay")},
    key=("fund", "kind"),
)
PROGRAMME = Schema(
    "programme",
    "A programme: works and their year. A work that is not in it is left undone.",
    {"work": Column(TEXT, "work"), "year": Column(WHOLE, "year")},
    key=("work",),
)


@dataclass(frozen=True)
class Problem:
    """One programming problem. Years are calendar years, money is euros at one price level.

    The value of a programme (lower is better), with d(t) = (1 + rate)^-(t - first year): for each work done in year t
    d(t) x (cost + early or late price x years from its best year); for each work left undone its undone price; for each
    section opened in year t by one or more works d(t) x (opening + nuisance), once; for each section dug in year u
    within its graafrust after a resurfacing in an earlier year d(u) x the breach price, once; for each promised work that
    is not done in its promised year the price of moving it; less, for each joint of two works that are both done in year
    t, d(t) x its saving.
    """

    works: pd.DataFrame
    sections: pd.DataFrame
    touches: pd.DataFrame
    payments: pd.DataFrame
    funds: pd.DataFrame
    efforts: pd.DataFrame
    crews: pd.DataFrame
    limits: pd.DataFrame
    limit_members: pd.DataFrame
    fixed: pd.DataFrame
    excluded: pd.DataFrame
    ties: pd.DataFrame
    promises: pd.DataFrame
    joints: pd.DataFrame
    fund_rules: pd.DataFrame
    first_year: int
    years: int
    discount_rate: float

    TABLES: ClassVar[dict[str, Schema]] = {
        "works": WORKS,
        "sections": SECTIONS,
        "touches": TOUCHES,
        "payments": PAYMENTS,
        "funds": FUNDS,
        "efforts": EFFORTS,
        "crews": CREWS,
        "limits": LIMITS,
        "limit_members": LIMIT_MEMBERS,
        "fixed": FIXED,
        "excluded": EXCLUDED,
        "ties": TIES,
        "promises": PROMISES,
        "joints": JOINTS,
        "fund_rules": FUND_RULES,
    }

    @property
    def horizon(self) -> Horizon:
        """Return the first and last year."""
        return Horizon(self.first_year, self.first_year + self.years - 1)
