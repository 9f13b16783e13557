import pandas as pd
import pytest

from koppelkans.context.reading.casting import cast
from koppelkans.context.reading.roles import ROLES
from koppelkans.context.reading.troubles import Trouble
from koppelkans.context.reading.windows import make_windows
from koppelkans.context.reading.years import days, periods, years


def window(**columns: object) -> tuple[list[object], tuple[Trouble, ...]]:
    """Return earliest, best and latest year of one plan with these columns, and what was wrong."""
    frame = pd.DataFrame({name: [value] for name, value in columns.items()} | {"owner": ["x"], "kind": ["k"]})
    made, troubles = make_windows(cast(frame, ROLES["plans"], {})[0], {name: name for name in columns})
    years = made[["earliest_year", "best_year", "latest_year"]].astype(object)
    return years.where(years.notna(), None).iloc[0].tolist(), troubles


def test_a_period_is_a_window():
    assert window(period="2028-2031") == ([2028, None, 2031], ())


def test_dates_are_a_window():
    assert window(start="2028-03-01", end="2029-10-01") == ([2028, None, 2029], ())


def test_days_are_kept_beside_the_years_where_a_date_names_one():
    frame = pd.DataFrame({"start": ["2028-03-01", "2028"], "end": ["2028-05-01T00:30:00", "1 juni 2028"]})
    made, _ = make_windows(cast(frame, ROLES["plans"], {})[0], {})
    days = made[["first_day", "last_day"]].map(lambda day: "" if pd.isna(day) else f"{day:%d-%m}")
    assert days.to_numpy().tolist() == [["01-03", "01-05"], ["", ""]]


def test_what_is_not_known_stays_unknown():
    assert window(best_year="2030") == ([None, 2030, None], ())
    assert window(start="2030-01-01") == ([2030, None, None], ())


def test_a_fixed_year_is_its_own_window():
    assert window(fixed_year=2030) == ([2030, 2030, 2030], ())


def test_a_year_goes_before_a_period_and_a_period_before_a_date():
    assert window(earliest_year=2027, period="2028-2031", start="2025-01-01")[0] == [2027, None, 2031]


def test_a_window_upside_down_is_set_aside():
    for columns in ({"period": "2031-2028"}, {"earliest_year": 2028, "best_year": 2035, "latest_year": 2030}):
        _, (trouble,) = window(**columns)
        assert not trouble.kept
        assert trouble.positions.tolist() == [0]
    assert str(window(period="2031-2028")[1][0].found[0]) == "2031 – ? – 2028"


def test_a_fixed_year_outside_the_window_is_set_aside():
    _, (trouble,) = window(fixed_year=2035, period="2028-2030")
    assert not trouble.kept


def test_a_period_that_says_nothing_is_told_and_kept():
    years, (trouble,) = window(period="binnenkort")
    assert years == [None, None, None]
    assert trouble.kept
    assert trouble.found[0] == "binnenkort"


def test_a_date_that_stands_for_unknown_is_told_and_kept():
    years, (trouble,) = window(start="4000-01-01", end="2030-01-01")
    assert years == [None, None, 2030]
    assert trouble.kept


@pytest.mark.parametrize(
    ("cell", "day"), [("46813", "2028-03-01"), ("46813,5", "2028-03-01"), ("1830297600000", "2028-01-01")]
)
def test_numbers_that_a_spreadsheet_or_portal_keeps_for_days_are_days(cell: str, day: str):
    own = pd.Series([cell, None])
    assert years(own, "first")[0].tolist()[0] == int(day[:4])
    assert periods(own)[0]["last"].tolist()[0] == int(day[:4])
    assert str(days(own)[0].date()) == day
    assert years(pd.Series(["20281", "36000", "99999"]), "first")[0].isna().all()
