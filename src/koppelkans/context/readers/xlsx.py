"""XLSX: one sheet of a spreadsheet, its first filled row being the column names. (nl: Excel)."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from lxml.etree import XMLSyntaxError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from koppelkans.context.reading.archive import DAMAGED_ZIP, declaring, guard, is_zip, names_in
from koppelkans.context.reading.reader import Raw, Reader, unusable
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

DAMAGED = (InvalidFileException, LookupError, TypeError, AttributeError, XMLSyntaxError, SyntaxError, *DAMAGED_ZIP)
"""What is raised on a workbook with something missing or broken in it."""
ERRORS = frozenset({"#N/A", "#N/B", "#DIV/0!", "#DEEL/0!", "#REF!", "#VERW!", "#NAME?", "#NAAM?", "#VALUE!", "#WAARDE!", "#NUM!", "#GETAL!", "#NULL!", "#LEEG!"})  # fmt: skip
"""What Excel writes where a formula has no outcome, in English and Dutch; taken as unknown."""


def fits(path: Path) -> bool:
    """Tell whether a file is a workbook of Excel 2007 or later."""
    return is_zip(path) and "xl/workbook.xml" in names_in(path)


def read(path: Path, source: Source) -> Raw:
    """Read one sheet; empty rows are skipped, formulas count by their last outcome.

    Raises
    ------
    InputError
        Where the workbook cannot be opened, or has several sheets and the settings name none.
    """
    members = guard(path, source.path) if is_zip(path) else []
    try:
        bomb = next(declaring(path, members), None)
        if bomb is not None:
            found, wanted = Phrase("XML with a DOCTYPE, which may be a bomb"), Phrase("a workbook as Excel saves it")
            raise unusable(source.path, found, wanted, layer=bomb)
        lines = _lines(path, source)
    except DAMAGED as problem:
        found = Phrase("a workbook that cannot be opened: {problem}", problem=str(problem)[:60])
        raise unusable(source.path, found, Phrase("an XLSX file; save it again")) from problem
    if not lines:
        wanted = Phrase("a first row with the column names")
        raise unusable(source.path, Phrase("an empty sheet"), wanted, layer=source.layer)
    top, names = lines[0][0], _names(lines[0][1])
    width = len(names)
    cells = [[*line[:width], *[None] * (width - len(line))] for _, line in lines[1:]]
    columns = {name: _column([line[at] for line in cells]) for at, name in enumerate(names)}
    return Raw(
        columns=pd.DataFrame(columns, index=pd.RangeIndex(len(cells))),
        rows=np.array([number - top for number, _ in lines[1:]], dtype=np.int64),
        total=len(cells),
    )


def _lines(path: Path, source: Source) -> list[tuple[int, tuple[Any, ...]]]:
    """Return number and cells of every row in which something stands."""
    book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book[_sheet(book.sheetnames, source)]
        sheet.reset_dimensions()
        numbered = enumerate(sheet.iter_rows(values_only=True), start=1)
        return [(number, line) for number, line in numbered if any(cell is not None for cell in line)]
    finally:
        book.close()


def _sheet(sheets: list[str], source: Source) -> str:
    """Return the sheet to read: the one that the settings name, or the only one."""
    listed = ", ".join(sheets)
    if source.layer and source.layer not in sheets:
        wanted = Phrase("one of the sheets in the file: {sheets}", sheets=listed)
        raise unusable(source.path, Phrase("no such sheet"), wanted, layer=source.layer)
    if not source.layer and len(sheets) != 1:
        wanted = Phrase("`layer` at this source, one of: {sheets}", sheets=listed)
        raise unusable(source.path, Phrase("{n} sheets", n=len(sheets)), wanted)
    return source.layer or sheets[0]


def _names(line: tuple[Any, ...]) -> list[str]:
    """Return the column names, each one once; a column without a name is called by its number."""
    last = max(at for at, cell in enumerate(line) if cell is not None)
    names: list[str] = []
    for number, cell in enumerate(line[: last + 1], start=1):
        name = str(cell).strip() if cell is not None else f"column_{number}"
        names.append(f"{name}_{number}" if name in names else name)
    return names


def _column(cells: list[Any]) -> pd.Series:
    """Return a column: numbers as numbers, dates as text (ISO), errors of formulas unknown."""
    plain = [_plain(cell) for cell in cells]
    made = pd.Series(plain, dtype=object).infer_objects()
    return made if made.notna().any() else pd.Series(np.nan, index=made.index, dtype="str")


def _plain(cell: object) -> object:
    """Return one cell as a number, yes or no, or text; None where it holds nothing."""
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, str):
        text = cell.strip()
        return None if not text or text in ERRORS else text
    return cell


XLSX = Reader(
    name="xlsx",
    nl="Excel (XLSX)",
    en="Excel (XLSX)",
    suffixes=(".xlsx", ".xlsm"),
    fits=fits,
    read=read,
    source="ISO/IEC 29500 (Office Open XML)",
)
