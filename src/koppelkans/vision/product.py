"""The noun of this room: what the city wants, and where the need for it is. (nl: visie)."""

from dataclasses import dataclass
from typing import ClassVar

import geopandas as gpd
import pandas as pd

from koppelkans.ground import columns
from koppelkans.ground.tables import GEOMETRY, NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace

AMBITIONS = Schema(
    "ambitions",
    "The ambitions of the city, who set them and how high.",
    {
        "ambition": columns.AMBITION.but("short name", "korte naam", codes=""),
        "name_nl": columns.NAME_NL,
        "name_en": columns.NAME_EN,
        "level": columns.LEVEL,
        "weight": columns.WEIGHT,
        "set_by": columns.SET_BY.but(codes="ours"),
        "set_on": columns.SET_ON.but("date on which they were set", "datum waarop ze zijn vastgesteld"),
        "places": Column(WHOLE, "places where the need is known", nl="plekken", en="places", nl_meaning="plekken waar de behoefte bekend is", seen="open", least=0),
        "basis": columns.BASIS.but("where the need comes from: source and column, or indicator; unknown where nothing was given", "waar de behoefte vandaan komt: bron en kolom, of indicator; onbekend waar niets is opgegeven", known=False, codes=""),
        "kinds_known": Column(WHOLE, "kinds of work of which the effect on it was given, also where it is none", nl="soorten werk met bekend effect", en="kinds of work with a known effect", nl_meaning="soorten werk waarvan het effect hierop is opgegeven, ook als dat nul is", seen="open", least=0),
        "kinds_unknown": Column(WHOLE, "kinds of work of which the effect on it is unknown", nl="soorten werk met onbekend effect", en="kinds of work with an unknown effect", nl_meaning="soorten werk waarvan het effect hierop onbekend is", seen="open", least=0),
    },
    key=("ambition",),
    nl="Ambities", en="Ambitions", nl_meaning="De ambities van de gemeente, wie ze vaststelde en hoe hoog.",
)  # fmt: skip
NEEDS = Schema(
    "needs",
    "Need for an ambition at a place, from one layer or indicator; places of different origins may overlap.",
    {
        "ambition": columns.AMBITION,
        "place": columns.PLACE,
        "origin": columns.ORIGIN,
        "measured": Column(NUMBER, "value that was read or measured, in the unit of its origin", nl="gemeten waarde", en="value measured", nl_meaning="waarde die is gelezen of gemeten, in de eenheid van de herkomst", seen="open", known=False),
        "need_score": columns.NEED_SCORE,
        "geometry": Column(GEOMETRY, "the place", nl="ligging", en="location", nl_meaning="de plek", seen="open"),
    },
    key=("ambition", "origin", "place"),
    nl="Behoefte per plek", en="Need per place", nl_meaning="Behoefte aan een ambitie op een plek, uit één laag of indicator. Plekken van verschillende herkomst kunnen elkaar overlappen.",
)  # fmt: skip
EFFECTS = Schema(
    "effects",
    "How much need one unit of a kind of work meets.",
    {
        "ambition": columns.AMBITION,
        "kind": columns.KIND,
        "effect": Column(NUMBER, "need met by `per` units, 0-1", nl="effect", en="effect", nl_meaning="behoefte die dit aantal eenheden vervult, 0-1", seen="open", least=0),
        "per": Column(NUMBER, "number of units that the effect is given for", nl="per aantal eenheden", en="per so many units", nl_meaning="aantal eenheden waarvoor het effect is opgegeven", seen="open", least=0),
        "unit": columns.UNIT.but("unit of the kind: m, m2 or piece", "eenheid van de soort: m, m2 of stuk", one_of=("m", "m2", "piece"), codes=columns.UNIT_WORDS),
        "need_per_unit": Column(NUMBER, "need met per m, m2 or piece", nl="behoefte per eenheid", en="need per unit", nl_meaning="behoefte die per m, m² of stuk wordt vervuld", seen="open", least=0),
        "low": Column(NUMBER, "lower end of the effect, where known", nl="effect, laag", en="effect, low", nl_meaning="ondergrens van het effect, waar bekend", seen="open", known=False, least=0),
        "high": Column(NUMBER, "upper end of the effect, where known", nl="effect, hoog", en="effect, high", nl_meaning="bovengrens van het effect, waar bekend", seen="open", known=False, least=0),
        "source": columns.SOURCE.but("source of the number", "bron van het getal", codes="ours"),
        "basis": columns.BASIS.but("measured, derived or assumed", "gemeten, afgeleid of aangenomen"),
    },
    key=("ambition", "kind"),
    nl="Effect per soort werk", en="Effect per kind of work", nl_meaning="Hoeveel behoefte een soort werk vervult, per m, m2 of stuk. Wat hier niet staat, is onbekend.",
)  # fmt: skip


THEMES = Schema(
    "themes",
    "The themes that the ambitieweb is drawn with, in their order. Names differ from source to source and can be changed.",
    {
        "theme": columns.THEME,
        "place_in_web": columns.PLACE_IN_WEB,
        "name_nl": columns.NAME_NL,
        "name_en": columns.NAME_EN,
        "ambitions": Column(TEXT, "ambitions that count for it; without one the level reached is unknown", nl="ambities", en="ambitions", nl_meaning="ambities die meetellen; zonder ambitie is het gehaalde niveau onbekend", seen="open", known=False, codes="lists of ambitions"),
        "verified": Column(YES_NO, "a source was found for the name", nl="naam met bron", en="name with a source", nl_meaning="voor de naam is een bron gevonden", seen="open"),
        "source": columns.SOURCE.but("where name and levels come from", "waar naam en niveaus vandaan komen", known=False, codes="ours"),
    },
    key=("theme",),
    nl="Thema's", en="Themes", nl_meaning="De thema's waarmee het ambitieweb wordt getekend, in hun volgorde. Namen verschillen per bron; u mag ze wijzigen.",
)  # fmt: skip
LEVEL_ASKS = Schema(
    "level_asks",
    "What must be shown to claim a level of a theme.",
    {
        "theme": columns.THEME.but(codes="themes"),
        "level": columns.LEVEL.but("level 1-3", "niveau 1-3"),
        "ask_nl": Column(TEXT, "what must be shown, in Dutch", nl="wat u moet laten zien", seen="open"),
        "ask_en": Column(TEXT, "what must be shown, in English", nl="wat u moet laten zien (Engels)", en="what must be shown", nl_meaning="wat u moet laten zien, in het Engels", seen="open"),
    },
    key=("theme", "level"),
    nl="Wat een niveau vraagt", en="What a level asks", nl_meaning="Wat u moet laten zien om een niveau van een thema te halen.",
)  # fmt: skip
WEBS = Schema(
    "webs",
    "Every ambitieweb as it stood after each decision, in order of time.",
    {
        "of": columns.OF.but(one_of=("city", "area", "project")),
        "place": columns.PLACE.but("area or project; empty for the city", "gebied of project; leeg voor de stad"),
        "phase": columns.PHASE,
        "phase_nl": Column(TEXT, "phase in Dutch", nl="naam van de fase", seen="open"),
        "phase_en": Column(TEXT, "phase in English", nl="naam van de fase (Engels)", en="name of the phase", nl_meaning="naam van de fase in het Engels", seen="open"),
        "phase_order": Column(WHOLE, "place of the phase in the process, from 1", nl="volgorde van de fase", en="order of the phase", nl_meaning="plaats van de fase in het proces, vanaf 1", seen="open", least=1),
        "decided_on": Column(TEXT, "date of the decision", nl="besloten op", en="decided on", nl_meaning="datum van het besluit", seen="open"),
        "decided_by": Column(TEXT, "role that decided", nl="besloten door", en="decided by", nl_meaning="wie besloot (rol)", seen="text"),
        "reason": columns.REASON,
        "theme": columns.THEME.but(codes="themes"),
        "level": Column(WHOLE_OR_UNKNOWN, "level after this decision, 0-3; unknown where none was decided yet", nl="niveau", en="level", nl_meaning="niveau na dit besluit, 0-3; onbekend als nog niets was besloten", seen="open", known=False, least=0, most=3),
        "stated": Column(YES_NO, "this decision names the theme; otherwise the level before it stands", nl="in dit besluit genoemd", en="named in this decision", nl_meaning="dit besluit noemt het thema; anders geldt het niveau ervoor", seen="open"),
        "earlier_level": Column(WHOLE_OR_UNKNOWN, "level before this decision", nl="niveau ervoor", en="level before", nl_meaning="niveau voor dit besluit", seen="open", known=False, least=0, most=3),
        "generic_level": columns.GENERIC_LEVEL,
        "deviation": Column(WHOLE_OR_UNKNOWN, "levels above (+) or below (-) the generic web; unknown for the generic web itself", nl="afwijking", en="deviation", nl_meaning="niveaus boven (+) of onder (-) het algemene web; onbekend voor het algemene web zelf", seen="open", known=False, least=-3, most=3),
    },
    key=("of", "place", "decided_on", "theme"),
    nl="Besluiten ambitieweb", en="Ambitieweb decisions", nl_meaning="Elk ambitieweb zoals het was na elk besluit, in de volgorde van de tijd.",
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
