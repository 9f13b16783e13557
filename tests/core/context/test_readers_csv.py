import time
from pathlib import Path

import pytest

from koppelkans.context.readers.csv import CSV
from koppelkans.context.reading.reader import Raw
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source


def read(folder: Path, content: bytes | str, **more: str) -> Raw:
    """Return what is read from this content."""
    path = folder / "a.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    assert CSV.fits(path)
    return CSV.read(path, Source.model_validate({"name": "a", "role": "table", "path": "a.csv", **more}))


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_the_separator_is_found_out(tmp_path: Path, mark: str):
    raw = read(tmp_path, f"a{mark}b\n1{mark}2\n")
    assert raw.columns.to_dict("list") == {"a": ["1"], "b": ["2"]}


@pytest.mark.parametrize(
    ("above", "told"),
    [
        ("", []),
        ("Begroting 2027, riool, wegen\n\n", ["1 rows above the column names"]),
        ("Programma;;\nBedragen x € 1.000;;\n", ["2 rows above the column names", "above the column names: Bedragen x € 1.000"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_titles_above_the_column_names_are_skipped_and_told_whatever_ends_a_line(
    tmp_path: Path, above: str, told: list[str], end: str
):
    raw = read(tmp_path, f"{above}a;b;c\n1;2;3\n4;5;6\n".replace("\n", end).encode())
    assert raw.columns.to_dict("list") == {"a": ["1", "4"], "b": ["2", "5"], "c": ["3", "6"]}
    assert [str(fault.found) for fault in raw.faults] == told


def test_the_separator_may_be_set(tmp_path: Path):
    assert list(read(tmp_path, "a;b,c\n1;2,3\n", delimiter=",").columns.columns) == ["a;b", "c"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_is_found_out(tmp_path: Path, encoding: str):
    raw = read(tmp_path, "naam\nCafé Zeeën\n".encode(encoding))
    assert raw.columns["naam"].tolist() == ["Café Zeeën"]
    assert not raw.faults


def test_letters_of_windows_are_read_and_told(tmp_path: Path):
    raw = read(tmp_path, "naam\ngewoon\nCafé\n".encode("cp1252"))
    assert raw.columns["naam"].tolist() == ["gewoon", "Café"]
    (fault,) = raw.faults
    assert fault.row == 2


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman", "cp1252"])
def test_letters_of_older_programs_are_found_out_and_told(tmp_path: Path, encoding: str):
    raw = read(tmp_path, "naam\nCoöperatieplein\nZeeënstraat\nCafé\n".encode(encoding))
    assert raw.columns["naam"].tolist() == ["Coöperatieplein", "Zeeënstraat", "Café"]
    assert str(raw.faults[0].wanted).endswith(encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_letters_need_no_mark(tmp_path: Path, encoding: str):
    path = tmp_path / "a.csv"
    path.write_bytes("naam;jaar\nDorpsstraat;2028\nKerkstraat;2029\n".encode(encoding))
    raw = CSV.read(path, Source(name="a", role="table", path="a.csv"))
    assert raw.columns["naam"].tolist() == ["Dorpsstraat", "Kerkstraat"]


@pytest.mark.parametrize("above", ["Meerjarenprogramma;2026;\nAfdeling;Stad;\n;;\n", "Werk;;Geld\n", ";2026;\n"])
def test_the_line_with_the_names_of_the_settings_is_the_header(tmp_path: Path, above: str):
    path = tmp_path / "a.csv"
    path.write_text(f"{above}Nr;Straat;Raming\nP1;Dorp;10\nNr;Straat;Raming\n", encoding="utf-8")
    source = Source.model_validate(
        {"name": "a", "role": "works", "path": "a.csv", "columns": {"work": "nr", "cost_eur": "Raming"}}
    )
    raw = CSV.read(path, source)
    assert list(raw.columns.columns) == ["Nr", "Straat", "Raming"]
    assert raw.columns["Nr"].tolist() == ["P1", "Nr"]
    assert "column names" in str(raw.faults[0].found)


def test_units_under_the_column_names_are_read_and_are_no_row(tmp_path: Path):
    raw = read(tmp_path, "Nr;Planning;Raming\n;jaar;x € 1.000\nP1;2028;10\nP2;2029;20\n")
    assert raw.columns["Nr"].tolist() == ["P1", "P2"]
    assert (raw.rows.tolist(), raw.total) == ([2, 3], 2)
    assert raw.units == {"Planning": "jaar", "Raming": "x € 1.000"}
    assert "x € 1.000" in str(raw.faults[0].found)
    assert read(tmp_path, "Nr;Planning\nm;2028\nst;2029\n").units == {}


def test_one_line_in_other_letters_does_not_spoil_the_rest(tmp_path: Path):
    raw = read(tmp_path, "naam\nZeeën\n".encode() + "Café\n".encode("cp1252"))
    assert raw.columns["naam"].tolist() == ["Zeeën", "Café"]


def test_an_encoding_may_be_set_and_must_exist(tmp_path: Path):
    assert read(tmp_path, "naam\nCafé\n".encode("latin-1"), encoding="latin-1").columns["naam"].tolist() == ["Café"]
    with pytest.raises(InputError, match="encoding such as utf-8"):
        read(tmp_path, "naam\nx\n", encoding="klingon")


def test_a_line_with_too_many_or_too_few_fields_is_set_aside_with_its_text(tmp_path: Path):
    raw = read(tmp_path, "a;b\n1;2\n3;4;5\n\n6\n7;8")
    assert raw.columns["a"].tolist() == ["1", "7"]
    assert raw.rows.tolist() == [1, 4]
    assert raw.total == 4
    assert raw.aside["row"].tolist() == [2, 3]
    assert raw.aside["text"].tolist() == ["3;4;5", "6"]
    assert raw.aside["found"].tolist() == ["fields: 3 instead of 2", "fields: 1 instead of 2"]


@pytest.mark.parametrize("line", ['3;"4', '"3;4', '"3;4"x"'])
def test_a_quote_that_is_not_closed_takes_only_its_own_line(tmp_path: Path, line: str):
    raw = read(tmp_path, f"a;b\n1;2\n{line}\n5;6\n7;8\n")
    assert raw.columns["a"].tolist() == ["1", "5", "7"]
    assert raw.rows.tolist() == [1, 3, 4]
    assert raw.aside["row"].tolist() == [2]


def test_bad_lines_of_both_kinds_keep_their_row_numbers(tmp_path: Path):
    raw = read(tmp_path, 'a;b\n1;2;9\n3;"4\n5;6\n7;"8\n9;10\n11\n12;13\n')
    assert raw.rows.tolist() == [3, 5, 7]
    assert raw.aside["row"].tolist() == [1, 2, 4, 6]


def test_quotes_that_belong_there_are_no_fault(tmp_path: Path):
    raw = read(tmp_path, 'a;b\n1;"een\nlange\nnotitie"\n2;12" buis\n3;"zeg ""ja"""\n')
    assert raw.columns["b"].tolist() == ["een\nlange\nnotitie", '12" buis', 'zeg "ja"']
    assert len(raw.aside) == 0


def test_every_column_has_one_name(tmp_path: Path):
    raw = read(tmp_path, "a;;a\n1;2;3\n")
    assert list(raw.columns.columns) == ["a", "column_2", "a_3"]
    (fault,) = raw.faults
    assert fault.column == "a"


def test_a_file_with_only_names_has_no_rows(tmp_path: Path):
    for text in ("a;b", "a;b\n", "\n\na;b\r\n\r\n"):
        raw = read(tmp_path, text)
        assert list(raw.columns.columns) == ["a", "b"]
        assert raw.total == 0


def test_a_file_that_is_no_text_or_has_nothing_in_it_is_no_csv(tmp_path: Path):
    for content in (b"\x00\x01\x02", b"\n \n"):
        (tmp_path / "b.csv").write_bytes(content)
        assert not CSV.fits(tmp_path / "b.csv")


def test_a_line_without_end_is_told(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be opened"):
        read(tmp_path, b"a;b\n1;" + b"x" * (3 * 2**24) + b"\n" + b"2;3\n")


def test_a_million_lines_with_one_bad_one_are_read_in_seconds(tmp_path: Path):
    line = "a{n};gemeente;sewer_gravity;1965;300;{n}.5;400000\n"
    text = "id;owner;kind;year;diameter;x;y\n" + "".join(line.format(n=n) for n in range(500_000)) + "bad\n" + "".join(line.format(n=n) for n in range(500_000, 999_999))  # fmt: skip
    began = time.process_time()
    raw = read(tmp_path, text)
    seconds = time.process_time() - began
    assert len(raw.columns) == 999_999
    assert raw.aside["row"].tolist() == [500_001]
    assert seconds < 5


@pytest.mark.parametrize("delimiter", ["ab", "→", '"', "\n"])
def test_a_separator_that_is_none_is_told(tmp_path: Path, delimiter: str):
    with pytest.raises(InputError) as caught:
        read(tmp_path, "a;b\n1;2\n", delimiter=delimiter)
    assert caught.value.faults[0].column == "delimiter"


@pytest.mark.parametrize("encoding", ["idna", "undefined", "rot13", "hex", "x\0y", "niets"])
def test_an_encoding_that_is_none_of_texts_is_told(tmp_path: Path, encoding: str):
    with pytest.raises(InputError) as caught:
        read(tmp_path, b"a;b\n1;\xe9..\n", encoding=encoding)
    assert caught.value.faults[0].column == "encoding"


def test_a_first_line_that_tells_a_spreadsheet_the_separator_is_none_of_the_rows(tmp_path: Path):
    raw = read(tmp_path, "sep=;\r\na;b,c\r\n1;2,5\r\n")
    assert raw.columns.to_dict("list") == {"a": ["1"], "b,c": ["2,5"]}


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
def test_a_line_break_in_a_column_name_is_a_space(tmp_path: Path, break_: str):
    raw = read(tmp_path, f'"Nr";"Van{break_}(jaar)";Tot{break_}P1;2028;2029{break_}P2;2030;2031{break_}')
    assert list(raw.columns.columns) == ["Nr", "Van (jaar)", "Tot"]
    assert raw.columns["Tot"].tolist() == ["2029", "2031"]
    assert raw.rows.tolist() == [1, 2]


def test_empty_fields_beyond_the_column_names_go_and_filled_ones_are_told(tmp_path: Path):
    raw = read(tmp_path, "a;b\n1;2;\n3;4\n5;6;;\n7;8;9\n")
    assert raw.columns.to_dict("list") == {"a": ["1", "3", "5"], "b": ["2", "4", "6"]}
    assert raw.aside["row"].tolist() == [4]


def test_last_fields_that_every_line_lacks_are_empty_and_one_shorter_line_is_told(tmp_path: Path):
    raw = read(tmp_path, "a;b;c\n1;2\n3;4\n")
    assert raw.columns.to_dict("list") == {"a": ["1", "3"], "b": ["2", "4"], "c": ["", ""]}
    assert read(tmp_path, "a;b;c\n1;2\n3;4;5\n").aside["row"].tolist() == [1]
