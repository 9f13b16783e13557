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
from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

DAMAGED = (InvalidFileException, LookupError, TypeError, AttributeError, XMLSyntaxError, SyntaxError, *DAMAGED_ZIP)
"""What is raised on a workbook with something missing or broken in it."""
MOST_TITLES = 30
"""Rows at the top of a sheet among which the column names are looked for."""
TYPED_YEARS = (1900, 2100)
"""Years that people type, which as a date lie in 1905."""
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
    at = _header(lines, source)
    titles, lines = lines[:at], lines[at:]
    top, names, faults = lines[0][0], *_names(lines[0][1], source)
    width = len(names)
    years: set[str] = set()
    cells = [[*line[:width], *[None] * (width - len(line))] for _, line in lines[1:]]
    columns = {}
    for nth, name in enumerate(names):
        columns[name], meant = _column([line[nth] for line in cells])
        years |= {name} if meant else set()
    if titles:
        found = Phrase("{n} rows above the column names", n=len(titles))
        faults.append(
            Fault(source.path, found, Phrase("column names in the first row; these were skipped"), source.layer)
        )
    faults += [
        Fault(
            source.path,
            Phrase("years in cells that are laid out as dates"),
            Phrase("numbers; a day in 1905 was read as the year that was typed"),
            source.layer,
            column=name,
        )
        for name in sorted(years)
    ]
    return Raw(
        faults=tuple(faults),
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


def _header(lines: list[tuple[int, tuple[Any, ...]]], source: Source) -> int:
    """Return which row holds the column names: the first that holds most of the names of the settings, else the first."""
    wanted = {str(name).casefold() for name in (*source.columns.values(), *source.only, source.wkt, source.x, source.y)}
    wanted |= {source.join.here.casefold()} if source.join else set()

    def known(line: tuple[Any, ...]) -> int:
        return len(wanted & {" ".join(str(cell).split()).casefold() for cell in line if cell is not None})

    counts = [known(line) for _, line in lines[:MOST_TITLES]]
    return counts.index(max(counts))


def _names(line: tuple[Any, ...], source: Source) -> tuple[list[str], list[Fault]]:
    """Return the column names, each one once, and what was told about them; a column without a name is called by its number."""
    last = max(at for at, cell in enumerate(line) if cell is not None)
    names: list[str] = []
    faults: list[Fault] = []
    for number, cell in enumerate(line[: last + 1], start=1):
        name = str(cell).strip() if cell is not None else f"column_{number}"
        if name in names:
            again = f"{name}_{number}"
            found, wanted = Phrase("two columns with this name"), Phrase("one; the second is called {name}", name=again)
            faults.append(Fault(source.path, found, wanted, source.layer, column=name))
            name = again
        names.append(name)
    return names, faults


def _column(cells: list[Any]) -> tuple[pd.Series, bool]:
    """Return a column, and whether a year in it was laid out as a date.

    Numbers stay numbers, dates become text (ISO), errors of formulas are unknown.
    """
    days = [_typed_year(cell) for cell in cells if isinstance(cell, datetime)]
    meant = bool(days) and all(day is not None for day in days)
    plain = [(_typed_year(cell) if meant else None) or _plain(cell) for cell in cells]
    made = pd.Series(plain, dtype=object).infer_objects()
    return (made if made.notna().any() else pd.Series(np.nan, index=made.index, dtype="str")), meant


def _typed_year(cell: object) -> int | None:
    """Return the year that was typed in a cell laid out as a date, which then shows that many days after 1899."""
    if not isinstance(cell, datetime) or cell.year != 1905 or cell.time() != time():  # noqa: PLR2004
        return None
    typed = (cell - datetime(1899, 12, 30)).days  # noqa: DTZ001 - a workbook knows no zones
    return typed if TYPED_YEARS[0] <= typed <= TYPED_YEARS[1] else None


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
