"""What works save by digging one trench, as savings of pairs that never count more than was saved. (nl: gedeelde sleuf)."""

import pandas as pd

from koppelkans.appraisal.needs import section_shares

FORMULA = (
    r"J_{w,v} = \sum_{s} \min\Bigl\{T_{ws},\ O_s - \textstyle\sum_{k < w} T_{ks}\Bigr\}^{+},\quad"
    r" T_{ws} = \tau\, c_w\, \ell_{ws} / \ell_w"
)
"""w follows v, the work with the largest trench in section s; the others are counted from large to small, up to one opening."""


def trench_savings(
    works: pd.DataFrame, openers: pd.DataFrame, openings: pd.DataFrame, *, trench_share: float
) -> pd.DataFrame:
    """Return what pairs of works save by one trench when they are done in the same year (work, other, saving_eur).

    In a section the trench of a work is saved when it is done with the largest one there. Pairs with the largest only: a
    trench that lies beside two others is then saved once. All pairs of a section together save at most one opening, so
    that for no choice of works more is counted than the appraisal counts for the section. Where the largest is done in
    another year, a trench that two smaller ones share is not counted: too little rather than too much.

    Parameters
    ----------
    works
        `work`, `digs` and `cost_eur`; works of unknown cost have no known trench.
    openers
        `work`, `section`, `length_m` (m) of the works that open a section.
    openings
        `section` and `opening_eur`.
    trench_share
        Share of the cost of a work that is soil work in its trench.
    """
    parts = section_shares(openers).merge(works[["work", "digs", "cost_eur"]], on="work")
    parts = parts.merge(openings[["section", "opening_eur"]], on="section")
    cost = parts["cost_eur"].astype("Float64").astype("float64")
    parts["trench"] = trench_share * cost * parts["share"]
    parts = parts[parts["digs"] & parts["length_m"].gt(0) & parts["trench"].gt(0)]
    parts = parts.sort_values(["section", "trench", "work"], ascending=[True, False, True], ignore_index=True)
    by_section = parts.groupby("section")
    largest = by_section.cumcount() == 0
    before = by_section["trench"].cumsum() - parts["trench"] - by_section["trench"].transform("first")
    saved = parts["trench"].clip(upper=parts["opening_eur"] - before).clip(lower=0.0)
    pairs = pd.DataFrame({"work": parts["work"], "other": by_section["work"].transform("first"), "saving_eur": saved})
    pairs = pairs[~largest & saved.gt(0)]
    swapped = pairs["work"] > pairs["other"]
    first, second = pairs["work"].where(~swapped, pairs["other"]), pairs["other"].where(~swapped, pairs["work"])
    total = pairs.assign(work=first, other=second).groupby(["work", "other"], as_index=False)["saving_eur"].sum()
    return total.astype({"work": "str", "other": "str", "saving_eur": "float64"})
