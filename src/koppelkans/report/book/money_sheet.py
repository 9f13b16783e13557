"""Money per fund and year, with live formulas: change a year on the sheet of payments and the sums follow. (nl: blad Geld per fonds)."""

import math
from dataclasses import dataclass

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from koppelkans.ground.words import say
from koppelkans.programme.product import PAYMENTS
from koppelkans.report.book.sheet import Formats
from koppelkans.report.names import fund_names
from koppelkans.report.plan import Plan
from koppelkans.report.table import MOST_ROWS, places, sheet_name

TONES = ("#0f6e6e", "#1f6fb2", "#b07c00", "#8c2981", "#2f7d4f", "#d6456c", "#6b7280", "#f58a53")
FIRST, TOP = 2, 3
"""Column in which the years start (name and basis stand before it), and row in which the first block starts."""
BLOCKS = {
    "budget_eur": "Budget",
    "spent_eur": "Spent",
    "left_eur": "Left at the end of the year",
    "worth_per_eur": "One more euro brings",
}
SUMMED, GIVEN = ("budget_eur", "spent_eur"), ("budget_eur", "worth_per_eur")
"""Blocks with sums, and blocks of numbers that no formula works out."""


@dataclass(frozen=True)
class Grid:
    """Where everything stands: a block per amount, a row per fund, a column per year."""

    funds: pd.DataFrame
    years: list[int]
    amounts: dict[str, pd.DataFrame]
    payments: str
    lang: str

    def row(self, block: str, fund: int = 0) -> int:
        """Return the row of a fund in a block; the headings stand above the first."""
        return TOP + list(BLOCKS).index(block) * (len(self.funds) + 4) + 2 + fund

    def cell(self, block: str, fund: int, year: int) -> str:
        """Return the cell of a fund and year (counted from 0) in a block."""
        return str(xl_rowcol_to_cell(self.row(block, fund), FIRST + year))

    def formula(self, block: str, fund: int, year: int) -> str:
        """Return the formula of a cell of the spent or the left block."""
        code, carries = self.funds.loc[fund, "fund"].replace('"', '""'), self.funds.loc[fund, "carries_over"]
        if block == "spent_eur":
            columns = {name: xl_col_to_name(at) for name, at in places(PAYMENTS, self.lang).items()}
            span = {
                name: f"'{self.payments}'!${letter}$2:${letter}${MOST_ROWS + 1}" for name, letter in columns.items()
            }
            head = xl_rowcol_to_cell(self.row(block) - 1, FIRST + year, row_abs=True)
            return f'=SUMIFS({span["amount_eur"]},{span["fund"]},"{code}",{span["year"]},{head})'
        before = f"{self.cell(block, fund, year - 1)}+" if year and carries else ""
        return f"={before}{self.cell('budget_eur', fund, year)}-{self.cell('spent_eur', fund, year)}"


def put_money(book: Workbook, plan: Plan, formats: Formats, *, lang: str) -> Worksheet:
    """Write the sheet: budget, spent and left per fund and year, and a chart of what is spent."""
    page = book.add_worksheet(say("Money per fund", lang))
    grid = _grid(plan, lang)
    page.write_string(0, 0, say("Money per fund", lang), formats.title)
    hint = say(
        "“Spent” is summed from the sheet “{sheet}”: change a year there and the sums follow. Orange: the budget is an assumption.",
        lang,
        sheet=grid.payments,
    )
    page.write_string(1, 0, hint, formats.subtitle)
    page.set_row(0, 30)
    for block in BLOCKS:
        _put_block(page, grid, block, formats)
    page.set_column(0, 0, 42)
    page.set_column(1, 1, 18)
    page.set_column(FIRST, FIRST + len(grid.years), 13)
    page.freeze_panes(TOP, FIRST)
    page.hide_gridlines(2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    _put_chart(book, page, grid)
    return page


def _grid(plan: Plan, lang: str) -> Grid:
    """Return what stands where."""
    money = plan.programme.money
    funds = money.drop_duplicates("fund")[["fund", "basis", "carries_over"]].reset_index(drop=True)
    funds = funds.assign(name=funds["fund"].map(fund_names(plan, lang)))
    amounts = {
        block: money.set_index(["fund", "year"])[block].unstack("year").reindex(funds["fund"])  # noqa: PD010 -- nothing to aggregate
        for block in BLOCKS
    }
    years = sorted(int(year) for year in money["year"].unique())
    return Grid(funds, years, amounts, sheet_name("programme.payments", lang), lang)


def _put_block(page: Worksheet, grid: Grid, block: str, formats: Formats) -> None:
    """Write one block: title, years, a row per fund and the sums."""
    top, lang, last = grid.row(block), grid.lang, FIRST + len(grid.years)
    summed = block in SUMMED
    page.write_string(top - 2, 0, say(BLOCKS[block], lang), formats.section)
    heads = [say("Fund", lang), say("Budget is", lang)]
    for at, text in enumerate(heads):
        page.write_string(top - 1, at, text, formats.heading)
    for at, year in enumerate(grid.years):
        page.write_number(top - 1, FIRST + at, year, formats.heading_right)
    if summed:
        page.write_string(top - 1, last, say("Together", lang), formats.heading_right)
    for fund, (name, basis) in enumerate(zip(grid.funds["name"], grid.funds["basis"], strict=True)):
        given = basis == "given"
        page.write_string(top + fund, 0, name, formats.of["text"])
        page.write_string(
            top + fund,
            1,
            say("given by the city", lang) if given else say("assumption", lang),
            formats.of["text"] if given else formats.assumed,
        )
        for at, amount in enumerate(grid.amounts[block].iloc[fund].tolist()):
            if block in GIVEN:
                if not math.isnan(amount):  # unknown stays empty
                    page.write_number(top + fund, FIRST + at, amount, formats.of["euros" if summed else "score"])
            else:
                page.write_formula(
                    top + fund, FIRST + at, grid.formula(block, fund, at), formats.of["euros"], int(amount)
                )
        if summed:
            span = f"{grid.cell(block, fund, 0)}:{grid.cell(block, fund, len(grid.years) - 1)}"
            page.write_formula(
                top + fund, last, f"=SUM({span})", formats.of["euros"], int(grid.amounts[block].iloc[fund].sum())
            )
    if block != "worth_per_eur":
        _put_sums(page, grid, block, formats)


def _put_sums(page: Worksheet, grid: Grid, block: str, formats: Formats) -> None:
    """Write the sums of a block under its funds."""
    line, count = grid.row(block, len(grid.funds)), len(grid.funds)
    page.write_string(line, 0, say("Together", grid.lang), formats.total)
    page.write_blank(line, 1, None, formats.total)
    sums = grid.amounts[block].sum().tolist()
    for at, amount in enumerate(sums):
        span = f"{grid.cell(block, 0, at)}:{grid.cell(block, count - 1, at)}"
        page.write_formula(line, FIRST + at, f"=SUM({span})", formats.total, int(amount))


def _put_chart(book: Workbook, page: Worksheet, grid: Grid) -> None:
    """Draw what is spent per fund and year, stacked, with the budget of all funds as a line."""
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    last = FIRST + len(grid.years) - 1
    top = grid.row("spent_eur")
    for fund in range(len(grid.funds)):
        chart.add_series(
            {
                "name": [page.name, top + fund, 0],
                "categories": [page.name, top - 1, FIRST, top - 1, last],
                "values": [page.name, top + fund, FIRST, top + fund, last],
                "fill": {"color": TONES[fund % len(TONES)]},
                "gap": 60,
            }
        )
    line = book.add_chart({"type": "line"})
    under = grid.row("budget_eur", len(grid.funds))
    line.add_series(
        {
            "name": say("Budget of all funds", grid.lang),
            "categories": [page.name, top - 1, FIRST, top - 1, last],
            "values": [page.name, under, FIRST, under, last],
            "line": {"color": "#17324d", "width": 2, "dash_type": "dash"},
        }
    )
    chart.combine(line)
    chart.set_title(
        {
            "name": say("Spent per fund and year", grid.lang),
            "name_font": {"size": 12, "color": "#17324d"},
            "overlay": False,
        }
    )
    chart.set_y_axis(
        {
            "num_format": '"€" #,##0',
            "major_gridlines": {"visible": True, "line": {"color": "#d5dbe1"}},
            "line": {"none": True},
        }
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 980, "height": 360})
    page.insert_chart(
        grid.row(list(BLOCKS)[-1], len(grid.funds)) + 2,
        0,
        chart,
        {"description": say("Chart: what each fund spends per year.", grid.lang), "object_position": 1},
    )
