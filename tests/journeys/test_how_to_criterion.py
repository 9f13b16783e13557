"""A newcomer adds a criterion by following the how-to to the letter."""

import tomllib
from pathlib import Path

import pytest

from how_to import Page, copied, follow, put_in_tuple, put_new
from koppelkans.ground.settings import make_settings

PAGE = Page.of("add-a-criterion")
LAST = "    WISHES_ANSWERED,\n"


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """Return a copy of the code and the tests in which steps 1 to 3 of the page were done."""
    folder = copied(tmp_path, ("tests/hamlet.py", "tests/kept.py", "tests/laws/test_criterion_laws.py"))
    piece, imported, listed, test = PAGE.blocks("python")
    put_new(folder, PAGE.new_files(), (piece, test))
    put_in_tuple(folder / "src/koppelkans/weighing/criteria/__init__.py", imported, LAST, LAST + listed)
    return folder


def test_the_steps_of_the_page_make_a_criterion_that_meets_its_test_and_the_laws(workshop: Path):
    said = follow(workshop, PAGE)
    assert "PASSED tests/laws/test_criterion_laws.py::test_a_criterion_says_what_it_is[care_places]" in said


def test_the_weight_of_the_page_is_a_setting():
    (text,) = PAGE.blocks("toml")
    part = make_settings(tomllib.loads(text)).weighing
    assert part.criteria == {"care_places": 2.0}
