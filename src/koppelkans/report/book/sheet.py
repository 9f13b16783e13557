"""One sheet with one table: headings with notes, frozen panes, filter and numbers. (nl: blad)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from koppelkans.ground.words import number, say
from koppelkans.report.table import MOST_ROWS, Sheet, SheetColumn

INK, PAPER, LINE, ACCENT = "#17324d", "#f3f6f7", "#d5dbe1", "#0f6e6e"
NARROWEST, WIDEST, SAMPLE = 7, 48, 300
LETTERS, LINE_HEIGHT, MOST_LINES = 52, 13, 20
"""Letters on a line of the widest column, height (points) of a line, and lines of a row at most."""
A3, A4, WIDE, LONG = 8, 9, 170, 40
"""Numbers of the paper sizes, the width (characters) from which a sheet is printed on A3, and the rows from which it stands upright."""
SIZE = {A4: (842, 595), A3: (1191, 842)}
"""Width and height of each paper, lying down (points)."""
BESIDE, ABOVE = 58, 92
"""Points of the paper that are margin, beside and above the sheet, its footer included."""
LETTER, HEADING_HEIGHT, ROW_HEIGHT = 5.3, 32, 15
"""Width of a letter, and height of the headings and of a row of one line (points)."""
PART = "the first {part} of {whole} rows are printed"
"""What stands at the foot of a sheet of which not all rows are printed."""
MOST_PAGES = 2
"""Pages that a sheet may take in print; of a longer one the first page is printed, unless people take it to the meeting."""


class Formats:
    """The formats of the workbook, made once."""

    def __init__(self, book: Workbook, *, price_sign: str = "€") -> None:
        """Make the formats."""
        font: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "top"}
        euro = f'"{price_sign}" #,##0;[Red]-"{price_sign}" #,##0'
        codes = {
            "text": "@",
            "whole": "#,##0",
            "year": "0",
            "number": "#,##0.##",
            "euros": euro,
            "share": "0.0%",
            "score": "0.00",
        }
        self.of = {kind: book.add_format(font | {"num_format": code}) for kind, code in codes.items()}
        self.of["text"] = book.add_format(font | {"indent": 1})
        dark = {"bold": True, "font_color": "white", "bg_color": INK, "text_wrap": True, "valign": "vcenter"}
        self.heading = book.add_format(font | dark | {"indent": 1})
        self.heading_right = book.add_format(font | dark | {"align": "right"})
        self.title = book.add_format(font | {"font_size": 20, "bold": True})
        self.subtitle = book.add_format(font | {"font_size": 12, "font_color": "#5b6b7a"})
        self.section = book.add_format(font | {"font_size": 12, "bold": True, "bottom": 2, "bottom_color": ACCENT})
        self.bold = book.add_format(font | {"bold": True})
        self.wrapped = book.add_format(font | {"text_wrap": True})
        self.figure = book.add_format(font | {"font_size": 12, "bold": True, "font_color": ACCENT, "align": "right"})
        self.link = book.add_format(font | {"font_color": ACCENT, "underline": 1})
        self.total = book.add_format(font | {"bold": True, "num_format": euro, "top": 1, "top_color": INK})
        self.bold_euros = book.add_format(font | {"bold": True, "num_format": euro})
        self.percent = book.add_format(font | {"num_format": "0.00%"})
        self.factor = book.add_format(font | {"num_format": "0.0000", "font_color": "#5b6b7a"})
        self.input = book.add_format(font | {"num_format": "0.00%", "bold": True, "bg_color": "#fff3d6", "border": 1})
        self.grey = book.add_format({"font_color": "#8a94a0", "italic": True})
        self.assumed = book.add_format(font | {"font_color": "#b3541e"})


def put_sheet(book: Workbook, sheet: Sheet, formats: Formats, *, lang: str) -> Worksheet:
    """Write a sheet and return it."""
    page = book.add_worksheet(sheet.name)
    shown = min(sheet.rows, MOST_ROWS)
    widths = [_width(column, list(column.values[:MOST_ROWS])) for column in sheet.columns]
    for at, column in enumerate(sheet.columns):
        _put_column(page, at, column, formats, wide=widths[at])
        for row, (formula, value) in enumerate(zip(sheet.formulas.get(at, ()), column.values, strict=False), start=1):
            page.write_formula(row, at, formula, formats.of[column.kind], "" if value is None else value)
        for row, target in enumerate(sheet.links.get(at, ())):
            if target is not None:
                page.write_url(row + 1, at, f"internal:{target}", formats.link, str(column.values[row]))
    page.set_row(0, HEADING_HEIGHT)
    lines_of = _lines(sheet, widths)
    for row, lines in enumerate(lines_of, start=1):
        if lines > 1:
            page.set_row(row, LINE_HEIGHT * lines + 2)
    page.freeze_panes(1, sheet.frozen)
    page.autofilter(0, 0, max(shown, 1), len(sheet.columns) - 1)
    page.hide_gridlines(2)
    paper = _lay_out(page, wide=sum(widths), rows=shown)
    page.repeat_rows(0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    printed = shown if sheet.whole_in_print else _printed(lines_of, wide=sum(widths), paper=paper)
    foot = sheet.name
    if printed < shown:
        page.print_area(0, 0, printed, len(sheet.columns) - 1)
        foot += ": " + say(PART, lang, part=number(printed, lang), whole=number(sheet.rows, lang))
    page.set_footer(f"&L{foot.replace('&', '&&')}&R&P / &N")
    if sheet.grey_when_empty is not None and shown:
        empty = f'=${xl_col_to_name(sheet.grey_when_empty)}2=""'
        page.conditional_format(
            1, 0, shown, len(sheet.columns) - 1, {"type": "formula", "criteria": empty, "format": formats.grey}
        )
    return page


def _lay_out(page: Worksheet, *, wide: float, rows: int) -> tuple[int, int]:
    """Fit a sheet to the width of the paper, and return the size of that paper (points).

    A3 where it is wide, A3 upright where it is long.

    A3 upright is as wide as A4 lying down, and holds twice the rows at the same size.
    """
    page.fit_to_pages(1, 0)
    long = wide <= WIDE and rows > LONG
    number_of_paper = A3 if wide > WIDE or long else A4
    page.set_paper(number_of_paper)
    across, down = SIZE[number_of_paper]
    if long:
        page.set_portrait()
        return down, across
    page.set_landscape()
    return across, down


def _printed(lines: Sequence[int], *, wide: float, paper: tuple[int, int]) -> int:
    """Return how many rows of a sheet are printed: all where they fit on a few pages, else those of the first page."""
    across, down = paper[0] - BESIDE, paper[1] - ABOVE
    room = down / min(1.0, across / (LETTER * wide)) - HEADING_HEIGHT
    heights = np.cumsum([LINE_HEIGHT * count + 2 if count > 1 else ROW_HEIGHT for count in lines])
    if not len(heights) or heights[-1] <= MOST_PAGES * room:
        return len(lines)
    return max(int(np.searchsorted(heights, room, side="right")), 1)


def _lines(sheet: Sheet, widths: Sequence[float]) -> list[int]:
    """Return over how many lines the longest text of each row runs."""
    most = [1] * min(sheet.rows, MOST_ROWS)
    for column, wide in zip(sheet.columns, widths, strict=True):
        if column.kind == "text" and wide == WIDEST:
            for row, value in enumerate(column.values[: len(most)]):
                most[row] = max(most[row], min(-(-len(value or "") // LETTERS), MOST_LINES))
    return most


def _put_column(page: Worksheet, at: int, column: SheetColumn, formats: Formats, *, wide: float) -> None:
    """Write heading, note and values of a column of so many characters wide."""
    values = list(column.values[:MOST_ROWS])
    head = formats.heading if column.kind == "text" else formats.heading_right
    page.write_string(0, at, column.heading[:1].upper() + column.heading[1:], head)
    if column.note and column.note != column.heading:
        page.write_comment(0, at, column.note, {"x_scale": 1.6, "y_scale": 0.8, "author": "Koppelkans"})
    form = formats.wrapped if column.kind == "text" and wide == WIDEST else formats.of[column.kind]
    page.set_column(at, at, wide, form)
    put = page.write_string if column.kind == "text" else page.write_number
    for row, value in enumerate(values, start=1):
        if value is not None:
            put(row, at, value, form)


def _width(column: SheetColumn, values: Sequence[Any]) -> float:
    """Return the width (characters) that fits the first values and the longest word of the heading."""
    signs = 12 if column.kind == "euros" else 0
    longest = max((len(str(value)) for value in values[:SAMPLE] if value is not None), default=0)
    word = max((len(part) for part in column.heading.split()), default=0) + 3
    return min(max(longest + 1 if column.kind == "text" else min(longest, 10) + 2, word, signs, NARROWEST), WIDEST)
