"""What is done to each kind of each system, year by year, and what stays overdue. (nl: jaren van het routeboek)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from koppelkans.context.works.costs import units
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.money import whole_euros
from koppelkans.ground.settings import WorkKind
from koppelkans.systems.lasting import NEVER, Floats, lasting

PAIR = ["system", "kind"]


def years_of(
    assets: pd.DataFrame,
    done: pd.DataFrame,
    *,
    kinds: Mapping[str, WorkKind],
    prices: pd.Series,
    horizon: Horizon,
) -> pd.DataFrame:
    """Return the columns of `YEARS` for every kind that occurs and every year of the horizon.

    Parameters
    ----------
    assets
        From `in_use`, with `renewed`: the year in which the programme renews them.
    done
        Every work with system, kind, quantity, and year and cost_eur as the programme has them.
    prices
        Price of one unit per kind (eur, price level of the city); unknown where there is none.
    """
    pairs = pd.concat([assets[PAIR], done[PAIR]]).drop_duplicates().sort_values(PAIR, ignore_index=True)
    whole = pairs.merge(pd.DataFrame({"year": horizon.years}), how="cross")
    sums = done[done["year"].notna()].assign(works=1).sort_values("work")
    sums = sums.assign(year=sums["year"].astype("int64"), cost_eur=sums["cost_eur"].astype("Float64"))
    sums = sums.groupby([*PAIR, "year"])[["works", "quantity", "cost_eur"]].sum().reset_index()
    whole = whole.merge(sums, how="left", on=[*PAIR, "year"])
    whole["backlog"] = backlog(assets, pairs, horizon=horizon).ravel()
    return whole.assign(
        works=whole["works"].fillna(0).astype("int64"),
        quantity=whole["quantity"].fillna(0.0),
        unit=whole["kind"].map(units(kinds)),
        cost_eur=whole["cost_eur"].fillna(0).astype("int64"),
        backlog_eur=whole_euros(whole["backlog"] * whole["kind"].map(prices).astype("float64")),
    )


def backlog(assets: pd.DataFrame, pairs: pd.DataFrame, *, horizon: Horizon) -> Floats:
    """Return the overdue quantity per pair at the end of each year.

    Overdue is due by then, and not renewed by then.

    Returns
    -------
    Shape (pairs, years).
    """
    number = pd.Series(np.arange(len(pairs)), index=pd.MultiIndex.from_frame(pairs))
    group = number.reindex(pd.MultiIndex.from_frame(assets[PAIR])).to_numpy(dtype=np.int64)
    due = assets["due_year"].astype("Float64").to_numpy(dtype=float, na_value=NEVER)
    quantity = assets["quantity"].fillna(0.0).to_numpy()
    return lasting(group, quantity, start=due, stop=assets["renewed"].to_numpy(), groups=len(pairs), horizon=horizon)
