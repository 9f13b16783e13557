"""Clash: a purse that would need more in a year than it has. (nl: te weinig geld in een jaar)."""

import numpy as np
import pandas as pd

from koppelkans.ground.words import euros
from koppelkans.opportunities.kind import FindKind, KindInputs
from koppelkans.opportunities.overload import asked_per_year, short_years, told
from koppelkans.rules.purses import OWN

GIVEN = "{name}: in {year} {need} is needed and {has} is there, if every work takes its best year. Short: {gap}."
ASSUMED = "{name}: in {year} {need} is needed, if every work takes its best year. Spread evenly there would be {has} (assumed): {gap} too much at once."


def find(ground: KindInputs) -> pd.DataFrame:
    """Return the funds and years in which the works need more than there is when every work takes its best year.

    What a fund with carry-over leaves in a year is added to the next; a shortfall is not. Works whose cost is unknown
    are not counted, and the sentence says how many. Own money of an owner that no fund was declared for is left out:
    nothing is known of it.
    """
    declared = ground.payments[~ground.payments["fund"].str.startswith(OWN)]
    paid = declared.merge(ground.works[["work", "cost_eur", "best_year"]], on="work")
    asked = asked_per_year(paid.assign(need=paid["cost_eur"].astype("Float64") * paid["share"]), who="fund")
    table = ground.budgets.merge(asked, left_on=["fund", "year"], right_on=["fund", "best_year"], how="left")
    table = table.sort_values(["fund", "year"], ignore_index=True)
    table["has"] = _available(table.assign(need=table["need"].fillna(0.0).astype("float64")))
    short = short_years(table, who="fund")
    whole = short.assign(amount_eur=short["quantity"].round().astype("int64"))
    return told(whole, given=GIVEN, assumed=ASSUMED, write=euros)


def _available(table: pd.DataFrame) -> pd.Series:
    """Return what each fund has in each year: its budget, and what is left of earlier years where it carries over."""
    years = np.sort(table["year"].unique())
    funds, codes = np.unique(table["fund"].to_numpy(dtype=object), return_inverse=True)
    at = np.searchsorted(years, table["year"].to_numpy())
    budget, need, has = (np.zeros((len(funds), len(years))) for _ in range(3))
    budget[codes, at], need[codes, at] = table["budget_eur"], table["need"]
    carries = np.zeros(len(funds))
    carries[codes] = table["carries_over"]
    left = np.zeros(len(funds))
    for year in range(len(years)):
        has[:, year] = budget[:, year] + left
        left = np.maximum(has[:, year] - need[:, year], 0.0) * carries
    return pd.Series(has[codes, at], index=table.index)


MONEY_OVERLOAD = FindKind(
    name="money_overload",
    side="clash",
    nl="te weinig geld in een jaar",
    en="money overload",
    unit="eur",
    formula=r"\sum_{w: b_w = t} \sigma_{wf} c_w > B_{ft} + \text{left}_{f,t-1}",
    meaning="A year in which a fund would have to pay more than it has, with what it carries over, if every work took its best year.",
    find=find,
)
