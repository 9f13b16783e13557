"""Draws of all key figures at once, and how far the NPV can lie from its value. (nl: Monte Carlo)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

Floats = npt.NDArray[np.float64]

PERT_FORMULA = r"m \sim a + (b-a)\,\text{Beta}\Bigl(1 + 4\tfrac{1-a}{b-a},\ 1 + 4\tfrac{b-1}{b-a}\Bigr),\qquad \text{E}(m) = \frac{a + 4 + b}{6}"
"""Low end a and high end b as shares of the value, which is the top (1)."""
LOGNORMAL_FORMULA = (
    r"\ln m \sim N(\mu, \sigma^2),\qquad \mu = \frac{\ln a + \ln b}{2},\quad \sigma = \frac{\ln b - \ln a}{2\, z_{1-q}}"
)
"""The share q of all outcomes lies below a and as many above b; z is the standard normal percentile."""


def triangular(low: float, high: float, uniform: Floats, *, tail: float) -> Floats:  # noqa: ARG001 -- all have one form
    """Return draws from a triangle with its top at 1, from uniform draws.

    Inverse of the distribution function (Kotz and Van Dorp, Beyond Beta, 2004, ch. 1).
    """
    width = high - low
    left = low + np.sqrt(uniform * width * (1.0 - low))
    right = high - np.sqrt((1.0 - uniform) * width * (high - 1.0))
    return np.where(uniform < (1.0 - low) / width, left, right)


def pert(low: float, high: float, uniform: Floats, *, tail: float) -> Floats:  # noqa: ARG001 -- all have one form
    """Return draws from the PERT distribution: a beta with its mode at 1.

    Malcolm, Roseboom, Clark and Fazar, Application of a technique for research and development program evaluation,
    Operations Research 7 (1959), p. 646-669.
    """
    width = high - low
    first, second = 1.0 + 4.0 * (1.0 - low) / width, 1.0 + 4.0 * (high - 1.0) / width
    return np.asarray(low + width * special.betaincinv(first, second, uniform), dtype=float)


def lognormal(low: float, high: float, uniform: Floats, *, tail: float) -> Floats:
    """Return draws from a lognormal distribution, given two of its percentiles.

    `low` and `high` are those percentiles: the share `tail` lies beyond each. Draws are never below zero.
    """
    middle = (np.log(low) + np.log(high)) / 2.0
    deviation = (np.log(high) - np.log(low)) / (2.0 * special.ndtri(1.0 - tail))
    return np.asarray(np.exp(middle + deviation * special.ndtri(uniform)), dtype=float)


DISTRIBUTIONS: dict[str, Callable[..., Floats]] = {"triangular": triangular, "pert": pert, "lognormal": lognormal}


def draw(distribution: str, low: float, high: float, uniform: Floats, *, tail: float) -> Floats:
    """Return draws of a figure as a share of its value; 1 where low and high are equal."""
    if high <= low:
        return np.ones(len(uniform))
    return DISTRIBUTIONS[distribution](low, high, uniform, tail=tail)


FORMULA = r"\text{NPV}_d = \sum_G W_G \prod_{x \in G} m_{xd}"
"""W is the worth of what is in proportion to the figures of group G; m is a draw of a figure as a share of its value."""
COPULA_FORMULA = r"u_{xd} = \Phi\bigl(\sqrt{\rho}\, f_d + \sqrt{1-\rho}\, e_{xd}\bigr)"
"""Construction costs share one factor f; e is the own draw of figure x, both standard normal; u goes into its distribution."""
KEY = ["case", "alternative"]
SHARES = {"p5_eur": 0.05, "p10_eur": 0.1, "p50_eur": 0.5, "p90_eur": 0.9, "p95_eur": 0.95}
CHUNK = 1_000
"""Cases x alternatives whose draws are in memory at once."""
BINS = 20
SHARED = "shared factor of construction costs"


def draw_factors(
    table: pd.DataFrame, *, draws: int, seed: int, correlation: float = 0.0, tail: float = 0.1
) -> pd.DataFrame:
    """Return draws of every figure with a range as factors of its value (draws x figures).

    The draws of a figure depend on the seed and on its name only, so that one figure more leaves the others as they were.
    Construction costs share one factor (a one-factor Gaussian copula; Li, On default correlation: a copula function approach,
    Journal of Fixed Income 9 (2000), p. 43-54).

    Parameters
    ----------
    table
        What `ranges` returned.
    draws, seed
        How many, and where the draws start.
    correlation
        Correlation of the normal draws of two construction costs (0-1); 0: all are independent.
    tail
        Share of outcomes beyond each end of a lognormal figure.
    """
    columns = {}
    common = special.ndtri(np.random.default_rng([seed, *SHARED.encode()]).random(draws))
    for row in table.itertuples():
        uniform = np.random.default_rng([seed, *row.figure.encode()]).random(draws)
        if row.construction and correlation > 0:
            mixed = np.sqrt(correlation) * common + np.sqrt(1.0 - correlation) * special.ndtri(uniform)
            uniform = special.ndtr(mixed)
        columns[row.figure] = draw(row.distribution, row.low, row.high, uniform, tail=tail)
    return pd.DataFrame(columns, index=range(draws), dtype="float64")


@dataclass(frozen=True)
class CaseDraws:
    """The NPV of every draw: worths per group of figures, and draws of their products.

    `worth` has a row per case and alternative.
    """

    index: pd.MultiIndex
    worth: np.ndarray
    product: np.ndarray

    def values(self, rows: slice) -> np.ndarray:
        """Return the NPV of every draw (columns) of some cases and alternatives."""
        return np.asarray(self.worth[rows] @ self.product.T, dtype=float)


def drawn_values(levers: pd.DataFrame, drawn: pd.DataFrame) -> CaseDraws:
    """Return the NPV of every draw.

    Parameters
    ----------
    levers
        `case`, `alternative`, `factors` (names with spaces between) and `worth`.
    drawn
        What `draw_factors` returned, a column per figure.
    """
    groups = sorted(levers["factors"].astype("str").unique())
    product = np.ones((len(drawn), len(groups)))
    for at, group in enumerate(groups):
        named = [name for name in group.split() if name in drawn.columns]
        product[:, at] = drawn[named].to_numpy().prod(axis=1)
    plain = levers.astype(dict.fromkeys([*KEY, "factors"], "str"))
    table = plain.pivot_table(index=KEY, columns="factors", values="worth", aggfunc="sum").reindex(columns=groups)
    return CaseDraws(table.index, table.fillna(0.0).to_numpy(dtype=float), product)


def spread(found: CaseDraws) -> pd.DataFrame:
    """Return the mean and percentiles of the NPV per case and alternative (eur).

    With the share of draws above zero.
    """
    many = len(found.worth)
    made = {name: np.zeros(many) for name in ("mean_eur", *SHARES, "above_zero")}
    for start in range(0, many, CHUNK):
        rows = slice(start, start + CHUNK)
        values = found.values(rows)
        made["mean_eur"][rows] = values.mean(axis=1)
        for name, quantile in zip(SHARES, np.quantile(values, list(SHARES.values()), axis=1), strict=True):
            made[name][rows] = quantile
        made["above_zero"][rows] = (values > 0).mean(axis=1)
    return pd.DataFrame(made, index=found.index).reset_index()


def histogram(found: CaseDraws, cases: set[str]) -> pd.DataFrame:
    """Return the histogram of the NPV per case and alternative, in 20 even steps.

    Columns nth, from_eur, to_eur and draws.
    """
    parts = []
    for at, (case, alternative) in enumerate(found.index):
        if case in cases:
            counts, edges = np.histogram(found.values(slice(at, at + 1))[0], bins=BINS)
            steps = {"nth": np.arange(1, BINS + 1), "from_eur": edges[:-1], "to_eur": edges[1:], "draws": counts}
            parts.append(pd.DataFrame(steps).assign(case=case, alternative=alternative))
    return (
        pd.concat(parts, ignore_index=True)
        if parts
        else pd.DataFrame(columns=[*KEY, "nth", "from_eur", "to_eur", "draws"])
    )
