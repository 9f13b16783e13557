"""Which works dig in new paving within its graafrust, and what they owe for it. (nl: gebroken graafrust)."""

import pandas as pd

FORMULA = r"B_{wsu} = B_s / n_{su} \quad\text{where } f \text{ lays paving in } s \text{ in year } t_f \text{ and } 0 < u - t_f \le r_s"
"""Section s with breach price B and rest r is dug in year u by n works; each owes an even part, once per section and year."""


def breach_parts(works: pd.DataFrame, openers: pd.DataFrame, openings: pd.DataFrame, years: pd.Series) -> pd.Series:
    """Return what each work owes (eur) for sections that it digs within the graafrust of an earlier resurfacing.

    The index is the work; works that break no graafrust are not in it. As in the programme, a resurfacing in the same
    year breaks nothing.

    Parameters
    ----------
    works
        `work`, `digs` and `resurfaces`.
    openers
        `work` and `section` of works that open a section.
    openings
        `section`, `breach_eur` and `rest_years`.
    years
        Year per work; unknown where it is not done.
    """
    parts = openers[["work", "section"]].merge(works[["work", "digs", "resurfaces"]], on="work")
    parts = parts.assign(year=parts["work"].map(years)).dropna(subset=["year"])
    dug = parts.loc[parts["digs"], ["work", "section", "year"]]
    fresh = parts.loc[parts["resurfaces"], ["section", "year"]].drop_duplicates()
    pairs = dug[["section", "year"]].drop_duplicates().merge(fresh.rename(columns={"year": "fresh"}), on="section")
    pairs = pairs.merge(openings[["section", "breach_eur", "rest_years"]], on="section")
    waited = pairs["year"] - pairs["fresh"]
    broken = pairs[(waited > 0) & (waited <= pairs["rest_years"])].drop_duplicates(["section", "year"])
    owed = dug.merge(broken[["section", "year", "breach_eur"]], on=["section", "year"])
    many = owed.groupby(["section", "year"])["work"].transform("size")
    return (owed["breach_eur"] / many).groupby(owed["work"]).sum()
