"""FutureTables futures: other due years, costs and budgets than were reckoned with. (nl: trekking)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from koppelkans.programme.indexed import Floats, Whole
from koppelkans.programme.problem import Problem
from koppelkans.programme.quarters import quarters, repeated

FORMULAS = {
    "due_years": r"\delta_w = \mathrm{round}\bigl(\sigma_k Z_{k(w)} + \sigma_w Z_w\bigr)",
    "cost": r"c_w' = c_w \exp\bigl(s\, (\sqrt{\rho}\, Z + \sqrt{1 - \rho}\, Z_w) - \tfrac{1}{2} s^2\bigr)",
    "budget": r"B_{f,t}' = B_{f,t} \max(0,\ 1 + b\, E_{f,t}) \qquad E_{f,t} = m\, E_{f,t-1} + \sqrt{1 - m^2}\, Z_{f,t}",
}
"""How what was reckoned with becomes what comes, with independent standard normal Z."""


@dataclass(frozen=True)
class Odds:
    """How far things may come out otherwise.

    Parameters
    ----------
    due_years, due_kind_years
        Standard deviation of the shift of the window of a work by itself, and of all works of its kind together (years).
    cost_spread
        Standard deviation of the logarithm of cost over estimate, by kind of work; `other` for kinds that are not named
        and for openings.
    cost_shared
        Share of that variance which all works have in common: the market.
    budget_spread
        Standard deviation of a yearly budget, as a share of it.
    budget_memory
        How much of a deviation a purse carries into its next year (0-1).
    """

    due_years: float
    due_kind_years: float
    cost_spread: Mapping[str, float]
    cost_shared: float
    budget_spread: float
    budget_memory: float


OTHER = "other"
OPENING = ("opening_eur", "base_eur", "paving_eur")
"""Costs of an opening, which come out dearer or cheaper together."""


@dataclass(frozen=True)
class FutureDraws:
    """What comes out otherwise in some futures (F), in the order of the tables of the problem.

    Parameters
    ----------
    shift
        Years by which the window of each work shifts (F x works).
    dearer
        By what cost, prices of early and late and risk of each work are multiplied (F x works).
    opening
        By what the cost of opening each section is multiplied (F x sections).
    budget
        By what each budget is multiplied (F x rows of the funds).
    """

    shift: Whole
    dearer: Floats
    opening: Floats
    budget: Floats

    @property
    def count(self) -> int:
        """Return how many futures there are."""
        return len(self.shift)


def drawn(problem: Problem, odds: Odds, *, seed: int, numbers: Sequence[int]) -> FutureDraws:
    """Return the draws of the futures with these numbers.

    Each depends on the seed and its own number alone. A work that is fixed to a year keeps its window. A window
    shifts as a whole and never leaves the planned years entirely.
    """
    works, sections, funds = len(problem.works), len(problem.sections), len(problem.funds)
    kinds, kind = np.unique(problem.works["kind"].fillna(OTHER).to_numpy(dtype=np.str_), return_inverse=True)
    parts = np.cumsum([len(kinds), works, 1, works, sections])
    normal = [np.random.default_rng([seed, at]).standard_normal(int(parts[-1]) + funds) for at in numbers]
    of_kind, due, market, cost, opening, budget = np.split(
        np.asarray(normal).reshape(len(numbers), int(parts[-1]) + funds), parts, axis=1
    )
    usual = odds.cost_spread.get(OTHER, 0.0)
    spread = np.asarray([odds.cost_spread.get(name, usual) for name in kinds], dtype=float)[kind]
    return FutureDraws(
        _shifts(problem, odds.due_kind_years * of_kind[:, kind] + odds.due_years * due),
        _factors(spread, market, odds.cost_shared, cost),
        _factors(np.full(sections, usual), market, odds.cost_shared, opening),
        _budgets(problem.funds, odds, budget),
    )


def come_out(problem: Problem, futures: FutureDraws) -> Problem:
    """Return the problem with works, sections and funds as they come out in the futures.

    Future after future, under the same names. The cost of a work, its prices of early and late and the risk of
    leaving it undone go up and down together, for they follow from the same quantities; the worth of ambitions stays.
    """
    works, sections, funds = (
        repeated(table, futures.count) for table in (problem.works, problem.sections, problem.funds)
    )
    shift, dearer = futures.shift.ravel(), futures.dearer.ravel()
    risk = works["undone_eur"] - works["ambition_eur"]
    prices = {name: works[name] * dearer for name in ("cost_eur", "early_eur_per_year", "late_eur_per_year")}
    windows = {name: works[name] + shift for name in ("earliest_year", "best_year", "latest_year")}
    return replace(
        problem,
        works=works.assign(**windows, **prices, undone_eur=risk * dearer + works["ambition_eur"]),
        sections=sections.assign(**{name: sections[name] * futures.opening.ravel() for name in OPENING}),
        funds=funds.assign(budget_eur=funds["budget_eur"] * futures.budget.ravel()),
    )


def futures_city(problem: Problem, futures: FutureDraws) -> Problem:
    """Return one problem with all futures as its quarters, which share nothing."""
    return quarters(problem, futures.count, came=come_out(problem, futures))


def future(problem: Problem, odds: Odds, *, seed: int, number: int) -> Problem:
    """Return the problem as it comes out in one future.

    The same seed and number give the same future, however many are drawn.
    """
    return come_out(problem, drawn(problem, odds, seed=seed, numbers=[number]))


def _shifts(problem: Problem, years: Floats) -> Whole:
    """Return by how many years the window of each work shifts (F x works)."""
    works, horizon = problem.works, problem.horizon
    least, most = horizon.first - works["latest_year"].to_numpy(), horizon.last - works["earliest_year"].to_numpy()
    shift = np.clip(np.rint(years).astype(np.int64), np.minimum(least, 0), np.maximum(most, 0))
    return np.where(works["work"].isin(problem.fixed["work"]), 0, shift)


def _factors(spread: Floats, market: Floats, shared: float, own: Floats) -> Floats:
    """Return factors with a mean of 1 and the given spread of their logarithm, part of which is shared by all."""
    off = np.sqrt(shared) * market + np.sqrt(1.0 - shared) * own
    return np.asarray(np.exp(spread * off - spread**2 / 2.0), dtype=float)


def _budgets(funds: pd.DataFrame, odds: Odds, fresh: Floats) -> Floats:
    """Return by what each budget is multiplied (F x rows); a purse remembers its deviation from year to year."""
    order = funds.reset_index(drop=True).sort_values(["fund", "year"], kind="stable").index.to_numpy()
    first = ~funds["fund"].iloc[order].duplicated().to_numpy()
    off = np.empty_like(fresh)
    keep = np.sqrt(1.0 - odds.budget_memory**2)
    for at, start in enumerate(first.tolist()):
        new = fresh[:, at]
        off[:, order[at]] = new if start else odds.budget_memory * off[:, order[at - 1]] + keep * new
    return np.maximum(0.0, 1.0 + odds.budget_spread * off)
