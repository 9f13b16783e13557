"""The noun of this room: what the city wants, and where the need for it is. (nl: visie)."""

from dataclasses import dataclass
from typing import ClassVar

import geopandas as gpd
import pandas as pd

from koppelkans.ground.tables import GEOMETRY, NUMBER, TEXT, WHOLE, Column, Schema
from koppelkans.ground.trace import Trace

AMBITIONS = Schema(
    "ambitions",
    "The ambitions of the city, who set them and how high.",
    {
        "ambition": Column(TEXT, "short name"),
        "name_nl": Column(TEXT, "name in Dutch"),
        "name_en": Column(TEXT, "name in English"),
        "level": Column(WHOLE, "ambition level 1-3 of the ambitieweb", least=1, most=3),
        "weight": Column(NUMBER, "weight against the other ambitions; adds up to 1", least=0, most=1),
        "set_by": Column(TEXT, "role that set level and weight"),
        "set_on": Column(TEXT, "date on which they were set", known=False),
        "places": Column(WHOLE, "places where the need is known", least=0),
        "basis": Column(
            TEXT,
            "where the need comes from: source and column, or indicator; unknown where nothing was given",
            known=False,
        ),
    },
    key=("ambition",),
)
NEEDS = Schema(
    "needs",
    "Need for an ambition at a place, from one layer or indicator; places of different origins may overlap.",
    {
        "ambition": Column(TEXT, "ambition"),
        "place": Column(TEXT, "name of the place: row of the layer, or cell of the grid"),
        "origin": Column(TEXT, "source and column, or indicator"),
        "measured": Column(NUMBER, "value that was read or measured, in the unit of its origin", known=False),
        "need_score": Column(NUMBER, "need, 0 (none) to 1 (highest)", least=0, most=1),
        "geometry": Column(GEOMETRY, "the place"),
    },
    key=("ambition", "origin", "place"),
)
EFFECTS = Schema(
    "effects",
    "How much need one unit of a kind of work meets.",
    {
        "ambition": Column(TEXT, "ambition"),
        "kind": Column(TEXT, "kind of work"),
        "need_per_unit": Column(NUMBER, "need met per m, m2 or piece", least=0),
        "source": Column(TEXT, "source of the number"),
        "basis": Column(TEXT, "measured, derived or assumed"),
    },
    key=("ambition", "kind"),
)


@dataclass(frozen=True)
class Vision:
    """Ambitions stacked per place."""

    ambitions: pd.DataFrame
    needs: gpd.GeoDataFrame
    effects: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {"ambitions": AMBITIONS, "needs": NEEDS, "effects": EFFECTS}
