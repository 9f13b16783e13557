import numpy as np
import pandas as pd
from shapely import Point

from koppelkans.context.reading.reader import Raw
from koppelkans.context.reading.troubles import MOST_TOLD, Trouble, lost, places, set_aside, tell

RAW = Raw(
    pd.DataFrame({"id": [f"r{n}" for n in range(100)], "row": 7}),
    np.arange(1, 101),
    100,
    geometry=np.array([Point(n, 0.123456) for n in range(100)], dtype=object),
)


def trouble(count: int, **more: object) -> Trouble:
    """Return the same fault in the first `count` rows."""
    return Trouble(np.arange(count), [f"v{n % 3}" for n in range(count)], "better", "id", **more)  # type: ignore[arg-type]


def test_the_first_rows_are_told_one_by_one_and_the_rest_is_counted():
    faults = tell([trouble(50)], RAW, "f.csv")
    assert len(faults) == MOST_TOLD + 1
    assert [fault.row for fault in faults[:2]] == [1, 2]
    assert faults[-1].found == "more rows like these: 30"
    assert faults[-1].row is None


def test_values_are_told_once_each_with_their_number():
    faults = tell([trouble(50, told="values")], RAW, "f.csv")
    assert [(str(fault.found), fault.row) for fault in faults] == [
        ("v0 in 17 rows", 1),
        ("v1 in 17 rows", 2),
        ("v2 in 16 rows", 3),
    ]


def test_many_different_values_are_cut_short():
    many = Trouble(np.arange(50), [f"v{n}" for n in range(50)], "better", "id", told="values")
    faults = tell([many], RAW, "f.csv")
    assert len(faults) == MOST_TOLD + 1
    assert faults[-1].found == "more values like these: 30"


def test_what_is_told_once_has_its_number_and_first_row():
    (fault,) = tell([trouble(50, told="once")], RAW, "f.csv")
    assert (fault.found, fault.row) == ("v0 in 50 rows", 1)
    (alone,) = tell([trouble(1, told="once")], RAW, "f.csv")
    assert alone.found == "v0"


def test_nothing_wrong_is_nothing_told():
    assert tell([trouble(0)], RAW, "f.csv") == ()
    assert len(set_aside([], RAW)) == 0
    assert lost([]).tolist() == []


def test_only_rows_that_are_not_kept_are_lost():
    assert lost([trouble(3), trouble(5, kept=True)]).tolist() == [0, 1, 2]


def test_all_rows_set_aside_can_be_found_again_each_once():
    rows = set_aside([trouble(50), Trouble(np.array([0, 60]), ["x", "y"], "worse", kept=True)], RAW)
    assert len(rows) == 51
    assert rows["row"].tolist() == [*range(1, 51), 61]
    assert rows["reason"].iloc[0] == "id: v0; wanted better; x; wanted worse"
    assert rows["kept"].tolist() == [False] * 50 + [True]
    assert rows["wkt"].iloc[0] == "POINT (0 0.123)"
    assert rows["row (file)"].tolist() == [7] * 51


def test_rows_that_the_reader_could_not_read_are_told_and_set_aside_too():
    lines = pd.DataFrame({"row": np.arange(1, 31), "found": "half a line", "wanted": "a line", "text": "abc"})
    raw = Raw(RAW.columns, RAW.rows, 130, aside=lines)
    faults = tell([], raw, "f.csv")
    assert len(faults) == MOST_TOLD + 1
    assert (faults[0].row, faults[0].found) == (1, "half a line")
    rows = set_aside([trouble(1)], raw)
    assert len(rows) == 31
    assert rows["text"].notna().sum() == 30


def test_the_member_of_an_archive_is_named():
    raw = Raw(RAW.columns, RAW.rows, 100, layers=np.array(["bgt_put.gml"] * 100, dtype=object))
    (fault,) = tell([trouble(1)], raw, "bgt.zip")
    assert fault.layer == "bgt_put.gml"
    assert set_aside([trouble(1)], raw)["layer"].tolist() == ["bgt_put.gml"]


def test_what_was_found_is_cut_to_one_line():
    (fault,) = tell([Trouble(np.array([0]), ["x" * 500], "less")], RAW, "f.csv")
    assert len(fault.found) == 80


def test_positions_are_those_of_the_index():
    assert places(pd.Series([True, False, True], index=[4, 7, 9])).tolist() == [4, 9]
