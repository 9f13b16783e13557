"""Assets in use with what the routeboek counts: quantity, replacement value, and the year in which they are renewed. (nl: getelde assets)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from koppelkans.context.works.costs import units
from koppelkans.ground.settings import WorkKind
from koppelkans.systems.lasting import NEVER, Floats

LEFT_OUT = "not_in_use"
"""What is only projected or out of use is no part of a system."""
COLUMNS = ["asset", "owner", "kind", "system", "material", "built_year", "condition", "condition_year", "due_year"]


def in_use(assets: pd.DataFrame, *, kinds: Mapping[str, WorkKind]) -> pd.DataFrame:
    """Return the assets in use in order of their ids, without geometry, with `unit` and `quantity` in the unit of their kind.

    The quantity is unknown where the measure of its unit is: a line has no area.
    """
    kept = pd.DataFrame(assets[[*COLUMNS, "length_m", "area_m2", "pieces"]])
    kept = kept[(assets["renewal"] != LEFT_OUT).to_numpy()].sort_values("asset", ignore_index=True)
    unit = kept["kind"].map(units(kinds)).astype("str")
    pieces = kept["pieces"].astype("float64")
    quantity = kept["length_m"].where(unit == "m", kept["area_m2"].where(unit == "m2", pieces))
    return kept[COLUMNS].assign(unit=unit, quantity=quantity)


def renewal_years(assets: pd.DataFrame, work_assets: pd.DataFrame, plan: pd.DataFrame) -> Floats:
    """Return the year in which the programme renews each asset; never where it does not."""
    year_of = plan.set_index("work")["year"].astype("Float64")
    done = work_assets.set_index("asset")["work"].map(year_of)
    year: Floats = assets["asset"].map(done).astype("Float64").to_numpy(dtype=float, na_value=NEVER)
    return year


def weights(assets: pd.DataFrame, *, prices: pd.Series) -> Floats:
    """Return what each asset weighs within its system: its replacement value, so that metres, m2 and pieces can be added.

    A kind without a price weighs nothing beside kinds with one. In a system where nothing has a price each kind weighs the
    same, and an asset its share of the quantity of its kind.
    """
    quantity = assets["quantity"].fillna(0.0)
    value = (quantity * assets["kind"].map(prices).astype("float64")).fillna(0.0)
    of_kind = quantity.groupby([assets["system"], assets["kind"]]).transform("sum")
    share = (quantity / of_kind.where(of_kind > 0)).fillna(0.0)
    priced = value.groupby(assets["system"]).transform("sum") > 0
    weight: Floats = np.where(priced, value, share)
    return weight
