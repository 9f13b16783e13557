"""A newcomer adds a criterion by following the how-to to the letter."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from koppelkans.ground.settings import make_settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "add-a-criterion.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    """Return the code blocks of the page in one language, in order."""
    return [code for found, code in FENCE.findall(PAGE) if found == language]


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """Return a copy of the code and the tests in which steps 1 to 3 of the page were done."""
    shutil.copytree(ROOT / "src" / "koppelkans", tmp_path / "src" / "koppelkans")
    for part in ("tests/hamlet.py", "tests/laws/test_criterion_laws.py"):
        (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / part, tmp_path / part)
    piece, imported, listed, test = blocks("python")
    piece_file, test_file = re.findall(r"^File `([^`]+)`:$", PAGE, flags=re.MULTILINE)
    for name, text in ((piece_file, piece), (test_file, test)):
        assert not (ROOT / name).exists(), "the example of the how-to became part of the code: choose another"
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    tuple_file = tmp_path / "src/koppelkans/weighing/criteria/__init__.py"
    text = tuple_file.read_text(encoding="utf-8")
    assert text.count("    WISHES_ANSWERED,\n") == 1
    head, _, rest = text.partition("from ")
    text = head + imported + "from " + rest.replace("    WISHES_ANSWERED,\n", "    WISHES_ANSWERED,\n" + listed)
    tuple_file.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_steps_of_the_page_make_a_criterion_that_meets_its_test_and_the_laws(workshop: Path):
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
    assert "PASSED tests/laws/test_criterion_laws.py::test_a_criterion_says_what_it_is[care_places]" in done.stdout


def test_the_weight_of_the_page_is_a_setting():
    (text,) = blocks("toml")
    part = make_settings(tomllib.loads(text)).weighing
    assert part.criteria == {"care_places": 2.0}
