"""Chance and cost of failure, from the year in which a work is due. (nl: faalrisico)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from koppelkans.appraisal.effect import yearly_worth
from koppelkans.ground.settings import Figure
from koppelkans.rules.key_figures import key_figure

FORMULA = r"p_w(t) = \min\{1,\ p\,(1+g)^{t-d_w}\},\qquad F_w = \text{failure}\; c_w\,(\phi + \kappa_w)"
"""Chance of failure in year t (due year d, chance p in that year, growth g) and cost of a failure (criticality kappa)."""


def failure_chance(years_overdue: np.ndarray, *, figures: Mapping[str, Figure], price_year: int) -> np.ndarray:
    """Return the yearly chance of failure, so many years after the due year.

    Below zero: before it.
    """
    start = key_figure(figures, "failure_chance", price_year=price_year)
    growth = key_figure(figures, "failure_growth", price_year=price_year)
    return np.asarray(np.minimum(1.0, start * (1.0 + growth) ** np.asarray(years_overdue, dtype=float)), dtype=float)


def failure_cost(works: pd.DataFrame, *, figures: Mapping[str, Figure], price_year: int) -> pd.Series:
    """Return the cost of one failure (eur): a multiple of the renewal, by criticality."""
    multiple = key_figure(figures, "failure_eur_share", price_year=price_year)
    return works["cost_eur"] * multiple * criticality_factor(works, figures=figures, price_year=price_year)


def criticality_factor(works: pd.DataFrame, *, figures: Mapping[str, Figure], price_year: int) -> pd.Series:
    """Return the criticality factor on lateness and failure; 1 for a middling asset.

    The floor plus the criticality.
    """
    return key_figure(figures, "criticality_floor", price_year=price_year) + works["criticality"]


def expected_failures(
    works: pd.DataFrame, *, figures: Mapping[str, Figure], price_year: int, rate: float, most_years: int
) -> tuple[pd.Series, pd.Series]:
    """Return the failures expected within the window, and their cost (eur).

    From the best year to the end of the window; the cost is in the best year. Both on the index of `works`; unknown
    where the due year is, the cost also where that of the work is.
    """
    window = (works["latest_year"] - works["best_year"]).clip(0, most_years - 1)
    later = np.arange(int(window.max()) + 1 if len(window) else 1)
    overdue = (works["best_year"] - works["due_year"]).to_numpy(dtype=float)
    chances = failure_chance(overdue[:, None] + later, figures=figures, price_year=price_year)
    chances = np.where(later <= window.to_numpy()[:, None], chances, 0.0)
    chances[np.isnan(overdue)] = np.nan
    cost = failure_cost(works, figures=figures, price_year=price_year)
    worth = chances @ yearly_worth(later, rate=rate)
    return pd.Series(chances.sum(axis=1), index=works.index), cost * worth
