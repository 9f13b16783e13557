import pandas as pd
import pytest

from koppelkans.context.reading.quantities import numbers
from koppelkans.context.reading.texts import texts, yes_or_no
from koppelkans.context.reading.years import periods, years


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("300", 300.0),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1_234_567.0),
        ("1,234,567", 1_234_567.0),
        ("€ 12.300,-", 12_300.0),
        ("EUR 5", 5.0),
        ("1 200", 1200.0),
        ("-5", -5.0),
        ("1e3", 1000.0),
    ],
)
def test_a_number_is_read_as_people_write_it(written: str, meant: float):
    found, wrong = numbers(pd.Series([written, None]))
    assert found[0] == meant
    assert not wrong.any()


@pytest.mark.parametrize("written", ["circa 300", "300 mm", "inf", "- 3 -"])
def test_what_is_no_number_is_unknown_and_flagged(written: str):
    found, wrong = numbers(pd.Series(["1", written]))
    assert found.isna().tolist() == [False, True]
    assert wrong.tolist() == [False, True]


@pytest.mark.parametrize("written", ["-", " $\t-   ", "€ -", "\u2013"])
def test_a_dash_where_no_amount_stands_is_unknown_and_no_fault(written: str):
    found, wrong = numbers(pd.Series(["1", written]))
    assert found.isna().tolist() == [False, True]
    assert not wrong.any()


def test_a_dot_before_three_digits_stands_between_thousands_only_in_money():
    assert numbers(pd.Series(["12.300"]), money=True)[0][0] == 12_300
    assert numbers(pd.Series(["12.300"]))[0][0] == 12.3
    # A spreadsheet hands on a number as a number: nothing to guess.
    assert numbers(pd.Series([12.345, "€ 5"], dtype=object), money=True)[0].tolist() == [12.345, 5.0]


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("1965", 1965),
        ("1965.0", 1965),
        ("2028-03-01", 2028),
        ("1-5-1970", 1970),
        ("20280301", 2028),
        ("2028-03-01T01:01:01+01:00", 2028),
        (1988, 1988),
    ],
)
def test_a_year_is_read_from_a_year_a_date_and_a_moment(written: object, year: int):
    assert years(pd.Series([written], dtype=object))[0].tolist() == [year]


@pytest.mark.parametrize("written", ["0", "0001-01-01", "1700-01-01", "1800", "1900", "4000-01-01", "9999-12-31"])
def test_a_year_that_stands_for_unknown_is_unknown_and_no_slip(written: str):
    found, sentinel, wrong = years(pd.Series([written]))
    assert found.isna().all()
    assert sentinel.all()
    assert not wrong.any()


@pytest.mark.parametrize("written", ["ooit", "1965.5", "65", "3021"])
def test_what_is_no_year_is_flagged(written: str):
    found, sentinel, wrong = years(pd.Series([written]))
    assert found.isna().all()
    assert not sentinel.any()
    assert wrong.all()


def test_years_come_from_dates_as_dates():
    found, _, wrong = years(pd.to_datetime(pd.Series(["2028-03-01", None])))
    assert found.isna().tolist() == [False, True]
    assert found[0] == 2028
    assert not wrong.any()


def test_what_is_no_period_is_flagged():
    assert periods(pd.Series(["binnenkort", None, "4000-01-01"]))[1].tolist() == [True, False, True]


def test_yes_and_no_are_read_in_dutch_and_english_and_as_numbers():
    found, wrong = yes_or_no(pd.Series(["ja", "Nee", "1.0", 0, True, "misschien", None], dtype=object))
    assert found.astype(object).where(found.notna(), None).tolist() == [True, False, True, False, True, None, None]
    assert wrong.tolist() == [False] * 5 + [True, False]


def test_text_is_trimmed_and_nothing_is_missing():
    assert texts(pd.Series([" a ", "", None, "  "])).isna().tolist() == [False, True, True, True]
    assert texts(pd.Series([1.0, 2.5])).tolist() == ["1", "2.5"]
    assert texts(pd.Series([1, "1.50", True, 2.0], dtype=object)).tolist() == ["1", "1.50", "true", "2"]
    assert texts(pd.Series(["a", "b"], dtype="category")).tolist() == ["a", "b"]
    assert str(texts(pd.Series([], dtype="float64")).dtype) == "str"
