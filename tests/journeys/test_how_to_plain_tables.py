"""Somebody with tables of his own follows the how-to to the letter."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "solve-plain-tables.md").read_text(encoding="utf-8")
FILES = re.compile(r"^File `([^`]+)`:\n\n```\w+\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder in which step 1 of the page was done."""
    for name, text in FILES.findall(PAGE):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def block(language: str) -> str:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)[0]


def run(desk: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=desk,
        env=os.environ | {"LC_ALL": "en"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_of_the_page_writes_what_the_page_says(desk: Path):
    _, *words = shlex.split(block("console"))
    line = json.loads(run(desk, "-m", "koppelkans.cli", *words))
    assert (desk / "programme.csv").read_text(encoding="utf-8") == "work,year\nsewer,2028\ngas,2028\n"
    assert line["cost_eur"] == round(448_000 / 1.0225)
    assert line["faults"] == line["moved"] == []


def test_the_python_of_the_page_runs(desk: Path):
    run(desk, "-c", block("python"))
