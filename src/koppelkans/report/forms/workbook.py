"""The workbook: the sheets that people ask for, in the order of their questions. (nl: werkboek)."""

from dataclasses import replace
from pathlib import Path

from koppelkans.ground.words import say
from koppelkans.programme.product import PAYMENTS
from koppelkans.report.book.first_sheets import figures_sheet, programme_sheet
from koppelkans.report.book.formulas import live_tables
from koppelkans.report.book.put_book import FIRST, put_book
from koppelkans.report.form import Form
from koppelkans.report.plan import Plan
from koppelkans.report.table import MOST_ROWS, Sheet, SheetColumn, places

FILE, PAID = "programma.xlsx", "programme.payments"
TAKEN_ALONG = ("alignment.calls", "programme.left_out", "programme.bundles")
"""Sheets that people take to the meeting: all their rows are printed, as those of the programme."""


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write the workbook."""
    return [put_book(plan, folder / plan.viewer.file(FILE), in_order(plan, lang), lang=lang)]


def in_order(plan: Plan, lang: str) -> list[Sheet | None]:
    """Return the sheets in order.

    None stands for the sheet of the money, which has its own layout.
    """
    tables = live_tables(plan, lang)
    made: list[Sheet | None] = [replace(programme_sheet(plan, lang), whole_in_print=True)]
    for key in FIRST:
        if key == "money":
            made += [None] if len(plan.programme.money) else []
        elif key == "figures":
            made.append(figures_sheet(plan, lang))
        elif key in tables:
            sheet = tables[key] if key != PAID else _done_marked(plan, tables[key], lang)
            made.append(replace(sheet, whole_in_print=key in TAKEN_ALONG))
    return made


def _done_marked(plan: Plan, sheet: Sheet, lang: str) -> Sheet:
    """Return the sheet of payments with a mark on works left undone, in words and in grey."""
    years = plan.programme.payments["year"]
    told = [say("left undone", lang) if undone else say("done", lang) for undone in years.isna().head(MOST_ROWS)]
    mark = SheetColumn(say("Is done", lang), say("works that are left undone are paid by nobody", lang), "text", told)
    at = places(PAYMENTS, lang)["year"]
    about = f"{sheet.about} {say('Works left undone stand in grey: nobody pays them.', lang)}"
    return replace(sheet, columns=[*sheet.columns, mark], about=about, grey_when_empty=at)


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
