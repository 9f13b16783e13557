"""The sheets of the business cases: overview, a sheet per case with live sums, and holders. (nl: bladen businesscases)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from koppelkans.appraisal.business.product import ALTERNATIVE_WORDS, ALTERNATIVES, BASES, CITY, READING_WORDS
from koppelkans.ground.tables import Kind
from koppelkans.ground.words import euros, say
from koppelkans.report.book.sheet import A3, Formats
from koppelkans.report.chapters.bundles import SHEET
from koppelkans.report.chapters.case import CaseRows, alternative_names, case_rows
from koppelkans.report.chapters.who_gains import CHOSEN
from koppelkans.report.names import effect_names, holder_names
from koppelkans.report.plan import Plan
from koppelkans.report.table import MOST_ROWS, Sheet, SheetColumn

HEAD, FACTOR, TOP = 2, 3, 4
"""Row of the headings with the years, of the discount factors, and of the first cash flow."""
PM, RATE, WORTH, FIRST = 5, 6, 7, 8
"""Columns of the unknown amounts, the rate, the present value, and the first year."""
TOP_CASE_OVERVIEW = 8
COLUMNS = ("Business case", "Alternative", "Costs (present value)", "Benefits (present value)", "Net present value", "Benefit-cost ratio", "Unknown", "How to read it")  # fmt: skip
COST, BENEFIT, NPV, RATIO, UNKNOWN, READING = range(2, 8)
PRINTED_YEARS = 15
"""Years of a case that are printed, behind its present values; the sheet holds them all."""
COMPARED = tuple(name for name in ALTERNATIVE_WORDS if name != "null")
KEY = ["case", "holder"]


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
    page.write_string(1, 0, f"{plan.viewer.banner(lang)} {hint}", formats.subtitle)
    _put_heads(page, made, formats, lang=lang)
    _put_rows(page, plan, made, formats, lang=lang)
    for column, width in ((0, 22), (1, 40), (2, 30), (3, 10), (4, 13), (PM, 9), (RATE, 9), (WORTH, 16)):
        page.set_column(column, column, width)
    page.set_column(FIRST, FIRST + len(made.years), 11)
    page.freeze_panes(TOP, 2)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(A3)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD, FACTOR)
    shown = min(len(made.years), PRINTED_YEARS)
    page.print_area(0, 0, TOP + max(len(made.rows), 1) - 1, FIRST + shown - 1)
    foot = say("the first {part} of {whole} years are printed", lang, part=shown, whole=len(made.years))
    page.set_footer(f"&L{sheet.replace('&', '&&')}: {foot}&R&P / &N")
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


def put_overview(page: Worksheet, plan: Plan, shown: Sequence[Shown], formats: Formats, *, lang: str) -> None:
    """Write the sheet: change the rate in B4 and every sheet follows."""
    business, city = plan.business, plan.settings.city
    page.write_string(0, 0, say("Business cases of {city}", lang, city=city.name), formats.title)
    page.set_row(0, 30)
    hint = say("Change the discount rate in B4: all present values follow by live formulas.", lang)
    page.write_string(1, 0, hint, formats.subtitle)
    page.write_string(2, 0, plan.viewer.banner(lang), formats.bold)
    page.write_string(3, 0, say("Discount rate (per year, real)", lang), formats.bold)
    page.write_number(3, 1, business.rate, formats.input)
    page.write_string(3, 2, say(plan.settings.appraisal.discount_rate.source, lang), formats.of["text"])
    page.write_string(4, 0, say("Base year", lang), formats.bold)
    page.write_number(4, 1, business.base_year, formats.of["year"])
    more = say("Every alternative is compared with doing nothing. Costs are money of those who do the works; benefits are all other effects.", lang)  # fmt: skip
    page.write_string(5, 0, more, formats.subtitle)
    for at, text in enumerate(COLUMNS):
        page.write_string(
            TOP_CASE_OVERVIEW - 1,
            at,
            say(text, lang),
            formats.heading if at < COST or at == READING else formats.heading_right,
        )
    page.set_row(TOP_CASE_OVERVIEW - 1, 32)
    outcomes = business.outcomes.set_index(["case", "alternative"], drop=False)
    line = TOP_CASE_OVERVIEW
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
    page.freeze_panes(TOP_CASE_OVERVIEW, 2)
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
    reading = "all others are compared with this" if alternative == "null" else READING_WORDS[found["reads"]]
    page.write_string(line, READING, say(reading, lang), formats.of["text"])


def holder_sheets(plan: Plan, lang: str) -> list[Sheet]:
    """Return a row per bundle and holder.

    Over as many sheets as they ask; nothing where there are no bundles.
    """
    if not (plan.financing.holders["case"] != CITY).any():
        return []
    table = _table(plan, lang)
    return [_sheet(table.iloc[start : start + MOST_ROWS], start // MOST_ROWS, lang) for start in range(0, len(table), MOST_ROWS)]  # fmt: skip


def _table(plan: Plan, lang: str) -> pd.DataFrame:
    """Return everything that is told of a holder, in one row: bundles by name, and within each who loses most first."""
    held = plan.financing.holders
    held = held[held["case"] != CITY]
    made = held[held["alternative"] == CHOSEN].drop(columns="alternative")
    for name in COMPARED:
        gain = held[held["alternative"] == name].set_index(KEY)["gain_null_eur"]
        made[f"gain_{name}"] = gain.reindex(pd.MultiIndex.from_frame(made[KEY])).to_numpy()
    rule = plan.settings.appraisal.financing.transfers
    moved = plan.financing.transfers
    moved = moved[(moved["alternative"] == CHOSEN) & (moved["rule"] == rule)]
    told = plan.financing.bargains
    told = told[told["alternative"] == CHOSEN]
    for against in ("null", "apart"):
        amounts = moved[moved["against"] == against].set_index(KEY)["transfer_eur"]
        made[f"moves_{against}"] = amounts.reindex(pd.MultiIndex.from_frame(made[KEY])).to_numpy()
        verdict = told[told["against"] == against].set_index("case")
        words = [_verdict(*row, lang) for row in zip(verdict["feasible"], verdict["losers"], verdict["missing_eur"], strict=True)]  # fmt: skip
        made[f"verdict_{against}"] = made["case"].map(pd.Series(words, index=verdict.index, dtype="object"))
    made["name"] = made["case"].map(plan.business.cases.set_index("case")["name"])
    made["called"] = made["holder"].map(holder_names(plan, made["holder"], lang))
    return made.sort_values(["name", "case", "gain_together", "holder"], ignore_index=True)


def _verdict(feasible: bool, losers: int, missing: int, lang: str) -> str:  # noqa: FBT001 -- a column of a table
    """Say whether transfers can leave nobody worse off."""
    if not feasible:
        return say("no transfer can: {amount} is missing", lang, amount=euros(int(missing), lang))
    return say("transfers can", lang) if losers else say("nobody is worse off", lang)


def _sheet(table: pd.DataFrame, nth: int, lang: str) -> Sheet:
    """Return one sheet: gains and transfers against doing nothing, then against each apart."""
    columns: list[SheetColumn] = []

    def put(head: str, values: pd.Series, kind: Kind = "euros", note: str = "") -> int:
        columns.append(SheetColumn(say(head, lang), say(note, lang) if note else "", kind, _cells(values)))
        return len(columns) - 1

    put("Bundle", table["name"], "text")
    put("Code", table["case"], "text")
    put("Holder", table["called"], "text", "The municipality stands in a row per purse.")
    put("Pays", table["cost_eur"], note="All works together, over all years, not discounted.")
    put("Gains", table["benefit_eur"], note="All works together, over all years, not discounted.")
    put("Present value", table["worth_eur"])
    for name in COMPARED:
        put(f"{ALTERNATIVE_WORDS[name]}: against doing nothing", table[f"gain_{name}"], note="Present value; below zero is a gap of this holder.")  # fmt: skip
    live: dict[int, list[str]] = {}
    sides = (("null", "gain_together", "doing nothing"), ("apart", "gain_apart_eur", "each apart"))
    for against, gain, word in sides:
        known = table[f"moves_{against}"].notna().to_numpy()
        start = put(f"Without transfers, against {word}", table[gain])
        move = put(f"Receives (+) or pays (−), against {word}", table[f"moves_{against}"])
        after = put(f"After transfers, against {word}", table[gain] + table[f"moves_{against}"])
        live[after] = [
            f"={xl_rowcol_to_cell(row, start)}+{xl_rowcol_to_cell(row, move)}" if there else '=""'
            for row, there in enumerate(known.tolist(), start=1)
        ]
        put(f"Can transfers mend it, against {word}", table[f"verdict_{against}"], "text")
    put("Unknown (p.m.)", table["pm"], "whole", "Amounts that are unknown and in none of the sums.")
    about = say("Every holder of every bundle: what it pays and gains, its gap, and the transfers that leave nobody worse off.", lang)  # fmt: skip
    name = say(SHEET, lang) + (f" {nth + 1}" if nth else "")
    return Sheet(name, about, columns, len(table), 3, formulas=live)


def _cells(values: pd.Series) -> list[Any]:
    """Return values with None where unknown."""
    return [None if pd.isna(value) else value for value in values.tolist()]
