"""Laws of a city that holds little: every report is written whichever tables have no rows."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pypdf import PdfReader

import hamlet_plan
from koppelkans.ground.tables import TEXT
from koppelkans.report import document
from koppelkans.report.circle import EVERYONE, INSIDE
from koppelkans.report.contents import contents
from koppelkans.report.forms import FORMS
from koppelkans.report.pictures import look
from koppelkans.report.plan import Plan
from koppelkans.report.write import outputs_of, write

KEPT = {
    "context.sections", "context.works", "context.parties", "programme.plan", "weighing.criteria", "vision.ambitions",
    "vision.themes",
}  # fmt: skip
"""Tables that no plan is without: a run stops before it where there is no street or no work; the others come from the settings."""
CONTENTS = {f"{content.room}.{content.name}": content for content in contents(hamlet_plan.plan())}
MAY_BE_EMPTY = [table for table, content in CONTENTS.items() if len(content.frame) and table not in KEPT]
TOGETHER = {
    "business.outcomes": "business.cases", "areas.web": "areas.summary", "areas.holders": "areas.summary",
    "programme.scenario_plan": "programme.scenarios", "programme.scenario_years": "programme.scenarios",
    "weighing.scores": "weighing.ranking", "weighing.acceptability": "weighing.ranking",
}  # fmt: skip
"""Tables that have rows for every row of another one, made in the same step: they have none together."""
PARTS = list(dict.fromkeys(TOGETHER.get(table, table) for table in MAY_BE_EMPTY))
TURNS = 9
TURNS_OF = dict(zip(PARTS, combinations(range(TURNS), 4), strict=False))
"""Turns in which tables are empty, chosen so that of any two each is empty in a turn in which the other need not be."""
LEAST = 0.95
"""Share of the ordered pairs of tables of which the one must be seen empty beside the other with rows."""
CITY_PROGRAMMES = ("stadsprogramma-intern.pdf", "stadsprogramma-openbaar.pdf")
DRAWN = [form for form in FORMS if form.name != "geopackage"]
"""Forms that take tables together; the GeoPackage writes each by itself, so that all empty at once says enough."""


def reached(emptied: Iterable[str]) -> set[str]:
    """Return the tables that are empty where some are: a row never points at a row that is not there.

    Without areas the whole city is one, so that what points at an area stays.
    """
    found: set[str] = set()
    more = set(emptied)
    while more > found:
        found = set(more)
        more |= {table for table in CONTENTS if TOGETHER.get(table) in found or pointing(table, found, needed=True)}
    return found


def pointing(table: str, emptied: set[str], *, needed: bool) -> list[str]:
    """Return the columns of a table that point at what is empty, those that it needs or those that may be unknown."""
    schema = CONTENTS[table].schema
    return [
        name
        for name, column in schema.columns.items()
        if column.refers in emptied - {table, "context.areas"} and (column.known or name in schema.key) is needed
    ]


def without(tables: Iterable[str]) -> Plan:
    """Return the plan of the hamlet with some tables emptied, and all that points at them."""
    plan, emptied = hamlet_plan.plan(), reached(tables)
    made: dict[str, dict[str, pd.DataFrame]] = {}
    for table, content in CONTENTS.items():
        lost = pointing(table, emptied, needed=False)
        if table in emptied:
            made.setdefault(content.room, {})[content.name] = bare(content.frame)
        elif lost:
            unknown = {name: pd.Series(pd.NA, content.frame.index, content.frame[name].dtype) for name in lost}
            made.setdefault(content.room, {})[content.name] = content.frame.assign(**unknown)
    return replace(plan, **{room: replace(getattr(plan, room), **frames) for room, frames in made.items()})


def bare(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table without rows, its texts without any piece of memory, as a grouping leaves them."""
    made = frame.iloc[:0].copy()
    for name in made.columns:
        if made[name].dtype == TEXT:
            nothing = pa.chunked_array([], type=pa.large_string())
            made[name] = pd.Series(type(made[name].array)(nothing, dtype=made[name].dtype), index=made.index)
    return made


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the setting of documents and the drawing of charts, which know no tables: they take most of the time."""
    monkeypatch.setattr(document, "_set", lambda _folder: b"%PDF")
    monkeypatch.setattr(look, "_drawn", lambda *_: "<svg/>")


def test_nearly_every_table_is_empty_in_a_turn_in_which_any_other_has_rows():
    turns = [reached(part for part in PARTS if turn in TURNS_OF[part]) for turn in range(TURNS)]
    alone = {part: reached([part]) for part in PARTS}
    able = [(one, other) for one, other in permutations(PARTS, 2) if other not in alone[one]]
    seen = [any(one in turn and other not in turn for turn in turns) for one, other in able]
    assert len(TURNS_OF) == len(PARTS)
    assert sum(seen) >= LEAST * len(able)


@pytest.mark.usefixtures("unset")
@pytest.mark.parametrize("turn", range(TURNS))
def test_every_form_is_written_whichever_tables_are_empty(turn: int, tmp_path: Path):
    plan = without(part for part in PARTS if turn in TURNS_OF[part])
    outputs = outputs_of(plan, DRAWN)
    party = next(output.viewer for output in outputs if output.viewer.circle == "party")
    files = write(plan, tmp_path, outputs=[one for one in outputs if one.viewer in (INSIDE, EVERYONE, party)])
    assert {path.suffix for path in files} >= {".html", ".xlsx", ".pdf", ".json"}


def test_a_plan_in_which_all_that_may_be_empty_is_empty_says_so_in_every_chapter(tmp_path: Path):
    files = write(without(MAY_BE_EMPTY), tmp_path)
    inside, public = (next(path for path in files if path.name == name) for name in CITY_PROGRAMMES)
    told, open_to_all = (
        re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(path).pages))
        for path in (inside, public)
    )
    calls = "Geen twee partijen willen in deze jaren dezelfde straat openmaken"
    assert calls in told
    assert calls not in open_to_all
    for sentence in (
        "Er wordt geen fonds gebruikt",
        "In dit programma delen geen twee werken een open straat",
        "In dit programma delen geen twee partijen een open straat",
        "Er is geen kans en geen knelpunt gevonden",
    ):
        assert sentence in told
        assert sentence in open_to_all
