"""The workbook: every table of the plan as a sheet. (nl: werkboek).

The programme, the phone list and the money come first.
"""

from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook

from koppelkans.ground.spreadsheet import BOOK_OPTIONS
from koppelkans.ground.words import say
from koppelkans.report.book.first_sheets import figures_sheet, programme_sheet, put_front, put_money, settings_sheet
from koppelkans.report.book.formulas import live_tables
from koppelkans.report.book.sheet import Formats, put_sheet
from koppelkans.report.circle import INSIDE
from koppelkans.report.form import Form
from koppelkans.report.plan import Plan
from koppelkans.report.table import Sheet

FILE = "programma.xlsx"
FIRST = ("account.figures", "alignment.calls", "money", "programme.bundles", "opportunities.finds", "programme.split", "programme.firmness", "areas.agenda", "areas.answers", "programme.streets", "figures", "settings", "context.set_aside")  # fmt: skip
"""Sheets that people ask for first, behind the programme; the others follow in the order of the corridor."""
MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""Date of making in the file: fixed, so that the same plan gives the same bytes."""
TONES = {"first": "#0f6e6e", "rest": "#d5dbe1"}


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write the workbook."""
    path = folder / plan.viewer.file(FILE)
    book = Workbook(path, BOOK_OPTIONS)
    book.set_properties(
        {"title": say("City programme", lang), "author": "Koppelkans", "created": MADE.replace(tzinfo=None)}
    )
    formats = Formats(book)
    front = book.add_worksheet(say("Explanation", lang))
    front.set_tab_color(TONES["first"])
    listed = []
    for sheet in in_order(plan, lang):
        if isinstance(sheet, Sheet):
            page = put_sheet(book, sheet, formats)
            listed.append((sheet.name, sheet.about, sheet.rows))
        else:
            page = put_money(book, plan, formats, lang=lang)
            about = say("Budget, spent and left per fund and year, with live formulas and a chart.", lang)
            listed.append((page.name, about, plan.programme.money["fund"].nunique()))
        page.set_tab_color(TONES["first"] if len(listed) <= len(FIRST) + 1 else TONES["rest"])
    put_front(front, plan, listed, formats, lang=lang)
    front.activate()
    book.close()
    return [path]


def in_order(plan: Plan, lang: str) -> list[Sheet | None]:
    """Return the sheets in order.

    None stands for the sheet of the money, which has its own layout.
    """
    tables = live_tables(plan, lang)
    made: list[Sheet | None] = [programme_sheet(plan, lang)]
    for key in FIRST:
        if key == "money":
            made += [None] if len(plan.programme.money) else []
        elif key == "figures":
            made.append(figures_sheet(plan, lang))
        elif key == "settings":
            made += [settings_sheet(plan, lang)] if plan.viewer == INSIDE else []
        elif key in tables:
            made.append(tables.pop(key))
    return made if plan.viewer.circle == "party" else [*made, *tables.values()]


WORKBOOK = Form(
    name="workbook",
    nl="werkboek",
    en="workbook",
    reader_nl="programmeerkamer, beheerders en controller",
    reader_en="programming room, asset managers and controller",
    format="xlsx",
    files=(FILE,),
    write=write,
    circles=("inside", "party"),
    first=True,
)
