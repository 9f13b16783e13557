"""The amount to be paid per work: its cost and its part of opening the street. (nl: te betalen)."""

import pandas as pd

from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.money import whole_parts
from koppelkans.rules.openings import opened


def to_be_paid(context: Context, appraisal: Appraisal, plan: pd.DataFrame, *, with_openings: bool) -> pd.DataFrame:
    """Return every work that has a year, with what has to be paid for it, sorted.

    Opening and closing a section in a year is split evenly over the works that open it then, in whole euros.

    Parameters
    ----------
    context, appraisal
        Works, and what one opening costs.
    plan
        `work`, `year`, `bundle` and `cost_eur` of the programme.
    with_openings
        False: only the works themselves.

    Returns
    -------
    `work`, `case`, `owner`, `kind`, `year`, `cost_eur`, `opening_eur`, `wanted_eur` (unknown where the cost is).
    """
    done = plan.dropna(subset=["year"]).astype({"year": "int64"})
    made = done[["work", "year", "cost_eur"]].merge(pd.DataFrame(context.works[["work", "owner", "kind"]]), on="work")
    made["case"] = made["work"].map(case_of(done)).astype("str").fillna(made["work"])
    parts = opening_parts(opened(context.touches, works=context.works), appraisal.openings, done)
    made["opening_eur"] = made["work"].map(parts).fillna(0).astype("int64") if with_openings else 0
    made["wanted_eur"] = made["cost_eur"].astype("Int64") + made["opening_eur"]
    columns = ["work", "case", "owner", "kind", "year", "cost_eur", "opening_eur", "wanted_eur"]
    return made[columns].sort_values("work", ignore_index=True)


def opening_parts(openers: pd.DataFrame, openings: pd.DataFrame, plan: pd.DataFrame) -> pd.Series:
    """Return by work its part (whole euros) of the openings that it shares.

    Parameters
    ----------
    openers
        `work` and `section` of works that open a section.
    openings
        `section` and `opening_eur`.
    plan
        `work` and `year`.
    """
    parts = (
        openers[["work", "section"]]
        .merge(plan[["work", "year"]], on="work")
        .merge(openings[["section", "opening_eur"]], on="section")
    )
    parts = parts.sort_values(["section", "year", "work"], ignore_index=True)
    cell = parts["section"].astype("str") + "\n" + parts["year"].astype("str")
    share = parts["opening_eur"] / cell.groupby(cell).transform("size")
    parts["part"] = whole_parts(share, cell)
    return parts.groupby("work")["part"].sum()


def case_of(plan: pd.DataFrame) -> pd.Series:
    """Return by work the bundle that it goes in, for works that go in one."""
    return plan.dropna(subset=["bundle"]).set_index("work")["bundle"]
