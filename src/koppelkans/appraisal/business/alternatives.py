"""The year of each work in each alternative, and its part of each opening. (nl: alternatieven)."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.on_top import opening_factor
from koppelkans.appraisal.opening_parts import first_level
from koppelkans.appraisal.opening_parts import opening_parts as fair_openings
from koppelkans.ground.settings.business import SskPart

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


def opening_parts(
    openers: pd.DataFrame, openings: pd.DataFrame, years: pd.Series, *, shared: bool, ssk: SskPart
) -> pd.DataFrame:
    """Return per work what it bears of its openings: the columns of `PARTS`, indexed by work.

    Works that open one section in one year share one opening, as wide as the widest needs: each bears its fair part of the
    money, as it is charged to purses, and of the days that of the set-up. Where `shared` is false each opens it alone.
    Works without a year (index of `years` is the work) open nothing.

    Parameters
    ----------
    openers
        `work`, `section`, `owner`, `share` and `alone_eur` of the works that open a section.
    openings
        `section` and the amounts of one opening, with `paved_eur` over the whole width.
    years
        Year per work.
    ssk
        What the city declared on top of openings; where costs are direct the estimate puts that on top later.
    """
    parts = openers.assign(year=openers["work"].map(years)).dropna(subset=["year"])
    parts = parts.merge(openings.assign(digs_count=1.0).drop(columns="paving_eur"), on="section")
    parts = parts.sort_values(["section", "year", "work"], ignore_index=True)
    if shared:
        parts = fair_openings(parts, ssk)
        money, first = (parts["part_eur"] + parts["on_top_eur"]).astype("float64"), first_level(parts)
    else:
        money, first = parts["alone_eur"].astype("float64") * opening_factor(ssk), pd.Series(1.0, index=parts.index)
    whole = parts["alone_eur"].astype("float64")
    raised = (money / (parts["part_eur"] if shared else whole)).where(whole > 0, 1.0).fillna(1.0)
    split = {name: parts[name].astype("float64") * first for name in PARTS if name != "paving_eur"}
    split |= {name: split[name] * raised for name in ("setup_eur", "traffic_eur")}
    paving = (money - split["setup_eur"] - split["traffic_eur"]).where(parts["share"] * parts["paved_eur"] > 0, 0.0)
    table = pd.DataFrame(split | {"paving_eur": paving.clip(lower=0.0)})[list(PARTS)].assign(work=parts["work"])
    grouped = table.groupby("work")
    summed = grouped.sum()
    known = grouped["address_days"].count() == grouped.size()
    return summed.assign(address_days=summed["address_days"].where(known))
