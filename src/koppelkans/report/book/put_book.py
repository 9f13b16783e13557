"""A whole workbook: a sheet that explains, and the sheets behind it. (nl: werkboek)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook

from koppelkans.ground.spreadsheet import BOOK_OPTIONS
from koppelkans.ground.words import say
from koppelkans.report.book.first_sheets import put_front, put_money
from koppelkans.report.book.sheet import Formats, put_sheet
from koppelkans.report.plan import Plan
from koppelkans.report.table import Sheet

FIRST = (
    "account.figures", "money", "programme.payments", "alignment.calls", "programme.left_out", "programme.bundles",
    "programme.split", "opportunities.finds", "opportunities.proposals", "areas.stack", "areas.agenda", "areas.answers",
    "programme.streets", "programme.other_years", "programme.scenarios", "programme.what_if", "programme.firmness",
    "weighing.ranking", "systems.courses", "business.cases", "figures", "context.set_aside",
)  # fmt: skip
"""Sheets behind the programme in the order of questions: money, calls, what falls off, together, chances, areas, years,
what if, how sure, and what it rests on. Every other table stands in the annexes."""
MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""Date of making in the file: fixed, so that the same plan gives the same bytes."""
TONE = "#0f6e6e"


def put_book(plan: Plan, path: Path, sheets: Sequence[Sheet | None], *, lang: str) -> Path:
    """Write a workbook of sheets behind one that explains them.

    None stands for the sheet of the money.
    """
    book = Workbook(path, BOOK_OPTIONS)
    book.set_properties(
        {"title": say("City programme", lang), "author": "Koppelkans", "created": MADE.replace(tzinfo=None)}
    )
    formats = Formats(book)
    front = book.add_worksheet(say("Explanation", lang))
    front.set_tab_color(TONE)
    listed = []
    for sheet in sheets:
        if isinstance(sheet, Sheet):
            put_sheet(book, sheet, formats, lang=lang)
            listed.append((sheet.name, sheet.about, sheet.rows))
        else:
            page = put_money(book, plan, formats, lang=lang)
            about = say("Budget, spent and left per fund and year, with live formulas and a chart.", lang)
            listed.append((page.name, about, plan.programme.money["fund"].nunique()))
    put_front(front, plan, listed, formats, lang=lang)
    front.activate()
    book.close()
    return path
