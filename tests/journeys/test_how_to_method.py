"""A newcomer adds a method of weighing by following the how-to to the letter."""

import tomllib
from pathlib import Path

import pytest

from how_to import Page, copied, follow, put_in_tuple, put_new
from koppelkans.ground.settings import make_settings

PAGE = Page.of("add-a-method")
LAST = "    WEIGHTED_PRODUCT,\n"


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """Return a copy of the code and the laws in which steps 1 to 3 of the page were done."""
    folder = copied(tmp_path, ("tests/laws/test_method_laws.py",))
    piece, imported, listed, test = PAGE.blocks("python")
    put_new(folder, PAGE.new_files(), (piece, test))
    put_in_tuple(folder / "src/koppelkans/weighing/methods/__init__.py", imported, LAST, LAST + listed)
    return folder


def test_the_steps_of_the_page_make_a_method_that_meets_its_test_and_the_laws(workshop: Path):
    said = follow(workshop, PAGE, "-k", "weakest_link")
    assert "test_a_work_that_is_nowhere_worse_never_stands_lower[usual-weakest_link]" in said


def test_the_method_of_the_page_is_a_setting():
    (text,) = PAGE.blocks("toml")
    part = make_settings({"city": {"name": "x"}} | tomllib.loads(text)).weighing
    assert part.method == "weakest_link"
