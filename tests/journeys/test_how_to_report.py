"""A newcomer adds a form of report by following the how-to to the letter."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "add-a-report.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
LAST = "    JSON_EXPORT,\n"


def blocks(language: str) -> list[str]:
    """Return the code blocks of the page in one language, in order."""
    return [code for found, code in FENCE.findall(PAGE) if found == language]


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """Return a copy of the code and the tests in which steps 1 to 3 of the page were done."""
    shutil.copytree(ROOT / "src" / "koppelkans", tmp_path / "src" / "koppelkans")
    for part in ("tests/hamlet.py", "tests/hamlet_plan.py", "tests/laws/test_form_laws.py"):
        (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / part, tmp_path / part)
    piece, imported, listed, test = blocks("python")
    piece_file, test_file = re.findall(r"^File `([^`]+)`:$", PAGE, flags=re.MULTILINE)
    for name, text in ((piece_file, piece), (test_file, test)):
        assert not (ROOT / name).exists(), "the example of the how-to became part of the code: choose another"
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    tuple_file = tmp_path / "src/koppelkans/report/forms/__init__.py"
    text = tuple_file.read_text(encoding="utf-8")
    assert text.count(LAST) == 1
    head, _, rest = text.partition("from ")
    tuple_file.write_text(head + imported + "from " + rest.replace(LAST, LAST + listed), encoding="utf-8")
    return tmp_path


def test_the_steps_of_the_page_make_a_report_that_meets_its_test_and_the_laws(workshop: Path):
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
    for law in (
        "test_written_twice_the_same_bytes[street_list-nl]",
        "test_written_twice_the_same_bytes[street_list-en]",
        "test_a_public_form_holds_no_personal_data_and_no_folder_of_this_machine[street_list]",
    ):
        assert f"PASSED tests/laws/test_form_laws.py::{law}" in done.stdout


def test_every_file_that_the_page_names_is_there():
    new = set(re.findall(r"^File `([^`]+)`:$", PAGE, flags=re.MULTILINE))
    named = set(re.findall(r"`((?:src|tests|docs)/[\w/.-]+)`", PAGE)) - new
    assert named
    assert not [name for name in named if not (ROOT / name).exists()]
