"""Live formulas of sheets: amounts that follow from others are worked out in the workbook, so that a controller can follow them. (nl: formules)."""

import re
from collections.abc import Mapping

from xlsxwriter.utility import xl_col_to_name

from koppelkans.report.book.sheet import MOST_ROWS
from koppelkans.report.labels import sheet_name

FORMULAS: Mapping[str, Mapping[str, str]] = {
    "financing.holders": {"net_eur": "{cost_eur}+{benefit_eur}"},
    "financing.bargains": {"missing_eur": "MAX(0,-{total_eur})"},
    "financing.transfers": {"after_eur": "{gain_eur}+{transfer_eur}"},
    "financing.purses": {"used_eur": "SUMIFS([mix.amount_eur],[mix.fund],{fund})"},
    "financing.coverage": {
        "given_eur": 'SUMIFS([mix.amount_eur],[mix.work],{work},[mix.basis],"<given>")',
        "assumed_eur": 'SUMIFS([mix.amount_eur],[mix.work],{work},[mix.basis],"<assumed>")',
        "gap_eur": 'IF({wanted_eur}="","",{wanted_eur}-{given_eur}-{assumed_eur})',
        "wanted_eur": 'IF({cost_eur}="","",{cost_eur}+{opening_eur})',
    },
    "financing.charges": {
        "opening_eur": "IF({^fund}={fund},{^closing_eur},0)",
        "charge_eur": "{interest_eur}+{depreciation_eur}",
        "closing_eur": "{opening_eur}+{added_eur}-{depreciation_eur}",
    },
    "financing.loans": {"advanced_eur": "{cost_eur}-{subsidy_eur}"},
    "financing.advances": {
        "opening_eur": "IF(AND({^facility}={facility},{^uptake}={uptake}),{^closing_eur},0)",
        "interest_eur": "ROUND({opening_eur}*SUMIFS([loans.interest],[loans.facility],{facility}),0)",
        "repayment_eur": "SUMIFS([repayments.amount_eur],[repayments.facility],{facility},[repayments.uptake],{uptake},[repayments.year],{year})",
        "closing_eur": "{opening_eur}+{advance_eur}+{interest_eur}-{repayment_eur}",
    },
}
"""Per table and column: `{column}` is the cell in the same row, `{^column}` the one above, `[table.column]` a whole column of a table of the same room, `<code>` what stands for a code of `basis`."""


def formulas_of(
    table: str,
    places: Mapping[str, int],
    others: Mapping[str, Mapping[str, int]],
    *,
    rows: int,
    spoken: Mapping[str, str],
    lang: str,
) -> dict[int, list[str]]:
    """Return per column (counted from 0) the formula of every row; nothing where a sheet that is looked at is not whole.

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
    for column, pattern in FORMULAS.get(table, {}).items():
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
