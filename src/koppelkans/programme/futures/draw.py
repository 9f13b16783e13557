"""One sampled future: other due years, costs and budgets than were reckoned with. (nl: trekking)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from koppelkans.programme.coded import Floats
from koppelkans.programme.problem import Problem

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


def future(problem: Problem, odds: Odds, *, seed: int, number: int) -> Problem:
    """Return the problem as it may come out; the same seed and number give the same future, however many are drawn.

    A work that is fixed to a year keeps its window. A window shifts as a whole and never leaves the planned years entirely.
    The cost of a work, its prices of early and late and the risk of leaving it undone go up and down together, for they
    follow from the same quantities; the worth of ambitions stays.
    """
    draw = np.random.default_rng([seed, number])
    shift = _shifts(problem, odds, draw)
    market = draw.standard_normal()
    works, sections = problem.works, problem.sections
    kinds = works["kind"].fillna(OTHER)
    usual = odds.cost_spread.get(OTHER, 0.0)
    spread = np.asarray([odds.cost_spread.get(kind, usual) for kind in kinds], dtype=float)
    dearer = _factors(spread, market, odds.cost_shared, draw)
    opening = _factors(np.full(len(sections), usual), market, odds.cost_shared, draw)
    risk = works["undone_eur"] - works["ambition_eur"]
    prices = {name: works[name] * dearer for name in ("cost_eur", "early_eur_per_year", "late_eur_per_year")}
    windows = {name: works[name] + shift for name in ("earliest_year", "best_year", "latest_year")}
    return replace(
        problem,
        works=works.assign(**windows, **prices, undone_eur=risk * dearer + works["ambition_eur"]),
        sections=sections.assign(opening_eur=sections["opening_eur"] * opening),
        funds=_funds(problem.funds, odds, draw),
    )


def _shifts(problem: Problem, odds: Odds, draw: np.random.Generator) -> np.ndarray:
    """Return by how many years the window of each work shifts."""
    works, horizon = problem.works, problem.horizon
    kinds, at = np.unique(works["kind"].fillna(OTHER).to_numpy(dtype=np.str_), return_inverse=True)
    together = odds.due_kind_years * draw.standard_normal(len(kinds))
    shift = np.rint(together[at] + odds.due_years * draw.standard_normal(len(works))).astype(np.int64)
    least, most = horizon.first - works["latest_year"].to_numpy(), horizon.last - works["earliest_year"].to_numpy()
    shift = np.clip(shift, np.minimum(least, 0), np.maximum(most, 0))
    return np.where(works["work"].isin(problem.fixed["work"]), 0, shift)


def _factors(spread: Floats, market: float, shared: float, draw: np.random.Generator) -> Floats:
    """Return factors with a mean of 1 and the given spread of their logarithm, part of which is shared by all."""
    own = draw.standard_normal(len(spread))
    off = np.sqrt(shared) * market + np.sqrt(1.0 - shared) * own
    return np.asarray(np.exp(spread * off - spread**2 / 2.0), dtype=float)


def _funds(funds: pd.DataFrame, odds: Odds, draw: np.random.Generator) -> pd.DataFrame:
    """Return the budgets with their deviations, which a purse remembers from year to year."""
    table = funds.sort_values(["fund", "year"], ignore_index=True)
    fresh = draw.standard_normal(len(table))
    first = ~table.duplicated("fund")
    off = np.empty(len(table))
    keep = np.sqrt(1.0 - odds.budget_memory**2)
    for at, (new, start) in enumerate(zip(fresh.tolist(), first.tolist(), strict=True)):
        off[at] = new if start else odds.budget_memory * off[at - 1] + keep * new
    budget = table["budget_eur"] * np.maximum(0.0, 1.0 + odds.budget_spread * off)
    return table.assign(budget_eur=budget)
