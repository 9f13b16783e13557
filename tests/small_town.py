"""One small invented town for the tests, built once."""

from functools import cache

import geopandas as gpd
import pandas as pd

from koppelkans.demo.history import histories
from koppelkans.demo.make import city_layers
from koppelkans.demo.town import Town, build


@cache
def town() -> Town:
    """Return a town of 900 homes."""
    return build(900, 4)


@cache
def history() -> pd.DataFrame:
    """Return when its streets and nets were laid."""
    return histories(town())


@cache
def layers() -> dict[str, gpd.GeoDataFrame]:
    """Return its files before anything is wrong in them."""
    return city_layers(town())
