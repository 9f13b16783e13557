"""What works save by lying in one trench when they are done in one section and year. (nl: gedeelde sleuven)."""

import pandas as pd

from koppelkans.appraisal.needs import section_shares

FORMULA = (
    r"J_{sy} = \min\Bigl\{O_s,\ \sum_{w} T_{ws} - \max_w T_{ws}\Bigr\},\quad"
    r" J_{wsy} = J_{sy}\, T_{ws} \Big/ \sum_{v} T_{vs},\quad T_{ws} = \tau\, c_w\, \ell_{ws} / \ell_w"
)
"""Works w that dig along section s in year y; the largest trench stays, and each saves in proportion to its own."""


def trench_parts(works: pd.DataFrame, openers: pd.DataFrame, openings: pd.DataFrame, years: pd.Series) -> pd.Series:
    """Return per work which part of its own trench is saved (0-1), for works that share one; the index is the work.

    Works of unknown cost have no known trench, and save none.

    Parameters
    ----------
    works
        `work`, `digs` and `trench_eur`: the soil work of its whole trench.
    openers
        `work`, `section` and `length_m` of works that open a section.
    openings
        `section` and `opening_eur`: a section never saves more than one opening.
    years
        Year per work; unknown where it is not done.
    """
    parts = section_shares(openers[["work", "section", "length_m"]]).merge(works, on="work")
    parts["year"] = parts["work"].map(years)
    parts["trench"] = parts["trench_eur"] * parts["share"]
    parts = parts[parts["digs"] & parts["length_m"].gt(0) & parts["trench"].gt(0) & parts["year"].notna()]
    parts = parts.merge(openings[["section", "opening_eur"]], on="section")
    grouped = parts.groupby(["section", "year"])["trench"]
    total = grouped.transform("sum")
    saved = (total - grouped.transform("max")).clip(upper=parts["opening_eur"].astype("float64"))
    each = (saved * parts["trench"] / total).groupby(parts["work"]).sum()
    return each / works.set_index("work")["trench_eur"].reindex(each.index)
