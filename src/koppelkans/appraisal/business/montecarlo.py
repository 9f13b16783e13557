"""Seeded draws of all key figures at once: how far the NPV can lie from its value. (nl: Monte Carlo)."""

import numpy as np
import pandas as pd

FORMULA = r"\text{NPV}_d = \sum_G W_G \prod_{x \in G} m_{xd},\qquad m_{xd} \sim \text{triangular}(\text{low}_x, \text{mode}_x, \text{high}_x)"
"""W is the worth of what is in proportion to the figures of group G; m is a draw of a figure as a share of its value."""
KEY = ["case", "alternative"]
SHARES = (0.1, 0.5, 0.9)
CHUNK = 1_000
"""Cases x alternatives whose draws are in memory at once."""


def triangular(low: np.ndarray, high: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """Return draws from a triangle with its top at 1, from uniform draws (a row per draw, a column per figure).

    Inverse of the distribution function (Kotz and Van Dorp, Beyond Beta, 2004, ch. 1). Where low and high are both 1 the
    draw is 1.
    """
    width = high - low
    wide = np.where(width > 0, width, 1.0)
    top = (1.0 - low) / wide
    left = low + np.sqrt(uniform * wide * (1.0 - low))
    right = high - np.sqrt((1.0 - uniform) * wide * (high - 1.0))
    return np.where(width > 0, np.where(uniform < top, left, right), 1.0)


def draw_factors(table: pd.DataFrame, *, draws: int, seed: int) -> pd.DataFrame:
    """Return draws of every figure with a range, as a factor of its value: a row per draw, a column per figure.

    The draws of a figure depend on the seed and on its name only, so that one figure more leaves the others as they were.
    """
    columns = {}
    for name, low, high in zip(table["figure"], table["low"], table["high"], strict=True):
        own = np.random.default_rng([seed, *name.encode()])
        columns[name] = triangular(np.array([low]), np.array([high]), own.random((draws, 1)))[:, 0]
    return pd.DataFrame(columns, index=range(draws), dtype="float64")


def spread(levers: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    """Return per case and alternative the 10th, 50th and 90th percentile of the NPV (eur) and the share of draws above nothing.

    Parameters
    ----------
    levers
        `case`, `alternative`, `factors` (names with spaces between) and `worth`.
    drawn
        What `draw_factors` returned.
    """
    groups = sorted(levers["factors"].unique())
    product = np.ones((len(drawn), len(groups)))
    for at, group in enumerate(groups):
        named = [name for name in group.split() if name in drawn.columns]
        product[:, at] = drawn[named].to_numpy().prod(axis=1)
    table = levers.pivot_table(index=KEY, columns="factors", values="worth", aggfunc="sum").reindex(columns=groups)
    worth = table.fillna(0.0).to_numpy()
    quantiles, above = np.zeros((len(SHARES), len(worth))), np.zeros(len(worth))
    for start in range(0, len(worth), CHUNK):
        values = worth[start : start + CHUNK] @ product.T
        quantiles[:, start : start + CHUNK] = np.quantile(values, SHARES, axis=1)
        above[start : start + CHUNK] = (values > 0).mean(axis=1)
    made = pd.DataFrame(quantiles.T, index=table.index, columns=["p10_eur", "p50_eur", "p90_eur"])
    return made.assign(above_zero=above).reset_index()
