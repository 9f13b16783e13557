"""The noun of this room: what the city wants, and where the need for it is. (nl: visie)."""

from dataclasses import dataclass
from typing import ClassVar

import geopandas as gpd
import pandas as pd

from koppelkans.ground.tables import GEOMETRY, NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
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
        "kinds_known": Column(
            WHOLE, "kinds of work of which the effect on it was given, also where it is none", least=0
        ),
        "kinds_unknown": Column(WHOLE, "kinds of work of which the effect on it is unknown", least=0),
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
        "effect": Column(NUMBER, "need met by `per` units, 0-1", least=0),
        "per": Column(NUMBER, "number of units that the effect is given for", least=0),
        "unit": Column(TEXT, "unit of the kind: m, m2 or piece", one_of=("m", "m2", "piece")),
        "need_per_unit": Column(NUMBER, "need met per m, m2 or piece", least=0),
        "low": Column(NUMBER, "lower end of the effect, where known", known=False, least=0),
        "high": Column(NUMBER, "upper end of the effect, where known", known=False, least=0),
        "source": Column(TEXT, "source of the number"),
        "basis": Column(TEXT, "measured, derived or assumed"),
    },
    key=("ambition", "kind"),
)


THEMES = Schema(
    "themes",
    "The themes that the ambitieweb is drawn with, in their order. Names differ from source to source and can be changed.",
    {
        "theme": Column(TEXT, "theme"),
        "place_in_web": Column(WHOLE, "place in the web, 1 at the top and on with the clock", least=1),
        "name_nl": Column(TEXT, "name in Dutch"),
        "name_en": Column(TEXT, "name in English"),
        "ambitions": Column(TEXT, "ambitions that count for it; without one the level reached is unknown", known=False),
        "verified": Column(YES_NO, "a source was found for the name"),
        "source": Column(TEXT, "where name and levels come from", known=False),
    },
    key=("theme",),
)
LEVEL_ASKS = Schema(
    "level_asks",
    "What must be shown to claim a level of a theme.",
    {
        "theme": Column(TEXT, "theme"),
        "level": Column(WHOLE, "level 1-3", least=1, most=3),
        "ask_nl": Column(TEXT, "what must be shown, in Dutch"),
        "ask_en": Column(TEXT, "what must be shown, in English"),
    },
    key=("theme", "level"),
)
WEBS = Schema(
    "webs",
    "Every ambitieweb as it stood after each decision, in order of time.",
    {
        "of": Column(TEXT, "what the web is of: the city (generic web), an area or a project", one_of=("city", "area", "project")),
        "place": Column(TEXT, "area or project; empty for the city"),
        "phase": Column(TEXT, "phase in which it was decided"),
        "phase_nl": Column(TEXT, "phase in Dutch"),
        "phase_en": Column(TEXT, "phase in English"),
        "phase_order": Column(WHOLE, "place of the phase in the process, from 1", least=1),
        "decided_on": Column(TEXT, "date of the decision"),
        "decided_by": Column(TEXT, "role that decided"),
        "reason": Column(TEXT, "reason", known=False),
        "theme": Column(TEXT, "theme"),
        "level": Column(WHOLE_OR_UNKNOWN, "level after this decision, 0-3; unknown where none was decided yet", known=False, least=0, most=3),
        "stated": Column(YES_NO, "this decision names the theme; otherwise the level before it stands"),
        "earlier_level": Column(WHOLE_OR_UNKNOWN, "level before this decision", known=False, least=0, most=3),
        "generic_level": Column(WHOLE_OR_UNKNOWN, "level of the generic web on that day", known=False, least=0, most=3),
        "deviation": Column(WHOLE_OR_UNKNOWN, "levels above (+) or below (-) the generic web; unknown for the generic web itself", known=False, least=-3, most=3),
    },
    key=("of", "place", "decided_on", "theme"),
)  # fmt: skip


@dataclass(frozen=True)
class Vision:
    """Ambitions stacked per place, and the ambitiewebs that were decided."""

    ambitions: pd.DataFrame
    needs: gpd.GeoDataFrame
    effects: pd.DataFrame
    themes: pd.DataFrame
    level_asks: pd.DataFrame
    webs: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "ambitions": AMBITIONS,
        "needs": NEEDS,
        "effects": EFFECTS,
        "themes": THEMES,
        "level_asks": LEVEL_ASKS,
        "webs": WEBS,
    }
