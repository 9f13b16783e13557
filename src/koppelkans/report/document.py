"""What a document is made of, and how it is set as an accessible PDF. (nl: document)."""

import json
import logging
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, cast

import typst

from koppelkans.ground.words import number, say
from koppelkans.report.legible import LOST, mapped, shown
from koppelkans.report.pictures.look import FONT, font_folder

Align = Literal["left", "right", "center"]
log = logging.getLogger(__name__)
STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: tagged headings, tables and pictures with their words, title and language."""
DENSITIES = ("1", "0.96", "1.04", "0.92")
"""How close or wide a document is set, against usual: otherwise only where its last page would be less than `FULL`."""
FULL = 0.36
"""Share of the height of a page, its upper margin too, down to which the last page is filled at least where that can be."""
LONG = 20
"""Longer documents are set once: each setting of a stadsprogramma of 40 pages takes some five seconds."""
PAGE, LETTER, INSET = 482.0, 4.6, 8.0
"""Points of a line of a page, of a letter in a table (0.56 em of 8.2), and of the white beside a cell."""
SURE = 0.7
"""Part of its reckoned width that a column has for certain."""
SHORT = 8
"""Letters up to which a word is never broken."""
BREAKS = 20
"""Letters from which a word may be broken in a column that is as wide as its words."""
WORD = re.compile(r"[^\W\d_]+")
MUST_SAY = {"heading": ("text",), "picture": ("alt",)}
"""Texts of a block that the standard does not let be empty."""


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 starts a chapter."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Sentence:
    """A paragraph.

    `tone` is plain, lead (the first thing to read), question (stands with the answer below it), small, or note (in a
    quiet box).
    """

    text: str
    tone: Literal["plain", "lead", "question", "small", "note"] = "plain"


@dataclass(frozen=True)
class Tile:
    """One figure in one look: the figure, what it is, and what to know with it."""

    figure: str
    what: str
    note: str = ""


@dataclass(frozen=True)
class Tiles:
    """Figures beside each other."""

    tiles: tuple[Tile, ...]
    columns: int = 3


@dataclass(frozen=True)
class TableColumn:
    """Heading of a column, its side, and its width as a share of the page (0: as needed)."""

    heading: str
    align: Align = "left"
    share: float = 0.0


@dataclass(frozen=True)
class Table:
    """A table with a heading row, cells as text; `caption` says what it is."""

    columns: tuple[TableColumn, ...]
    rows: Sequence[Sequence[str]]
    caption: str
    total: bool = False
    """The last row is a total."""


@dataclass(frozen=True)
class Picture:
    """A picture: SVG, words for who cannot see it, caption, and share of the page width."""

    svg: str
    alt: str
    caption: str
    width: float = 1.0


@dataclass(frozen=True)
class Contents:
    """The list of chapters."""

    title: str


Block = Heading | Sentence | Tiles | Table | Picture | Contents


@dataclass(frozen=True)
class Document:
    """A whole document: title, subtitle, foot of each page, language and blocks."""

    title: str
    subtitle: str
    foot: str
    lang: str
    blocks: tuple[Block, ...] = field(default=())


def plain(document: Document) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the document as plain JSON values, and its pictures by file name."""
    pictures = [block.svg for block in document.blocks if isinstance(block, Picture)]
    names = iter(f"picture-{at}.svg" for at in range(len(pictures)))
    blocks = []
    for block in document.blocks:
        made = {"is": type(block).__name__.lower()} | asdict(block)
        if isinstance(block, Picture):
            made["svg"] = next(names)
        if isinstance(block, Table):
            made["rows"] = _marked(block)
        blocks.append(made)
    values = {name: getattr(document, name) for name in ("title", "subtitle", "foot", "lang")}
    words = {"page": say("page", document.lang), "of": say("of", document.lang)}
    return values | {"blocks": blocks, "words": words}, {f"picture-{at}.svg": svg for at, svg in enumerate(pictures)}


def _marked(table: Table) -> list[list[str | dict[str, str | int]]]:
    """Return the rows of a table, in which a cell with a word that may be too long for its column says how long.

    Only there the room is measured while a page is set: done for every cell, that took three quarters of the time.
    """
    rows = [list(row) for row in table.rows]
    heads = [column.heading for column in table.columns]
    natural = [max(map(len, column)) * LETTER + INSET for column in zip(heads, *rows, strict=True)]
    shares = [column.share for column in table.columns]
    left = PAGE - sum(wide for wide, share in zip(natural, shares, strict=True) if not share)
    whole = sum(shares)
    sure = [max(left * SURE * share / (whole * LETTER), SHORT) if share else BREAKS - 1 for share in shares]
    longest = [[max(map(len, WORD.findall(cell)), default=0) for cell in row] for row in rows]
    return [
        [
            {"text": cell, "longest": letters} if letters > most else cell
            for cell, letters, most in zip(row, counts, sure, strict=True)
        ]
        for row, counts in zip(rows, longest, strict=True)
    ]


def left_out(amount: int, sheet: str, lang: str) -> list[Sentence]:
    """Return the sentence on how many rows more the workbook holds.

    Nothing where there are none.
    """
    if not amount:
        return []
    return [
        Sentence(
            say(
                "And {count} more; see the sheet “{sheet}” of the workbook.",
                lang,
                count=number(amount, lang),
                sheet=sheet,
            ),
            "small",
        )
    ]


def typeset(document: Document, path: Path) -> Path:
    """Write a document as PDF/UA-1.

    No clock and no path go into it: written twice, the same bytes.

    A sign that the letter lacks is replaced; the document says so at its end, and the log in how many texts.
    """
    values, pictures = readable(document)
    template = (files("koppelkans.report") / "templates" / "document.typ").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "document.typ").write_text(template, encoding="utf-8")
        (folder / "document.json").write_text(
            json.dumps(values, ensure_ascii=False).replace("€ ", "€\N{NO-BREAK SPACE}"), encoding="utf-8"
        )
        for file, svg in pictures.items():
            (folder / file).write_text(svg, encoding="utf-8")
        path.write_bytes(_set(folder))
    return path


def _set(folder: Path) -> bytes:
    """Return the document in a folder as PDF, set otherwise where its last page is nearly empty."""
    compilers = [
        typst.Compiler(
            folder / "document.typ",
            root=folder,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"dense": dense},
        )
        for dense in DENSITIES
    ]
    pages, full = _end(compilers[0])
    others = compilers[1:] if pages <= LONG and not full else []
    chosen = next((one for one in others if _end(one)[1]), compilers[0])
    return cast("bytes", chosen.compile(format="pdf", pdf_standards=[STANDARD]))  # one file, and no path to write to


def _end(compiler: typst.Compiler) -> tuple[int, bool]:
    """Return how many pages a document has, and whether the last is filled, or the only one."""
    end = json.loads(compiler.query("<end>", field="value", one=True))
    return int(end["page"]), bool(end["page"] == 1 or end["low"] >= FULL)


def readable(document: Document) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the document as plain values and its pictures, with only signs that the letter has."""
    values, pictures = plain(document)
    values, pictures = (mapped(part, lambda text: shown(text, has=_has)) for part in (values, pictures))
    values["title"] = _named(values["title"])
    for block in values["blocks"]:
        block.update({name: _named(block[name]) for name in MUST_SAY.get(block["is"], ())})
    count = json.dumps((values, pictures), ensure_ascii=False).count(LOST)
    if not count:
        return values, pictures
    log.warning("%s: %d signs that the letter lacks stand as %s", values["title"], count, LOST)
    note = say("Some texts hold signs that this letter does not have, such as pictures or foreign writing; each of them stands here as {sign}. Nothing else was changed.", document.lang, sign=LOST)  # fmt: skip
    block = {"is": "sentence"} | asdict(Sentence(note, "note"))
    return values | {"blocks": [*values["blocks"], block]}, pictures


def _named(text: str) -> str:
    """Return a text, or a dash where it holds nothing to read."""
    return text if any(unicodedata.category(sign)[0] in "LNPS" for sign in text) else "–"


@cache
def _has(sign: str) -> bool:
    """Tell whether the letter, or one that stands in for it, can show a sign: by setting it in a line and in a picture."""
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text y='9' font-family='{FONT}'>x{sign}x</text></svg>"
    lines = (
        '#set document(title: "x")', f'#set text(font: "{FONT}")', f'#"x{sign}x"', f'#text(weight: 600, "{sign}")',
        f'#image(bytes("{svg}"), format: "svg", alt: "x")',
    )  # fmt: skip
    try:
        typst.compile("\n".join(lines).encode(), font_paths=_fonts(), pdf_standards=[STANDARD])
    except typst.TypstError:
        return False
    return True


@cache
def _fonts() -> typst.Fonts:
    """Return the letter of the house, found once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[font_folder()])
