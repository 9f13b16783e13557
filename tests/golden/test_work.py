"""No step asks a tenth more work than the table says: rows, iterations, queries, files and bytes, which no clock disturbs."""

import tomllib

import pytest

from work_counts import CASES, TABLE, grown, written


@pytest.mark.parametrize("case", CASES)
def test_no_work_grows_by_a_tenth_without_a_word(case: str):
    held = tomllib.loads(TABLE.read_text(encoding="utf-8"))[case]
    now = CASES[case]()
    assert set(held) == set(now)
    assert not grown(held, now), "more work: make it less, or run `make work` and say why in the changelog"


def test_a_count_that_grows_or_is_new_is_named_and_one_that_shrinks_is_not():
    held = {"rows": 100, "queries": 10, "files": 0}
    assert grown(held, {"rows": 110, "queries": 5, "files": 0}) == {}
    assert grown(held, {"rows": 111, "files": 1, "bytes": 7}) == {"rows": (100, 111), "files": (0, 1), "bytes": (0, 7)}


def test_the_table_is_read_back_as_it_was_written():
    found = {"town": {"rows": 3, "bytes": 12}}
    assert tomllib.loads(written(found)) == found
