import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from koppelkans.context.reading.periods import FIRST_YEAR, LAST_YEAR, SENTINEL_YEARS, YearSpan, read_period
from koppelkans.context.reading.years import periods, years

YEARS = st.integers(FIRST_YEAR, LAST_YEAR).filter(lambda year: year not in SENTINEL_YEARS)
MONTHS = ("januari", "feb", "mrt.", "april", "May", "june", "juli", "aug", "September", "okt", "november", "dec")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2028-2031", 2028, 2031),
        ("2028 – 2031", 2028, 2031),
        ("2028 t/m 2031", 2028, 2031),
        ("2027/28", 2027, 2028),
        ("2028-03", 2028, 2028),
        ("2028-03-01", 2028, 2028),
        ("01-03-2028 - 31-12-2029", 2028, 2029),
        ("Q3 2028", 2028, 2028),
        ("2028", 2028, 2028),
        ("vanaf 2030", 2030, None),
        ("na 2030", 2031, None),
        ("uiterlijk 2031", None, 2031),
        ("voor 2031", None, 2030),
        ("2028-01-01/9999-12-31", 2028, None),
        ("1 maart t/m 30 juni 2028", 2028, 2028),
        ("01-03-2028 t/m 30-06-2028", 2028, 2028),
        ("Q2 t/m Q4 2028", 2028, 2028),
        ("week 10 t/m 20 2028", 2028, 2028),
        ("niet voor 2030", 2030, None),
        ("niet vóór 2030", 2030, None),
        ("niet na 2031", None, 2031),
        ("2027/'28", 2027, 2028),
        ("2027-28 (fase 2)", 2027, 2028),
        ("2028+", 2028, None),
        ("2028 e.v.", 2028, None),
        ("≥2030", 2030, None),
        ("later dan 2030", 2031, None),
        ("voor de bouwvak 2029", 2029, 2029),
        ("na de zomer van 2028", 2028, 2028),
        ("2029 (voor de zomer)", 2029, 2029),
        ("2029/2030", 2029, 2030),
        ("20032028", 2028, 2028),
        ("20280301", 2028, 2028),
        ("2027-12-31T23:00:00Z", 2028, 2028),
        ("2027-12-31 23:00:00+00", 2028, 2028),
        ("2027/12/31 23:00:00+00", 2028, 2028),
        ("2028-03-01T01:01:01+01:00", 2028, 2028),
        ("2028-03-01T00:00:00", 2028, 2028),
        ("november t/m februari 2029", 2028, 2029),
        ("nov-feb 2029", 2028, 2029),
        ("week 48 t/m 6 2029", 2028, 2029),
        ("2e kwartaal 2029", 2029, 2029),
        ("tweede helft van 2028", 2028, 2028),
        ("H2 2028", 2028, 2028),
        ("2028 Q3", 2028, 2028),
        ("2028-Q3", 2028, 2028),
        ("Q3/Q4 2028", 2028, 2028),
        ("Q4 2028 - Q1 2029", 2028, 2029),
        ("Q1-Q2 2028", 2028, 2028),
        ("1e en 2e kwartaal 2028", 2028, 2028),
        ("1 t/m 15 maart 2028", 2028, 2028),
        ("mrt-mei 2028", 2028, 2028),
        ("mrt 2028", 2028, 2028),
        ("mei-28", 2028, 2028),
        ("'27-'28", 2027, 2028),
        ("winter 2028/2029", 2028, 2029),
        ("begin 2028", 2028, 2028),
        ("medio 2028", 2028, 2028),
        ("mid-2028", 2028, 2028),
        ("eind 2028 - begin 2029", 2028, 2029),
        ("voor 1 juli 2029", None, 2029),
        ("voor 1-1-2030", None, 2029),
        ("na 31-12-2029", 2030, None),
        ("na eind 2029", 2030, None),
        ("van 2028 tot 2031", 2028, 2031),
        ("tussen 2028 en 2031", 2028, 2031),
        ("vanaf 2028 tot 2031", 2028, 2031),
        ("vanaf 2028 t/m 2031", 2028, 2031),
        ("from 2028 to 2031", 2028, 2031),
        ("niet voor 2028, uiterlijk 2031", 2028, 2031),
        ("na 2028 en voor 2031", 2029, 2030),
        ("2028 of later", 2028, None),
        ("2028 en verder", 2028, None),
        ("2030 of eerder", None, 2030),
        ("tot 2030", None, 2030),
        ("t/m 2030", None, 2030),
        ("ca. 2028", 2028, 2028),
        ("± 2028", 2028, 2028),
        ("~2028", 2028, 2028),
        ("2028 (indicatief)", 2028, 2028),
        ("gepland voor 2029", 2029, 2029),
        ("2028-", 2028, None),
        ("2028 en 2029", 2028, 2029),
        ("<2030", None, 2029),
        (">2030", 2031, None),
        ("> 2030", 2031, None),
        ("<= 2030", None, 2030),
        ("by 2030", None, 2030),
        ("early 2028", 2028, 2028),
        ("March 2028", 2028, 2028),
        ("1 March 2028 to 30 June 2028", 2028, 2028),
        ("Dec 2028", 2028, 2028),
        ("2028-W12", 2028, 2028),
        ("week 12-2028", 2028, 2028),
        ("week 12 van 2028", 2028, 2028),
        ("wk 12-20 2028", 2028, 2028),
        ("2028 wk 12", 2028, 2028),
        ("op zijn vroegst 2029", 2029, None),
        ("uiterlijk eind 2030", None, 2030),
        ("zomer 2028", 2028, 2028),
        ("3e kwartaal van 2028", 2028, 2028),
        ("voorjaar 2028", 2028, 2028),
        ("niet eerder dan 2029", 2029, None),
        ("niet later dan 2031", None, 2031),
        ("2028 e.v", 2028, None),
        ("2028 t/m 2030 (voorlopig)", 2028, 2030),
        ("eerste helft 2028", 2028, 2028),
        ("vanaf week 10 2028", 2028, None),
        ("12 maart 2028", 2028, 2028),
        ("1/3/2028", 2028, 2028),
        ("01.03.2028", 2028, 2028),
        ("2028/2031", 2028, 2031),
        ("2028 tot en met 2031", 2028, 2031),
        ("2028–2031", 2028, 2031),
        ("31-12-2028 t/m 1-1-2029", 2028, 2029),
        ("2028 of 2029", 2028, 2029),
        ("2028 -2031", 2028, 2031),
        ("Vanaf voorjaar 2029", 2029, None),
        ("vanaf de zomer 2029", 2029, None),
        ("na 2030 (indicatief)", 2031, None),
        ("voor eind 2029", None, 2029),
        ("2031-2028", 2031, 2028),
        ("1 januari t/m 31 december 2028", 2028, 2028),
        ("in 2028", 2028, 2028),
        ("jaar 2028", 2028, 2028),
        ("2029/2030/2031", 2029, 2031),
        ("2029 - 2030 - 2031", 2029, 2031),
        ("vóór de zomervakantie van 2029", 2029, 2029),
        ("niet voor de zomer van 2029", 2029, None),
        ("uiterlijk zomer 2029", None, 2029),
        ("niet na de bouwvak 2029", None, 2029),
        ("2e helft 2028 / 1e helft 2029", 2028, 2029),
        ("Q4 - Q1 2029", 2028, 2029),
        ("2028, na de zomer", 2028, 2028),
        ("na 1 juli 2028", 2028, None),
        ("tot 1 juli 2029", None, 2029),
        ("2028-2031-2033", 2028, 2033),
        ("Mai 2028", 2028, 2028),
        ("Dez. 2028 bis März 2029", 2028, 2029),
        ("ab Mitte 2029", 2029, None),
        ("bis 2031", None, 2031),
        ("zwischen 2028 und 2030", 2028, 2030),
        ("nicht vor 2030", 2030, None),
        ("nach 2030", 2031, None),
        ("1. Halbjahr 2028", 2028, 2028),
        ("2. Quartal 2029", 2029, 2029),
        ("vrijdag 3 maart 2028", 2028, 2028),
        ("ma 5-6-2028", 2028, 2028),
        ("3-mrt-28", 2028, 2028),
        ("1/3/28", 2028, 2028),
        ("…2030", None, 2030),
        ("../2030-01-31", None, 2030),
        ("tot 1 januari 2030", None, 2029),
        ("1-1-2028 tot 1-1-2030", 2028, 2029),
        ("29-02-2028", 2028, 2028),
        ("2028-38", 2028, 2038),
        ("31/12/2027 23:30", 2027, 2027),
    ],
)
def test_a_period_is_read_as_people_write_it(written: str, first: int | None, last: int | None):
    assert read_period(written) == YearSpan(first, last)
    found, wrong = periods(pd.Series([written]))
    assert found.astype(object).where(found.notna(), None).to_numpy().tolist() == [[first, last]]
    assert not wrong.any()


@pytest.mark.parametrize(
    "written",
    [
        "1955, gerelined 2015",
        "misschien 2028",
        "niet 2028",
        "2028 2029",
        "binnenkort",
        "jaarlijks",
        "3 2028",
        "5.000",
        "2028, 2029",
        "niet in 2028",
        "2028?",
        "3021",
        "1965.5",
        "65",
        "geen 2028",
        "na de winter van 2028/2029",
        "2028.0",
        "2028; 2030",
        "liefst 2029",
        "2030 - 2035+",
        "28-31",
        "31-02-2028",
        "2028-02-30",
        "20280231",
        "29 februari 2027",
        "31 april t/m 3 mei 2028",
        "2028-45",
        "28-03-01",
        "KW 60 2028",
    ],
)
def test_a_cell_of_which_one_word_is_not_understood_is_not_read(written: str):
    assert read_period(written) is None


@given(YEARS, st.integers(1, 12), st.integers(1, 28))
def test_a_day_lies_in_its_year_however_it_is_written(year: int, month: int, day: int):
    for written in (
        f"{year}-{month:02}-{day:02}",
        f"{day:02}-{month:02}-{year}",
        f"{day}/{month}/{year}",
        f"{day}.{month}.{year}",
        f"{year}{month:02}{day:02}",
        f"{day:02}{month:02}{year}",
        f"{day} {MONTHS[month - 1]} {year}",
        f"{MONTHS[month - 1]} {year}",
    ):
        assert read_period(written) == YearSpan(year, year), written


@given(YEARS, st.sampled_from(["vanaf", "uiterlijk", "na", "voor", "niet voor", "niet na", "from", "not after"]))
def test_what_is_denied_never_means_its_opposite(year: int, word: str):
    span = read_period(f"{word} {year}")
    assert span is not None
    later = word in ("vanaf", "na", "niet voor", "from")
    assert (span.last is None) == later
    assert (span.first is None) != later


@given(YEARS, YEARS, st.sampled_from([" - ", "-", " t/m ", " tot en met ", "/", " to ", " en "]))
def test_two_years_are_a_span(first: int, last: int, between: str):
    assert read_period(f"{first}{between}{last}") == YearSpan(first, last)


@given(st.text(max_size=40))
def test_any_text_is_read_or_not_and_never_stops(written: str):
    span = read_period(written)
    assert span is None or span.sentinel or span.first is not None or span.last is not None


@given(st.text(alphabet="0123456789-/.' tmvanoreq+", max_size=25))
def test_text_that_looks_like_a_period_gives_years_that_can_be_meant(written: str):
    span = read_period(written)
    for year in (span.first, span.last) if span else ():
        assert year is None or FIRST_YEAR - 1 <= year <= LAST_YEAR + 1


def test_a_cell_with_more_years_gives_a_start_its_first_and_an_end_its_last():
    cells = pd.Series(["2029/2030", "2029-2031", "2028"])
    assert years(cells, "first")[0].tolist() == [2029, 2029, 2028]
    assert years(cells, "last")[0].tolist() == [2030, 2031, 2028]
    made, _, wrong = years(cells)
    assert made.isna().tolist() == wrong.tolist() == [True, True, False]


def test_a_moment_with_a_zone_counts_on_the_day_that_it_is_here():
    moments = ["2027-12-31T23:00:00Z", "2028-01-01T00:00:00+01:00", "2027-12-31T22:59:00Z", "2027-12-31T23:30:00"]
    expected = [2028, 2028, 2027, 2027]
    assert years(pd.Series(moments))[0].tolist() == expected
    assert [span.first for span in map(read_period, moments) if span] == expected
    assert years(pd.to_datetime(pd.Series(moments[:1]), utc=True))[0].tolist() == [2028]
