"""The noun of this room: what is there and what is planned, street by street. (nl: planningscontext)."""

from dataclasses import dataclass
from typing import ClassVar

import geopandas as gpd
import pandas as pd

from koppelkans.ground import columns
from koppelkans.ground.tables import GEOMETRY, NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace

CERTAINTIES = ("wens", "voornemen", "gepland", "vast")
BASES = ("measured", "derived", "assumed", "unknown")
RENEWAL_WORDS = {
    "work": "renewed by a derived work",
    "planned": "renewed by a planned work",
    "later": "due later",
    "unknown": "due year unknown",
    "outside": "too far from every street",
    "not_in_use": "not in use",
    "never": "never renewed as such",
}
RENEWALS = tuple(RENEWAL_WORDS)
ROAD_CLASSES = ("main", "collector", "residential", "path", "unknown")

ROLE_WORDS = {
    "assets": "what lies and stands in the street",
    "inspections": "inspections of assets",
    "works": "works",
    "plans": "plans of other parties",
    "sections": "streets",
    "areas": "areas",
    "bottlenecks": "bottlenecks",
    "wishes": "wishes",
    "ambitions": "layers for ambitions",
    "addresses": "addresses",
    "care": "schools and care",
    "topography": "topography",
    "table": "table",
    "effects": "effects on ambitions",
    "budgets": "budgets of purses",
    "costs": "real costs",
}
ORIGIN_WORDS = {
    "planned": "planned by the city",
    "third_party": "plan of another party",
    "derived": "derived from assets",
}

SECTIONS = Schema(
    "sections",
    "Sections (wegvakken): the pieces of street that are opened as one.",
    {
        "section": columns.SECTION,
        "name": columns.NAME.but("street name", "straatnaam", known=False),
        "area": columns.AREA.but("area that it lies in", "gebied waarin het ligt"),
        "road_class": Column(TEXT, "class of the road", nl="soort weg", en="class of road", seen="open", one_of=ROAD_CLASSES, codes=columns.ROAD_WORDS),
        "length_m": columns.LENGTH_M.but(known=True),
        "width_m": Column(NUMBER, "paved width (m)", nl="breedte (m)", en="width (m)", nl_meaning="breedte van de verharding (m)", seen="open", unit="m", known=False, least=0),
        "paved_m2": Column(NUMBER, "paved area (m2)", nl="verharding (m²)", en="paved area (m²)", nl_meaning="oppervlakte van de verharding (m²)", seen="open", unit="m2", known=False, least=0),
        "width_basis": Column(TEXT, "how width and paved area are known", nl="basis van de breedte", en="basis of the width", nl_meaning="hoe breedte en verharding bekend zijn", seen="open", one_of=BASES, codes=columns.BASIS_WORDS),
        "addresses": Column(WHOLE_OR_UNKNOWN, "addresses along it; unknown where no addresses were given", nl="adressen", en="addresses", nl_meaning="adressen erlangs; onbekend waar geen adressen zijn opgegeven", seen="open", known=False, least=0),
        "care_places": Column(WHOLE_OR_UNKNOWN, "schools and care within reach; unknown where none were given", nl="scholen en zorg", en="schools and care", nl_meaning="scholen en zorg binnen bereik; onbekend waar die niet zijn opgegeven", seen="open", known=False, least=0),
        "rest_years": Column(WHOLE, "graafrust after resurfacing (years)", nl="graafrust (jaren)", en="graafrust (years)", nl_meaning="graafrust na nieuwe verharding (jaren)", seen="open", unit="years", least=0),
        "origin": columns.ORIGIN.but("made from", "gemaakt uit", one_of=("lines", "polygons", "topography", "networks", "works"), codes="ours"),
        "geometry": Column(GEOMETRY, "line or polygon", nl="ligging", en="location", nl_meaning="lijn of vlak", seen="open"),
    },
    key=("section",),
    nl="Wegvakken", en="Sections", nl_meaning="Wegvakken: de stukken straat die in één keer opengaan.",
)  # fmt: skip
ASSETS = Schema(
    "assets",
    "What lies in and along the street.",
    {
        "asset": columns.ASSET,
        "owner": columns.OWNER,
        "kind": columns.KIND.but("kind of asset", "soort object"),
        "system": columns.SYSTEM,
        "length_m": columns.LENGTH_M.but("length (m); unknown for areas and points", "lengte (m); onbekend voor vlakken en punten"),
        "area_m2": columns.AREA_M2,
        "pieces": Column(WHOLE, "number of pieces", nl="stuks", en="pieces", nl_meaning="aantal stuks", seen="open", least=1),
        "built_year": Column(WHOLE_OR_UNKNOWN, "year of laying", nl="jaar van aanleg", seen="open", unit="year", known=False),
        "condition": columns.CONDITION,
        "condition_year": Column(WHOLE_OR_UNKNOWN, "year of the inspection", nl="jaar van inspectie", en="year of inspection", nl_meaning="jaar van de inspectie", seen="open", unit="year", known=False),
        "criticality": columns.CRITICALITY,
        "material": Column(TEXT, "material", nl="materiaal", seen="open", known=False),
        "diameter_mm": Column(NUMBER, "diameter (mm)", nl="doorsnede (mm)", seen="open", unit="mm", known=False, least=0),
        "due_year": columns.DUE_YEAR,
        "due_basis": Column(TEXT, "how the due year is known", nl="basis van dat jaar", en="basis of that year", nl_meaning="hoe dat jaar bekend is", seen="open", one_of=BASES, codes=columns.BASIS_WORDS),
        "section": columns.SECTION.but("section with the largest part of it", "wegvak met het grootste deel ervan", known=False),
        "renewal": Column(TEXT, "what becomes of it: renewed by a derived work or by a planned work, due later than the horizon, due year unknown, too far from every section, not in use, or of a kind that is never renewed as such", nl="wat ermee gebeurt", en="what becomes of it", nl_meaning="wat ermee gebeurt: vervangen door een afgeleid of een gepland werk, pas na de periode aan de beurt, jaar onbekend, te ver van elk wegvak, niet in gebruik, of van een soort die nooit zo wordt vervangen", seen="open", known=False, one_of=RENEWALS, codes=RENEWAL_WORDS),
        "source": columns.SOURCE.but("source that it was read from", "bron waaruit het is gelezen"),
        "geometry": Column(GEOMETRY, "line, polygon or point", nl="ligging", en="location", nl_meaning="lijn, vlak of punt", seen="place"),
    },
    key=("asset",),
    nl="Objecten", en="Assets", nl_meaning="Wat er in en langs de straat ligt en staat.",
)  # fmt: skip
WORKS = Schema(
    "works",
    "Works with a window, never just a date: planned, of third parties, or derived from assets.",
    {
        "work": columns.WORK,
        "name": columns.NAME.but("name that people know it by", "naam waaronder mensen het kennen", seen="name", nl="werk", en="work"),
        "owner": columns.OWNER.but("party that does it", "partij die het doet"),
        "kind": columns.KIND.but(seen="kind"),
        "system": columns.SYSTEM,
        "origin": columns.ORIGIN.but("planned by the city itself, a third party's plan, or derived from assets", "door de gemeente zelf gepland, een plan van een ander, of afgeleid uit objecten", one_of=("planned", "third_party", "derived"), codes=ORIGIN_WORDS),
        "certainty": columns.CERTAINTY.but("how certain; unknown only where its owner does not share it", "hoe zeker; alleen onbekend waar de eigenaar het niet deelt", seen="certainty", known=False, one_of=CERTAINTIES),
        "earliest_year": Column(WHOLE, "earliest year", nl="vroegste jaar", seen="window", unit="year"),
        "best_year": Column(WHOLE, "best year", nl="beste jaar", seen="window", unit="year"),
        "latest_year": Column(WHOLE, "latest year", nl="laatste jaar", seen="window", unit="year"),
        "due_year": columns.DUE_YEAR.but("year in which it was due, also where that lies before the horizon", "jaar waarin het aan de beurt was, ook als dat voor de periode ligt", seen="window"),
        "length_m": columns.LENGTH_M.but(seen="place"),
        "area_m2": columns.AREA_M2.but("area (m2)", "oppervlakte (m²)", seen="place"),
        "pieces": Column(WHOLE_OR_UNKNOWN, "pieces", nl="stuks", seen="place", known=False, least=0),
        "quantity": columns.QUANTITY.but("quantity in the unit of its kind", "hoeveelheid in de eenheid van de soort", seen="place", least=0),
        "unit": columns.UNIT.but("m, m2 or piece", "m, m² of stuk", codes=columns.UNIT_WORDS),
        "cost_eur": columns.COST_EUR.but("cost without opening and closing the street, price level of the city", "kosten zonder de straat open en dicht te maken, prijspeil van de gemeente", least=0),
        "cost_basis": Column(TEXT, "given (measured), from quantity and unit price (derived), from an assumed unit price (assumed), or unknown", nl="basis van de kosten", en="basis of the cost", nl_meaning="opgegeven (gemeten), uit hoeveelheid en prijs (afgeleid), uit een aangenomen prijs (aangenomen), of onbekend", seen="cost", one_of=BASES, codes=columns.BASIS_WORDS),
        "digs": Column(YES_NO, "opens the ground", nl="graaft", en="digs", nl_meaning="opent de grond", seen="open"),
        "resurfaces": Column(YES_NO, "leaves new paving", nl="nieuwe verharding", en="new paving", nl_meaning="laat nieuwe verharding achter", seen="open"),
        "mandatory": Column(YES_NO, "legal duty, danger or agreement: never left undone by choice", nl="verplicht", en="mandatory", nl_meaning="wettelijke plicht, gevaar of afspraak: blijft nooit uit eigen keuze liggen", seen="open"),
        "condition": columns.CONDITION.but("worst condition score of its assets", "slechtste conditiescore van zijn objecten"),
        "criticality": columns.CRITICALITY.but("highest criticality of its assets", "hoogste belang van zijn objecten"),
        "why_nl": columns.WHY_NL,
        "why_en": columns.WHY_EN,
        "source": columns.SOURCE.but("source, or the sources of its assets", "bron, of de bronnen van zijn objecten"),
        "geometry": Column(GEOMETRY, "place, may be a sketch", nl="ligging", en="location", nl_meaning="plek, kan een schets zijn", seen="place"),
    },
    key=("work",),
    nl="Werken", en="Works, all", nl_meaning="Werken met een periode, nooit alleen een datum: gepland, van anderen, of afgeleid uit objecten.",
)  # fmt: skip
TOUCHES = Schema(
    "touches",
    "Which sections a work opens.",
    {
        "work": columns.WORK,
        "section": columns.SECTION.but(seen="place"),
        "length_m": columns.LENGTH_M.but("length of the work in the section (m); unknown for points and sketches", "lengte van het werk in het wegvak (m); onbekend voor punten en schetsen"),
    },
    key=("work", "section"),
    nl="Werk per wegvak", en="Work per section", nl_meaning="Welke wegvakken een werk opent.",
)  # fmt: skip
WORK_ASSETS = Schema(
    "work_assets",
    "Which assets a work renews: a derived work those that it was made of, a planned work those that were due in its place.",
    {"work": columns.WORK, "asset": columns.ASSET.but(seen="open")},
    key=("asset",),
    nl="Objecten per werk", en="Assets per work", nl_meaning="Welke objecten een werk vernieuwt: een afgeleid werk die waaruit het is gemaakt, een gepland werk die op die plek aan de beurt waren.",
)  # fmt: skip
AREAS = Schema(
    "areas",
    "Quarters (buurten) or other areas that a gebiedsprogramma is made for.",
    {
        "area": columns.AREA.but(known=True, codes=""),
        "name": columns.NAME,
        "municipality": Column(TEXT, "municipality", nl="gemeente", seen="open", known=False),
        "inhabitants": Column(WHOLE_OR_UNKNOWN, "inhabitants", nl="inwoners", seen="open", known=False, least=0),
        "households": Column(WHOLE_OR_UNKNOWN, "households", nl="huishoudens", seen="open", known=False, least=0),
        "geometry": Column(GEOMETRY, "polygon", nl="ligging", en="location", nl_meaning="vlak", seen="open"),
    },
    key=("area",),
    nl="Gebieden", en="Areas", nl_meaning="Buurten of andere gebieden waarvoor een gebiedsprogramma wordt gemaakt.",
)  # fmt: skip
BOTTLENECKS = Schema(
    "bottlenecks",
    "Bottlenecks (knelpunten) that the city already knows.",
    {
        "bottleneck": Column(TEXT, "bottleneck", nl="knelpunt", seen="open"),
        "kind": columns.KIND.but("kind, in the words of the source", "soort, in de woorden van de bron", codes=""),
        "severity": Column(NUMBER, "severity 0-1", nl="ernst (0-1)", en="severity (0-1)", nl_meaning="ernst 0-1", seen="open", unit="score", known=False, least=0, most=1),
        "note": Column(TEXT, "explanation", nl="toelichting", en="note", seen="text", known=False),
        "source": columns.SOURCE,
        "geometry": Column(GEOMETRY, "place", nl="ligging", en="location", nl_meaning="plek", seen="open"),
    },
    key=("bottleneck",),
    nl="Bekende knelpunten", en="Known bottlenecks", nl_meaning="Knelpunten die de gemeente al kent.",
)  # fmt: skip
WISHES = Schema(
    "wishes",
    "Wishes of residents, as points, without personal data.",
    {
        "wish": columns.WISH,
        "text": Column(TEXT, "what is wished", nl="wens", en="wish", nl_meaning="wat er wordt gewenst", seen="text"),
        "ambition": columns.AMBITION.but("ambition that it belongs to", "ambitie waar het bij hoort", known=False),
        "asks": columns.ASKS,
        "year": Column(WHOLE_OR_UNKNOWN, "year in which it was made", nl="jaar", en="year", nl_meaning="jaar waarin de wens is gedaan", seen="open", unit="year", known=False),
        "section": columns.SECTION.but("nearest section within reach", "dichtstbijzijnde wegvak binnen bereik", known=False),
        "area": columns.AREA.but("area that it lies in", "gebied waarin het ligt"),
        "source": columns.SOURCE,
        "geometry": Column(GEOMETRY, "point; of a wish without a place on the street that it names, if any", nl="ligging", en="location", nl_meaning="punt; van een wens zonder plek op de straat die hij noemt, als die er is", seen="open", known=False),
    },
    key=("wish",),
    nl="Wensen van bewoners", en="Wishes of residents", nl_meaning="Wensen van bewoners, als punt, zonder persoonsgegevens.",
)  # fmt: skip
PARTIES = Schema(
    "parties",
    "Organisations with assets or plans.",
    {
        "party": columns.PARTY.but(codes=""),
        "name": columns.NAME,
        "kind": Column(TEXT, "kind of organisation", nl="soort organisatie", seen="open"),
        "contact": columns.CONTACT,
        "declared": Column(YES_NO, "named in the settings; otherwise only met in the data", nl="in de instellingen", en="in the settings", nl_meaning="staat in de instellingen; anders alleen gezien in de gegevens", seen="open"),
    },
    key=("party",),
    nl="Partijen", en="Parties", nl_meaning="Organisaties met objecten of plannen.",
)  # fmt: skip
BACKDROP = Schema(
    "backdrop",
    "Topography behind the map: buildings, water, green, roads.",
    {
        "kind": columns.KIND.but("what it is", "wat het is", one_of=("building", "water", "green", "road", "other"), codes=""),
        "owner": columns.OWNER.but("owner (bronhouder)", "eigenaar (bronhouder)", seen="open", known=False, refers=""),
        "geometry": Column(GEOMETRY, "polygon", nl="ligging", en="location", nl_meaning="vlak", seen="open"),
    },
    nl="Ondergrond", en="Backdrop", nl_meaning="Topografie achter de kaart: gebouwen, water, groen, wegen.",
)  # fmt: skip
SET_ASIDE = Schema(
    "set_aside",
    "What was wrong in the input, with its place; these rows or values were set aside.",
    {
        "where": columns.WHERE,
        "layer": Column(TEXT, "layer", nl="laag", seen="open", known=False),
        "row": Column(WHOLE_OR_UNKNOWN, "row, 1 is the first row of data", nl="rij", en="row", nl_meaning="rij, 1 is de eerste rij met gegevens", seen="open", known=False),
        "column": Column(TEXT, "column", nl="kolom", seen="open", known=False),
        "found": Column(TEXT, "found", nl="gevonden", seen="person", codes="ours"),
        "wanted": Column(TEXT, "wanted", nl="verwacht", seen="open", codes="ours"),
        "fatal": Column(YES_NO, "nothing of this file could be used", nl="heel het bestand", en="whole file", nl_meaning="niets van dit bestand was te gebruiken", seen="open"),
    },
    nl="Opzij gelegd", en="Set aside", nl_meaning="Wat er mis was in de invoer, met de plek. Deze rijen of waarden zijn opzij gelegd.",
)  # fmt: skip
UNDERSTOOD = Schema(
    "understood",
    "What was read from each source.",
    {
        "source": columns.SOURCE,
        "role": columns.ROLE.but(codes=ROLE_WORDS),
        "where": columns.WHERE,
        "rows": Column(WHOLE, "rows in the file", nl="rijen", en="rows", nl_meaning="rijen in het bestand", seen="open", least=0),
        "read": Column(WHOLE, "rows read", nl="gelezen", en="read", nl_meaning="rijen gelezen", seen="open", least=0),
        "set_aside": Column(WHOLE, "rows set aside", nl="opzij gelegd", en="set aside", nl_meaning="rijen opzij gelegd", seen="open", least=0),
        "left_out": columns.LEFT_OUT,
        "first_year": columns.FIRST_YEAR,
        "last_year": columns.LAST_YEAR,
        "unknown_years": Column(WHOLE_OR_UNKNOWN, "rows without a year, where years are expected", nl="zonder jaar", en="without a year", nl_meaning="rijen zonder jaar, waar wel jaren horen", seen="open", unit="years", known=False),
        "licence": Column(TEXT, "licence", nl="licentie", seen="open", known=False),
    },
    key=("source",),
    nl="Bronnen", en="Sources", nl_meaning="Wat er uit elke bron is gelezen.",
)  # fmt: skip


@dataclass(frozen=True)
class Context:
    """What is there and what is planned."""

    sections: gpd.GeoDataFrame
    assets: gpd.GeoDataFrame
    works: gpd.GeoDataFrame
    touches: pd.DataFrame
    work_assets: pd.DataFrame
    areas: gpd.GeoDataFrame
    bottlenecks: gpd.GeoDataFrame
    wishes: gpd.GeoDataFrame
    parties: pd.DataFrame
    backdrop: gpd.GeoDataFrame
    set_aside: pd.DataFrame
    understood: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "sections": SECTIONS,
        "assets": ASSETS,
        "works": WORKS,
        "touches": TOUCHES,
        "work_assets": WORK_ASSETS,
        "areas": AREAS,
        "bottlenecks": BOTTLENECKS,
        "wishes": WISHES,
        "parties": PARTIES,
        "backdrop": BACKDROP,
        "set_aside": SET_ASIDE,
        "understood": UNDERSTOOD,
    }


def outside_streets(context: Context) -> dict[str, int]:
    """Return how many works, assets and wishes lie outside every street (nl: buiten elke straat)."""
    return {
        "works": int((~context.works["work"].isin(context.touches["work"])).sum()),
        "assets": int(context.assets["section"].isna().sum()),
        "wishes": int(context.wishes["section"].isna().sum()),
    }
