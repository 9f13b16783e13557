"""The problem given to the solver: works, sections, purses, people and limits as tables. (nl: opgave)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema, empty

Names = Mapping[str, Mapping[str, str]]
"""Words that people use: per sort of thing (work, section, fund, crew, pair) the name by its key."""
BETWEEN = " + "
"""What stands between the names of a pair of works."""
NAME = Column(TEXT, "what people call it; unknown: its key", known=False)
REASON = Column(TEXT, "why", known=False)
SET_BY = Column(TEXT, "who decided", known=False)
MADE_TO = Column(TEXT, "to whom", known=False)
BASIS = Column(TEXT, "given by the city, or assumed", one_of=("given", "assumed"))

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
        "unpriced": Column(YES_NO, "its cost is unknown and counts as 0"),
        "name": NAME,
    },
    key=("work",),
)
SECTIONS = Schema(
    "sections",
    "Sections and what it costs to open them once.",
    {
        "section": Column(TEXT, "section"),
        "opening_eur": Column(
            NUMBER, "cost of one opening; read where `base_eur` and `paving_eur` are unknown", least=0
        ),
        "base_eur": Column(NUMBER, "set-up and traffic of one opening, whatever its width", known=False, least=0),
        "paving_eur": Column(NUMBER, "paving of one opening over the whole width", known=False, least=0),
        "nuisance_eur": Column(NUMBER, "nuisance of one opening", least=0),
        "rest_years": Column(WHOLE, "graafrust after resurfacing (years)", least=0),
        "breach_eur": Column(NUMBER, "price of digging within the graafrust", least=0),
        "name": NAME,
    },
    key=("section",),
)
TOUCHES = Schema(
    "touches",
    "The sections that a work opens.",
    {
        "work": Column(TEXT, "work"),
        "section": Column(TEXT, "section"),
        "share": Column(
            NUMBER, "part of the paved width that it takes up; the whole width where nobody says", least=0, most=1
        ),
    },
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
        "name": NAME,
        "basis": BASIS,
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
    {
        "crew": Column(TEXT, "crew"),
        "year": Column(WHOLE, "year"),
        "hours": Column(NUMBER, "hours", least=0),
        "name": NAME,
        "basis": BASIS,
    },
    key=("crew", "year"),
)
LIMITS = Schema(
    "limits",
    "At most so many open sections in one year.",
    {
        "limit": Column(TEXT, "limit"),
        "open_sections": Column(WHOLE, "at most so many open", least=0),
        "basis": BASIS,
    },
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
    {"work": Column(TEXT, "work"), "year": Column(WHOLE, "year"), "reason": REASON, "set_by": SET_BY},
    key=("work",),
)
EXCLUDED = Schema(
    "excluded",
    "Years that a work is kept out of.",
    {"work": Column(TEXT, "work"), "year": Column(WHOLE, "year"), "reason": REASON, "set_by": SET_BY},
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
        "reason": REASON,
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
        "basis": BASIS,
        "made_to": MADE_TO,
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
        "reason": REASON,
    },
    key=("work", "other"),
)
FUND_RULES = Schema(
    "fund_rules",
    "The kinds of work that a fund may pay; a fund without rows may pay any kind.",
    {"fund": Column(TEXT, "fund"), "kind": Column(TEXT, "kind of work that it may pay")},
    key=("fund", "kind"),
)
PROFILE = Schema(
    "profile",
    "What a work takes in each year, counted from its start: its money and hours, and whether it lies open; a work without rows takes one year.",
    {
        "work": Column(TEXT, "work"),
        "k": Column(WHOLE, "years after the start; below 0: before it, as preparation", least=-30, most=30),
        "cost_share": Column(NUMBER, "share of its money and of its hours in that year; together 1", least=0, most=1),
        "open": Column(YES_NO, "its streets lie open in that year"),
    },
    key=("work", "k"),
)
OUTSIDE = Schema(
    "outside",
    "Works that are not put to the solver, and why.",
    {
        "work": Column(TEXT, "work"),
        "name": NAME,
        "reason": Column(TEXT, "why it is not put to the solver"),
        "cost_eur": Column(WHOLE_OR_UNKNOWN, "cost; unknown where nobody knows it", known=False, least=0),
    },
    key=("work",),
)
OUTSIDE_PAYMENTS = Schema(
    "outside_payments",
    "Who would pay the works outside.",
    {
        "work": Column(TEXT, "work"),
        "fund": Column(TEXT, "fund"),
        "share": Column(NUMBER, "share", least=0),
        "amount_eur": Column(WHOLE_OR_UNKNOWN, "amount; unknown where the cost is", known=False, least=0),
    },
    key=("work", "fund"),
)
OUTSIDE_PROMISES = Schema(
    "outside_promises",
    "Promises of works outside: they are not kept.",
    {
        "work": Column(TEXT, "work"),
        "year": Column(WHOLE, "promised year"),
        "move_eur": Column(
            WHOLE_OR_UNKNOWN, "price of not keeping it; unknown where the cost is", known=False, least=0
        ),
        "basis": BASIS,
        "made_to": MADE_TO,
    },
    key=("work",),
)
UNTIED = Schema(
    "untied",
    "Ties that cannot be kept to, because one of the two works is outside.",
    {"work": Column(TEXT, "work"), "other": Column(TEXT, "work that it was tied to"), "reason": REASON},
    key=("work", "other"),
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
    section opened in year t by one or more works d(t) x (opening + nuisance), once, where an opening is its base and its
    paving x the largest share of the works done there in that year; for each section dug in year u
    within its graafrust after a resurfacing in an earlier year d(u) x the breach price, once; for each promised work that
    is not done in its promised year the price of moving it; less, for each joint of two works that are both done in year
    t, d(t) x its saving.

    The year of a work is that of its start. One with a profile spends each share of its cost in the year of that share, lies
    open in its open years, and closes in the last year of each unbroken run of these (see `profiles`): an opening is that of
    all works that close there in that year, nuisance counts in each year in which a section lies open, and a section is
    dug in every open year and paved anew in the year of closing.

    Beside the works that are put to the solver it holds what people call things, what was given and what assumed, why things
    were decided, and the works outside with what would pay them, so that all that is asked later is answered from here.
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
    profile: pd.DataFrame
    outside: pd.DataFrame
    outside_payments: pd.DataFrame
    outside_promises: pd.DataFrame
    untied: pd.DataFrame
    first_year: int
    years: int
    discount_rate: float
    openings_paid: bool = False
    """Whether the purses of the works pay the openings too."""
    opening_factor: float = 1.0
    """What purses pay per euro of an opening: more than 1 where the city declared what comes on top."""

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
        "profile": PROFILE,
        "outside": OUTSIDE,
        "outside_payments": OUTSIDE_PAYMENTS,
        "outside_promises": OUTSIDE_PROMISES,
        "untied": UNTIED,
    }

    @property
    def horizon(self) -> Horizon:
        """Return the first and last year."""
        return Horizon(self.first_year, self.first_year + self.years - 1)

    @cached_property
    def after(self) -> int:
        """Return for how many years after the last one the longest profile goes on."""
        return max(0, int(self.profile["k"].max())) if len(self.profile) else 0

    @property
    def run_on(self) -> Horizon:
        """Return the first year, and the last one in which a work may still spend, work or lie open."""
        return Horizon(self.first_year, self.horizon.last + self.after)

    @cached_property
    def names(self) -> Names:
        """Return names that people use, per sort of thing by key; the key where nobody gave one."""
        called = {
            "work": _called(pd.concat([self.works[["work", "name"]], self.outside[["work", "name"]]])),
            "section": _called(self.sections[["section", "name"]]),
            "fund": _called(self.funds[["fund", "name"]]),
            "crew": _called(self.crews[["crew", "name"]]),
        }
        tables = [table[["work", "other"]] for table in (self.ties, self.joints, self.untied)]
        pairs = pd.concat(tables, ignore_index=True)
        words = pair_names(pairs.apply(lambda side: side.map(called["work"])))
        return called | {"pair": dict(zip(pair_names(pairs), words, strict=True))}


def declared(table: pd.DataFrame, key: str) -> pd.Series:
    """Return the funds, crews or limits of which the city gave at least one number.

    Only these hold anything back.
    """
    return table.loc[table["basis"] == "given", key].drop_duplicates()


def emptied(problem: Problem) -> Problem:
    """Return a problem without any rows: what everyone may see of it."""
    return replace(problem, **{name: empty(schema) for name, schema in Problem.TABLES.items()})


def pair_names(pairs: pd.DataFrame) -> pd.Series:
    """Return how a pair of works (columns work and other) is named."""
    return pairs["work"].str.cat(pairs["other"], sep=BETWEEN)


def _called(table: pd.DataFrame) -> dict[str, str]:
    """Return the name by key of a table of keys and names."""
    key, name = (table[column] for column in table.columns)
    return dict(zip(key, name.fillna(key), strict=True))
