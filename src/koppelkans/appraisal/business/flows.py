"""Cash flows per year: streams written out, per case, effect, holder and year. (nl: geldstromen per jaar)."""

import numpy as np
import pandas as pd

KEY = ["case", "alternative", "effect", "holder", "side", "year"]
SURENESS = ("measured", "derived", "assumed", "unknown")


def flows(streams: pd.DataFrame) -> pd.DataFrame:
    """Return the cash flow of every year, summed per case, alternative, effect, holder, side and year; sorted.

    An unknown amount (p.m.) has one row in its first year where nothing else is known then; elsewhere it is counted in
    `pm` and never in the sum.

    Parameters
    ----------
    streams
        `case`, `alternative`, `effect`, `holder`, `side`, `first`, `last` (years), `amount` (eur in the first year,
        signed), `growth` (share per year), `basis` and `source`.
    """
    unknown = streams["amount"].isna()
    last = streams["last"].where(~unknown, streams["first"])
    many = (last - streams["first"] + 1).clip(lower=0).to_numpy(dtype="int64")
    at = np.repeat(np.arange(len(streams)), many)
    later = np.arange(len(at)) - np.repeat(many.cumsum() - many, many)
    named = ["case", "alternative", "effect", "holder", "side", "basis", "source"]
    made = streams[named].iloc[at].reset_index(drop=True)
    made["year"] = streams["first"].to_numpy()[at] + later
    made["amount_eur"] = streams["amount"].to_numpy()[at] * (1.0 + streams["growth"].to_numpy()[at]) ** later
    made["pm"] = made["amount_eur"].isna().astype("int64")
    made["basis"] = made["basis"].map({name: rank for rank, name in enumerate(SURENESS)}).fillna(len(SURENESS) - 1)
    grouped = made.groupby(KEY, sort=True, observed=True)
    summed = grouped.agg(pm=("pm", "sum"), basis=("basis", "max"), source=("source", _first_sources))
    summed["amount_eur"] = grouped["amount_eur"].sum(min_count=1)
    summed["basis"] = summed["basis"].map(dict(enumerate(SURENESS)))
    return summed.reset_index()


def _first_sources(sources: pd.Series) -> str:
    """Return the different sources in one text."""
    return "; ".join(sources.drop_duplicates().sort_values().head(3))
