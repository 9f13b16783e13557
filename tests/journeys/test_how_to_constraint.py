"""A newcomer adds a constraint by following the how-to to the letter."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "add-a-constraint.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    """Return the code blocks of the page in one language, in order."""
    return [code for found, code in FENCE.findall(PAGE) if found == language]


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """Return a copy of the code and the tests in which steps 1 to 3 of the page were done."""
    shutil.copytree(ROOT / "src" / "koppelkans", tmp_path / "src" / "koppelkans")
    shutil.copytree(ROOT / "tests" / "golden" / "constraints", tmp_path / "tests" / "golden" / "constraints")
    for part in ("tiny_city.py", "golden/test_constraint_texts.py", "laws/test_constraint_laws.py"):
        (tmp_path / "tests" / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "tests" / part, tmp_path / "tests" / part)
    piece, imported, listed, test = blocks("python")
    piece_file, test_file = re.findall(r"^File `([^`]+)`:$", PAGE, flags=re.MULTILINE)
    for name, text in ((piece_file, piece), (test_file, test)):
        assert not (ROOT / name).exists(), "the example of the how-to became part of the code: choose another"
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    tuple_file = tmp_path / "src/koppelkans/programme/constraints/__init__.py"
    text = tuple_file.read_text(encoding="utf-8")
    assert text.count("MANDATORY)") == 1
    head, _, rest = text.partition("from ")
    text = head + imported + "from " + rest.replace("MANDATORY)", f"MANDATORY{listed.strip()})")
    tuple_file.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_steps_of_the_page_make_a_constraint_that_meets_its_test_and_the_laws(workshop: Path):
    (commands,) = blocks("console")
    paths = os.pathsep.join([str(workshop / "src"), str(workshop / "tests")])
    said = ""
    for command in commands.splitlines():
        program, *arguments = shlex.split(command)
        assert program == "python"
        more = ["-p", "no:cacheprovider", "-p", "no:randomly", "-rA"] if "pytest" in arguments else []
        done = subprocess.run(
            [sys.executable, *arguments, *more],
            cwd=workshop,
            env=os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        said += done.stdout + done.stderr
        assert done.returncode == 0, said
    assert (
        "PASSED tests/laws/test_constraint_laws.py::test_a_judge_faults_some_outcome_and_not_every_outcome[quiet]"
        in said
    )
    assert "PASSED tests/golden/test_constraint_texts.py::test_a_constraint_says_what_it_said[quiet]" in said
