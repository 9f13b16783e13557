"""Capital charges of a credit: yearly interest and depreciation until written off. (nl: kapitaallasten)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from koppelkans.ground.money import whole_euros, whole_parts

FORMULA = r"\text{linear: } D_t = \frac{A}{n},\quad R_t = i\,B_{t};\qquad \text{annuity: } R_t + D_t = A\,\frac{i}{1 - (1+i)^{-n}},\quad R_t = i\,B_t"
"""Amount A written off in n years, book value B at the start of year t, interest R, depreciation D, rate i."""

FLAT = 1e-9
"""An annuity at a lower rate than this is written off in equal parts."""


@dataclass(frozen=True)
class LoanTerms:
    """How a credit is written off.

    Parameters
    ----------
    years
        Years per kind of work.
    usual_years
        Years of a kind that is not named.
    rate
        Interest per year, as a share.
    method
        Equal parts (linear) or equal yearly charges (annuity).
    lag
        Years between the work and the first charge: 0 or 1.
    """

    years: Mapping[str, float]
    usual_years: int
    rate: float
    method: Literal["linear", "annuity"]
    lag: int


def charges(spent: pd.DataFrame, terms: LoanTerms) -> pd.DataFrame:
    """Return the capital charges per fund and year.

    Depreciation starts `lag` years after the work, in whole euros that add up to what was paid; interest is over the
    book value at the start of the year, from the year after the work, rounded per fund and year.

    Parameters
    ----------
    spent
        `fund`, `kind`, `year` and `amount_eur` of everything that credits pay.
    """
    columns = ["opening_eur", "added_eur", "interest_eur", "depreciation_eur", "charge_eur", "closing_eur"]
    if spent.empty:
        return pd.DataFrame(
            {"fund": pd.Series([], dtype="str"), "year": pd.Series([], dtype="int64")}
            | dict.fromkeys(columns, pd.Series([], dtype="int64"))
        )
    summed = spent.groupby(["fund", "kind", "year"], as_index=False)["amount_eur"].sum()
    life = summed["kind"].map(dict(terms.years)).astype("float64").fillna(terms.usual_years).round().astype("int64")
    at = np.repeat(np.arange(len(summed)), life)
    begin = (life.cumsum() - life).to_numpy()
    nth = np.arange(len(at)) - begin[at]
    written = summed.iloc[at][["fund", "amount_eur"]].reset_index(drop=True)
    written["year"] = summed["year"].to_numpy()[at] + terms.lag + nth
    written["depreciation_eur"] = whole_parts(
        pd.Series(_parts(written["amount_eur"].to_numpy(dtype=float), life.to_numpy()[at], nth, terms)), pd.Series(at)
    )
    down = written.groupby(["fund", "year"])["depreciation_eur"].sum()
    added = summed.groupby(["fund", "year"])["amount_eur"].sum().rename("added_eur")
    table = _every_year(pd.concat([added, down], axis=1).fillna(0).astype("int64"))
    change = table["added_eur"] - table["depreciation_eur"]
    table["closing_eur"] = change.groupby(table["fund"]).cumsum()
    table["opening_eur"] = table["closing_eur"] - change
    table["interest_eur"] = whole_euros(table["opening_eur"] * terms.rate).astype("int64")
    table["charge_eur"] = table["interest_eur"] + table["depreciation_eur"]
    return table[["fund", "year", *columns]]


def _parts(amounts: np.ndarray, life: np.ndarray, nth: np.ndarray, terms: LoanTerms) -> np.ndarray:
    """Return the depreciation in the nth year (from 0) of amounts that are written off in `life` years."""
    if terms.method == "linear" or terms.rate < FLAT:
        return np.asarray(amounts / life, dtype=float)
    first = amounts * terms.rate / ((1.0 + terms.rate) ** life - 1.0)
    return np.asarray(first * (1.0 + terms.rate) ** nth, dtype=float)


def _every_year(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with a row for every year between the first and last of each fund."""
    spans = table.reset_index().groupby("fund")["year"].agg(["min", "max"])
    pairs = [
        (fund, year)
        for fund, first, last in zip(spans.index, spans["min"], spans["max"], strict=True)
        for year in range(first, last + 1)
    ]
    index = pd.MultiIndex.from_tuples(pairs, names=["fund", "year"])
    return table.reindex(index, fill_value=0).reset_index()
