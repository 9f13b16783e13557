"""The noun of this room: the map of opportunities and bottlenecks. (nl: kansen- en knelpuntenkaart)."""

from dataclasses import dataclass
from typing import ClassVar

import geopandas as gpd
import pandas as pd

from koppelkans.ground import columns
from koppelkans.ground.tables import GEOMETRY, NUMBER, TEXT, Column, Schema
from koppelkans.ground.trace import Trace

FINDS = Schema(
    "finds",
    "Every chance (kans) and clash (knelpunt), with its place, years, euros where computable, and why.",
    {
        "find": columns.FIND,
        "kind": columns.KIND.but("kind of chance or clash: the name of its piece", "soort kans of knelpunt", codes="finds"),
        "side": Column(TEXT, "chance or clash", nl="kans of knelpunt", seen="open", one_of=("chance", "clash"), codes=columns.SIDE_WORDS),
        "section": columns.SECTION.but("section; unknown for a whole area, fund or crew", "wegvak; onbekend voor een heel gebied, fonds of ploeg", known=False),
        "area": columns.AREA,
        "first_year": columns.FIRST_YEAR.but("first year in which it plays", "eerste jaar waarin het speelt"),
        "last_year": columns.LAST_YEAR.but("last year in which it plays", "laatste jaar waarin het speelt"),
        "quantity": columns.QUANTITY.but("how much, in `unit`", "hoeveel, in de eenheid"),
        "unit": columns.UNIT.but(known=False),
        "amount_eur": columns.AMOUNT_EUR.but(seen="open"),
        "score": columns.SCORE,
        "why_nl": columns.WHY_NL.but("why, in Dutch", "waarom, in het Nederlands"),
        "why_en": columns.WHY_EN.but("why, in English", "waarom, in het Engels"),
        "geometry": Column(GEOMETRY, "place", nl="ligging", en="location", nl_meaning="plek", seen="open", known=False),
    },
    key=("find",),
    nl="Kansen en knelpunten", en="Chances and bottlenecks", nl_meaning="Elke kans en elk knelpunt, met plek, jaren, euro's waar ze te berekenen zijn, en waarom.",
)  # fmt: skip
INVOLVED = Schema(
    "involved",
    "Which works, parties, assets, wishes and ambitions a find is about.",
    {
        "find": columns.FIND,
        "what": columns.WHAT.but(one_of=("work", "party", "asset", "wish", "ambition")),
        "name": Column(TEXT, "its identifier", nl="kenmerk", en="identifier", seen="place", refers="any"),
    },
    key=("find", "what", "name"),
    nl="Wie bij kansen", en="Who in finds", nl_meaning="Over welke werken, partijen, objecten, wensen en ambities een kans of knelpunt gaat.",
)  # fmt: skip
SECTION_NEEDS = Schema(
    "section_needs",
    "The vision projected on the sections: need per ambition, the area-weighted mean per origin, then the mean over origins.",
    {
        "section": columns.SECTION,
        "ambition": columns.AMBITION,
        "need_score": columns.NEED_SCORE.but("need 0-1", "behoefte 0-1"),
        "known_share": Column(NUMBER, "share of the section where the need is known", nl="deel bekend", en="share known", nl_meaning="deel van het wegvak waar de behoefte bekend is", seen="open", unit="share", least=0, most=1),
    },
    key=("section", "ambition"),
    nl="Behoefte per wegvak", en="Need per section", nl_meaning="De visie op de wegvakken: behoefte per ambitie, eerst het gemiddelde naar oppervlak per herkomst, dan het gemiddelde over de herkomsten.",
)  # fmt: skip


@dataclass(frozen=True)
class Opportunities:
    """Chances and clashes, and the vision projected on the sections."""

    finds: gpd.GeoDataFrame
    involved: pd.DataFrame
    section_needs: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {"finds": FINDS, "involved": INVOLVED, "section_needs": SECTION_NEEDS}
