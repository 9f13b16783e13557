"""The noun of this room: a ten-year programme per area. (nl: gebiedsprogramma)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace

SUMMARY = Schema(
    "summary",
    "One row per area.",
    {
        "area": Column(TEXT, "area"),
        "name": Column(TEXT, "name"),
        "first_year": Column(WHOLE, "first year"),
        "last_year": Column(WHOLE, "last year"),
        "works": Column(WHOLE, "works in these years", least=0),
        "bundles": Column(WHOLE, "bundles", least=0),
        "openings": Column(WHOLE, "sections opened, each year counted", least=0),
        "apart_openings": Column(WHOLE, "sections opened if each work opened its sections alone", least=0),
        "cost_eur": Column(WHOLE, "cost of works with a known cost", least=0),
        "saving_eur": Column(WHOLE, "saved by working together", least=0),
        "wishes": Column(WHOLE, "wishes", least=0),
        "wishes_carried": Column(WHOLE, "wishes with a work near them", least=0),
    },
    key=("area",),
)
AGENDA = Schema(
    "agenda",
    "Works per area and year. A work in two areas stands in both, with the share of its sections.",
    {
        "area": Column(TEXT, "area"),
        "work": Column(TEXT, "work"),
        "year": Column(WHOLE, "year"),
        "bundle": Column(TEXT, "bundle", known=False),
        "share": Column(NUMBER, "share of its sections that lies in this area", least=0, most=1),
        "cost_eur": Column(WHOLE_OR_UNKNOWN, "its cost times the share", known=False),
        "firm": Column(YES_NO, "fixed, or certain and without room in its window"),
    },
    key=("area", "work"),
)
WEB = Schema(
    "web",
    "The ambitieweb of city, areas, bundles and projects: level wanted, and level that the works of the programme reach, 0-3.",
    {
        "of": Column(TEXT, "what the web is of", one_of=("city", "area", "bundle", "project")),
        "place": Column(TEXT, "area, bundle or project; empty for the city"),
        "place_name": Column(TEXT, "its name; empty for the city"),
        "theme": Column(TEXT, "theme"),
        "place_in_web": Column(WHOLE, "place in the web, 1 at the top and on with the clock", least=1),
        "name_nl": Column(TEXT, "name of the theme in Dutch"),
        "name_en": Column(TEXT, "name of the theme in English"),
        "need_score": Column(NUMBER, "mean need over its sections", known=False, least=0, most=1),
        "generic_level": Column(WHOLE_OR_UNKNOWN, "level that the city wants everywhere, 0-3", known=False, least=0, most=3),
        "wanted_level": Column(WHOLE_OR_UNKNOWN, "level wanted here, 0-3; unknown where nobody decided", known=False, least=0, most=3),
        "wanted_basis": Column(
            TEXT, "whose decision the level wanted is", known=False, one_of=("ambitions", "city", "area", "project")
        ),
        "reached_level": Column(
            NUMBER,
            "level that the works of the programme reach, 0-3; unknown where no effect is given",
            known=False,
            least=0,
            most=3,
        ),
        "points": Column(NUMBER, "need met by the works", known=False, least=0),
        "counted": Column(WHOLE, "ambitions that count for the theme", least=0),
        "unknown": Column(WHOLE, "of these ambitions: need or effect unknown", least=0),
    },
    key=("of", "place", "theme"),
)  # fmt: skip
ANSWERS = Schema(
    "answers",
    "Every wish with its answer.",
    {
        "wish": Column(TEXT, "wish"),
        "area": Column(TEXT, "area", known=False),
        "text": Column(TEXT, "what is wished"),
        "answer": Column(TEXT, "answer", one_of=("rides_along", "street_opens", "no_carrier", "no_place")),
        "work": Column(TEXT, "work that can carry it", known=False),
        "year": Column(WHOLE_OR_UNKNOWN, "year of that work", known=False),
        "why_nl": Column(TEXT, "the answer in Dutch"),
        "why_en": Column(TEXT, "the answer in English"),
    },
    key=("wish",),
)
HOLDERS = Schema(
    "holders",
    "Who pays and who gains in an area.",
    {
        "area": Column(TEXT, "area"),
        "holder": Column(TEXT, "party or group"),
        "cost_eur": Column(WHOLE, "pays", least=0),
        "benefit_eur": Column(WHOLE, "gains, as far as known", least=0),
        "saving_eur": Column(WHOLE, "saved by working together", least=0),
        "unknown": Column(WHOLE, "amounts that are unknown (p.m.)", least=0),
    },
    key=("area", "holder"),
)


@dataclass(frozen=True)
class Areas:
    """Ten-year programmes per area."""

    summary: pd.DataFrame
    agenda: pd.DataFrame
    web: pd.DataFrame
    answers: pd.DataFrame
    holders: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "summary": SUMMARY,
        "agenda": AGENDA,
        "web": WEB,
        "answers": ANSWERS,
        "holders": HOLDERS,
    }
