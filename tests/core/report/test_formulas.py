import re
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

import hamlet
import hamlet_plan
from koppelkans.report.book.formulas import formulas_of
from koppelkans.report.forms import workbook
from koppelkans.report.table import MOST_ROWS, lists, tables, words_of

DUCTS = {
    "facility": "buizen", "cost_eur": 10_000, "sections": ["S2"], "lender": "gemeente", "last_year": 2036,
    "users": [{"user": "gas", "places": 2, "year": 2033}],
}  # fmt: skip
PURSES = [
    {"fund": "rioolheffing", "budget_eur": 20_000},
    {"fund": "krediet", "sort": "krediet", "kinds": ["paving"], "budget_eur": 5_000, "planned": False},
]
PLAN = hamlet_plan.plan(hamlet.settings(funds=PURSES, appraisal={"financing": {"facilities": [DUCTS]}}))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workbook, Workbook]:
    """Return the workbook with its formulas, and with what they come to."""
    (path,) = workbook.write(PLAN, Path(tmp_path_factory.mktemp("book")), "nl")
    return load_workbook(path), load_workbook(path, data_only=True)


def test_every_column_of_a_formula_exists():
    every = tables()
    for table, schema in every.items():
        for column in schema.columns.values():
            assert set(re.findall(r"\{\^?(\w+)\}", column.live)) <= set(schema.columns)
            for other, name in re.findall(r"\[(\w+)\.(\w+)\]", column.live):
                assert name in every[f"{table.partition('.')[0]}.{other}"].columns


def test_a_row_is_worked_out_from_its_own_cells():
    made = formulas_of(
        "financing.transfers", {"gain_eur": 1, "transfer_eur": 2, "after_eur": 3}, {}, rows=2, spoken={}, lang="nl"
    )
    assert made == {3: ["=B2+C2", "=B3+C3"]}


def test_a_sum_over_another_sheet_is_left_out_where_that_sheet_is_cut_off():
    held = {"fund": 0, "used_eur": 1}
    assert formulas_of("financing.purses", held, {}, rows=1, spoken={}, lang="nl") == {}
    live = formulas_of("financing.purses", held, {"mix": {"amount_eur": 6, "fund": 2}}, rows=1, spoken={}, lang="nl")
    last = MOST_ROWS + 1
    assert live == {1: [f"=SUMIFS('Financieringsmix'!$G$2:$G${last},'Financieringsmix'!$C$2:$C${last},A2)"]}


def test_a_table_without_formulas_has_none():
    assert formulas_of("context.works", {}, {}, rows=3, spoken={}, lang="nl") == {}


def test_the_sheet_of_the_loan_is_live_and_shows_what_it_comes_to(books: tuple[Workbook, Workbook]):
    live, shown = (book["Voorfinanciering per jaar"] for book in books)
    heads = [cell.value for cell in live[1]]
    at = {
        name: heads.index(name) + 1
        for name in ("Jaar", "Stand begin", "Voorschot", "Rente (€)", "Terugbetaald", "Stand eind")
    }
    for row in range(2, live.max_row + 1):
        assert str(live.cell(row, at["Stand eind"]).value).startswith("=")
        begin, more, interest, back, end = (shown.cell(row, at[name]).value for name in list(at)[1:])
        assert begin + more + interest - back == end


def test_the_gap_is_what_is_to_be_paid_less_what_is_covered(books: tuple[Workbook, Workbook]):
    live, shown = (book["Dekking en gaten"] for book in books)
    heads = [cell.value for cell in live[1]]
    wanted, given, assumed, gap = (
        heads.index(name) + 1 for name in ("Te betalen", "Uit gegeven geld", "Uit aangenomen geld", "Gat")
    )
    rows = [[shown.cell(row, at).value for at in (wanted, given, assumed, gap)] for row in range(2, shown.max_row + 1)]
    assert all(row[0] - row[1] - row[2] == row[3] for row in rows)
    # the sewer charge saved 4 x 20,000 by 2030 and has 96,667 to pay
    assert 16_667 in [row[3] for row in rows]
    assert str(live.cell(2, given).value).startswith("=SUMIFS('Financieringsmix'!")


def test_codes_of_financing_are_told_in_words():
    names = lists(PLAN, "nl")

    def told(table: str, column: str, code: str) -> str:
        """Return what stands for a code."""
        declared = tables()[f"financing.{table}"].columns[column]
        return words_of(declared, pd.Series([code]), names=names, lang="nl")[code]

    assert told("coverage", "reason", "deadline") == "de einddatum van een subsidie is voorbij"
    assert told("holders", "holder", "residents") == "bewoners"
    assert told("fits", "key", "renewal").startswith("upgrade")
