"""Laws of a city that holds little: every report is written whichever tables have no rows, and a tiny city runs to its end."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import combinations
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
import typst
import vl_convert
from pypdf import PdfReader

import hamlet_plan
from koppelkans.ground.tables import TEXT
from koppelkans.report.contents import contents
from koppelkans.report.plan import Plan
from koppelkans.report.write import write

KEPT = {
    ("context", "sections"), ("context", "works"), ("context", "parties"), ("programme", "plan"),
    ("weighing", "criteria"), ("vision", "ambitions"), ("vision", "themes"),
}  # fmt: skip
"""Tables that no plan is without: a run stops before it where there is no street or no work; the others come from the settings."""
MAY_BE_EMPTY = [
    (content.room, content.name)
    for content in contents(hamlet_plan.plan())
    if len(content.frame) and (content.room, content.name) not in KEPT
]
TURNS = 9
CODES = list(combinations(range(TURNS), 4))[: len(MAY_BE_EMPTY)]
"""Turns in which each table is empty: for every two tables there is a turn in which the one is empty and the other is not."""


def without(tables: Iterable[tuple[str, str]]) -> Plan:
    """Return the plan of the hamlet with some tables emptied."""
    plan, emptied = hamlet_plan.plan(), set(tables)
    rooms = {}
    for part in fields(plan):
        room = getattr(plan, part.name)
        names = [name for kept, name in emptied if kept == part.name]
        rooms[part.name] = replace(room, **{name: bare(getattr(room, name)) for name in names}) if names else room
    return replace(plan, **rooms)


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
    monkeypatch.setattr(typst, "compile", lambda *_args, **_named: b"%PDF")
    monkeypatch.setattr(vl_convert, "vegalite_to_svg", lambda *_args, **_named: "<svg/>")


def test_every_table_is_empty_while_any_other_is_not():
    assert len(set(CODES)) == len(MAY_BE_EMPTY)
    assert all(set(one) - set(other) for one in CODES for other in CODES if one != other)


@pytest.mark.usefixtures("unset")
@pytest.mark.parametrize("turn", range(TURNS))
def test_every_form_is_written_whichever_tables_are_empty(turn: int, tmp_path: Path):
    files = write(without(table for table, code in zip(MAY_BE_EMPTY, CODES, strict=True) if turn in code), tmp_path)
    assert {path.suffix for path in files} >= {".html", ".gpkg", ".xlsx", ".pdf", ".json"}


def test_a_plan_in_which_all_that_may_be_empty_is_empty_says_so_in_every_chapter(tmp_path: Path):
    files = write(without(MAY_BE_EMPTY), tmp_path)
    city = next(path for path in files if path.name == "stadsprogramma.pdf")
    told = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(city).pages))
    for sentence in (
        "Geen twee partijen willen in deze jaren dezelfde straat openmaken",
        "Er wordt geen fonds gebruikt",
        "In dit programma delen geen twee werken een open straat",
        "In dit programma delen geen twee partijen een open straat",
        "Er is geen kans en geen knelpunt gevonden",
    ):
        assert sentence in told
