"""A newcomer adds a reader by following the how-to to the letter."""

from pathlib import Path

import pytest

from how_to import Page, copied, follow, put_new, run_python

PAGE = Page.of("add-a-reader")


def put_in(path: Path, *changes: tuple[str, str]) -> None:
    """Put lines in front of others in a file, each of which stands there once."""
    text = path.read_text(encoding="utf-8")
    for before, line in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, line + before)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """Return a copy of the code and the tests in which steps 1 to 4 of the page were done."""
    folder = copied(tmp_path, ("tests/samples.py", "tests/laws/test_reader_laws.py"))
    piece, imported, listed, writer, line, test = PAGE.blocks("python")
    put_new(folder, PAGE.new_files(), (piece, test))
    readers = folder / "src/koppelkans/context/readers/__init__.py"
    put_in(readers, ("from koppelkans.context.readers.vector", imported), ("JSON_RECORDS, ", listed.strip() + " "))
    put_in(
        folder / "tests/samples.py",
        ("import zipfile\n", "import json\n"),
        ("WRITERS: Mapping", writer + "\n\n"),
        ('    "csv": (', "    " + line),
    )
    return folder


def test_the_steps_of_the_page_make_a_reader_that_meets_its_test_and_the_laws(workshop: Path):
    said = follow(workshop, PAGE)
    laws = "PASSED tests/laws/test_reader_laws.py"
    assert f"{laws}::test_a_bad_row_never_takes_the_good_ones_with_it[json_list]" in said
    assert "PASSED tests/core/context/test_readers_json_list.py::test_half_a_file_is_told" in said


def test_the_city_folder_of_the_page_is_read_by_the_new_reader(workshop: Path):
    (settings,) = PAGE.blocks("toml")
    folder = workshop / "city"
    folder.mkdir()
    (folder / "koppelkans.toml").write_text(settings, encoding="utf-8")
    (folder / "pipes.json").write_text('[{"nummer": "a", "beheerder": "W", "soort": "water_main", "jaar": 1955, "diameter": 100, "lijn": [[150000, 400000], [150100, 400000]]}]')  # fmt: skip
    look = "from koppelkans.context import read_city; city = read_city('city'); print(city.layers['pipes'].length.tolist(), city.faults)"
    done = run_python(workshop, "-c", look)
    assert done.stdout.strip() == "[100.0] ()", done.stderr
