"""The noun of this room: the map of opportunities and bottlenecks. (nl: kansen- en knelpuntenkaart)."""

from dataclasses import dataclass
from typing import ClassVar

import geopandas as gpd
import pandas as pd

from koppelkans.ground.tables import GEOMETRY, NUMBER, TEXT, WHOLE_OR_UNKNOWN, Column, Schema
from koppelkans.ground.trace import Trace

FINDS = Schema(
    "finds",
    "Every chance (kans) and clash (knelpunt), with its place, years, euros where computable, and why.",
    {
        "find": Column(TEXT, "find"),
        "kind": Column(TEXT, "kind of chance or clash: the name of its piece"),
        "side": Column(TEXT, "chance or clash", one_of=("chance", "clash")),
        "section": Column(TEXT, "section; unknown for a whole area, fund or crew", known=False),
        "area": Column(TEXT, "area", known=False),
        "first_year": Column(WHOLE_OR_UNKNOWN, "first year in which it plays", known=False),
        "last_year": Column(WHOLE_OR_UNKNOWN, "last year in which it plays", known=False),
        "quantity": Column(NUMBER, "how much, in `unit`", known=False),
        "unit": Column(TEXT, "unit of the quantity", known=False),
        "amount_eur": Column(WHOLE_OR_UNKNOWN, "euros that are at stake, where computable", known=False),
        "score": Column(NUMBER, "how strong it is among its own kind, 0-1", least=0, most=1),
        "why_nl": Column(TEXT, "why, in Dutch"),
        "why_en": Column(TEXT, "why, in English"),
        "geometry": Column(GEOMETRY, "place", known=False),
    },
    key=("find",),
)
INVOLVED = Schema(
    "involved",
    "Which works, parties, assets, wishes and ambitions a find is about.",
    {
        "find": Column(TEXT, "find"),
        "what": Column(
            TEXT, "work, party, asset, wish or ambition", one_of=("work", "party", "asset", "wish", "ambition")
        ),
        "name": Column(TEXT, "its identifier"),
    },
    key=("find", "what", "name"),
)
SECTION_NEEDS = Schema(
    "section_needs",
    "The vision projected on the sections: need per ambition, the area-weighted mean per origin, then the mean over origins.",
    {
        "section": Column(TEXT, "section"),
        "ambition": Column(TEXT, "ambition"),
        "need_score": Column(NUMBER, "need 0-1", least=0, most=1),
        "known_share": Column(NUMBER, "share of the section where the need is known", least=0, most=1),
    },
    key=("section", "ambition"),
)


@dataclass(frozen=True)
class Opportunities:
    """Chances and clashes, and the vision projected on the sections."""

    finds: gpd.GeoDataFrame
    involved: pd.DataFrame
    section_needs: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {"finds": FINDS, "involved": INVOLVED, "section_needs": SECTION_NEEDS}
