"""What the tests of the how-to pages share: read a page, do its steps in a copy of the code, and run its commands."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kept import SHARED

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
NEW_FILE = re.compile(r"^File `([^`]+)`:$", flags=re.MULTILINE)
QUIET = ("-p", "no:cacheprovider", "-p", "no:randomly", "-rA")


@dataclass(frozen=True)
class Page:
    """A how-to page: its text."""

    text: str

    @classmethod
    def of(cls, name: str) -> "Page":
        """Read a page of the how-to's."""
        return cls((ROOT / "docs" / "how-to" / f"{name}.md").read_text(encoding="utf-8"))

    def blocks(self, language: str) -> list[str]:
        """Return the code blocks of the page in one language, in order."""
        return [code for found, code in FENCE.findall(self.text) if found == language]

    def new_files(self) -> list[str]:
        """Return the files that the page tells to write, in order."""
        return NEW_FILE.findall(self.text)


def copied(folder: Path, parts: Iterable[str]) -> Path:
    """Copy the code, and the parts of the tests that a page needs, into a folder and return it; laws know no clock there."""
    shutil.copytree(ROOT / "src" / "koppelkans", folder / "src" / "koppelkans")
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "quiet.py", folder / "tests" / "conftest.py")
    for part in parts:
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part)
        else:
            shutil.copy(ROOT / part, folder / part)
    return folder


def put_new(folder: Path, names: Sequence[str], texts: Sequence[str]) -> None:
    """Write the new files of a page; none of them may be part of the code already."""
    for name, text in zip(names, texts, strict=True):
        assert not (ROOT / name).exists(), "the example of the how-to became part of the code: choose another"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def put_in_tuple(path: Path, imported: str, last: str, listed: str) -> None:
    """List a new piece behind the last one of a tuple, and import it before the others."""
    text = path.read_text(encoding="utf-8")
    assert text.count(last) == 1, last
    head, _, rest = text.partition("from ")
    path.write_text(head + imported + "from " + rest.replace(last, listed), encoding="utf-8")


def follow(folder: Path, page: Page, *more: str) -> str:
    """Run the commands of a page in the folder where its steps were done, and return what they said; all must go well."""
    (commands,) = page.blocks("console")
    said = ""
    for command in commands.splitlines():
        program, *arguments = shlex.split(command)
        assert program == "python"
        quiet = [*more, *QUIET] if "pytest" in arguments else []
        done = run_python(folder, *arguments, *quiet)
        said += done.stdout + done.stderr
        assert done.returncode == 0, said
    return said


def run_python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, with the code and tests of that folder, and nothing that the tests of this folder made."""
    around = {name: value for name, value in os.environ.items() if name != SHARED}
    paths = os.pathsep.join([str(folder / "src"), str(folder / "tests")])
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=around | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
