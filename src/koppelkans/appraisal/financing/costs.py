"""The amount to be paid per work: its cost and its part of opening the street. (nl: te betalen)."""

import pandas as pd

from koppelkans.appraisal.on_top import on_top_of_works
from koppelkans.appraisal.opening_parts import opening_parts
from koppelkans.ground.settings.business import SskPart


def to_be_paid(
    plan: pd.DataFrame, works: pd.DataFrame, openers: pd.DataFrame, *, ssk: SskPart, with_openings: bool
) -> pd.DataFrame:
    """Return every work that has a year, with what has to be paid for it, sorted.

    As the account counts it: with what the city declared on top, and the fair part of each work in each opening.

    Parameters
    ----------
    plan
        `work`, `year`, `bundle` and `cost_eur` of the programme.
    works
        `work`, `owner`, `kind`, `certainty` and `origin`.
    openers
        `work`, `section` and `alone_eur` of the works that open a section.
    ssk
        What comes on top of works and openings.
    with_openings
        False: only the works themselves.

    Returns
    -------
    `work`, `case`, `owner`, `kind`, `year`, `cost_eur` (may be unknown), `opening_eur`, `wanted_eur` (an unknown cost counts
    for nothing in it).
    """
    done = plan.dropna(subset=["year"]).astype({"year": "int64"})
    made = done[["work", "year", "cost_eur"]].merge(works, on="work")
    made["case"] = made["work"].map(case_of(done)).astype("str").fillna(made["work"])
    top = on_top_of_works(made, ssk)
    made["cost_eur"] = (top.direct + top.declared).astype("Int64")
    met = openers.merge(made[["work", "owner", "year"]], on="work").sort_values(
        ["section", "year", "work"], ignore_index=True
    )
    parts = opening_parts(met.astype({"alone_eur": "int64"}), ssk)
    eur = (parts["part_eur"] + parts["on_top_eur"]).groupby(parts["work"]).sum()
    made["opening_eur"] = made["work"].map(eur).fillna(0).astype("int64") if with_openings else 0
    made["wanted_eur"] = made["cost_eur"].fillna(0) + made["opening_eur"]
    columns = ["work", "case", "owner", "kind", "year", "cost_eur", "opening_eur", "wanted_eur"]
    return made[columns].sort_values("work", ignore_index=True)


def case_of(plan: pd.DataFrame) -> pd.Series:
    """Return by work the bundle that it goes in, for works that go in one."""
    return plan.dropna(subset=["bundle"]).set_index("work")["bundle"]
