"""Changes of a problem: a moved work, a cut budget, a late party, a turned knob. (nl: wijziging)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.words import Phrase
from koppelkans.programme.problem import Problem, declared

NOT_GIVEN = Phrase("a fund with a budget; of this one none was given, so that nothing can be taken off or added")
WHERE = Phrase("change")
"""Where a fault in a change is found: not in a file, but in what is asked."""


@dataclass(frozen=True, slots=True)
class Move:
    """A work goes to a year, and stays there as a decision, with its reason and who decided."""

    work: str
    year: int
    reason: str = ""
    set_by: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """The budget of a fund in a year is so many euros less."""

    fund: str
    year: int
    eur: float


@dataclass(frozen=True, slots=True)
class Slip:
    """A party that is late: the earliest and fixed years of its works shift by so many years.

    Best and latest year stay: being late makes nothing better, and lateness counts from the best year as it was. Only
    where a work could not be done by its latest year any more does that become the first year in which it can.
    """

    party: str
    years: int


Change = Move | Cut | Slip


def changed(problem: Problem, change: Change) -> Problem:
    """Return the problem after a change; what is not touched by it stays the same table.

    Raises
    ------
    InputError
        Where the change names something that does not exist or asks for what cannot be, with the nearest name.
    """
    if isinstance(change, Move):
        return _moved(problem, change)
    return _cut(problem, change) if isinstance(change, Cut) else _slipped(problem, change)


def fallen(problem: Problem, change: Change) -> list[str]:
    """Return the works that a change puts outside the years that are planned."""
    if not isinstance(change, Slip):
        return []
    last = problem.horizon.last
    late = _slipped(problem, change).works
    gone = (late["earliest_year"] > last) & (problem.works["earliest_year"] <= last)
    return sorted(late.loc[gone, "work"])


def overturned(fixed: pd.DataFrame, after: Problem) -> pd.DataFrame:
    """Return the fixed years of `fixed` that a change overturns, in the same columns."""
    year = fixed["work"].map(after.fixed.set_index("work")["year"])
    return fixed[year != fixed["year"]].reset_index(drop=True)


def _moved(problem: Problem, change: Move) -> Problem:
    """Fix a work to a year, in place of the year that it may have been fixed to.

    A decision goes before the window: who lets go of one may choose a year outside it too, at the price of early or late.
    """
    known(change.work, problem.works["work"], "work")
    first, last = problem.horizon.first, problem.horizon.last
    if not first <= change.year <= last:
        _refuse(str(change.year), Phrase("a year of {first}-{last}", first=first, last=last), "year")
    others = problem.fixed[problem.fixed["work"] != change.work]
    told = {"reason": [change.reason], "set_by": [change.set_by]}
    row = pd.DataFrame({"work": [change.work], "year": [change.year]} | told).astype(problem.fixed.dtypes.to_dict())
    fixed = pd.concat([others, row]).sort_values("work", ignore_index=True)
    works, hit = problem.works, problem.works["work"] == change.work
    early, late = hit & (works["earliest_year"] > change.year), hit & (works["latest_year"] < change.year)
    if len(others) < len(problem.fixed) and (early | late).any():
        first_year = works["earliest_year"].mask(early, change.year)
        works = works.assign(earliest_year=first_year, latest_year=works["latest_year"].mask(late, change.year))
    return replace(problem, works=works, fixed=fixed)


def _cut(problem: Problem, change: Cut) -> Problem:
    """Take euros from a budget that was given; no more than there are."""
    known(change.fund, problem.funds["fund"], "fund")
    if change.fund not in set(declared(problem.funds, "fund")):
        _refuse(change.fund, NOT_GIVEN, "fund")
    row = (problem.funds["fund"] == change.fund) & (problem.funds["year"] == change.year)
    if not row.any():
        years = problem.funds.loc[problem.funds["fund"] == change.fund, "year"]
        _refuse(str(change.year), Phrase("a year of {first}-{last}", first=years.min(), last=years.max()), "year")
    held = float(problem.funds.loc[row, "budget_eur"].iloc[0])
    if not 0 <= change.eur <= held:
        wanted = Phrase("euros between 0 and the budget of that year, {held}", held=f"{held:.0f}")
        _refuse(f"{change.eur:.0f}", wanted, "eur")
    budget = problem.funds["budget_eur"].where(~row, held - change.eur)
    return replace(
        problem, funds=problem.funds.assign(budget_eur=budget, basis=problem.funds["basis"].mask(row, "given"))
    )


def _slipped(problem: Problem, change: Slip) -> Problem:
    """Delay the works of a party; what falls outside the years that are planned is no duty any more."""
    known(change.party, problem.works["owner"].dropna(), "party")
    if change.years < 1:
        _refuse(str(change.years), Phrase("1 year or more"), "years")
    theirs = _of(problem, change.party)
    last = problem.horizon.last
    fixed = problem.fixed.copy()
    fixed["year"] += fixed["work"].isin(problem.works.loc[theirs, "work"]) * change.years
    works = delayed(problem.works, theirs, change.years)
    year = works["work"].map(fixed.set_index("work")["year"]).where(theirs).astype("Float64")
    works["latest_year"] = np.maximum(works["latest_year"], year.fillna(works["latest_year"])).astype("int64")
    past = (year > last).fillna(value=False).astype(bool)
    works["earliest_year"] = works["earliest_year"].mask(past, year).astype("int64")
    gone = works.loc[theirs & (works["earliest_year"] > last), "work"]
    works["mandatory"] &= ~works["work"].isin(gone)
    fixed = fixed[(fixed["year"] <= last) & ~fixed["work"].isin(gone)].reset_index(drop=True)
    return replace(problem, works=works, fixed=fixed)


def delayed(works: pd.DataFrame, theirs: pd.Series, years: int) -> pd.DataFrame:
    """Return works with the windows of some of them delayed by so many years.

    Earliest year plus `years`, and latest year no sooner than that.
    """
    earliest = works["earliest_year"].where(~theirs, works["earliest_year"] + years)
    latest = works["latest_year"].where(~theirs, np.maximum(works["latest_year"], earliest))
    return works.assign(earliest_year=earliest, latest_year=latest)


def _of(problem: Problem, party: str) -> pd.Series:
    """Tell which works are those of a party."""
    return problem.works["owner"].eq(party).fillna(value=False).astype(bool)


def known(name: str, among: Sequence[str] | pd.Series, sort: str) -> None:
    """Refuse a name that does not exist."""
    every = sorted(set(among))
    if name not in every:
        near = get_close_matches(name, every, n=1, cutoff=0.0)
        text = "a {sort} that exists; the nearest name is {near}" if near else "a {sort} that exists"
        _refuse(name, Phrase(text, sort=Phrase(sort), near="".join(near)), sort)


def _refuse(found: str, wanted: str, column: str) -> None:
    """Raise a fault in a change."""
    raise InputError([Fault(WHERE, found, wanted, column=column, fatal=True)])


@dataclass(frozen=True, slots=True)
class Knobs:
    """Factors of the board; 1 leaves the problem as it is.

    Parameters
    ----------
    quality
        On the missed worth of ambitions.
    money
        On the budgets of all funds.
    risk
        On the risk of leaving undone and on the price of being late.
    """

    quality: float = 1.0
    money: float = 1.0
    risk: float = 1.0


def turn(problem: Problem, knobs: Knobs) -> Problem:
    """Return the problem as it is with the knobs turned.

    Formula: undone' = (undone - ambition) x risk + ambition x quality; ambition' = ambition x quality; late' = late x
    risk; budget' = budget x money.
    """
    works, ambition = problem.works, problem.works["ambition_eur"] * knobs.quality
    turned = works.assign(
        undone_eur=(works["undone_eur"] - works["ambition_eur"]) * knobs.risk + ambition,
        ambition_eur=ambition,
        late_eur_per_year=works["late_eur_per_year"] * knobs.risk,
    )
    funds = problem.funds.assign(budget_eur=problem.funds["budget_eur"] * knobs.money)
    return replace(problem, works=turned, funds=funds)
