"""The cost of works: quantity times unit price of their kind, in prices of the city. (nl: kosten uit eenheidsprijzen)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from koppelkans.ground.money import whole_euros
from koppelkans.ground.settings import Figure, Settings, WorkKind
from koppelkans.ground.settings.figures import at_price_year


def unit_prices(settings: Settings) -> pd.DataFrame:
    """Return the price per unit of each kind (eur) and its basis.

    At the price level of the city; unknown where there is none.
    """
    index = settings.appraisal.figures.get("price_index")
    year = settings.city.price_year
    prices = {name: kind.price for name, kind in settings.kinds.items()}
    return pd.DataFrame(
        {
            "price_eur": {name: _price(figure, year, index) for name, figure in prices.items()},
            "basis": {name: _basis(figure) for name, figure in prices.items()},
        }
    )


def costs(kind: pd.Series, quantity: pd.Series, *, prices: pd.DataFrame) -> pd.DataFrame:
    """Return the cost of works in whole euros, with its basis.

    Unknown where quantity or price is.
    """
    amount = quantity.astype("float64") * kind.map(prices["price_eur"]).astype("float64")
    basis = kind.map(prices["basis"]).where(amount.notna(), "unknown")
    return pd.DataFrame({"cost_eur": whole_euros(amount), "cost_basis": basis.astype("str")})


def units(kinds: Mapping[str, WorkKind]) -> dict[str, str]:
    """Return the unit of each kind."""
    return {name: kind.unit for name, kind in kinds.items()}


def _price(figure: Figure | None, year: int, index: Figure | None) -> float:
    """Return a price at the price level of the city."""
    return np.nan if figure is None else at_price_year(figure, price_year=year, index=index)


def _basis(figure: Figure | None) -> str:
    """Return how a cost from this price is known: no better than derived."""
    if figure is None:
        return "unknown"
    return "assumed" if figure.basis == "assumed" else "derived"
