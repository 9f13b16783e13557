"""A business case that a controller can follow: cash flows per year, factors and present values as live formulas. (nl: blad businesscase)."""

from dataclasses import dataclass

import numpy as np
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from koppelkans.appraisal.business.product import BASES
from koppelkans.ground.words import say
from koppelkans.report.book.case_rows import CaseRows, alternative_names, case_rows
from koppelkans.report.book.sheet import Formats
from koppelkans.report.names import effect_names, holder_names
from koppelkans.report.plan import Plan

HEAD, FACTOR, TOP = 2, 3, 4
"""Row of the headings with the years, of the discount factors, and of the first cash flow."""
PM, RATE, WORTH, FIRST = 5, 6, 7, 8
"""Columns of the unknown amounts, the rate, the present value, and the first year."""


@dataclass(frozen=True)
class Shown:
    """A case as it stands on its sheet: name of the sheet, and where its rows begin and end."""

    case: str
    sheet: str
    rows: CaseRows

    def span(self, column: int) -> str:
        """Return the cells of a column, as a formula on another sheet names them."""
        last = TOP + max(len(self.rows.rows), 1) - 1
        return f"'{self.sheet}'!{xl_range_abs(TOP, column, last, column)}"


def put_case(book: Workbook, plan: Plan, case: str, sheet: str, formats: Formats, *, lang: str) -> Shown:
    """Write the sheet of one case; the rate and the base year stand on the first sheet."""
    page = book.add_worksheet(sheet)
    made = case_rows(plan, case)
    name = plan.business.cases.set_index("case").loc[case, "name"]
    page.write_string(0, 0, say("Business case: {name}", lang, name=name), formats.title)
    page.set_row(0, 28)
    hint = say(
        "Euros per year at the price level of {year}: costs below zero, benefits above. “pm” is unknown and never counted as zero.",
        lang,
        year=plan.settings.city.price_year,
    )
    page.write_string(1, 0, hint, formats.subtitle)
    _put_heads(page, made, formats, lang=lang)
    _put_rows(page, plan, made, formats, lang=lang)
    for column, width in ((0, 22), (1, 40), (2, 30), (3, 10), (4, 13), (PM, 9), (RATE, 9), (WORTH, 16)):
        page.set_column(column, column, width)
    page.set_column(FIRST, FIRST + len(made.years), 11)
    page.freeze_panes(TOP, 2)
    page.hide_gridlines(2)
    page.set_landscape()
    return Shown(case, sheet, made)


def first_sheet(lang: str) -> str:
    """Return the name of the sheet with the rate."""
    return say("Overview", lang)


def _put_heads(page: Worksheet, made: CaseRows, formats: Formats, *, lang: str) -> None:
    """Write the headings, the years and the discount factors."""
    heads = ["Alternative", "Effect", "For whom", "Counts as", "Known as", "Unknown", "Rate", "Present value"]
    for at, text in enumerate(heads):
        page.write_string(HEAD, at, say(text, lang), formats.heading if at < PM else formats.heading_right)
    page.write_string(FACTOR, 0, say("Discount factor", lang), formats.bold)
    home = first_sheet(lang)
    for at, year in enumerate(made.years):
        page.write_number(HEAD, FIRST + at, year, formats.heading_right)
        cell = xl_rowcol_to_cell(HEAD, FIRST + at, row_abs=True)
        formula = f"=1/(1+'{home}'!$B$4)^({cell}-'{home}'!$B$5)"
        page.write_formula(FACTOR, FIRST + at, formula, formats.factor, float(_factors(made)[at]))


def _factors(made: CaseRows) -> np.ndarray:
    """Return the factors at the standard rate, which are shown until somebody changes the rate."""
    rate = made.rows["rate"].mode().iloc[0] if len(made.rows) else 0.0
    return np.asarray((1.0 + rate) ** -np.arange(len(made.years), dtype=float))


def _put_rows(page: Worksheet, plan: Plan, made: CaseRows, formats: Formats, *, lang: str) -> None:
    """Write a row per alternative, effect and holder: words, unknown amounts, rate, present value, and every year."""
    alternatives, effects, holders = (
        alternative_names(lang),
        effect_names(lang),
        holder_names(plan, made.rows["holder"], lang),
    )
    bases = {name: say(name, lang) for name in BASES}
    home, last = first_sheet(lang), FIRST + len(made.years) - 1
    years = xl_range_abs(HEAD, FIRST, HEAD, last)
    for at, row in enumerate(made.rows.to_dict("records")):
        line = TOP + at
        words = [
            alternatives[row["alternative"]], effects.get(row["effect"], row["effect"]),
            holders.get(row["holder"], row["holder"]), say("money" if row["money"] else "effect", lang), bases[row["basis"]],
        ]  # fmt: skip
        for column, text in enumerate(words):
            page.write_string(line, column, text, formats.of["text"])
        page.write_number(line, PM, row["pm"], formats.of["whole"])
        flows = xl_range(line, FIRST, line, last)
        own = abs(row["rate"] - plan.business.rate) > 1e-12  # noqa: PLR2004 -- an exception to the standard rate
        if own:
            page.write_number(line, RATE, row["rate"], formats.percent)
            weights = f"1/(1+{xl_rowcol_to_cell(line, RATE, col_abs=True)})^({years}-'{home}'!$B$5)"
        else:
            page.write_formula(line, RATE, f"='{home}'!$B$4", formats.percent, row["rate"])
            weights = xl_range_abs(FACTOR, FIRST, FACTOR, last)
        amounts = made.amounts[at]
        worth = np.nansum(amounts * (1.0 + row["rate"]) ** -np.arange(len(amounts), dtype=float))
        page.write_formula(line, WORTH, f"=SUMPRODUCT({flows},{weights})", formats.bold_euros, float(worth))
        for year in np.nonzero(~np.isnan(amounts))[0]:
            page.write_number(line, FIRST + int(year), float(amounts[year]), formats.of["euros"])
        if np.isnan(amounts).all() and row["pm"]:
            page.write_string(line, FIRST + row["first"] - made.years[0], say("p.m.", lang), formats.assumed)
