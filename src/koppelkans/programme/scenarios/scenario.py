"""A scenario: knobs that are turned, facts that are changed, and the problem that follows. (nl: scenario)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Literal

import pandas as pd

from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.words import Phrase
from koppelkans.programme.change import NOT_GIVEN, Change, Knobs, changed, turn
from koppelkans.programme.problem import Problem, declared
from koppelkans.programme.undone import weighed_at_least

WHERE = Phrase("scenarios")
"""Where a fault in a scenario is found."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A fund gets so many euros more in a year."""

    fund: str
    year: int
    eur: float


@dataclass(frozen=True, slots=True)
class Avoid:
    """A work is kept out of some years; without years it is not done at all."""

    work: str
    years: tuple[int, ...] = ()


Turned = Change | Grant | Avoid


@dataclass(frozen=True)
class Scenario:
    """One alternative.

    Parameters
    ----------
    name
        Short name, each once.
    nl, en
        Name on reports.
    knobs
        Quality, money and risk as factors; 1 leaves them as they are.
    funds
        The funds that the money knob turns; empty: all.
    changes
        What else differs, in this order: a work in another year, a budget cut or raised, a party that slips, years that a
        work is kept out of.
    role
        `scenario` is shown by its name; `front` is a point of the curve of money.
    basis
        Given by the city, or assumed.
    """

    name: str
    nl: str
    en: str
    knobs: Knobs = field(default_factory=Knobs)
    funds: tuple[str, ...] = ()
    changes: tuple[Turned, ...] = ()
    role: Literal["scenario", "front"] = "scenario"
    basis: Literal["given", "assumed"] = "given"

    @property
    def only_money(self) -> bool:
        """Tell whether nothing but the budgets differs."""
        return not self.changes and self.knobs.quality == 1.0 and self.knobs.risk == 1.0


def applied(problem: Problem, scenario: Scenario) -> Problem:
    """Return the problem of a scenario; what it does not touch stays the same.

    Raises
    ------
    InputError
        Where it names a fund, work or party that does not exist, with the nearest name.
    """
    made = turn(problem, replace(scenario.knobs, money=1.0))
    if (scenario.knobs.quality, scenario.knobs.risk) != (1.0, 1.0):
        made = weighed_at_least(made)
    for fund in scenario.funds:
        _known(fund, problem.funds["fund"], "fund")
    turns = problem.funds["fund"].isin(scenario.funds or problem.funds["fund"])
    made = replace(made, funds=_turned(problem.funds, turns, scenario.knobs.money))
    for change in scenario.changes:
        made = _after(made, change)
    return made


def _turned(funds: pd.DataFrame, turns: pd.Series, money: float) -> pd.DataFrame:
    """Return funds with the money knob turned.

    Where no budget was given, what stands there is the load of the programme: less money sets a ceiling on it, as a share of
    that load; more money is no demand.
    """
    load = turns & ~funds["fund"].isin(declared(funds, "fund"))
    made = funds["budget_eur"].where(~turns, funds["budget_eur"] * money)
    return funds.assign(budget_eur=made, basis=funds["basis"].mask(load & (money < 1.0), "given"))


def curve_points(money: Sequence[float], *, funds: tuple[str, ...] = ()) -> tuple[Scenario, ...]:
    """Return the points of the curve of money: a scenario per factor on the budgets.

    From little to much, without 1.
    """
    factors = sorted(set(money) - {1.0})
    return tuple(
        Scenario(
            name=f"money-{factor:g}",
            nl=f"budget {factor:.0%}",
            en=f"budget {factor:.0%}",
            knobs=Knobs(money=factor),
            funds=funds,
            role="front",
            basis="assumed",
        )
        for factor in factors
    )


def _after(problem: Problem, change: Turned) -> Problem:
    """Return the problem after one change."""
    if isinstance(change, Grant):
        return _granted(problem, change)
    if isinstance(change, Avoid):
        return _avoided(problem, change)
    return changed(problem, change)


def _granted(problem: Problem, change: Grant) -> Problem:
    """Give a fund more in a year."""
    _known(change.fund, problem.funds["fund"], "fund")
    if change.fund not in set(declared(problem.funds, "fund")):
        _refuse(change.fund, NOT_GIVEN, "fund")
    row = (problem.funds["fund"] == change.fund) & (problem.funds["year"] == change.year)
    if not row.any():
        _refuse(str(change.year), f"a year in which {change.fund} has a budget", "year")
    if change.eur < 0:
        _refuse(f"{change.eur:.0f}", "an amount of 0 or more", "eur")
    budget = problem.funds["budget_eur"]
    return replace(problem, funds=problem.funds.assign(budget_eur=budget.where(~row, budget + change.eur)))


def _avoided(problem: Problem, change: Avoid) -> Problem:
    """Keep a work out of years, or out of all of them."""
    _known(change.work, problem.works["work"], "work")
    years = change.years or tuple(int(year) for year in problem.horizon.years)
    rows = pd.DataFrame({"work": change.work, "year": list(years), "reason": None, "set_by": None})
    rows = rows.astype(problem.excluded.dtypes.to_dict())
    both = pd.concat([problem.excluded, rows]).drop_duplicates(["work", "year"])
    return replace(problem, excluded=both.sort_values(["work", "year"], ignore_index=True))


def _known(name: str, among: pd.Series, sort: str) -> None:
    """Refuse a name that does not exist."""
    every = sorted(set(among))
    if name not in every:
        near = get_close_matches(name, every, n=1, cutoff=0.0)
        _refuse(name, f"a {sort} that exists" + (f"; the nearest name is {near[0]}" if near else ""), sort)


def _refuse(found: str, wanted: str, column: str) -> None:
    """Raise a fault in a scenario."""
    raise InputError([Fault(WHERE, found, wanted, column=column, fatal=True)])
