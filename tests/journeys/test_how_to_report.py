"""A newcomer adds a form of report by following the how-to to the letter."""

import re
from pathlib import Path

import pytest

from how_to import ROOT, Page, copied, follow, put_in_tuple, put_new

PAGE = Page.of("add-a-report")
LAST = "    JSON_EXPORT,\n"


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """Return a copy of the code and the tests in which steps 1 to 3 of the page were done."""
    folder = copied(
        tmp_path,
        (
            "tests/hamlet.py",
            "tests/kept.py",
            "tests/hamlet_programme.py",
            "tests/hamlet_plan.py",
            "tests/tongues.py",
            "tests/laws/test_form_laws.py",
        ),
    )
    piece, imported, listed, test = PAGE.blocks("python")
    put_new(folder, PAGE.new_files(), (piece, test))
    put_in_tuple(folder / "src/koppelkans/report/forms/__init__.py", imported, LAST, LAST + listed)
    return folder


def test_the_steps_of_the_page_make_a_report_that_meets_its_test_and_the_laws(workshop: Path):
    said = follow(workshop, PAGE)
    for law in (
        "test_written_twice_the_same_bytes[street_list]",
        "test_a_public_form_holds_no_personal_data_and_no_folder_of_this_machine[street_list]",
    ):
        assert f"PASSED tests/laws/test_form_laws.py::{law}" in said


def test_every_file_that_the_page_names_is_there():
    named = set(re.findall(r"`((?:src|tests|docs)/[\w/.-]+)`", PAGE.text)) - set(PAGE.new_files())
    assert named
    assert not [name for name in named if not (ROOT / name).exists()]
