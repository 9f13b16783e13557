"""What a kind of chance or clash is, and what it may look at. (nl: soort kans of knelpunt)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.overlay import LINES, Shapes
from koppelkans.ground.settings import OpportunitiesPart
from koppelkans.opportunities.telling import Names

LISTS = {"works": "work", "assets": "asset", "wishes": "wish", "ambitions": "ambition"}
"""Columns of a kind's frame that hold lists of identifiers = what they are in `INVOLVED`; parties follow from their owners."""


@dataclass(frozen=True)
class KindInputs:
    """The inputs of a kind of chance: tables of earlier rooms, rules and settings.

    Parameters
    ----------
    works, touches, sections, assets, work_assets, areas, wishes
        Tables of the context.
    wish_sections
        The sections of the own streets of each wish: wish, section, street and named.
    openers
        Per section the works that open it: section, work, length_m, owner, earliest_year, best_year, latest_year.
    section_needs
        The vision projected on the sections.
    ambitions, effects
        Tables of the vision.
    openings
        What opening each section costs (rules): section, opening_eur, breach_eur, ...
    prices
        Per kind: unit, resurfaces, digs and price_eur of one unit at the price level of the city, unknown where not given.
    payments, budgets, efforts, hours
        Who pays and does each work, and what purses and crews have per year (rules).
    years
        The horizon.
    part
        Settings of this room.
    names
        Names of parties, kinds and ambitions in both languages.
    """

    works: gpd.GeoDataFrame
    touches: pd.DataFrame
    sections: gpd.GeoDataFrame
    assets: gpd.GeoDataFrame
    work_assets: pd.DataFrame
    areas: gpd.GeoDataFrame
    wishes: gpd.GeoDataFrame
    wish_sections: pd.DataFrame
    openers: pd.DataFrame
    section_needs: pd.DataFrame
    ambitions: pd.DataFrame
    effects: pd.DataFrame
    openings: pd.DataFrame
    prices: pd.DataFrame
    payments: pd.DataFrame
    budgets: pd.DataFrame
    efforts: pd.DataFrame
    hours: pd.DataFrame
    years: Horizon
    part: OpportunitiesPart
    names: Names


@dataclass(frozen=True)
class FindKind:
    """One kind of chance or clash.

    `find` returns one row per find, with `key` (unique within the kind and made of identifiers of the input), `section`,
    `area`, `first_year`, `last_year`, `quantity`, `amount_eur`, `strength` (0 or more; the score is its share of the
    strongest), `why_nl`, `why_en`, `geometry`, and the lists of `LISTS`. What is left out is unknown, or empty.
    """

    name: str
    side: Literal["chance", "clash"]
    nl: str
    en: str
    unit: str
    formula: str
    meaning: str
    find: Callable[[KindInputs], pd.DataFrame]


def together(shapes: Shapes, keys: pd.Series) -> pd.Series:
    """Return one shape per key: lines as one multi line, anything else as a collection.

    The series has the keys as its index, in order; keys without any shape are left out.
    """
    filled = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    code, names = pd.factorize(keys[filled].to_numpy(), sort=True)
    if not len(names):
        return pd.Series([], index=pd.Index([], dtype="str"), dtype="object")
    parts, owner = shapely.get_parts(shapes[filled], return_index=True)
    order = np.argsort(code[owner], kind="stable")
    parts, place = parts[order], code[owner][order]
    lines = np.isin(shapely.get_type_id(parts), LINES).all()
    made = (shapely.multilinestrings if lines else shapely.geometrycollections)(parts, indices=place)
    return pd.Series(made, index=pd.Index(names, dtype="str"), dtype="object")
