"""The noun of this room: a routeboek per vital system. (nl: routeboek vitale systemen)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground import columns
from koppelkans.ground.settings import SYSTEMS
from koppelkans.ground.tables import NUMBER, WHOLE, WHOLE_OR_UNKNOWN, Column, Schema
from koppelkans.ground.trace import Trace

CASE_WORDS = {"programme": "with this programme", "nothing": "without any renewal"}

YEARS = Schema(
    "years",
    "Per vital system, kind and year: what is done to it.",
    {
        "system": columns.SYSTEM.but(one_of=SYSTEMS),
        "kind": columns.KIND.but("kind", "soort"),
        "year": columns.YEAR,
        "works": columns.WORKS.but(least=0),
        "quantity": columns.QUANTITY.but("renewed or made, in `unit`", "vervangen of gemaakt, in de eenheid", nl="vervangen of gemaakt", en="renewed or made", least=0, known=True),
        "unit": columns.UNIT.but("unit", "eenheid"),
        "cost_eur": Column(WHOLE, "cost of works with a known cost", nl="kosten", en="cost", nl_meaning="kosten van werken waarvan de kosten bekend zijn", seen="whole", unit="eur", least=0),
        "backlog": Column(NUMBER, "overdue at the end of the year and not yet renewed, in `unit`", nl="over tijd", en="overdue", nl_meaning="over tijd aan het eind van het jaar en nog niet vervangen, in de eenheid", seen="open", least=0),
        "backlog_eur": Column(WHOLE_OR_UNKNOWN, "cost of that backlog", nl="kosten daarvan", en="cost of that", seen="whole", unit="eur", known=False, least=0),
    },
    key=("system", "kind", "year"),
    nl="Routeboek per jaar", en="Routeboek per year", nl_meaning="Per vitaal systeem, soort en jaar: wat eraan gebeurt.",
)  # fmt: skip
FORECAST = Schema(
    "forecast",
    "Condition of each system over the years: share of its assets per condition class, with the programme and without any renewal.",
    {
        "system": columns.SYSTEM.but(one_of=SYSTEMS),
        "case": columns.CASE.but("with the programme, or without renewal", "met het programma, of zonder vervanging", nl="geval", seen="open", one_of=("programme", "nothing"), codes=CASE_WORDS, refers=""),
        "year": columns.YEAR,
        "good_share": Column(NUMBER, "condition 1-2", nl="goed", en="good", nl_meaning="conditie 1-2", seen="open", unit="share", least=0, most=1),
        "fair_share": Column(NUMBER, "condition 3-4", nl="matig", en="fair", nl_meaning="conditie 3-4", seen="open", unit="share", least=0, most=1),
        "poor_share": Column(NUMBER, "condition 5-6", nl="slecht", en="poor", nl_meaning="conditie 5-6", seen="open", unit="share", least=0, most=1),
        "unknown_share": Column(NUMBER, "neither age nor condition known", nl="onbekend", en="unknown", nl_meaning="leeftijd en conditie onbekend", seen="open", unit="share", least=0, most=1),
    },
    key=("system", "case", "year"),
    nl="Conditie per jaar", en="Condition per year", nl_meaning="Conditie van elk systeem door de jaren: deel van de objecten per conditieklasse, met het programma en zonder vervanging.",
)  # fmt: skip
STOCK = Schema(
    "stock",
    "What there is of each system.",
    {
        "system": columns.SYSTEM.but(one_of=SYSTEMS),
        "kind": columns.KIND.but("kind", "soort"),
        "owner": columns.OWNER.but("owner", "eigenaar"),
        "assets": Column(WHOLE, "assets", nl="objecten", seen="open", least=0),
        "quantity": columns.QUANTITY.but(least=0, known=True),
        "unit": columns.UNIT.but("unit", "eenheid"),
        "mean_age": Column(NUMBER, "mean age in the first year of the horizon, weighted by quantity", nl="gemiddelde leeftijd", en="mean age", nl_meaning="gemiddelde leeftijd in het eerste jaar, gewogen naar hoeveelheid", seen="open", unit="years", known=False),
        "unknown_age_share": Column(NUMBER, "share of the quantity without a year of laying", nl="deel zonder jaar", en="share without a year", nl_meaning="deel van de hoeveelheid zonder jaar van aanleg", seen="open", unit="share", least=0, most=1),
        "overdue": Column(NUMBER, "due before the first year, in `unit`", nl="over tijd bij de start", en="overdue at the start", nl_meaning="aan de beurt voor het eerste jaar, in de eenheid", seen="open", least=0),
    },
    key=("system", "kind", "owner"),
    nl="Areaal", en="Stock", nl_meaning="Wat er van elk systeem is.",
)  # fmt: skip


@dataclass(frozen=True)
class Systems:
    """A routeboek per vital system."""

    years: pd.DataFrame
    forecast: pd.DataFrame
    stock: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {"years": YEARS, "forecast": FORECAST, "stock": STOCK}
