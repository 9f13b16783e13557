"""Cash flows per year: streams written out, per case, effect, holder and year. (nl: geldstromen per jaar)."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.codes import coded

NAMES = ["case", "alternative", "effect", "holder", "side"]
KEY = [*NAMES, "year"]
SURENESS = ("measured", "derived", "assumed", "unknown")
MOST_SOURCES = 3


def flows(streams: pd.DataFrame) -> pd.DataFrame:
    """Return the cash flow per case, alternative, effect, holder, side and year; sorted.

    An unknown amount (p.m.) has one row in its first year where nothing else is known then; elsewhere it is counted in
    `pm` and never in the sum. `source` names the sources of the whole row of years, at most three.

    Parameters
    ----------
    streams
        `case`, `alternative`, `effect`, `holder`, `side`, `first`, `last` (years), `amount` (eur in the first year,
        signed), `growth` (share per year), `basis` and `source`.
    """
    group = streams.groupby(NAMES, sort=True, observed=True).ngroup().to_numpy()
    named = streams[NAMES].assign(group=group).drop_duplicates("group").set_index("group").astype("str")
    named["source"] = _sources(streams["source"], group)
    if streams.empty:
        return named.assign(year=0, pm=0, basis="", amount_eur=0.0)[[*KEY, "pm", "basis", "source", "amount_eur"]]
    first, amount = streams["first"].to_numpy(dtype="int64"), streams["amount"].to_numpy(dtype=float)
    last = np.where(np.isnan(amount), first, streams["last"].to_numpy(dtype="int64"))
    at, later = spelled_out(np.clip(last - first + 1, 0, None))
    base, years = first.min(), max(int(last.max()), int(first.max())) - int(first.min()) + 1
    cells = len(named) * years
    cell = group[at] * years + first[at] - base + later
    worth = amount[at] * (1.0 + streams["growth"].to_numpy(dtype=float)[at]) ** later
    known = ~np.isnan(worth)
    rank = _rank(streams["basis"])[at]
    pm = np.bincount(cell[~known], minlength=cells)
    some = np.bincount(cell, minlength=cells) > 0
    least = np.zeros(cells, dtype="int64")
    for one in range(1, len(SURENESS)):
        least[cell[rank == one]] = one
    summed = np.bincount(cell[known], weights=worth[known], minlength=cells)
    summed[np.bincount(cell[known], minlength=cells) == 0] = np.nan
    here = np.nonzero(some)[0]
    made = named.loc[here // years].reset_index(drop=True)
    made["year"], made["pm"], made["amount_eur"] = here % years + base, pm[here], summed[here]
    made["basis"] = np.array(SURENESS)[least[here]]
    return made[[*KEY, "pm", "basis", "source", "amount_eur"]]


def spelled_out(many: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each row so many times: which row, and the how manieth time (0, 1, ...)."""
    at = np.repeat(np.arange(len(many)), many)
    return at, np.arange(len(at)) - np.repeat(many.cumsum() - many, many)


def _rank(basis: pd.Series) -> np.ndarray:
    """Return how unsure each basis is: 0 the surest."""
    codes = coded(basis)
    names = {name: rank for rank, name in enumerate(SURENESS)}
    ranks = np.array([names.get(name, len(SURENESS) - 1) for name in codes.categories], dtype="int64")
    return np.asarray(ranks[codes.codes])


def _sources(sources: pd.Series, group: np.ndarray) -> pd.Series:
    """Return per group its different sources in one text."""
    found = pd.DataFrame({"group": group, "source": sources.array}).drop_duplicates().astype({"source": "str"})
    found = found.sort_values(["group", "source"])
    first = found[found.groupby("group").cumcount() < MOST_SOURCES]
    return first.groupby("group")["source"].agg("; ".join)
