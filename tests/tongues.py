"""Which words of a file belong to the other language: our own catalogues say what is Dutch and what is English."""

import html
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import docx
import openpyxl
import polib
from pypdf import PdfReader

from koppelkans.ground.columns import GROUND_WORDS
from koppelkans.report.table import tables
from koppelkans.weighing.criteria import CRITERIA

CATALOGUES = Path(__file__).parents[1] / "src" / "koppelkans" / "locale" / "nl"
WORD = re.compile(r"(?<![\w./@:#{<`-])[a-zà-ÿ]{3,}(?![\w./@:#}-]|\s?=)")
"""A word in small letters that is no part of a key, a place, an address, a name of a file or a place to fill in."""
OTHER = {"nl": "en", "en": "nl"}
SETTINGS = ("Instellingen", "Settings")
"""Sheets that show the settings file as it is, with its keys and codes."""
MOST_PAGES = 16
"""Pages of a document that are read: the pages of business cases that follow are made as the first."""
COLUMNS = "opendata"
"""The page that explains the columns of open data, by their names in the files."""
BOTH = {"telling", "reserve", "planning", "taken", "meet", "eur", "cases", "geometry", "overdue", "text"}
"""Words of both languages, and names of columns that people gave."""
TERMS = {"kans", "knelpunt", "buurten", "wegvakken", "gebiedsprogramma", "gemeente", "land"}
"""Dutch terms that English texts explain, and a word that both languages have."""


def _words(text: str) -> set[str]:
    """Return the words of a text."""
    return set(WORD.findall(text))


@cache
def own_words() -> dict[str, frozenset[str]]:
    """Return per language the words that the catalogues have in that language only."""
    every: dict[str, set[str]] = {"nl": set(), "en": set()}
    for path in sorted(CATALOGUES.glob("*.po")):
        for entry in polib.pofile(str(path)):
            every["en"] |= _words(entry.msgid)
            every["nl"] |= _words(entry.msgstr)
    for schema in tables().values():
        for column in schema.columns.values():
            every["nl"] |= _words(f"{column.nl} {column.nl_meaning}")
            every["en"] |= _words(f"{column.heading('en')} {column.meaning}")
    return {lang: frozenset(found - every[OTHER[lang]]) for lang, found in every.items()}


@cache
def _criteria() -> frozenset[str]:
    """Return the keys of criteria and grounds, which the sheets of the weighing show as people write them in the settings."""
    return frozenset({one.name for one in CRITERIA} | set(GROUND_WORDS))


def texts(path: Path) -> Iterator[str]:
    """Yield the texts of a document, workbook or page, as a reader meets them; of files for machines nothing."""
    if path.suffix == ".pdf":
        for page in PdfReader(io.BytesIO(path.read_bytes())).pages[:MOST_PAGES]:
            yield page.extract_text()
    elif path.suffix == ".docx":
        for part in docx.Document(str(path)).element.body.iter():
            if part.tag.endswith("}t"):
                yield part.text or ""
    elif path.suffix == ".xlsx":
        with closing(openpyxl.load_workbook(path, read_only=True)) as book:
            for page in book.worksheets:
                if page.title not in SETTINGS:
                    cells = (cell for row in page.iter_rows(values_only=True) for cell in row)
                    yield from (cell for cell in cells if isinstance(cell, str))
    elif path.suffix == ".html" and not path.name.startswith(COLUMNS):
        yield from _page(path.read_text(encoding="utf-8"))


def project_in(package: Path) -> str:
    """Return the project of QGIS that stands zipped in a GeoPackage, as text."""
    with closing(sqlite3.connect(package)) as base:
        ((content,),) = base.execute("SELECT content FROM qgis_projects").fetchall()
    with zipfile.ZipFile(io.BytesIO(bytes.fromhex(content))) as zipped:
        return zipped.read("koppelkans.qgs").decode("utf-8")


def _page(text: str) -> Iterator[str]:
    """Yield what stands on a page, and the sentences among its data."""
    data = re.findall(r"<script[^>]*application/json[^>]*>(.*?)</script>", text, re.DOTALL)
    yield html.unescape(re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL))
    for part in data:
        yield from (value for value in _strings(json.loads(part)) if " " in value)


def _strings(value: object) -> Iterator[str]:
    """Yield every string of JSON values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def data_words(values: Iterable[str]) -> frozenset[str]:
    """Return the words of what people gave: names, reasons and rules, which stay in their own language."""
    return frozenset(word for value in values for word in _words(value))


def strays(path: Path, lang: str, given: frozenset[str]) -> dict[str, str]:
    """Return the words of the other language in a file, but those that were `given`, each with a text in which it stands."""
    other = own_words()[OTHER[lang]] - BOTH - TERMS - _criteria() - given
    found: dict[str, str] = {}
    for text in texts(path):
        for word in _words(text) & other:
            at = text.index(word)
            found.setdefault(word, " ".join(text[max(at - 60, 0) : at + 60].split()))
    return found
