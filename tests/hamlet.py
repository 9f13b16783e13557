"""A hamlet of four streets and six works, small enough to work out by hand. The one hand-made city of the tests.

Four sections of 100 m in a row along the x axis (S1..S4), 8 m wide, in two areas (West: S1, S2; East: S3, S4), 10 addresses each.
Six works of three owners: sewer S1+S2 and paving S2, S4 of the municipality; water S1 and S3; gas S2.
"""

import geopandas as gpd
import pandas as pd
from shapely import LineString, Point, box

from kept import once
from koppelkans.context import product as context_tables
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings, make_settings
from koppelkans.ground.tables import empty, shape
from koppelkans.ground.trace import Trace
from koppelkans.opportunities import product as opportunities_tables
from koppelkans.opportunities.product import Opportunities
from koppelkans.vision import product as vision_tables
from koppelkans.vision.product import Vision
from koppelkans.vision.themes import themes_of
from koppelkans.vision.webs import decided_webs

CRS = "EPSG:28992"
X0, Y0 = 150_000.0, 400_000.0
OPENED_SHARE = {"value": 0.40, "unit": "share of the paved area", "source": "raadsbesluit", "low": 0.15, "high": 0.70}
"""Which part of a street every work takes up: what the city declared goes before the assumed shares per kind."""
TRACE = Trace(version="test")
WEBS = [
    {"phase": "initiatief", "decided_on": "2026-02-01", "decided_by": "college", "levels": {"biodiversity": 1, "hitte": 1}},
    {"phase": "programma", "decided_on": "2026-05-01", "decided_by": "raad", "reason": "motie Groen", "levels": {"biodiversity": 2}},
    {"of": "area", "place": "West", "phase": "initiatief", "decided_on": "2026-06-01", "decided_by": "college", "reason": "warmste straat van de stad", "levels": {"hitte": 2}},
    {"of": "project", "place": "Dorpsstraat", "works": ["w-sewer", "w-paving"], "phase": "initiatief", "decided_on": "2026-06-15", "decided_by": "projectgroep", "reason": "geen plek voor meer groen", "levels": {"biodiversity": 1, "hitte": 1}},
]  # fmt: skip
"""Decided webs: the city twice, and one area and one project that want something else."""


def settings(**parts: object) -> Settings:
    """Return settings of the hamlet: 2027-2036, price level 2026, one opened share, no sampled futures, parts laid over the defaults."""
    own: dict[str, object] = {
        "city": {"name": "Gehucht"},
        "horizon": {"first": 2027, "last": 2036},
        "parties": [
            {
                "party": "gemeente",
                "name": "Gemeente Gehucht",
                "kind": "gemeente",
                "contact": "programmeur openbare ruimte",
            },
            {"party": "water", "name": "Waterbedrijf", "kind": "waterbedrijf", "contact": "planner leidingen"},
            {"party": "gas", "name": "Netbeheerder", "kind": "netbeheerder"},
        ],
        "vision": {"webs": WEBS},
    }
    appraisal = parts.pop("appraisal", {})
    assert isinstance(appraisal, dict)
    own["appraisal"] = appraisal | {"figures": {"opened_share": OPENED_SHARE} | appraisal.get("figures", {})}
    unsampled = {"futures": {"count": 0}}
    programme = parts.get("programme", {})
    return make_settings(own | parts | {"programme": unsampled | (programme if isinstance(programme, dict) else {})})


def stretch(first: float, last: float, side: float = 0.0) -> LineString:
    """Return a line along the street from `first` to `last` m, `side` m beside its middle."""
    return LineString([(X0 + first, Y0 + side), (X0 + last, Y0 + side)])


@once
def context() -> Context:
    """Return the planning context of the hamlet."""
    sections = gpd.GeoDataFrame(
        {
            "section": ["S1", "S2", "S3", "S4"],
            "name": ["Dorpsstraat", "Dorpsstraat", "Kerkweg", "Kerkweg"],
            "area": ["West", "West", "East", "East"],
            "road_class": ["residential", "residential", "main", "residential"],
            "length_m": [100.0] * 4,
            "width_m": [8.0] * 4,
            "paved_m2": [800.0] * 4,
            "width_basis": ["measured"] * 4,
            "addresses": pd.array([10, 10, 10, 10], dtype="Int64"),
            "care_places": pd.array([0, 0, 1, 0], dtype="Int64"),
            "rest_years": [5, 5, 7, 5],
            "origin": ["lines"] * 4,
        },
        geometry=[stretch(100.0 * i, 100.0 * (i + 1)) for i in range(4)],
        crs=CRS,
    )
    assets = gpd.GeoDataFrame(
        {
            "asset": ["a-sewer-1", "a-sewer-2", "a-water-1", "a-water-3", "a-gas-2", "a-light-4"],
            "owner": ["gemeente", "gemeente", "water", "water", "gas", "gemeente"],
            "kind": ["sewer_gravity", "sewer_gravity", "water_main", "water_main", "gas_low", "lighting"],
            "system": ["water", "water", "cables_and_pipes", "cables_and_pipes", "cables_and_pipes", "infrastructure"],
            "length_m": [100.0, 100.0, 100.0, 100.0, 100.0, float("nan")],
            "pieces": [1] * 6,
            "built_year": pd.array([1968, 1970, 1960, 1958, 1975, None], dtype="Int64"),
            "condition": [5.0, float("nan"), float("nan"), float("nan"), 3.0, float("nan")],
            "condition_year": pd.array([2022, None, None, None, 2020, None], dtype="Int64"),
            "criticality": [0.6, 0.6, 0.7, 0.7, 0.9, 0.3],
            "due_year": pd.array([2028, 2030, 2030, 2028, 2030, None], dtype="Int64"),
            "due_basis": ["measured", "derived", "derived", "derived", "derived", "unknown"],
            "section": ["S1", "S2", "S1", "S3", "S2", "S4"],
            "renewal": ["work", "work", "work", "work", "planned", "unknown"],
            "source": ["riool", "riool", "leidingen", "leidingen", "leidingen", "licht"],
        },
        geometry=[
            stretch(0, 100, 1),
            stretch(100, 200, 1),
            stretch(0, 100, -2),
            stretch(200, 300, -2),
            stretch(100, 200, -3),
            Point(X0 + 350, Y0 + 4),
        ],
        crs=CRS,
    )
    works = gpd.GeoDataFrame(
        {
            "work": ["w-sewer", "w-paving", "w-water-1", "w-water-3", "w-gas", "w-paving-4"],
            "name": [
                "Riool Dorpsstraat",
                "Klinkers Dorpsstraat",
                "Water Dorpsstraat",
                "Water Kerkweg",
                "Gas Dorpsstraat",
                "Klinkers Kerkweg",
            ],
            "owner": ["gemeente", "gemeente", "water", "water", "gas", "gemeente"],
            "kind": ["sewer_gravity", "paving", "water_main", "water_main", "gas_low", "paving"],
            "system": [
                "water",
                "infrastructure",
                "cables_and_pipes",
                "cables_and_pipes",
                "cables_and_pipes",
                "infrastructure",
            ],
            "origin": ["derived", "planned", "derived", "derived", "third_party", "planned"],
            "certainty": ["voornemen", "gepland", "voornemen", "voornemen", "gepland", "vast"],
            "earliest_year": [2027, 2028, 2027, 2027, 2029, 2030],
            "best_year": [2028, 2029, 2030, 2028, 2030, 2030],
            "latest_year": [2033, 2031, 2034, 2032, 2031, 2030],
            "due_year": pd.array([2028, None, 2030, 2028, None, None], dtype="Int64"),
            "length_m": [200.0, 100.0, 100.0, 100.0, 100.0, 100.0],
            "area_m2": [float("nan"), 800.0, float("nan"), float("nan"), float("nan"), 800.0],
            "pieces": pd.array([2, None, 1, 1, None, None], dtype="Int64"),
            "quantity": [200.0, 800.0, 100.0, 100.0, 100.0, 800.0],
            "unit": ["m", "m2", "m", "m", "m", "m2"],
            "cost_eur": pd.array([80_000, 52_000, 19_000, 19_000, 17_000, None], dtype="Int64"),
            "cost_basis": ["derived", "measured", "assumed", "assumed", "measured", "unknown"],
            "digs": [True, False, True, True, True, False],
            "resurfaces": [True, True, False, False, False, True],
            "mandatory": [False] * 6,
            "condition": [5.0, float("nan"), float("nan"), float("nan"), 3.0, float("nan")],
            "criticality": [0.6, 0.4, 0.7, 0.7, 0.9, 0.4],
            "why_nl": [
                "Het riool is slecht (5 in 2022).",
                "Gepland.",
                "Aan vervanging toe in 2030.",
                "Aan vervanging toe in 2028.",
                "Plan van de netbeheerder.",
                "Gepland.",
            ],
            "why_en": [
                "The sewer is poor (5 in 2022).",
                "Planned.",
                "Due in 2030.",
                "Due in 2028.",
                "Plan of the operator.",
                "Planned.",
            ],
            "source": ["riool", "planning", "leidingen", "leidingen", "gasplan", "planning"],
        },
        geometry=[
            stretch(0, 200, 1),
            stretch(100, 200),
            stretch(0, 100, -2),
            stretch(200, 300, -2),
            stretch(100, 200, -3),
            stretch(300, 400),
        ],
        crs=CRS,
    )
    touches = pd.DataFrame(
        {
            "work": ["w-sewer", "w-sewer", "w-paving", "w-water-1", "w-water-3", "w-gas", "w-paving-4"],
            "section": ["S1", "S2", "S2", "S1", "S3", "S2", "S4"],
            "length_m": [100.0] * 7,
        }
    )
    work_assets = pd.DataFrame(
        {
            "work": ["w-sewer", "w-sewer", "w-water-1", "w-water-3"],
            "asset": ["a-sewer-1", "a-sewer-2", "a-water-1", "a-water-3"],
        }
    )
    areas = gpd.GeoDataFrame(
        {"area": ["West", "East"], "name": ["West", "Oost"], "inhabitants": pd.array([200, None], dtype="Int64")},
        geometry=[box(X0, Y0 - 100, X0 + 200, Y0 + 100), box(X0 + 200, Y0 - 100, X0 + 400, Y0 + 100)],
        crs=CRS,
    )
    wishes = gpd.GeoDataFrame(
        {
            "wish": ["wish-1", "wish-2"],
            "text": ["Meer bomen", "Een bankje"],
            "ambition": ["biodiversity", None],
            "year": pd.array([2025, 2026], dtype="Int64"),
            "section": ["S2", None],
            "area": ["West", "East"],
            "source": ["wensen"] * 2,
        },
        geometry=[Point(X0 + 150, Y0 + 5), Point(X0 + 390, Y0 + 90)],
        crs=CRS,
    )
    parties = pd.DataFrame(
        {
            "party": ["gas", "gemeente", "water"],
            "name": ["Netbeheerder", "Gemeente Gehucht", "Waterbedrijf"],
            "kind": ["netbeheerder", "gemeente", "waterbedrijf"],
            "contact": [None, "programmeur openbare ruimte", "planner leidingen"],
            "declared": [True] * 3,
        }
    )
    made = {
        "sections": sections, "assets": assets, "works": works, "touches": touches, "work_assets": work_assets,
        "areas": areas, "wishes": wishes, "parties": parties,
    }  # fmt: skip
    tables = {
        name: shape(made[name], schema, crs=CRS) if name in made else empty(schema, crs=CRS)
        for name, schema in context_tables.Context.TABLES.items()
    }
    return Context(**tables, trace=TRACE)


@once
def vision() -> Vision:
    """Return a vision with two ambitions: biodiversity is needed in West (0.8), heat stress everywhere (0.5)."""
    ambitions = pd.DataFrame(
        {
            "ambition": ["biodiversity", "heat_stress"],
            "name_nl": ["biodiversiteit", "hitte"],
            "name_en": ["biodiversity", "heat stress"],
            "level": [2, 1],
            "weight": [0.5, 0.5],
            "set_by": ["raad"] * 2,
            "set_on": ["2026-05-01", None],
            "places": [1, 2],
            "basis": ["buurten.groen"] * 2,
            "kinds_known": [1, 1],
            "kinds_unknown": [20, 20],
        }
    )
    needs = gpd.GeoDataFrame(
        {
            "ambition": ["biodiversity", "heat_stress", "heat_stress"],
            "place": ["West", "West", "East"],
            "origin": ["buurten.groen"] * 3,
            "measured": [0.2, 0.5, 0.5],
            "need_score": [0.8, 0.5, 0.5],
        },
        geometry=[
            box(X0, Y0 - 100, X0 + 200, Y0 + 100),
            box(X0, Y0 - 100, X0 + 200, Y0 + 100),
            box(X0 + 200, Y0 - 100, X0 + 400, Y0 + 100),
        ],
        crs=CRS,
    )
    effects = pd.DataFrame(
        {
            "ambition": ["biodiversity", "heat_stress"],
            "kind": ["sewer_gravity", "paving"],
            "effect": [0.1, 0.05],
            "per": [100.0, 100.0],
            "unit": ["m", "m2"],
            "need_per_unit": [0.001, 0.0005],
            "source": ["test"] * 2,
            "basis": ["assumed"] * 2,
        }
    )
    every, asks = themes_of(settings().vision)
    slots = every.set_index("theme").loc[["biodiversity", "heat_stress"]].reset_index().assign(place_in_web=[1, 2])
    themes = shape(slots, vision_tables.THEMES)
    return Vision(
        shape(ambitions, vision_tables.AMBITIONS),
        shape(needs, vision_tables.NEEDS, crs=CRS),
        shape(effects, vision_tables.EFFECTS),
        themes,
        shape(asks[asks["theme"].isin(themes["theme"])], vision_tables.LEVEL_ASKS),
        shape(decided_webs(settings().vision, themes, usual=pd.Series({"biodiversity": 2, "heat_stress": 1})), vision_tables.WEBS),
        TRACE,
    )  # fmt: skip


@once
def opportunities() -> Opportunities:
    """Return the vision projected on the sections, without finds."""
    needs = pd.DataFrame(
        {
            "section": ["S1", "S1", "S2", "S2", "S3", "S4"],
            "ambition": ["biodiversity", "heat_stress", "biodiversity", "heat_stress", "heat_stress", "heat_stress"],
            "need_score": [0.8, 0.5, 0.8, 0.5, 0.5, 0.5],
            "known_share": [1.0] * 6,
        }
    )
    return Opportunities(
        empty(opportunities_tables.FINDS, crs=CRS),
        empty(opportunities_tables.INVOLVED),
        shape(needs, opportunities_tables.SECTION_NEEDS),
        empty(opportunities_tables.PROPOSALS, crs=CRS),
        TRACE,
    )
