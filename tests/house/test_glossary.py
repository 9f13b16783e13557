"""The glossary binds words in the code to words of the field."""

from importlib import import_module
from pathlib import Path

import pytest

from koppelkans.context.product import BASES, CERTAINTIES, ROAD_CLASSES
from koppelkans.context.reading.roles import ROLES
from koppelkans.ground.settings import make_settings

TEXT = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
FOLDERS = (
    "vision.indicators.INDICATORS",
    "vision.statistics.STATISTICS",
    "context.readers.READERS",
    "opportunities.kinds.KINDS",
    "appraisal.effects.EFFECTS",
    "weighing.criteria.CRITERIA",
    "weighing.methods.METHODS",
    "weighing.elicitation.ELICITORS",
    "programme.constraints.CONSTRAINTS",
    "report.forms.FORMS",
)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_piece_stands_in_the_glossary_with_its_dutch_name(folder: str):
    module, _, pieces = f"koppelkans.{folder}".rpartition(".")
    lines = TEXT.splitlines()

    missing = [
        piece.name
        for piece in getattr(import_module(module), pieces)
        if not any(line.startswith(f"| `{piece.name}`") and f"| {piece.nl} |" in line for line in lines)
    ]
    assert not missing


def test_roles_ambitions_certainties_bases_and_road_classes_stand_in_the_glossary():
    ambitions = [ambition.ambition for ambition in make_settings({}).vision.ambitions]
    classes = set(ROAD_CLASSES) - {"unknown"}

    assert not {word for word in (*ROLES, *ambitions, *CERTAINTIES, *BASES, *classes) if f"`{word}`" not in TEXT}


def test_every_row_of_the_glossary_has_two_languages_and_a_meaning():
    rows = [line for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith("| ---")]

    assert len(rows) > 150
    assert all(len([cell for cell in line.strip("|").split("|") if cell.strip()]) == 3 for line in rows)
