"""The noun of this room: the map of opportunities and bottlenecks. (nl: kansen- en knelpuntenkaart)."""

from dataclasses import dataclass
from typing import ClassVar

import geopandas as gpd
import pandas as pd

from koppelkans.ground import columns
from koppelkans.ground.tables import GEOMETRY, NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, Column, Schema
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
        "unit": columns.UNIT.but(known=False, codes="ours"),
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
        "what": columns.WHAT.but(one_of=("work", "party", "asset", "wish", "ambition"), codes="ours"),
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
PROPOSALS = Schema(
    "proposals",
    "Works that are proposed where the need for an ambition is high and no work serves it. They are in no programme and in no sum.",
    {
        "proposal": Column(TEXT, "proposed work", nl="voorstel", en="proposal", nl_meaning="kenmerk van het voorstel", seen="open"),
        "area": columns.AREA,
        "ambition": columns.AMBITION,
        "kind": columns.KIND.but("kind of work that meets most need for its price; unknown where no effect was given", "soort werk die voor haar prijs de meeste behoefte vervult; onbekend waar geen effect is opgegeven", known=False),
        "streets": Column(TEXT, "streets, where the need is highest first", nl="straten", en="streets", nl_meaning="straten, waar de behoefte het hoogst is eerst", seen="open"),
        "sections": Column(WHOLE, "sections with a high need that no work serves", nl="wegvakken", nl_meaning="wegvakken met een hoge behoefte die geen werk dient", seen="open", least=1),
        "need_score": columns.NEED_SCORE.but("mean need there", "gemiddelde behoefte daar"),
        "quantity": columns.QUANTITY.but("how much brings the need back to the level of the setting `need_to`", "hoeveel de behoefte terugbrengt tot het niveau van de instelling `need_to`"),
        "unit": columns.UNIT.but(known=False, codes="ours"),
        "cost_eur": Column(WHOLE_OR_UNKNOWN, "rough cost, in whole thousands; unknown where the kind has no price", nl="ruwe kosten", en="rough cost", nl_meaning="ruwe kosten, in hele duizenden; onbekend waar de soort geen prijs heeft", seen="open", unit="eur", known=False, least=0),
        "cost_source": columns.SOURCE.but("where the price of one unit comes from", "waar de prijs per eenheid vandaan komt", nl="bron van de prijs", en="source of the price", known=False, codes="ours"),
        "basis": columns.BASIS.but("always assumed: effect and price are key figures", "altijd aangenomen: effect en prijs zijn kengetallen", one_of=("assumed",)),
        "partners": Column(TEXT, "parties that gain by it, to talk with", nl="partners", nl_meaning="partijen die er baat bij hebben, om mee te praten", seen="open", known=False),
        "why_nl": columns.WHY_NL.but("the proposal in one sentence, in Dutch", "het voorstel in één zin, in het Nederlands", seen="open"),
        "why_en": columns.WHY_EN.but("the proposal in one sentence, in English", "het voorstel in één zin, in het Engels", seen="open"),
        "geometry": Column(GEOMETRY, "place", nl="ligging", en="location", nl_meaning="plek", seen="open", known=False),
    },
    key=("proposal",),
    nl="Voorgestelde werken", en="Proposed works", nl_meaning="Werken die worden voorgesteld waar de behoefte aan een ambitie hoog is en geen werk die dient. Zij staan in geen programma en in geen som.",
)  # fmt: skip


@dataclass(frozen=True)
class Opportunities:
    """Chances and clashes, the needs of the sections, and proposed works."""

    finds: gpd.GeoDataFrame
    involved: pd.DataFrame
    section_needs: pd.DataFrame
    proposals: gpd.GeoDataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "finds": FINDS,
        "involved": INVOLVED,
        "section_needs": SECTION_NEEDS,
        "proposals": PROPOSALS,
    }
