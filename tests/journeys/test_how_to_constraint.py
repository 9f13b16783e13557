"""A newcomer adds a constraint by following the how-to to the letter."""

from pathlib import Path

import pytest

from how_to import Page, copied, follow, put_in_tuple, put_new

PAGE = Page.of("add-a-constraint")
PARTS = (
    "tests/golden/constraints",
    "tests/tiny_city.py",
    "tests/golden/test_constraint_texts.py",
    "tests/laws/test_constraint_laws.py",
)


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """Return a copy of the code and the tests in which steps 1 to 3 of the page were done."""
    folder = copied(tmp_path, PARTS)
    piece, imported, listed, test = PAGE.blocks("python")
    put_new(folder, PAGE.new_files(), (piece, test))
    pieces = folder / "src/koppelkans/programme/constraints/__init__.py"
    put_in_tuple(pieces, imported, "MANDATORY,\n", f"MANDATORY{listed.strip()},\n")
    return folder


def test_the_steps_of_the_page_make_a_constraint_that_meets_its_test_and_the_laws(workshop: Path):
    said = follow(workshop, PAGE, "-k", "quiet")
    laws = "PASSED tests/laws/test_constraint_laws.py"
    assert f"{laws}::test_a_judge_faults_some_outcome_and_not_every_outcome[quiet]" in said
    assert "PASSED tests/golden/test_constraint_texts.py::test_a_constraint_says_what_it_said[quiet]" in said
