"""The documents say what the code is, and nothing that the project does not say of itself."""

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from typer.testing import CliRunner

from koppelkans import flow
from koppelkans.cli import app
from koppelkans.ground.settings import GROUNDS, SYSTEMS, make_settings

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "koppelkans"
CATALOGUES = sorted((SOURCE / "locale" / "nl").glob("*.po"))
CALLS = re.compile(r'\b(?:say|t|_|Phrase)\(\s*"((?:[^"\\]|\\.)*)"')


def test_the_reference_is_what_the_code_makes():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "reference.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_word_on_screen_has_its_dutch():
    known = {entry.msgid for path in CATALOGUES for entry in polib.pofile(str(path)) if entry.msgstr}
    missing = {
        f"{path.relative_to(SOURCE)}: {text}"
        for path in SOURCE.rglob("*.py")
        for text in (
            hit.encode().decode("unicode_escape").encode("latin-1", "ignore").decode("utf-8", "ignore")
            if "\\" in hit
            else hit
            for hit in CALLS.findall(path.read_text(encoding="utf-8"))
        )
        if text not in known
    }
    assert not missing


def test_no_dutch_word_is_translated_twice_in_two_ways():
    seen: dict[str, set[str]] = {}
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            seen.setdefault(entry.msgid, set()).add(entry.msgstr)
    assert not {text: ways for text, ways in seen.items() if len(ways) > 1}


def test_places_to_fill_in_are_the_same_in_both_languages():
    places = re.compile(r"{(\w*)")
    odd = [
        entry.msgid
        for path in CATALOGUES
        for entry in polib.pofile(str(path))
        if set(places.findall(entry.msgid)) != set(places.findall(entry.msgstr))
    ]
    assert not odd


def test_the_glossary_binds_rooms_kinds_grounds_and_systems():
    words = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    needed = {room.name for room in flow.ROOMS} | set(GROUNDS) | set(SYSTEMS) | set(make_settings({}).kinds)
    assert not {word for word in needed if f"`{word}`" not in words}


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "GOVERNANCE.md",
        "LICENSE",
        "publiccode.yml",
        "CITATION.cff",
    ],
)
def test_a_project_document_stands_and_says_something(name: str):
    assert len((ROOT / name).read_text(encoding="utf-8")) > 200


def test_the_licence_is_the_whole_eupl():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert "Appendix" in text
    assert len(text) > 12_000


def test_every_command_in_the_readme_exists():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    names = set(re.findall(r"^(?:\$ )?koppelkans (\w+)", text, flags=re.MULTILINE))
    assert names
    refused = {
        name: done.output for name in sorted(names) if (done := CliRunner().invoke(app, [name, "--help"])).exit_code
    }
    assert not refused


def test_every_make_target_in_the_readme_exists():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    asked = set(
        re.findall(
            r"\bmake (\w+)",
            "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")),
        )
    )
    assert asked <= targets
    assert {"demo", "test"} <= asked


def test_links_between_documents_lead_somewhere():
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in link and not link.startswith("mailto:") and not (page.parent / link).exists()
    ]
    assert not broken
