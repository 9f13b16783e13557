"""What there is of each system, of whom, how old, and how much of it is overdue already. (nl: areaal)."""

import numpy as np
import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.systems.product import STOCK

KEY = list(STOCK.key)


def stock_of(assets: pd.DataFrame, *, horizon: Horizon) -> pd.DataFrame:
    """Return the columns of `STOCK` per system, kind and owner, of assets from `in_use`.

    Ages and shares are weighted by quantity; where no quantity of a kind of an owner is known, each asset counts once.
    """
    quantity = assets["quantity"].fillna(0.0)
    groups = [assets[name] for name in KEY]
    size = quantity.where(quantity.groupby(groups).transform("sum") > 0, 1.0)
    age = horizon.first - assets["built_year"].astype("Float64").astype("float64")
    aged = age.notna()
    late = (assets["due_year"] < horizon.first).fillna(value=False).astype("bool")
    counted = assets[[*KEY, "unit"]].assign(
        assets=1, quantity=quantity, size=size, aged=size.where(aged, 0.0), years=(size * age).where(aged, 0.0),
        unaged=size.mask(aged, 0.0), overdue=quantity.where(late, 0.0),
    )  # fmt: skip
    sums = ["assets", "quantity", "size", "aged", "years", "unaged", "overdue"]
    found = counted.groupby([*KEY, "unit"])[sums].sum().reset_index()
    return found.assign(
        mean_age=found["years"] / found["aged"].where(found["aged"] > 0, np.nan),
        unknown_age_share=found["unaged"] / found["size"],
    )
