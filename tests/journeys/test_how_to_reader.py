"""A newcomer adds a reader by following the how-to to the letter."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "add-a-reader.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    """Return the code blocks of the page in one language, in order."""
    return [code for found, code in FENCE.findall(PAGE) if found == language]


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
    shutil.copytree(ROOT / "src" / "koppelkans", tmp_path / "src" / "koppelkans")
    for part in ("tests/samples.py", "tests/laws/test_reader_laws.py"):
        (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / part, tmp_path / part)
    piece, imported, listed, writer, line, test = blocks("python")
    piece_file, test_file = re.findall(r"^File `([^`]+)`:$", PAGE, flags=re.MULTILINE)
    for name, text in ((piece_file, piece), (test_file, test)):
        assert not (ROOT / name).exists(), "the example of the how-to became part of the code: choose another"
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    readers = tmp_path / "src/koppelkans/context/readers/__init__.py"
    put_in(readers, ("from koppelkans.context.readers.vector", imported), ("CSV)", listed.strip() + " "))
    samples = tmp_path / "tests/samples.py"
    put_in(
        samples,
        ("import zipfile\n", "import json\n"),
        ("WRITERS: Mapping", writer + "\n\n"),
        ('    "csv": (', "    " + line),
    )
    return tmp_path


def test_the_steps_of_the_page_make_a_reader_that_meets_its_test_and_the_laws(workshop: Path):
    (command,) = blocks("console")
    program, *arguments = shlex.split(command)
    assert program == "python"
    paths = os.pathsep.join([str(workshop / "src"), str(workshop / "tests")])
    done = subprocess.run(
        [sys.executable, *arguments, "-p", "no:cacheprovider", "-p", "no:randomly", "-rA"],
        cwd=workshop,
        env=os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        "PASSED tests/laws/test_reader_laws.py::test_a_bad_row_never_takes_the_good_ones_with_it[json_list]"
        in done.stdout
    )
    assert "PASSED tests/core/context/test_readers_json_list.py::test_half_a_file_is_told" in done.stdout


def test_the_city_folder_of_the_page_is_read_by_the_new_reader(workshop: Path):
    (settings,) = blocks("toml")
    folder = workshop / "city"
    folder.mkdir()
    (folder / "koppelkans.toml").write_text(settings, encoding="utf-8")
    (folder / "pipes.json").write_text('[{"nummer": "a", "beheerder": "W", "soort": "water_main", "jaar": 1955, "diameter": 100, "lijn": [[150000, 400000], [150100, 400000]]}]')  # fmt: skip
    look = "from koppelkans.context import read_city; city = read_city('city'); print(city.layers['pipes'].length.tolist(), city.faults)"
    done = subprocess.run(
        [sys.executable, "-c", look],
        cwd=workshop,
        env=os.environ | {"PYTHONPATH": str(workshop / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "[100.0] ()", done.stderr
