import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from koppelkans.ground.spreadsheet import BOOK_OPTIONS, as_meant, as_meant_in, tamed, write_csv

LIVE = [
    "=1+1",
    "+31 6 123",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1",
    "'=1",
    " =1",
    "- los",
    '=HYPERLINK("http://x")',
]
QUIET = ["-3", "+3,5", "-1.5e-3", "a=b", "'s-Gravenhage", "LINESTRING (0 1, -2 3)", "a - b", "2027-03-01", ""]
SEPARATORS = ";,|\t\r\n"


@pytest.mark.parametrize("text", LIVE)
def test_text_that_looks_like_a_formula_begins_with_an_apostrophe(text: str):
    assert tamed(text).startswith("'")


@pytest.mark.parametrize("text", QUIET)
def test_other_text_and_numbers_stay_as_they_are(text: str):
    assert tamed(text) == text


@given(st.text(alphabet="=+-@'＝ ab1.e)" + SEPARATORS, max_size=9))
def test_what_was_tamed_comes_back_and_no_piece_of_it_lives_whatever_separates(text: str):
    cell = tamed(text)
    assert as_meant(cell) == text
    for mark in SEPARATORS:
        for piece in cell.split(mark):
            assert not piece.lstrip(" ").startswith(("=", "@", "＝"))


def test_a_table_is_written_with_numbers_as_numbers_and_read_back_as_it_was(tmp_path: Path):
    frame = pd.DataFrame({"=naam": [*LIVE[:6], None], "bedrag": [-1, 2, 3, 4, 5, 6, 7], "deel": [-0.5] * 7})
    write_csv(frame, tmp_path / "a.csv", separator=";")
    text = (tmp_path / "a.csv").read_text()
    assert text.startswith("'=naam;bedrag;deel\n'=1+1;-1;-0.5\n")
    back = as_meant_in(pd.read_csv(tmp_path / "a.csv", sep=";", dtype={"'=naam": "str"}))
    pd.testing.assert_frame_equal(back, frame.astype({"=naam": "str"}))


def test_a_workbook_holds_no_formula_and_no_link_that_we_did_not_write(tmp_path: Path):
    with Workbook(tmp_path / "a.xlsx", BOOK_OPTIONS) as book:
        page = book.add_worksheet()
        for row, text in enumerate([*LIVE, "{=1}", "http://x.nl", "mailto:a@b.nl", "internal:x"]):
            page.write(row, 0, text)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as made:
        sheet = made.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
