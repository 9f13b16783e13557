"""The first sheet of the business cases: rate, base year, and what each alternative comes to, as live formulas. (nl: blad Overzicht)."""

from collections.abc import Sequence

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from koppelkans.appraisal.business.product import ALTERNATIVES
from koppelkans.ground.words import say
from koppelkans.report.book.case_rows import alternative_names
from koppelkans.report.book.case_sheet import PM, WORTH, Shown
from koppelkans.report.book.sheet import Formats
from koppelkans.report.chapters.case_answer import READS
from koppelkans.report.plan import Plan

TOP = 8
COLUMNS = ("Business case", "Alternative", "Costs (present value)", "Benefits (present value)", "Net present value", "Benefit-cost ratio", "Unknown", "How to read it")  # fmt: skip
COST, BENEFIT, NPV, RATIO, UNKNOWN, READING = range(2, 8)


def put_overview(page: Worksheet, plan: Plan, shown: Sequence[Shown], formats: Formats, *, lang: str) -> None:
    """Write the sheet: change the rate in B4 and every sheet follows."""
    business, city = plan.business, plan.settings.city
    page.write_string(0, 0, say("Business cases of {city}", lang, city=city.name), formats.title)
    page.set_row(0, 30)
    hint = say("Change the discount rate in B4: all present values follow by live formulas.", lang)
    page.write_string(1, 0, hint, formats.subtitle)
    page.write_string(3, 0, say("Discount rate (per year, real)", lang), formats.bold)
    page.write_number(3, 1, business.rate, formats.input)
    page.write_string(3, 2, plan.settings.appraisal.discount_rate.source, formats.of["text"])
    page.write_string(4, 0, say("Base year", lang), formats.bold)
    page.write_number(4, 1, business.base_year, formats.of["year"])
    more = say("Every alternative is compared with doing nothing. Costs are money of those who do the works; benefits are all other effects.", lang)  # fmt: skip
    page.write_string(5, 0, more, formats.subtitle)
    for at, text in enumerate(COLUMNS):
        page.write_string(
            TOP - 1, at, say(text, lang), formats.heading if at < COST or at == READING else formats.heading_right
        )
    page.set_row(TOP - 1, 32)
    outcomes = business.outcomes.set_index(["case", "alternative"], drop=False)
    line = TOP
    for case in shown:
        for alternative in ALTERNATIVES:
            _put_line(page, case, outcomes.loc[(case.case, alternative)], formats, line=line, lang=lang)
            line += 1
    for column, width in (
        (0, 42),
        (1, 22),
        (COST, 18),
        (BENEFIT, 18),
        (NPV, 18),
        (RATIO, 14),
        (UNKNOWN, 10),
        (READING, 46),
    ):
        page.set_column(column, column, width)
    page.freeze_panes(TOP, 2)
    page.hide_gridlines(2)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _put_line(page: Worksheet, case: Shown, found: pd.Series, formats: Formats, *, line: int, lang: str) -> None:
    """Write what one alternative comes to: `found` is its row of the outcomes."""
    alternative = str(found["alternative"])
    names = alternative_names(lang)
    worth, which, counts = case.span(WORTH), case.span(0), case.span(3)

    def more(word: str) -> str:
        kind = say(word, lang)
        own, null = (f'SUMIFS({worth},{which},"{names[name]}",{counts},"{kind}")' for name in (alternative, "null"))
        return f"({own}-{null})"

    page.write_url(line, 0, f"internal:'{case.sheet}'!A1", formats.link, case.sheet)
    page.write_string(line, 1, names[alternative], formats.of["text"])
    page.write_formula(line, COST, f"=-{more('money')}", formats.of["euros"], int(found["cost_eur"]))
    page.write_formula(line, BENEFIT, f"={more('effect')}", formats.of["euros"], int(found["benefit_eur"]))
    cells = {column: xl_rowcol_to_cell(line, column) for column in (COST, BENEFIT)}
    page.write_formula(line, NPV, f"={cells[BENEFIT]}-{cells[COST]}", formats.bold_euros, int(found["npv_eur"]))
    ratio = f'=IF({cells[COST]}>0.5,{cells[BENEFIT]}/{cells[COST]},"–")'
    page.write_formula(
        line, RATIO, ratio, formats.of["score"], "–" if pd.isna(found["ratio"]) else float(found["ratio"])
    )
    unknown = f'=SUMIFS({case.span(PM)},{which},"{names[alternative]}")'
    pm = case.rows.rows.loc[case.rows.rows["alternative"] == alternative, "pm"].sum()
    page.write_formula(line, UNKNOWN, unknown, formats.of["whole"], int(pm))
    reading = "all others are compared with this" if alternative == "null" else READS[found["reads"]]
    page.write_string(line, READING, say(reading, lang), formats.of["text"])
