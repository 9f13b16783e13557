"""Cash flows per year: streams written out, per case, effect, holder and year. (nl: geldstromen per jaar)."""

import numpy as np
import pandas as pd

NAMES = ["case", "alternative", "effect", "holder", "side"]
KEY = [*NAMES, "year"]
SURENESS = ("measured", "derived", "assumed", "unknown")
MOST_SOURCES = 3


def flows(streams: pd.DataFrame) -> pd.DataFrame:
    """Return the cash flow of every year, summed per case, alternative, effect, holder, side and year; sorted.

    An unknown amount (p.m.) has one row in its first year where nothing else is known then; elsewhere it is counted in
    `pm` and never in the sum. `source` names the sources of the whole row of years, at most three.

    Parameters
    ----------
    streams
        `case`, `alternative`, `effect`, `holder`, `side`, `first`, `last` (years), `amount` (eur in the first year,
        signed), `growth` (share per year), `basis` and `source`.
    """
    group = streams.groupby(NAMES, sort=True).ngroup().to_numpy()
    named = streams[NAMES].assign(group=group).drop_duplicates("group").set_index("group")
    named["source"] = _sources(streams["source"], group)
    unknown = streams["amount"].isna()
    last = streams["last"].where(~unknown, streams["first"])
    many = (last - streams["first"] + 1).clip(lower=0).to_numpy(dtype="int64")
    at = np.repeat(np.arange(len(streams)), many)
    later = np.arange(len(at)) - np.repeat(many.cumsum() - many, many)
    rank = streams["basis"].map({name: rank for rank, name in enumerate(SURENESS)}).fillna(len(SURENESS) - 1)
    made = pd.DataFrame({"group": group[at], "year": streams["first"].to_numpy()[at] + later})
    made["amount_eur"] = streams["amount"].to_numpy()[at] * (1.0 + streams["growth"].to_numpy()[at]) ** later
    made["pm"] = made["amount_eur"].isna().astype("int64")
    made["rank"] = rank.to_numpy()[at]
    grouped = made.groupby(["group", "year"], sort=True)
    summed = grouped.agg(pm=("pm", "sum"), rank=("rank", "max"))
    summed["amount_eur"] = grouped["amount_eur"].sum(min_count=1)
    summed = summed.reset_index()
    summed["basis"] = summed["rank"].map(dict(enumerate(SURENESS)))
    return summed.merge(named, left_on="group", right_index=True)[[*KEY, "pm", "basis", "source", "amount_eur"]]


def _sources(sources: pd.Series, group: np.ndarray) -> pd.Series:
    """Return per group its different sources in one text."""
    found = pd.DataFrame({"group": group, "source": sources.to_numpy()}).drop_duplicates()
    found = found.sort_values(["group", "source"])
    first = found[found.groupby("group").cumcount() < MOST_SOURCES]
    return first.groupby("group")["source"].agg("; ".join)
