"""The noun of this room: a routeboek per vital system. (nl: routeboek vitale systemen)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground import columns
from koppelkans.ground.settings import SYSTEMS
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, Column, Schema
from koppelkans.ground.trace import Trace
from koppelkans.systems.meeting import ORDERS

CASE_WORDS = {"programme": "with this programme", "nothing": "without any renewal"}
COURSE_WORDS = {"programme": "as the programme", "on_time": "everything on time", "nothing": "nothing renewed"}

YEARS = Schema(
    "years",
    "Per vital system, kind and year: what is done to it.",
    {
        "system": columns.SYSTEM.but(one_of=SYSTEMS),
        "kind": columns.KIND.but("kind", "soort"),
        "year": columns.YEAR,
        "works": columns.WORKS.but(least=0),
        "quantity": columns.QUANTITY.but("renewed or made, in `unit`", "vervangen of gemaakt, in de eenheid", nl="vervangen of gemaakt", en="renewed or made", least=0, known=True),
        "unit": columns.UNIT.but("unit", "eenheid", codes=columns.UNIT_WORDS),
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
        "unit": columns.UNIT.but("unit", "eenheid", codes=columns.UNIT_WORDS),
        "mean_age": Column(NUMBER, "mean age in the first year of the horizon, weighted by quantity", nl="gemiddelde leeftijd", en="mean age", nl_meaning="gemiddelde leeftijd in het eerste jaar, gewogen naar hoeveelheid", seen="open", unit="years", known=False),
        "unknown_age_share": Column(NUMBER, "share of the quantity without a year of laying", nl="deel zonder jaar", en="share without a year", nl_meaning="deel van de hoeveelheid zonder jaar van aanleg", seen="open", unit="share", least=0, most=1),
        "overdue": Column(NUMBER, "due before the first year, in `unit`", nl="over tijd bij de start", en="overdue at the start", nl_meaning="aan de beurt voor het eerste jaar, in de eenheid", seen="open", least=0),
    },
    key=("system", "kind", "owner"),
    nl="Areaal", en="Stock", nl_meaning="Wat er van elk systeem is.",
)  # fmt: skip
COURSES = Schema(
    "courses",
    "Courses of each system: what is overdue and in poor condition at the end of the horizon.",
    {
        "system": columns.SYSTEM.but(one_of=SYSTEMS),
        "course": Column(TEXT, "course", nl="koers", en="course", nl_meaning="koers", seen="open", one_of=tuple(COURSE_WORDS), codes=COURSE_WORDS),
        "backlog_eur": Column(WHOLE_OR_UNKNOWN, "cost of what is overdue at the end", nl="achterstand aan het eind", en="overdue at the end", nl_meaning="kosten van wat aan het eind over tijd is", seen="whole", unit="eur", known=False, least=0),
        "extra_eur": Column(WHOLE_OR_UNKNOWN, "cost of the renewals that this course asks above the programme", nl="vraagt extra", en="asks extra", nl_meaning="kosten van de vervangingen die deze koers boven het programma vraagt", seen="whole", unit="eur", known=False, least=0),
        "poor_share": Column(NUMBER, "share in poor condition at the end", nl="slecht aan het eind", en="poor at the end", nl_meaning="deel in slechte conditie aan het eind", seen="open", unit="share", known=False, least=0, most=1),
        "unpriced": Column(WHOLE, "kinds that are overdue and have no price: they count in no euro here", nl="soorten zonder prijs", en="kinds without a price", nl_meaning="soorten die over tijd zijn en geen prijs hebben: zij tellen hier in geen euro", seen="open", least=0),
    },
    key=("system", "course"),
    nl="Koersen per systeem", en="Courses per system", nl_meaning="Koersen van elk systeem: wat aan het eind over tijd en in slechte conditie is.",
)  # fmt: skip
MEETINGS = Schema(
    "meetings",
    "Works of two vital systems that open one section: which must go first, and how they lie in the programme.",
    {
        "section": columns.SECTION,
        "street": Column(TEXT, "street name", nl="straat", en="street", nl_meaning="straatnaam", seen="open", known=False),
        "work": columns.WORK.but("work that must go first: it lies deepest", "werk dat eerst moet: het ligt het diepst"),
        "other_work": Column(TEXT, "work that must follow, or go with it", nl="ander werk", en="other work", nl_meaning="werk dat moet volgen, of mee moet gaan", seen="place", refers="context.works"),
        "system": columns.SYSTEM.but("system of the work that goes first", "systeem van het werk dat eerst moet", one_of=SYSTEMS),
        "other_system": columns.SYSTEM.but("system of the other work", "systeem van het andere werk", nl="ander systeem", en="other system", one_of=SYSTEMS),
        "order": Column(TEXT, "how both lie in the programme", nl="volgorde", en="order", nl_meaning="hoe beide in het programma liggen", seen="open", one_of=tuple(ORDERS), codes=ORDERS),
    },
    key=("section", "work", "other_work"),
    nl="Systemen die elkaar ontmoeten", en="Systems that meet", nl_meaning="Werken van twee vitale systemen die hetzelfde wegvak openen: welk eerst moet, en hoe zij in het programma liggen.",
)  # fmt: skip


@dataclass(frozen=True)
class Systems:
    """A routeboek per vital system."""

    years: pd.DataFrame
    forecast: pd.DataFrame
    stock: pd.DataFrame
    courses: pd.DataFrame
    meetings: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "years": YEARS,
        "forecast": FORECAST,
        "stock": STOCK,
        "courses": COURSES,
        "meetings": MEETINGS,
    }
