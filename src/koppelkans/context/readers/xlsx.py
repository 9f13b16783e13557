"""XLSX: one sheet of a spreadsheet, its first filled row being the column names. (nl: Excel)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from lxml.etree import XMLSyntaxError
from python_calamine import CalamineError, SheetTypeEnum, load_workbook

from koppelkans.context.reading.archive import DAMAGED_ZIP, declaring, guard, is_zip, names_in
from koppelkans.context.reading.quantities import scale_of, units_in_row
from koppelkans.context.reading.reader import About, Raw, Reader, under_names, unusable
from koppelkans.context.reading.roles import BUDGETS, COSTS
from koppelkans.context.reading.workbook import SheetLook, sheet_look
from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

DAMAGED = (CalamineError, LookupError, StopIteration, XMLSyntaxError, SyntaxError, *DAMAGED_ZIP)
"""What is raised on a workbook with something missing or broken in it."""
MOST_CELLS = 10_000_000
"""Cells of the block from the first to the last cell in which something stands: all of it is held in memory."""
MOST_TITLES = 30
"""Rows at the top of a sheet among which the column names are looked for."""
MOST_WHOLE = 2**53
"""Below it every whole number that a cell holds is the one that was typed."""
TYPED_YEARS = (1900, 2100)
"""Years that people type, which as a date lie in 1905."""
ERRORS = frozenset({"#N/A", "#N/B", "#DIV/0!", "#DEEL/0!", "#REF!", "#VERW!", "#NAME?", "#NAAM?", "#VALUE!", "#WAARDE!", "#NUM!", "#GETAL!", "#NULL!", "#LEEG!"})  # fmt: skip
"""What Excel writes where a formula has no outcome, in English and Dutch; taken as unknown."""


def fits(path: Path) -> bool:
    """Tell whether a file is a workbook of Excel 2007 or later."""
    return is_zip(path) and "xl/workbook.xml" in names_in(path)


def about(path: Path) -> About:
    """Tell the sheets of a workbook.

    Raises
    ------
    InputError
        Where the workbook cannot be opened.
    """
    members = guard(path, path.name) if is_zip(path) else []
    try:
        if next(declaring(path, members), None) is not None:
            raise unusable(
                path.name, Phrase("XML with a DOCTYPE, which may be a bomb"), Phrase("a workbook as Excel saves it")
            )
        with load_workbook(str(path)) as book:
            sheets = tuple(sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet)
    except DAMAGED as problem:
        found = Phrase("a workbook that cannot be opened: {problem}", problem=str(problem)[:60])
        raise unusable(path.name, found, Phrase("an XLSX file; save it again")) from problem
    return About("Excel", "XLSX", sheets if len(sheets) != 1 else ("",))


Lines = list[tuple[int, list[Any]]]
"""Number (from 1) and cells of every row in which something stands."""


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
        lines, merged, look = _opened(path, source, bomb)
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
    units = units_in_row(dict(zip(names, cells[0], strict=True))) if len(cells) > 1 else {}
    if units:
        lines, cells, faults = [lines[0], *lines[2:]], cells[1:], [*faults, under_names(units, source)]
    columns = {}
    for nth, name in enumerate(names):
        columns[name], meant = _column([line[nth] for line in cells])
        years |= {name} if meant else set()
    a_year = Phrase("numbers; a day in 1905 was read as the year that was typed")
    told = [
        *_of_titles(titles, source),
        *((name, Phrase("years in cells that are laid out as dates"), a_year) for name in sorted(years)),
        *_of_parts(names, {number for number, _ in lines[1:]}, merged, look),
    ]
    faults += [Fault(source.path, found, wanted, source.layer, column=column) for column, found, wanted in told]
    return Raw(
        faults=tuple(faults),
        columns=pd.DataFrame(columns, index=pd.RangeIndex(len(cells))),
        rows=np.array([number - top for number, _ in lines[1:]], dtype=np.int64),
        total=len(cells),
        units=units,
    )


Told = tuple[str, Phrase, Phrase]
"""Column, what was found in it, and what was wanted."""


def _of_titles(titles: Lines, source: Source) -> Iterator[Told]:
    """Yield what is told of the rows above the column names."""
    if not titles:
        return
    skipped = Phrase("column names in the first row; these were skipped")
    yield "", Phrase("{n} rows above the column names", n=len(titles)), skipped
    said = Phrase('what amounts are in, at this source, as `units = { cost_eur = "x € 1.000" }`; read as euros')
    if source.role in (BUDGETS, COSTS):
        said = Phrase('what amounts are in, at this source, as `units = { amount_eur = "x € 1.000" }`; read as euros')
    for _, line in titles:
        for cell in line:
            if scale_of("cost_eur", str(cell)) != 1:
                yield "", Phrase("above the column names: {text}", text=str(cell)[:60]), said


def _of_parts(names: Sequence[str], own: set[int], merged: set[int], look: SheetLook) -> Iterator[Told]:
    """Yield what is told of merged cells, formulas without outcome, and rows that are hidden or struck through."""
    in_each = Phrase("a value in every cell; each row got that of the merged cell")
    yield from ((names[nth], Phrase("merged cells"), in_each) for nth in sorted(merged) if nth < len(names))
    saved = Phrase("outcomes; open the workbook in Excel and save it")
    for nth, count in sorted(look.unworked.items()):
        if nth < len(names):
            yield names[nth], Phrase("{n} formulas without an outcome", n=count), saved
    shown = Phrase("rows that count; these were read as the others")
    if own & look.hidden:
        yield "", Phrase("{n} hidden rows", n=len(own & look.hidden)), shown
    if own & look.struck:
        yield "", Phrase("{n} rows that are struck through", n=len(own & look.struck)), shown


def _opened(path: Path, source: Source, bomb: str | None) -> tuple[Lines, set[int], SheetLook]:
    """Return the rows of a sheet, its columns in which merged cells were filled, and what its parts say of it."""
    if bomb is not None:
        found, wanted = Phrase("XML with a DOCTYPE, which may be a bomb"), Phrase("a workbook as Excel saves it")
        raise unusable(source.path, found, wanted, layer=bomb)
    with load_workbook(str(path)) as book:
        sheets = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        name = _sheet(sheets, source)
        look = sheet_look(path, name)
        if look.rows * look.columns > MOST_CELLS:
            found = Phrase("a sheet of {rows} rows and {columns} columns", rows=look.rows, columns=look.columns)
            wanted = Phrase(
                "at most {n} cells; take away what stands far from the rest, or save it as CSV", n=MOST_CELLS
            )
            raise unusable(source.path, found, wanted, layer=source.layer)
        sheet = book.get_sheet_by_name(name)
        numbered = enumerate(map(_cells, sheet.to_python(skip_empty_area=False)), start=1)
        held = {number: line for number, line in numbered if any(cell is not None for cell in line)}
        return [*held.items()], _spread(held, sheet.merged_cell_ranges or []), look


def _cells(cells: list[Any]) -> list[Any]:
    """Return the cells of a row, None where nothing stands."""
    return [None if isinstance(cell, str) and not cell else cell for cell in cells]


def _spread(held: dict[int, list[Any]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> set[int]:
    """Give each row beside cells that were merged downwards their value, and return the columns in which that was done.

    A row in which nothing else stands stays out.
    """
    filled = set()
    for (top, column), (bottom, _) in merged:
        first = held.get(top + 1)
        if bottom == top or first is None or column >= len(first) or first[column] is None:
            continue
        for number in [number for number in held if top + 1 < number <= bottom + 1]:
            if column < len(held[number]) and held[number][column] is None:
                held[number][column] = first[column]
                filled.add(column)
    return filled


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


def _header(lines: Lines, source: Source) -> int:
    """Return which row holds the column names: the first that holds most of the names of the settings.

    Where these name none, the first that has names over most of the width.
    """
    wanted = {str(name).casefold() for name in (*source.columns.values(), *source.only, source.wkt, source.x, source.y)}
    wanted |= {source.join.here.casefold()} if source.join else set()

    def known(line: list[Any]) -> int:
        return len(wanted & {" ".join(_name(cell).split()).casefold() for cell in line if cell is not None})

    if not wanted - {""}:
        filled = [sum(isinstance(cell, str) or _is_year(cell) for cell in line) for _, line in lines[:MOST_TITLES]]
        return next(at for at, count in enumerate(filled) if count * 2 > max(filled) or not max(filled))
    counts = [known(line) for _, line in lines[:MOST_TITLES]]
    return counts.index(max(counts))


def _names(line: list[Any], source: Source) -> tuple[list[str], list[Fault]]:
    """Return the column names, each one once, and what was told about them; a column without a name is called by its number."""
    last = max(at for at, cell in enumerate(line) if cell is not None)
    names: list[str] = []
    faults: list[Fault] = []
    for number, cell in enumerate(line[: last + 1], start=1):
        name = _name(cell) if cell is not None else f"column_{number}"
        if name in names:
            again = f"{name}_{number}"
            found, wanted = Phrase("two columns with this name"), Phrase("one; the second is called {name}", name=again)
            faults.append(Fault(source.path, found, wanted, source.layer, column=name))
            name = again
        names.append(name)
    return names, faults


def _name(cell: object) -> str:
    """Return a cell as the name of a column: `2027` for a number, a day without its hour."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(_plain(cell) if isinstance(cell, float) else cell).strip()


def _is_year(cell: object) -> bool:
    """Tell whether a cell holds a number that may be the year of a column."""
    return isinstance(cell, int | float) and cell in range(1900, 2200)


def _column(cells: list[Any]) -> tuple[pd.Series, bool]:
    """Return a column, and whether a year in it was laid out as a date.

    Numbers stay numbers, dates become text (ISO), errors of formulas are unknown.
    """
    days = [_typed_year(cell) for cell in cells if isinstance(cell, date)]
    meant = bool(days) and all(day is not None for day in days)
    plain = [(_typed_year(cell) if meant else None) or _plain(cell) for cell in cells]
    made = pd.Series(plain, dtype=object).infer_objects()
    return (made if made.notna().any() else pd.Series(np.nan, index=made.index, dtype="str")), meant


def _typed_year(cell: object) -> int | None:
    """Return the year that was typed in a cell laid out as a date, which then shows that many days after 1899."""
    if not isinstance(cell, date) or isinstance(cell, datetime) or cell.year != 1905:  # noqa: PLR2004
        return None
    typed = (cell - date(1899, 12, 30)).days
    return typed if TYPED_YEARS[0] <= typed <= TYPED_YEARS[1] else None


def _plain(cell: object) -> object:
    """Return one cell as a number, yes or no, or text; None where it holds nothing."""
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < MOST_WHOLE:
        return int(cell)
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
    about=about,
)
