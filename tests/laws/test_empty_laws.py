"""Law of a city that holds little: every report is written where no table that may be empty has rows."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
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
