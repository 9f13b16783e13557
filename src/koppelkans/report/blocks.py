"""What a document is made of: headings, sentences, figures in one look, tables and pictures. (nl: bouwstenen)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from koppelkans.ground.words import number, say

Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 starts a chapter."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Sentence:
    """A paragraph; `tone` is plain, lead (the first thing to read), small, or note (in a quiet box)."""

    text: str
    tone: Literal["plain", "lead", "small", "note"] = "plain"


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
    """Heading, side on which its cells stand, and width as a share of the page (0: as wide as needed)."""

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
    """A picture: SVG, what it shows in words for who cannot see it, a caption, and its width as a share of the page."""

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
    """A whole document: title, what stands under it and at the foot of each page, language and blocks."""

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
        blocks.append(made)
    values = {name: getattr(document, name) for name in ("title", "subtitle", "foot", "lang")}
    words = {"page": say("page", document.lang), "of": say("of", document.lang)}
    return values | {"blocks": blocks, "words": words}, {f"picture-{at}.svg": svg for at, svg in enumerate(pictures)}


def shortened(rows: Sequence[Sequence[str]], most: int) -> tuple[Sequence[Sequence[str]], int]:
    """Return the first rows, and how many were left out."""
    return rows[:most], max(len(rows) - most, 0)


def left_out(amount: int, sheet: str, lang: str) -> list[Sentence]:
    """Return the sentence that says how many rows more stand in the workbook; nothing where there are none."""
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
