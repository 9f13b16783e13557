"""Live formulas: amounts that follow from others, worked out in the workbook. (nl: formules)."""

import re
from collections.abc import Mapping
from dataclasses import replace

from xlsxwriter.utility import xl_col_to_name

from koppelkans.ground.columns import BASIS_WORDS
from koppelkans.ground.words import say
from koppelkans.report.plan import Plan
from koppelkans.report.table import MOST_ROWS, Sheet, every_table, places, sheet_name, tables


def live_tables(plan: Plan, lang: str) -> dict[str, Sheet]:
    """Return a sheet per table with rows, by `room.table`, with its live formulas."""
    made = every_table(plan, lang)
    spoken = {code: say(word, lang) for code, word in BASIS_WORDS.items()}
    return {
        table: replace(
            sheet,
            formulas=formulas_of(
                table,
                places(tables()[table], lang),
                _neighbours(plan, table, lang),
                rows=sheet.rows,
                spoken=spoken,
                lang=lang,
            ),
        )
        for table, sheet in made.items()
    }


def _neighbours(plan: Plan, table: str, lang: str) -> dict[str, dict[str, int]]:
    """Return where the columns stand of every table of the same room whose sheet is whole."""
    room = getattr(plan, table.partition(".")[0])
    whole = [name for name in room.TABLES if 0 < len(getattr(room, name)) <= MOST_ROWS]
    return {name: places(room.TABLES[name], lang) for name in whole}


def formulas_of(
    table: str,
    places: Mapping[str, int],
    others: Mapping[str, Mapping[str, int]],
    *,
    rows: int,
    spoken: Mapping[str, str],
    lang: str,
) -> dict[int, list[str]]:
    """Return per column (counted from 0) the formula of every row.

    Nothing where a sheet that is looked at is not whole.

    Parameters
    ----------
    table
        `room.table`.
    places
        Column of each name on the sheet.
    others
        The same for the other tables of the room; those without a sheet, or with one that is cut off, are left out.
    rows
        Rows of the sheet.
    spoken
        What stands for each code of `basis`.
    lang
        Language of the names of sheets.
    """
    made = {}
    live = {name: column.live for name, column in tables()[table].columns.items() if column.live}
    for column, pattern in live.items():
        wanted = set(re.findall(r"\[(\w+)\.", pattern))
        if rows <= MOST_ROWS and wanted <= set(others):
            text = _fixed(pattern, table.partition(".")[0], others, spoken, lang)
            made[places[column]] = ["=" + _filled(text, places, row) for row in range(2, rows + 2)]
    return made


def _fixed(
    pattern: str, room: str, others: Mapping[str, Mapping[str, int]], spoken: Mapping[str, str], lang: str
) -> str:
    """Fill in what is the same in every row: columns of other sheets and words for codes."""

    def whole(found: re.Match[str]) -> str:
        """Return a whole column of another sheet."""
        letter = xl_col_to_name(others[found[1]][found[2]])
        return f"'{sheet_name(f'{room}.{found[1]}', lang)}'!${letter}$2:${letter}${MOST_ROWS + 1}"

    text = re.sub(r"\[(\w+)\.(\w+)\]", whole, pattern)
    return re.sub(r"<(\w+)>", lambda found: spoken.get(found[1], found[1]), text)


def _filled(text: str, places: Mapping[str, int], row: int) -> str:
    """Fill in the cells of one row, counted from 1 as on the sheet."""

    def cell(found: re.Match[str]) -> str:
        """Return the cell of a column in this row, or in the one above."""
        return f"{xl_col_to_name(places[found[2]])}{row - 1 if found[1] else row}"

    return re.sub(r"\{(\^?)(\w+)\}", cell, text)
