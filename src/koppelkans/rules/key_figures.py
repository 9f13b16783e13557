"""Key figures and tables per road class, by name; a missing one is a fault. (nl: kengetallen)."""

from collections.abc import Mapping

import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import Figure
from koppelkans.ground.settings.figures import at_price_year

INDEX = "price_index"
"""Figure that brings an amount from its own price level to that of the city."""


ASSUMED_HERE = "assumption of the project"
"""Start of the source of a figure that no city gave."""


def is_declared(figure: Figure) -> bool:
    """Tell whether the city gave a figure itself."""
    return not figure.source.startswith(ASSUMED_HERE)


def key_figure(figures: Mapping[str, Figure], name: str, *, price_year: int) -> float:
    """Return the value of a key figure at the price level of `price_year`.

    Raises
    ------
    SettingError
        Where no figure has that name; the fault names the key.
    """
    if name not in figures:
        raise SettingError([_missing(f"appraisal.figures.{name}", "a number")])
    return at_price_year(figures[name], price_year=price_year, index=figures.get(INDEX))


def per_road_class(classes: pd.Series, values: Mapping[str, float], *, key: str) -> pd.Series:
    """Return the value of each road class, as a float series on the index of `classes`.

    Raises
    ------
    SettingError
        With every road class that occurs and has no value; each fault names its key.
    """
    missing = sorted(set(classes.unique()) - set(values))
    if missing:
        raise SettingError([_missing(f"{key}.{name}", "a number for this road class") for name in missing])
    return classes.map(dict(values)).astype("float64")


def _missing(key: str, wanted: str) -> Fault:
    """Return the fault of a setting that is not there."""
    return Fault("koppelkans.toml", "nothing", wanted, column=key, fatal=True)
