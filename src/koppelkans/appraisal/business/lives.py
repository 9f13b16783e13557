"""Lifetimes: the years of renewal and failure, and the residual value. (nl: levensloop)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.extras import ORIGIN
from koppelkans.appraisal.effect import Case, figure_of
from koppelkans.appraisal.risk import failure_chance, failure_cost

FORMULA = r"n^* = \Bigl\lfloor \frac{\ln(1 + g/p_0)}{\ln(1+g)} \Bigr\rfloor,\qquad \sum_{j=0}^{n^*-1} p_0 (1+g)^j + \text{rest} = 1"
"""Whole years n* that an asset is expected to last: chance p0 in the first year, growing by g; then one failure is expected."""
RESIDUAL_FORMULA = r"R = c\,\max\Bigl(0,\ 1 - \frac{l + 1 - y}{L}\Bigr)"
"""Cost c, last renewal in year y, lifetime L, last year l."""
SLACK = 1e-9


@dataclass(frozen=True)
class Breaking:
    """When each work's asset is expected to break if nobody renews it. One number per work."""

    applies: np.ndarray
    """Whether the work renews something."""
    first: int
    """First year that is compared."""
    chance: np.ndarray
    """Chance of failure in that year."""
    growth: float
    """Yearly growth of that chance (share)."""
    whole_years: np.ndarray
    """Years before one failure is expected in all."""
    remainder: np.ndarray
    """What is then left of that one failure."""
    cost: np.ndarray
    """Cost of a failure (eur)."""
    source: str


def breaking_of(case: Case, *, first: int) -> Breaking:
    """Return the years in which the assets behind the works fail.

    Where a due year is not known, the best year of the owner is taken.
    """
    works = case.works
    due = works["due_year"].fillna(works["best_year"].astype("float64"))
    growth = figure_of(case, "failure_growth")
    chance = failure_chance((first - due).to_numpy(dtype=float), figures=case.figures, price_year=case.price_year)
    years = _years_to_one(chance, growth)
    spent = chance * (((1.0 + growth) ** years - 1.0) / growth if growth else years)
    rest = np.clip(1.0 - spent, 0.0, 1.0)
    names = ("failure_chance", "failure_growth", "failure_eur_share", "criticality_floor")
    return Breaking(
        applies=(works["renewable"] & works["origin"].ne(ORIGIN)).to_numpy(dtype=bool),
        first=first,
        chance=chance,
        growth=growth,
        whole_years=years,
        remainder=np.where(rest > SLACK, rest, 0.0),
        cost=failure_cost(works, figures=case.figures, price_year=case.price_year).to_numpy(dtype=float),
        source="; ".join(dict.fromkeys(case.figures[name].source for name in names)),
    )


def _years_to_one(chance: np.ndarray, growth: float) -> np.ndarray:
    """Return the whole years in which the chances add up to at most one."""
    if growth <= 0:
        return np.asarray(np.floor(1.0 / np.maximum(chance, SLACK) + SLACK), dtype=float)
    return np.asarray(np.floor(np.log1p(growth / np.maximum(chance, SLACK)) / np.log1p(growth) + SLACK), dtype=float)


def renewals(first: np.ndarray, lives: np.ndarray, last: int) -> pd.DataFrame:
    """Return every renewal up to the last year: `at` (row of work), `nth` and `year`.

    `nth` is 0 for the first. Works without a first year have none; works without a lifetime are not renewed again.
    """
    starts = np.nonzero(first <= last)[0]
    begin, life = first[starts], lives[starts]
    again = np.where(np.isnan(life), 0.0, np.floor((last - begin) / np.where(np.isnan(life), 1.0, life)))
    many = again.astype("int64") + 1
    at = np.repeat(starts, many)
    nth = np.arange(len(at)) - np.repeat(many.cumsum() - many, many)
    year = first[at] + np.floor(nth * np.nan_to_num(lives[at]))
    return pd.DataFrame({"at": at, "nth": nth, "year": year})


def residual_share(years: np.ndarray, lives: np.ndarray, last: int) -> np.ndarray:
    """Return the share of life left after the last year, by year of renewal; 0 without lifetime."""
    known = ~np.isnan(lives)
    left = 1.0 - (last + 1.0 - years) / np.where(known, lives, 1.0)
    return np.where(known, np.clip(left, 0.0, 1.0), 0.0)
