"""The first sheet: the answer in one look, how to read the workbook, and a way to every sheet. (nl: blad Uitleg)."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from koppelkans.ground.words import euros, number, say
from koppelkans.report.answer import answer, trace_hash
from koppelkans.report.book.sheet import Formats
from koppelkans.report.names import many
from koppelkans.report.plan import Plan
from koppelkans.report.table import MOST_ROWS

LINE = 105
"""Letters that fit on a line of the second column."""


def put_front(
    page: Worksheet, plan: Plan, listed: Sequence[tuple[str, str, int]], formats: Formats, *, lang: str
) -> None:
    """Write the sheet. `listed` holds name, what it holds and number of rows of every other sheet."""
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
        say(
            "Workbook of the programming room. For internal use: it also holds what other parties do not share with everyone.",
            lang,
        ),
        formats.subtitle,
    )
    line = _put_answer(page, 3, plan, formats, lang)
    line = _put_hints(page, line + 1, plan, formats, lang)
    _put_list(page, line + 1, listed, formats, lang)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _put_answer(page: Worksheet, line: int, plan: Plan, formats: Formats, lang: str) -> int:
    """Write the figures in one look; return the first free row."""
    found = answer(plan)
    gap = "–" if found.gap is None else number(100 * found.gap, lang, 2) + " %"
    rows = [
        (
            say("{part} of {whole}", lang, part=number(found.planned, lang), whole=number(found.works, lang)),
            many(found.planned, "work has a year", "works have a year", lang),
        ),
        (euros(found.cost_eur, lang), say("cost of these works, without opening", lang)),
        (
            many(found.openings, "{count} time", "{count} times", lang),
            say("a piece of street is opened", lang)
            + ", "
            + many(
                found.apart,
                "instead of once, if each work came alone",
                "instead of {count} times, if each work came alone",
                lang,
            ),
        ),
        (euros(found.saving_eur, lang), say("saved by opening once", lang)),
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
        say("All amounts are at the price level of {year}.", lang, year=plan.settings.city.price_year),
        say(
            "Hold the pointer over a heading to see what the column means. Every sheet can be filtered by its headings.",
            lang,
        ),
        say(
            "Sheets hold at most {count} rows; what is left out stands in the GeoPackage and the JSON.",
            lang,
            count=number(MOST_ROWS, lang),
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
