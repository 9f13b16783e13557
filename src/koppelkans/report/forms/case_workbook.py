"""Workbook of the business cases, with live present values. (nl: werkboek businesscases)."""

import re
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook

from koppelkans.ground.spreadsheet import BOOK_OPTIONS
from koppelkans.ground.words import say
from koppelkans.report.book.case_sheets import first_sheet, holder_sheets, put_case, put_overview
from koppelkans.report.book.sheet import Formats, put_sheet
from koppelkans.report.form import Form
from koppelkans.report.plan import Plan

FILE = "businesscase.xlsx"
MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""Date of making in the file: fixed, so that the same plan gives the same bytes."""
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
LONGEST = 31
"""Letters that a sheet may have in its name."""


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write the workbook; nothing where no case was made."""
    cases = plan.business.cases[plan.business.cases["paged"]]
    if cases.empty:
        return []
    path = folder / plan.viewer.file(FILE)
    book = Workbook(path, BOOK_OPTIONS)
    title = say("Business cases", lang)
    book.set_properties({"title": title, "author": "Koppelkans", "created": MADE.replace(tzinfo=None)})
    formats = Formats(book)
    front = book.add_worksheet(first_sheet(lang))
    shown = [
        put_case(book, plan, case, sheet_of(at, name), formats, lang=lang)
        for at, (case, name) in enumerate(zip(cases["case"], cases["name"], strict=True))
    ]
    for sheet in holder_sheets(plan, lang):
        put_sheet(book, sheet, formats, lang=lang)
    put_overview(front, plan, shown, formats, lang=lang)
    front.activate()
    book.close()
    return [path]


def sheet_of(at: int, name: str) -> str:
    """Return the name of a sheet: numbered, without forbidden signs, and not too long.

    >>> sheet_of(3, "Dorpsstraat, Kerkweg [oost]: fase 2/3")
    '3 Dorpsstraat, Kerkweg oost fas'
    """
    plain = FORBIDDEN.sub("", name)
    return f"{at} {plain}"[:LONGEST].strip()


CASE_WORKBOOK = Form(
    name="case_workbook",
    nl="werkboek businesscases",
    en="workbook of business cases",
    reader_nl="controller, programmeerkamer en partners",
    reader_en="controller, programming room and partners",
    format="xlsx",
    files=(FILE,),
    write=write,
)
