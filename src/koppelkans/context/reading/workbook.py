"""What the parts of a workbook say of one sheet before it is read. (nl: werkboek)."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from lxml import etree

REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
"""Where a cell stands: letters of the column, number of the row."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_383
"""The last row (from 1) and column (from 0) that a sheet has."""


class SheetLook(NamedTuple):
    """How far a sheet reaches, and what in it does not count as it stands.

    `unworked`: formulas without outcome per column (from 0). `hidden`, `struck`: rows (from 1) that are not shown, or
    struck through.
    """

    rows: int
    columns: int
    unworked: Counter[int]
    hidden: set[int]
    struck: set[int]


def sheet_look(path: Path, name: str) -> SheetLook:
    """Look through a sheet cell by cell, in the memory of one row.

    Raises
    ------
    LookupError
        Where the workbook names no such sheet or no part for it, or a cell lies where no sheet reaches.
    lxml.etree.XMLSyntaxError
        Where a part breaks off.
    """
    rows = columns = 0
    unworked: Counter[int] = Counter()
    hidden: set[int] = set()
    filled: Counter[int] = Counter()
    lines: Counter[int] = Counter()
    with zipfile.ZipFile(path) as archive, archive.open(_part(archive, name)) as stream:
        struck = _struck_styles(archive)
        for row, column, cell in _cells(stream, hidden):
            empty = all(not part.text and not len(part) for part in cell.iterfind("{*}*") if not _is_formula(part))
            if empty and cell.find("{*}f") is not None:
                unworked[column] += 1
            if not empty:
                rows, columns = max(rows, row), max(columns, column + 1)
            if not empty and struck:
                filled[row] += 1
                lines[row] += cell.get("s") in struck
    return SheetLook(rows, columns, unworked, hidden, {row for row, count in filled.items() if 2 * lines[row] > count})


def _struck_styles(archive: zipfile.ZipFile) -> set[str]:
    """Return the numbers of the styles in which text is struck through."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    styles = etree.fromstring(archive.read("xl/styles.xml"), etree.XMLParser(resolve_entities=False, no_network=True))
    fonts = [
        any(part.get("val", "1") not in ("0", "false") for part in font.iterfind("{*}strike"))
        for font in styles.iterfind("{*}fonts/{*}font")
    ]
    used = [style.get("fontId", "0") for style in styles.iterfind("{*}cellXfs/{*}xf")]
    return {str(at) for at, font in enumerate(used) if font.isdigit() and int(font) < len(fonts) and fonts[int(font)]}


def _part(archive: zipfile.ZipFile, name: str) -> str:
    """Return the part of the archive that holds a sheet."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    book = etree.fromstring(archive.read("xl/workbook.xml"), parser)
    named = {sheet.get("name"): sheet for sheet in book.iter("{*}sheet")}
    key = next(value for label, value in named[name].attrib.items() if str(label).endswith("}id"))
    links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    target = {link.get("Id"): link.get("Target", "") for link in links.iter("{*}Relationship")}[key]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _cells(stream: IO[bytes], hidden: set[int]) -> Iterator[tuple[int, int, etree._Element]]:
    """Yield every cell with the number of its row (from 1) and of its column (from 0); a row is forgotten when it ends.

    Rows that the sheet does not show are added to `hidden`.
    """
    row, column = 1, -1
    for _, element in etree.iterparse(
        stream, events=("end",), tag=("{*}c", "{*}row"), resolve_entities=False, no_network=True
    ):
        if etree.QName(element).localname == "row":
            if element.get("hidden", "0") in ("1", "true"):
                hidden.add(row)
            row, column = row + 1, -1
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
            continue
        row, column = _place(element.get("r"), row, column + 1)
        yield row, column, element


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Return row and column of a cell: as it says, else those that follow on the cell before it."""
    if reference is not None:
        found = REFERENCE.fullmatch(reference.upper())
        row, column = (int(found[2]), _number(found[1])) if found else (0, 0)
    if not 0 < row <= LAST_ROW or column > LAST_COLUMN:
        msg = f"a cell at {str(reference)[:20]}"
        raise LookupError(msg)
    return row, column


def _number(letters: str) -> int:
    """Return the number of a column, from 0.

    >>> _number("A"), _number("AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _is_formula(part: etree._Element) -> bool:
    """Tell whether a part of a cell is its formula."""
    return etree.QName(part).localname == "f"
