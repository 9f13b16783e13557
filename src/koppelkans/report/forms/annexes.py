"""The annexes: every table that is not in the workbook as a sheet. (nl: bijlagen)."""

from pathlib import Path

from koppelkans.report.book.first_sheets import settings_sheet
from koppelkans.report.book.formulas import live_tables
from koppelkans.report.book.put_book import FIRST, put_book
from koppelkans.report.form import Form
from koppelkans.report.plan import Plan

FILE = "bijlagen.xlsx"


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write the workbook of the annexes, in the order of the corridor, the settings first."""
    rest = [sheet for table, sheet in live_tables(plan, lang).items() if table not in FIRST]
    return [put_book(plan, folder / plan.viewer.file(FILE), [settings_sheet(plan, lang), *rest], lang=lang)]


ANNEXES = Form(
    name="annexes",
    nl="bijlagen bij het werkboek",
    en="annexes of the workbook",
    reader_nl="wie een bedrag of keuze wil natrekken",
    reader_en="who wants to trace an amount or a choice",
    format="xlsx",
    files=(FILE,),
    write=write,
    circles=("inside",),
)
