import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.styles import Font

from koppelkans.context.readers.xlsx import XLSX
from koppelkans.context.reading.reader import Raw
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source


def read(path: Path, **more: str) -> Raw:
    """Return what is read from a workbook."""
    return XLSX.read(path, Source.model_validate({"name": "a", "role": "table", "path": path.name, **more}))


def book(folder: Path, *lines: list[object], sheets: tuple[str, ...] = ("Blad1",)) -> Path:
    """Write a workbook with these lines on its first sheet."""
    made = Workbook()
    made.active.title = sheets[0]
    for line in lines:
        made.active.append(line)
    for name in sheets[1:]:
        made.create_sheet(name)
    path = folder / "a.xlsx"
    made.save(path)
    return path


def test_numbers_stay_numbers_and_texts_texts(tmp_path: Path):
    path = book(tmp_path, ["id", "lengte", "code", "datum"], [1, 2.5, "007", date(2028, 3, 1)], [2, "12,5", "x", None])
    raw = read(path)
    assert XLSX.fits(path)
    assert raw.columns["id"].tolist() == [1, 2]
    assert raw.columns["lengte"].tolist() == [2.5, "12,5"]
    assert raw.columns["code"].tolist() == ["007", "x"]
    assert raw.columns["datum"].tolist()[0] == "2028-03-01"


def test_rows_count_from_the_first_below_the_names_and_empty_ones_are_skipped(tmp_path: Path):
    raw = read(book(tmp_path, [None], ["id"], [1], [None], [3]))
    assert raw.rows.tolist() == [1, 3]
    assert raw.total == 2


def test_a_column_without_a_name_or_with_one_that_is_taken_gets_its_own(tmp_path: Path):
    assert list(read(book(tmp_path, ["a", None, "a"], [1, 2, 3])).columns.columns) == ["a", "column_2", "a_3"]


def test_rows_that_are_hidden_or_struck_through_are_read_and_told(tmp_path: Path):
    path = book(tmp_path, ["id", "naam"], [1, "a"], [2, "b"], [3, "c"])
    made = load_workbook(path)
    made.active.row_dimensions[3].hidden = True
    for cell in made.active[4]:
        cell.font = Font(strike=True)
    made.save(path)
    raw = read(path)
    assert raw.columns["id"].tolist() == [1, 2, 3]
    assert [str(fault.found) for fault in raw.faults] == ["1 hidden rows", "1 rows that are struck through"]


def test_units_under_the_column_names_are_no_row(tmp_path: Path):
    raw = read(book(tmp_path, ["Nr", "Lengte", "Raming"], [None, "(km)", "k€"], ["P1", 1.2, 10]))
    assert (raw.columns["Nr"].tolist(), raw.rows.tolist(), raw.total) == (["P1"], [2], 1)
    assert raw.units == {"Lengte": "(km)", "Raming": "k€"}


def test_a_row_may_be_shorter_or_longer_than_the_names(tmp_path: Path):
    raw = read(book(tmp_path, ["a", "b"], [1], [1, 2, 3]))
    assert raw.columns["b"].isna().tolist() == [True, False]
    assert list(raw.columns.columns) == ["a", "b"]


def test_what_a_formula_could_not_work_out_is_unknown(tmp_path: Path):
    assert read(book(tmp_path, ["a", "b"], ["#N/A", 1], ["#DEEL/0!", 2])).columns["a"].isna().all()


def test_a_sheet_must_be_named_where_there_are_more(tmp_path: Path):
    path = book(tmp_path, ["a"], [1], sheets=("Data", "Uitleg"))
    with pytest.raises(InputError, match="2 sheets") as caught:
        read(path)
    assert "Data, Uitleg" in caught.value.faults[0].wanted
    assert read(path, layer="Data").total == 1
    with pytest.raises(InputError, match="no such sheet"):
        read(path, layer="Weg")


def test_an_empty_sheet_is_told(tmp_path: Path):
    with pytest.raises(InputError, match="empty sheet"):
        read(book(tmp_path))


def test_a_workbook_that_is_damaged_or_a_bomb_is_told(tmp_path: Path):
    path = book(tmp_path, ["a"], [1])
    path.write_bytes(path.read_bytes()[:800])
    with pytest.raises(InputError, match="damaged"):
        read(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)
    with pytest.raises(InputError, match="unpacks to"):
        read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(InputError, match="cannot be opened"):
        read(path)


def test_a_sheet_that_breaks_off_is_told(tmp_path: Path):
    whole = book(tmp_path, ["a"], [1], [2])
    with zipfile.ZipFile(whole) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = members[sheet][: len(members[sheet]) // 2]
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(InputError, match="cannot be opened"):
        read(tmp_path / "b.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_with_a_doctype_is_told(tmp_path: Path, encoding: str):
    Workbook().save(tmp_path / "a.xlsx")
    bomb = '<?xml version="1.0" encoding="{}"?>\n{}<!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as made:
        made.writestr("xl/more.xml", bomb.format(encoding, f"<!--{'x' * 9_000}-->").encode(encoding))
    with pytest.raises(InputError, match="DOCTYPE") as caught:
        XLSX.read(tmp_path / "a.xlsx", Source(name="a", role="table", path="a.xlsx"))
    assert caught.value.faults[0].layer == "xl/more.xml"


def test_the_row_with_the_names_of_the_settings_holds_the_column_names(tmp_path: Path):
    path = book(tmp_path, ["Programma 2027"], ["van de afdeling"], ["Nr", "Straat"], ["P1", "Kerkstraat"])
    source = Source.model_validate(
        {"name": "a", "role": "table", "path": path.name, "columns": {"work": "nr", "name": "Straat"}}
    )
    raw = XLSX.read(path, source)
    assert raw.columns.to_dict("list") == {"Nr": ["P1"], "Straat": ["Kerkstraat"]}
    assert raw.rows.tolist() == [1]
    assert [str(fault.found) for fault in raw.faults] == ["2 rows above the column names"]


def test_what_amounts_are_in_is_told_where_it_stands_above_the_column_names(tmp_path: Path):
    path = book(tmp_path, ["Bedragen x € 1.000"], ["Nr", "Raming"], ["P1", 12])
    source = Source.model_validate({"name": "a", "role": "table", "path": path.name, "columns": {"work": "Nr"}})
    _, told = XLSX.read(path, source).faults
    assert str(told.found) == "above the column names: Bedragen x € 1.000"
    assert 'units = { cost_eur = "x € 1.000" }' in str(told.wanted)


def test_two_columns_with_one_name_are_told(tmp_path: Path):
    (fault,) = read(book(tmp_path, ["Raming", "Raming"], [1, 2])).faults
    assert (fault.column, str(fault.wanted)) == ("Raming", "one; the second is called Raming_2")


def test_a_year_in_a_cell_laid_out_as_a_date_is_the_year_that_was_typed(tmp_path: Path):
    typed = [date(1899, 12, 30) + timedelta(days=year) for year in (1985, 2012)]
    raw = read(book(tmp_path, ["aanleg", "gelegd"], [typed[0], date(1905, 6, 1)], [typed[1], date(1985, 6, 1)]))
    assert raw.columns["aanleg"].tolist() == [1985, 2012]
    assert raw.columns["gelegd"].tolist() == ["1905-06-01", "1985-06-01"]
    assert [fault.column for fault in raw.faults] == ["aanleg"]


def rewritten(path: Path, part: str, old: str, new: str) -> Path:
    """Return the workbook with a piece of one of its parts replaced, as another program would have written it."""
    made = path.with_name("b.xlsx")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(made, "w") as other:
        for name in archive.namelist():
            text = archive.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            other.writestr(name, text)
    return made


def test_a_sheet_with_a_chart_alone_is_no_sheet_to_choose(tmp_path: Path):
    made = Workbook()
    made.active.append(["id"])
    made.active.append([1])
    made.create_chartsheet("Grafiek").add_chart(BarChart())
    made.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").columns["id"].tolist() == [1]


def test_odd_styles_do_not_matter(tmp_path: Path):
    path = book(tmp_path, ["id"], [1])
    odd = rewritten(path, "xl/styles.xml", '<fill><patternFill patternType="gray125"/></fill>', "<fill/>")
    assert read(odd).columns["id"].tolist() == [1]


def test_a_workbook_saved_as_strict_open_xml_is_read(tmp_path: Path):
    usual, strict = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    path = rewritten(book(tmp_path, ["id", "naam"], [1, "x"]), "xl/workbook.xml", usual, strict)
    made = rewritten(path.rename(tmp_path / "c.xlsx"), "xl/worksheets/sheet1.xml", usual, strict)
    assert read(made).columns.to_dict("list") == {"id": [1], "naam": ["x"]}


def test_cells_merged_downwards_hold_for_each_row_and_are_told(tmp_path: Path):
    made = Workbook()
    sheet = made.active
    for line in (
        ["nr", "project", "jaar"],
        ["P1", "Centrum", 2029],
        ["P2", None, None],
        ["P3", None, None],
        ["P4", "Rand", 2031],
    ):
        sheet.append(line)
    for merged in ("B2:B4", "C2:C4"):
        sheet.merge_cells(merged)
    sheet.merge_cells("A6:A9")
    made.save(tmp_path / "a.xlsx")
    raw = read(tmp_path / "a.xlsx")
    assert raw.columns["project"].tolist() == ["Centrum", "Centrum", "Centrum", "Rand"]
    assert raw.columns["jaar"].tolist() == [2029, 2029, 2029, 2031]
    assert [(fault.column, str(fault.found)) for fault in raw.faults] == [
        ("project", "merged cells"),
        ("jaar", "merged cells"),
    ]


def test_formulas_without_an_outcome_are_told_per_column(tmp_path: Path):
    raw = read(book(tmp_path, ["id", "raming"], [1, "=2*3"], [2, "=A3"], [3, 7]))
    assert raw.columns["raming"].tolist()[2] == 7
    (fault,) = raw.faults
    assert (fault.column, str(fault.found)) == ("raming", "2 formulas without an outcome")


@pytest.mark.parametrize("far", ["XFD1", "XFD1048576", "BZZ200000"])
def test_a_cell_far_from_the_rest_is_told_and_fills_no_memory(tmp_path: Path, far: str):
    path = book(tmp_path, ["id"], *[[at] for at in range(2_000)])
    made = rewritten(path, "xl/worksheets/sheet1.xml", 'r="A2000"', f'r="{far}"')
    with pytest.raises(InputError, match="a sheet of"):
        read(made)


@pytest.mark.parametrize("nowhere", ["ZZZZZZ1", "XFE1", "A1048577", "A0", "7", "A99999999999", "é1"])
def test_a_cell_where_no_sheet_reaches_is_told(tmp_path: Path, nowhere: str):
    made = rewritten(book(tmp_path, ["id"], [1]), "xl/worksheets/sheet1.xml", 'r="A2"', f'r="{nowhere}"')
    with pytest.raises(InputError, match="cannot be opened"):
        read(made)


def test_a_cell_in_the_last_row_of_all_is_read(tmp_path: Path):
    path = book(tmp_path, ["id"], [1], [2])
    raw = read(rewritten(path, "xl/worksheets/sheet1.xml", '<row r="3"><c r="A3"', '<row r="1048576"><c r="A1048576"'))
    assert raw.rows.tolist() == [1, 1_048_575]
