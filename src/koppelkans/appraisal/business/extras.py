"""Extra ambitions that ride along when a street is open, as works of their own. (nl: extra ambities)."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from koppelkans.ground.money import whole_euros
from koppelkans.ground.settings import Figure, WorkKind
from koppelkans.ground.settings.business import Extra
from koppelkans.ground.settings.figures import at_price_year
from koppelkans.rules.key_figures import INDEX

ORIGIN = "extra"
FORMULA = r"q_{ck} = e_k \sum_{s \in S_c} \ell_s / 100"
"""Quantity of kind k that rides along in case c: e per 100 m of every section that the case opens."""


def extra_works(
    opened: pd.DataFrame,
    extras: Sequence[Extra],
    *,
    kinds: Mapping[str, WorkKind],
    figures: Mapping[str, Figure],
    owner: str,
    price_year: int,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the extra works of each case per kind, and where they lie.

    The place is work, section and length_m. They neither dig nor open the street: they ride along. They renew
    nothing, so nothing breaks without them.

    Parameters
    ----------
    opened
        `case`, `section` and `length_m` of the sections that each case opens, each once.
    extras
        What rides along per 100 m.
    kinds, figures
        Kinds of work with their prices, and key figures (for the price index).
    owner
        Who makes and pays them.
    price_year
        Price level.
    """
    parts = [_of_one(opened, extra, kinds[extra.kind], owner=owner) for extra in extras]
    if not parts or opened.empty:
        return pd.DataFrame({"work": pd.Series([], dtype="str")}), opened.iloc[:0].rename(columns={"case": "work"})
    works = pd.concat(parts, ignore_index=True)
    prices = {
        extra.kind: at_price_year(price, price_year=price_year, index=figures.get(INDEX))
        for extra in extras
        if (price := kinds[extra.kind].price) is not None
    }
    unit = works["kind"].map(prices).astype("float64")
    works["cost_eur"] = whole_euros(works["quantity"] * unit)
    works["cost_basis"] = np.where(unit.isna(), "unknown", "assumed")
    places = works[["work", "case"]].merge(opened, on="case")[["work", "section", "length_m"]]
    return works, places


def _of_one(opened: pd.DataFrame, extra: Extra, kind: WorkKind, *, owner: str) -> pd.DataFrame:
    """Return the works of one extra."""
    metres = opened.groupby("case")["length_m"].sum()
    return pd.DataFrame(
        {
            "work": metres.index + "+" + extra.kind,
            "case": metres.index,
            "owner": owner,
            "kind": extra.kind,
            "system": kind.system,
            "origin": ORIGIN,
            "certainty": "wens",
            "quantity": metres.to_numpy() * extra.per_100m.value / 100.0,
            "unit": kind.unit,
            "digs": False,
            "resurfaces": False,
            "mandatory": False,
            "criticality": kind.criticality,
            "source": extra.per_100m.source,
        }
    ).astype({"work": "str"})
