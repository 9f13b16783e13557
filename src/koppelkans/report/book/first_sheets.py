"""The first sheets of the workbook: explanation, programme, money, figures and settings. (nl: eerste bladen)."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from koppelkans.ground.settings import Figure
from koppelkans.ground.words import number, say
from koppelkans.programme.product import PAYMENTS
from koppelkans.report.book.sheet import A4, Formats
from koppelkans.report.chapters.page_one import answer, trace_hash
from koppelkans.report.chapters.sources import figures
from koppelkans.report.names import instead_of, many, purse_names, streets_of
from koppelkans.report.plan import Plan
from koppelkans.report.scope import scope_words
from koppelkans.report.table import MOST_ROWS, Sheet, SheetColumn, lists, places, sheet_column, sheet_name

LINE = 105
"""Letters that fit on a line of the second column."""
COLUMNS = (
    ("programme.plan", "year"),
    ("context.works", "name"),
    ("context.works", "owner"),
    ("context.works", "kind"),
    ("context.sections", "area"),
    ("alignment.calls", "streets"),
    ("programme.plan", "bundle"),
    ("programme.plan", "cost_eur"),
    ("context.works", "cost_basis"),
    ("programme.payments", "fund"),
    ("context.works", "earliest_year"),
    ("context.works", "best_year"),
    ("context.works", "latest_year"),
    ("programme.plan", "shift_years"),
    ("context.works", "certainty"),
    ("weighing.ranking", "rank"),
    ("weighing.ranking", "board_rank"),
    ("weighing.ranking", "must"),
    ("programme.plan", "why"),
    ("programme.plan", "outside"),
    ("context.works", "quantity"),
    ("context.works", "unit"),
    ("context.works", "source"),
    ("programme.plan", "work"),
)
BUNDLE = 6
TONES = ("#0f6e6e", "#1f6fb2", "#b07c00", "#8c2981", "#2f7d4f", "#d6456c", "#6b7280", "#f58a53")
FIRST, TOP = 2, 3
"""Column in which the years start (name and basis stand before it), and row in which the first block starts."""
BLOCKS = {
    "budget_eur": "Budget",
    "spent_eur": "Spent",
    "left_eur": "Left at the end of the year",
    "worth_per_eur": "One more euro lowers the weighted cost by",
}
SUMMED, GIVEN = ("budget_eur", "spent_eur"), ("budget_eur", "worth_per_eur")
"""Blocks with sums, and blocks of numbers that no formula works out."""
WILD = re.compile(r"([*?~])")
"""Signs that stand for any letters in a condition of a sheet."""
NAMES = ("ambition", "party", "fund", "crew", "limit", "work", "name")
"""Fields by which an entry of a list is called."""


def put_front(
    page: Worksheet, plan: Plan, listed: Sequence[tuple[str, str, int]], formats: Formats, *, lang: str
) -> None:
    """Write the sheet that explains the workbook.

    `listed` holds name, what it holds and number of rows of every other sheet.
    """
    city, years = plan.settings.city, plan.settings.years
    page.hide_gridlines(2)
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 100)
    page.set_column(2, 2, 12)
    page.set_row(0, 34)
    page.write_string(
        0,
        0,
        say("{city}: city programme {first}-{last}", lang, city=city.name, first=years.first, last=years.last),
        formats.title,
    )
    page.write_string(
        1,
        0,
        plan.viewer.banner(lang),
        formats.subtitle,
    )
    scope = scope_words(plan, lang)
    if scope:
        page.merge_range(2, 0, 2, 1, scope, formats.wrapped)
        page.set_row(2, 15 * (1 + len(scope) // LINE))
    line = _put_answer(page, 4 if scope else 3, plan, formats, lang)
    line = _put_hints(page, line + 1, plan, formats, lang)
    _put_list(page, line + 1, listed, formats, lang)
    page.set_portrait()
    page.set_paper(A4)
    page.fit_to_pages(1, 1)


ON_THE_FIRST_SHEET = (
    "investment_eur",
    "on_top_assumed_eur",
    "charged_eur",
    "uncovered_eur",
    "saving_eur",
    "own_saving_eur",
)
"""Figures of the account in one look; all stand on a sheet of their own."""


def _put_answer(page: Worksheet, line: int, plan: Plan, formats: Formats, lang: str) -> int:
    """Write the figures in one look; return the first free row."""
    found = answer(plan)
    gap = "–" if found.gap is None else number(100 * found.gap, lang, 2) + " %"
    rows = [
        (
            say("{part} of {whole}", lang, part=number(found.planned, lang), whole=number(found.works, lang)),
            many(found.planned, "work has a year", "works have a year", lang),
        ),
        *[(figure.text(lang), figure.called(lang)) for figure in map(plan.account.figure, ON_THE_FIRST_SHEET)],
        (
            many(found.openings, "{count} time", "{count} times", lang),
            say("a piece of street is opened", lang) + ", " + instead_of(found.apart, found.openings, lang),
        ),
        (number(found.undone, lang), many(found.undone, "work is left undone", "works are left undone", lang)),
        (gap, say("at most this far from the best programme (proven)", lang)),
        (
            number(found.faults, lang),
            many(found.faults, "fault found by the independent check", "faults found by the independent check", lang),
        ),
    ]
    page.write_string(line, 0, say("In one look", lang), formats.section)
    page.write_blank(line, 1, None, formats.section)
    for at, (figure, what) in enumerate(rows, start=line + 1):
        page.write_string(at, 0, figure, formats.figure)
        page.write_string(at, 1, what, formats.of["text"])
    return line + 1 + len(rows)


def _put_hints(page: Worksheet, line: int, plan: Plan, formats: Formats, lang: str) -> int:
    """Write how to read the workbook; return the first free row."""
    hints = [
        say("An empty cell means unknown. Unknown is never counted as zero.", lang),
        say("All amounts are without VAT, at the price level of {year}.", lang, year=plan.settings.city.price_year),
        say(
            "Hold the pointer over a heading to see what the column means. Every sheet can be filtered by its headings.",
            lang,
        ),
        say(
            "Sheets hold at most {count} rows; what is left out stands in the GeoPackage and the JSON.",
            lang,
            count=number(MOST_ROWS, lang),
        ),
        say(
            "Every other table stands in the workbook of the annexes (bijlagen); reports that name a sheet mean one of these two.",
            lang,
        ),
        say("Hash of the trace (SHA-256)", lang) + ": " + trace_hash(plan),
    ]
    page.write_string(line, 0, say("How to read this workbook", lang), formats.section)
    page.write_blank(line, 1, None, formats.section)
    for at, hint in enumerate(hints, start=line + 1):
        page.merge_range(at, 0, at, 1, hint, formats.wrapped)
    return line + 1 + len(hints)


def _put_list(page: Worksheet, line: int, listed: Sequence[tuple[str, str, int]], formats: Formats, lang: str) -> None:
    """Write a link to every sheet, with what it holds and its rows."""
    for at, text in enumerate((say("Sheet", lang), say("What it holds", lang), say("Rows", lang))):
        page.write_string(line, at, text, formats.heading)
    for at, (name, about, rows) in enumerate(listed, start=line + 1):
        page.write_url(at, 0, f"internal:'{name}'!A1", formats.link, name)
        page.write_string(at, 1, about, formats.wrapped)
        page.set_row(at, 15 * (1 + len(about) // LINE))
        page.write_number(at, 2, rows, formats.of["whole"])


def programme_sheet(plan: Plan, lang: str) -> Sheet:
    """Return the works in order of year; works left undone stand last, in grey."""
    rows = _rows(plan, lang)
    names = lists(plan, lang)
    columns = []
    for table, column in COLUMNS:
        key = f"{column}_{lang}" if column == "why" else column
        made = sheet_column(table, key, rows[column], names=names, lang=lang)
        columns.append(replace(made, note=say("streets that the work opens", lang)) if column == "streets" else made)
    places = {name: at + 2 for at, name in enumerate(plan.programme.bundles["bundle"])}
    target = sheet_name("programme.bundles", lang)
    links = [
        f"'{target}'!A{places[name]}" if isinstance(name, str) and name in places else None for name in rows["bundle"]
    ]
    return Sheet(
        say("Programme", lang),
        say("Every work with its year, money, streets and reason. Works left undone stand last, in grey.", lang),
        columns,
        len(rows),
        frozen=2,
        links={BUNDLE: links},
        grey_when_empty=0,
    )


def _rows(plan: Plan, lang: str) -> pd.DataFrame:
    """Return the joined rows."""
    works = pd.DataFrame(plan.context.works.drop(columns=["geometry", "cost_eur", "why_nl", "why_en"]))
    rows = plan.programme.plan.merge(works, on="work", how="left").merge(
        plan.weighing.ranking[["work", "rank", "board_rank", "must"]], on="work", how="left"
    )
    sections = pd.DataFrame(plan.context.sections[["section", "area"]]).dropna(subset=["area"])
    met = (
        plan.context.touches.merge(sections, on="section").groupby(["work", "area"]).size().rename("met").reset_index()
    )
    met = met.sort_values(["work", "met", "area"], ascending=[True, False, True])
    lies = met.drop_duplicates("work").set_index("work")["area"]
    names = purse_names(plan, lang)
    funds = plan.programme.payments.assign(name=lambda part: part["fund"].map(names).astype("str").fillna(part["fund"]))
    rows["area"] = rows["work"].map(lies)
    rows["streets"] = rows["work"].map(streets_of(plan.context))
    rows["fund"] = rows["work"].map(funds.drop_duplicates(["work", "name"]).groupby("work")["name"].agg(", ".join))
    rows["why"] = rows[f"why_{lang}"]
    return rows.sort_values(["year", "area", "name", "work"], ignore_index=True)


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
        name = WILD.sub(r"~\1", self.funds.loc[fund, "name"]).replace('"', '""')
        carries = self.funds.loc[fund, "carries_over"]
        if block == "spent_eur":
            columns = {name: xl_col_to_name(at) for name, at in places(PAYMENTS, self.lang).items()}
            span = {
                name: f"'{self.payments}'!${letter}$2:${letter}${MOST_ROWS + 1}" for name, letter in columns.items()
            }
            head = xl_rowcol_to_cell(self.row(block) - 1, FIRST + year, row_abs=True)
            return f'=SUMIFS({span["amount_eur"]},{span["fund"]},"{name}",{span["year"]},{head})'
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
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    _put_chart(book, page, grid)
    return page


def _grid(plan: Plan, lang: str) -> Grid:
    """Return what stands where."""
    money = plan.programme.money
    funds = money.drop_duplicates("fund")[["fund", "basis", "carries_over"]].reset_index(drop=True)
    funds = funds.assign(name=funds["fund"].map(purse_names(plan, lang)))
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


def figures_sheet(plan: Plan, lang: str) -> Sheet:
    """Return the key figures of this programme: value, range, unit, price level and source."""
    found = figures(plan, lang)
    columns = [
        SheetColumn(say("Figure", lang), "", "text", [name for name, _ in found]),
        SheetColumn(say("Value", lang), "", "number", [figure.value for _, figure in found]),
        SheetColumn(say("Unit", lang), "", "text", [say(figure.unit, lang) for _, figure in found]),
        SheetColumn(say("Lowest", lang), "", "number", [figure.low for _, figure in found]),
        SheetColumn(say("Highest", lang), "", "number", [figure.high for _, figure in found]),
        SheetColumn(say("Price level", lang), "", "year", [figure.price_year for _, figure in found]),
        SheetColumn(
            say("Basis", lang),
            say("measured, derived from a measurement, or assumed", lang),
            "text",
            [say(figure.basis, lang) for _, figure in found],
        ),
        SheetColumn(say("Source of the figure", lang), "", "text", [say(figure.source, lang) for _, figure in found]),
    ]
    return Sheet(
        say("Key figures", lang),
        say(
            "The figures that this programme counts with, each with its source. The city can replace each of them.",
            lang,
        ),
        columns,
        len(found),
    )


def settings_sheet(plan: Plan, lang: str) -> Sheet:
    """Return every setting with its key in koppelkans.toml."""
    rows = list(_flat(plan.settings.model_dump(), ""))
    columns = [
        SheetColumn(say("Setting", lang), say("key in koppelkans.toml", lang), "text", [key for key, _, _ in rows]),
        SheetColumn(say("Value", lang), "", "text", [value for _, value, _ in rows]),
        SheetColumn(say("Source", lang), "", "text", [say(source, lang) if source else None for _, _, source in rows]),
    ]
    return Sheet(
        say("Settings", lang), say("Every setting of this run, as in koppelkans.toml.", lang), columns, len(rows)
    )


def _flat(part: object, path: str) -> Iterator[tuple[str, str, str]]:
    """Yield key, value and source of every setting under a part; figures are one row."""
    if isinstance(part, Mapping):
        if set(Figure.model_fields) == set(part):
            level = f" ({part['price_year']})" if part["price_year"] else ""
            yield path, f"{part['value']:g} {part['unit']}{level}", str(part["source"])
            return
        for key, value in part.items():
            yield from _flat(value, f"{path}.{key}" if path else str(key))
    elif isinstance(part, list) and part and isinstance(part[0], Mapping):
        for at, entry in enumerate(part, start=1):
            yield from _flat(entry, f"{path}[{_called(entry, at)}]")
    elif part not in (None, "", []):
        yield path, ", ".join(str(value) for value in part) if isinstance(part, list) else str(part), ""


def _called(entry: Mapping[str, Any], at: int) -> str:
    """Return the name of an entry of a list, else its number."""
    return next((str(entry[name]) for name in NAMES if entry.get(name)), str(at))
