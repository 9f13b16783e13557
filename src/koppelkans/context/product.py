"""The noun of this room: what is there and what is planned, street by street. (nl: planningscontext)."""

from dataclasses import dataclass
from typing import ClassVar

import geopandas as gpd
import pandas as pd

from koppelkans.ground.tables import GEOMETRY, NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace

CERTAINTIES = ("wens", "voornemen", "gepland", "vast")
BASES = ("measured", "derived", "assumed", "unknown")
RENEWALS = ("work", "planned", "later", "unknown", "outside", "not_in_use", "never")
ROAD_CLASSES = ("main", "collector", "residential", "path", "unknown")

SECTIONS = Schema(
    "sections",
    "Sections (wegvakken): the pieces of street that are opened as one.",
    {
        "section": Column(TEXT, "section"),
        "name": Column(TEXT, "street name", known=False),
        "area": Column(TEXT, "area that it lies in", known=False),
        "road_class": Column(TEXT, "class of the road", one_of=ROAD_CLASSES),
        "length_m": Column(NUMBER, "length (m)", least=0),
        "width_m": Column(NUMBER, "paved width (m)", known=False, least=0),
        "paved_m2": Column(NUMBER, "paved area (m2)", known=False, least=0),
        "width_basis": Column(TEXT, "how width and paved area are known", one_of=BASES),
        "addresses": Column(
            WHOLE_OR_UNKNOWN, "addresses along it; unknown where no addresses were given", known=False, least=0
        ),
        "care_places": Column(
            WHOLE_OR_UNKNOWN, "schools and care within reach; unknown where none were given", known=False, least=0
        ),
        "rest_years": Column(WHOLE, "graafrust after resurfacing (years)", least=0),
        "origin": Column(TEXT, "made from", one_of=("lines", "polygons", "topography", "networks")),
        "geometry": Column(GEOMETRY, "line or polygon"),
    },
    key=("section",),
)
ASSETS = Schema(
    "assets",
    "What lies in and along the street.",
    {
        "asset": Column(TEXT, "asset"),
        "owner": Column(TEXT, "party that owns it"),
        "kind": Column(TEXT, "kind of asset"),
        "system": Column(TEXT, "vital system"),
        "length_m": Column(NUMBER, "length (m); unknown for areas and points", known=False, least=0),
        "area_m2": Column(NUMBER, "area (m2); unknown for lines and points", known=False, least=0),
        "pieces": Column(WHOLE, "number of pieces", least=1),
        "built_year": Column(WHOLE_OR_UNKNOWN, "year of laying", known=False),
        "condition": Column(NUMBER, "condition score NEN 2767, 1 (new) to 6", known=False, least=1, most=6),
        "condition_year": Column(WHOLE_OR_UNKNOWN, "year of the inspection", known=False),
        "criticality": Column(NUMBER, "consequence of failure 0-1", least=0, most=1),
        "material": Column(TEXT, "material", known=False),
        "diameter_mm": Column(NUMBER, "diameter (mm)", known=False, least=0),
        "due_year": Column(
            WHOLE_OR_UNKNOWN,
            "year in which renewal is due; unknown where neither condition nor year is known",
            known=False,
        ),
        "due_basis": Column(TEXT, "how the due year is known", one_of=BASES),
        "section": Column(TEXT, "section with the largest part of it", known=False),
        "renewal": Column(
            TEXT,
            "what becomes of it: renewed by a derived work or by a planned work, due later than the horizon, due year unknown, "
            "too far from every section, not in use, or of a kind that is never renewed as such",
            known=False,
            one_of=RENEWALS,
        ),
        "source": Column(TEXT, "source that it was read from"),
        "geometry": Column(GEOMETRY, "line, polygon or point"),
    },
    key=("asset",),
)
WORKS = Schema(
    "works",
    "Works with a window, never just a date: planned, of third parties, or derived from assets.",
    {
        "work": Column(TEXT, "work"),
        "name": Column(TEXT, "name that people know it by"),
        "owner": Column(TEXT, "party that does it"),
        "kind": Column(TEXT, "kind of work"),
        "system": Column(TEXT, "vital system"),
        "origin": Column(
            TEXT,
            "planned by the city itself, a third party's plan, or derived from assets",
            one_of=("planned", "third_party", "derived"),
        ),
        "certainty": Column(TEXT, "how certain", one_of=CERTAINTIES),
        "earliest_year": Column(WHOLE, "earliest year"),
        "best_year": Column(WHOLE, "best year"),
        "latest_year": Column(WHOLE, "latest year"),
        "due_year": Column(
            WHOLE_OR_UNKNOWN, "year in which it was due, also where that lies before the horizon", known=False
        ),
        "length_m": Column(NUMBER, "length (m)", known=False, least=0),
        "area_m2": Column(NUMBER, "area (m2)", known=False, least=0),
        "pieces": Column(WHOLE_OR_UNKNOWN, "pieces", known=False, least=0),
        "quantity": Column(NUMBER, "quantity in the unit of its kind", known=False, least=0),
        "unit": Column(TEXT, "m, m2 or piece"),
        "cost_eur": Column(
            WHOLE_OR_UNKNOWN,
            "cost without opening and closing the street, price level of the city",
            known=False,
            least=0,
        ),
        "cost_basis": Column(
            TEXT,
            "given (measured), from quantity and unit price (derived), from an assumed unit price (assumed), or unknown",
            one_of=BASES,
        ),
        "digs": Column(YES_NO, "opens the ground"),
        "resurfaces": Column(YES_NO, "leaves new paving"),
        "mandatory": Column(YES_NO, "legal duty, danger or agreement: never left undone by choice"),
        "condition": Column(NUMBER, "worst condition score of its assets", known=False, least=1, most=6),
        "criticality": Column(NUMBER, "highest criticality of its assets", least=0, most=1),
        "why_nl": Column(TEXT, "why it is due, in Dutch"),
        "why_en": Column(TEXT, "why it is due, in English"),
        "source": Column(TEXT, "source, or the sources of its assets"),
        "geometry": Column(GEOMETRY, "place, may be a sketch"),
    },
    key=("work",),
)
TOUCHES = Schema(
    "touches",
    "Which sections a work opens.",
    {
        "work": Column(TEXT, "work"),
        "section": Column(TEXT, "section"),
        "length_m": Column(
            NUMBER, "length of the work in the section (m); unknown for points and sketches", known=False, least=0
        ),
    },
    key=("work", "section"),
)
WORK_ASSETS = Schema(
    "work_assets",
    "Which assets a work renews: a derived work those that it was made of, a planned work those that were due in its place.",
    {"work": Column(TEXT, "work"), "asset": Column(TEXT, "asset")},
    key=("asset",),
)
AREAS = Schema(
    "areas",
    "Quarters (buurten) or other areas that a gebiedsprogramma is made for.",
    {
        "area": Column(TEXT, "area"),
        "name": Column(TEXT, "name"),
        "municipality": Column(TEXT, "municipality", known=False),
        "inhabitants": Column(WHOLE_OR_UNKNOWN, "inhabitants", known=False, least=0),
        "households": Column(WHOLE_OR_UNKNOWN, "households", known=False, least=0),
        "geometry": Column(GEOMETRY, "polygon"),
    },
    key=("area",),
)
BOTTLENECKS = Schema(
    "bottlenecks",
    "Bottlenecks (knelpunten) that the city already knows.",
    {
        "bottleneck": Column(TEXT, "bottleneck"),
        "kind": Column(TEXT, "kind, in the words of the source"),
        "severity": Column(NUMBER, "severity 0-1", known=False, least=0, most=1),
        "note": Column(TEXT, "explanation", known=False),
        "source": Column(TEXT, "source"),
        "geometry": Column(GEOMETRY, "place"),
    },
    key=("bottleneck",),
)
WISHES = Schema(
    "wishes",
    "Wishes of residents, as points, without personal data.",
    {
        "wish": Column(TEXT, "wish"),
        "text": Column(TEXT, "what is wished"),
        "ambition": Column(TEXT, "ambition that it belongs to", known=False),
        "year": Column(WHOLE_OR_UNKNOWN, "year in which it was made", known=False),
        "section": Column(TEXT, "nearest section within reach", known=False),
        "area": Column(TEXT, "area that it lies in", known=False),
        "source": Column(TEXT, "source"),
        "geometry": Column(GEOMETRY, "point"),
    },
    key=("wish",),
)
PARTIES = Schema(
    "parties",
    "Organisations with assets or plans.",
    {
        "party": Column(TEXT, "party"),
        "name": Column(TEXT, "name"),
        "kind": Column(TEXT, "kind of organisation"),
        "contact": Column(TEXT, "desk or role to phone", known=False),
        "declared": Column(YES_NO, "named in the settings; otherwise only met in the data"),
    },
    key=("party",),
)
BACKDROP = Schema(
    "backdrop",
    "Topography behind the map: buildings, water, green, roads.",
    {
        "kind": Column(TEXT, "what it is", one_of=("building", "water", "green", "road", "other")),
        "owner": Column(TEXT, "owner (bronhouder)", known=False),
        "geometry": Column(GEOMETRY, "polygon"),
    },
)
SET_ASIDE = Schema(
    "set_aside",
    "What was wrong in the input, with its place; these rows or values were set aside.",
    {
        "where": Column(TEXT, "file"),
        "layer": Column(TEXT, "layer", known=False),
        "row": Column(WHOLE_OR_UNKNOWN, "row, 1 is the first row of data", known=False),
        "column": Column(TEXT, "column", known=False),
        "found": Column(TEXT, "found"),
        "wanted": Column(TEXT, "wanted"),
        "fatal": Column(YES_NO, "nothing of this file could be used"),
    },
)
UNDERSTOOD = Schema(
    "understood",
    "What was read from each source.",
    {
        "source": Column(TEXT, "source"),
        "role": Column(TEXT, "what its rows are"),
        "where": Column(TEXT, "file"),
        "rows": Column(WHOLE, "rows in the file", least=0),
        "read": Column(WHOLE, "rows read", least=0),
        "set_aside": Column(WHOLE, "rows set aside", least=0),
        "left_out": Column(WHOLE, "rows left out on purpose (`only`, history, other classes)", least=0),
        "first_year": Column(WHOLE_OR_UNKNOWN, "earliest year in it", known=False),
        "last_year": Column(WHOLE_OR_UNKNOWN, "latest year in it", known=False),
        "unknown_years": Column(WHOLE_OR_UNKNOWN, "rows without a year, where years are expected", known=False),
        "licence": Column(TEXT, "licence", known=False),
    },
    key=("source",),
)


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
