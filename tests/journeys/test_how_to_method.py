"""A newcomer adds a method of weighing by following the how-to to the letter."""

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
PAGE = (ROOT / "docs" / "how-to" / "add-a-method.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    """Return the code blocks of the page in one language, in order."""
    return [code for found, code in FENCE.findall(PAGE) if found == language]


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """Return a copy of the code and the laws in which steps 1 to 3 of the page were done."""
    shutil.copytree(ROOT / "src" / "koppelkans", tmp_path / "src" / "koppelkans")
    (tmp_path / "tests" / "laws").mkdir(parents=True)
    shutil.copy(ROOT / "tests/laws/test_method_laws.py", tmp_path / "tests/laws/test_method_laws.py")
    piece, imported, listed, test = blocks("python")
    piece_file, test_file = re.findall(r"^File `([^`]+)`:$", PAGE, flags=re.MULTILINE)
    for name, text in ((piece_file, piece), (test_file, test)):
        assert not (ROOT / name).exists(), "the example of the how-to became part of the code: choose another"
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    tuple_file = tmp_path / "src/koppelkans/weighing/methods/__init__.py"
    text = tuple_file.read_text(encoding="utf-8")
    assert text.count("    WEIGHTED_PRODUCT,\n") == 1
    head, _, rest = text.partition("from ")
    text = head + imported + "from " + rest.replace("    WEIGHTED_PRODUCT,\n", "    WEIGHTED_PRODUCT,\n" + listed)
    tuple_file.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_steps_of_the_page_make_a_method_that_meets_its_test_and_the_laws(workshop: Path):
    (command,) = blocks("console")
    program, *arguments = shlex.split(command)
    assert program == "python"
    paths = os.pathsep.join([str(workshop / "src"), str(workshop / "tests")])
    done = subprocess.run(
        [sys.executable, *arguments, "-k", "weakest_link", "-p", "no:cacheprovider", "-p", "no:randomly", "-rA"],
        cwd=workshop,
        env=os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "test_a_work_that_is_nowhere_worse_never_stands_lower[usual-weakest_link]" in done.stdout


def test_the_method_of_the_page_is_a_setting():
    (text,) = blocks("toml")
    part = make_settings({"city": {"name": "x"}} | tomllib.loads(text)).weighing
    assert part.method == "weakest_link"
