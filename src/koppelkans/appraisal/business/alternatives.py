"""The year of each work in each alternative, and its part of each opening. (nl: alternatieven)."""

import numpy as np
import pandas as pd

PARTS = ("setup_eur", "traffic_eur", "paving_eur", "open_days", "address_days", "digs_count")
"""What an opening is made of; each part is shared by the works that open one section in one year."""


def members(plan: pd.DataFrame, works: pd.DataFrame) -> pd.DataFrame:
    """Return the case of every work with a year (work, case), sorted by work.

    The case is its bundle, or the work itself where it goes alone.
    """
    done = plan.dropna(subset=["year"])
    found = done[["work", "year"]].assign(case=done["bundle"].fillna(done["work"]))
    return found[found["work"].isin(works["work"])].sort_values("work", ignore_index=True)


def years_of(works: pd.DataFrame, planned: pd.Series, *, alternative: str, first: int, later_years: int) -> np.ndarray:
    """Return the year of each work in an alternative; unknown where it is not done.

    As floats in the order of `works`.

    Parameters
    ----------
    works
        `best_year`.
    planned
        Year in the programme.
    alternative
        `null`: not done. `apart`: in its best year, or the first year where that has passed. `together` and `extra`: as
        in the programme. `later`: so many years after that.
    first
        First year that is compared.
    later_years
        Years that `later` waits.
    """
    year = planned.to_numpy(dtype=float)
    if alternative == "null":
        return np.full(len(works), np.nan)
    if alternative == "apart":
        return np.asarray(np.maximum(works["best_year"].to_numpy(dtype=float), first), dtype=float)
    return np.asarray(year + later_years if alternative == "later" else year, dtype=float)


def opening_parts(openers: pd.DataFrame, openings: pd.DataFrame, years: pd.Series, *, shared: bool) -> pd.DataFrame:
    """Return per work what it bears of its openings: the columns of `PARTS`, indexed by work.

    Works that open one section in one year share one opening evenly; where `shared` is false each opens it alone. Works
    without a year (index of `years` is the work) open nothing.

    Parameters
    ----------
    openers
        `work` and `section` of the works that open a section.
    openings
        `section` and the amounts of one opening.
    years
        Year per work.
    """
    parts = openers[["work", "section"]].assign(year=openers["work"].map(years)).dropna(subset=["year"])
    count = parts.groupby(["section", "year"])["work"].transform("size") if shared else 1.0
    sums = openings.assign(digs_count=1.0)[["section", *PARTS]]
    amounts = parts[["work", "section"]].assign(many=count).merge(sums, on="section")
    split = amounts[list(PARTS)].astype("float64").div(amounts["many"].astype("float64"), axis=0)
    grouped = split.assign(work=amounts["work"]).groupby("work")
    summed = grouped.sum()
    whole = grouped["address_days"].count() == grouped.size()
    return summed.assign(address_days=summed["address_days"].where(whole))
