"""By how much more money lowers the weighted cost, read from the curve of solved programmes. (nl: wat een miljoen brengt)."""

from dataclasses import dataclass

import pandas as pd

MILLION = 1e6


@dataclass(frozen=True)
class Step:
    """By how much the next step of the budget lowers the weighted cost, or raises it (eur).

    `least_eur` and `most_eur` are proven: no best programmes with these budgets differ by less or more.
    """

    scenario: str
    money: float
    budget_eur: float
    spent_eur: float
    lower_eur: float
    least_eur: float
    most_eur: float

    @property
    def per_million(self) -> float:
        """Return how much the weighted cost is lower per million euros of budget."""
        return self.lower_eur / self.budget_eur * MILLION


def curve(scenarios: pd.DataFrame) -> pd.DataFrame:
    """Return the points of the curve of money: scenarios that differ in their budgets only.

    From little to much.
    """
    usual = (scenarios["quality"] == 1.0) & (scenarios["risk"] == 1.0) & ~scenarios["altered"]
    points = scenarios[usual & scenarios["weighted_least_eur"].notna()]
    return points.sort_values(["money", "scenario"]).drop_duplicates("money").reset_index(drop=True)


def step_from_base(scenarios: pd.DataFrame, *, more: bool) -> Step | None:
    """Return the step from the programme to the nearest point with more (or less) money.

    None where there is none. Source: the bounds of both points. The lowest weighted cost of a point lies between
    `weighted_least_eur` and `weighted_cost_eur`.
    """
    points = curve(scenarios)
    base = points[points["role"] == "base"]
    if base.empty:
        return None
    here = base.iloc[0]
    side = points[points["money"] > 1.0].head(1) if more else points[points["money"] < 1.0].tail(1)
    if side.empty or side["budget_eur"].iloc[0] == here["budget_eur"]:
        return None
    there = side.iloc[0]
    high, low = (there, here) if more else (here, there)
    return Step(
        scenario=str(there["scenario"]),
        money=float(there["money"]),
        budget_eur=float(high["budget_eur"] - low["budget_eur"]),
        spent_eur=float(high["spent_eur"] - low["spent_eur"]),
        lower_eur=float(low["weighted_cost_eur"] - high["weighted_cost_eur"]),
        least_eur=max(0.0, float(low["weighted_least_eur"] - high["weighted_cost_eur"])),
        most_eur=float(low["weighted_cost_eur"] - high["weighted_least_eur"]),
    )
