"""Works and wishes as they were known on a day."""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from koppelkans.context import City, read_city, survey
from koppelkans.context.history import known_then
from koppelkans.context.wishes import wishes_of
from koppelkans.context.works.planned_works import registered_works
from koppelkans.ground.settings import make_settings

WORKS = """werk;bekend;ingetrokken;gereed;van;tot;wkt
R1;2015-03-01;;;2018;2018;LINESTRING (150000 400000, 150050 400000)
R1;2017-03-01;;2020-06-01;2020;2021;LINESTRING (150000 400000, 150050 400000)
R2;2016;2019-05-01;;2022;2023;LINESTRING (150000 400100, 150050 400100)
R3;;;;2030;2031;LINESTRING (150000 400200, 150050 400200)
R4;1-2-2024;;2028;2027;2029;LINESTRING (150000 400300, 150050 400300)
"""
WISHES = "wens;tekst;jaar;ingetrokken;x;y\nW1;een boom;2016;;150010;400000\nW2;een bank;2018;2019;150010;400000\n"
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2012, 12, 31))


def city(folder: Path, **context: object) -> City:
    (folder / "w.csv").write_text(WORKS)
    (folder / "v.csv").write_text(WISHES)
    history = {"announced": "bekend", "withdrawn": "ingetrokken", "executed": "gereed"}
    sources = [
        {"name": "w", "role": "works", "path": "w.csv", "crs": "EPSG:28992", "columns": {"work": "werk", "earliest_year": "van", "latest_year": "tot", **history}, "constants": {"owner": "g", "kind": "paving"}},
        {"name": "v", "role": "wishes", "path": "v.csv", "crs": "EPSG:28992", "columns": {"wish": "wens", "text": "tekst", "year": "jaar", "withdrawn": "ingetrokken"}},
    ]  # fmt: skip
    return read_city(
        folder,
        settings=make_settings({"sources": sources, "context": context, "horizon": {"first": 2027, "last": 2036}}),
        apart=False,
    )


def known(folder: Path, day: str | None) -> dict[str, int]:
    found = city(folder, **({"known_on": day} if day else {}))
    rows, faults = registered_works(found)
    if day:
        assert any("nothing in 1 rows" in str(fault.found) for fault in faults)  # R3 has no day
    return dict(zip(rows["work"], rows["earliest_year"], strict=True))


def test_a_work_is_read_in_the_version_of_then_until_it_is_withdrawn_or_done(tmp_path: Path):
    assert known(tmp_path, "2014-12-31") == {"R3": 2030}
    assert known(tmp_path, "2016-01-01") == {"R1": 2018, "R2": 2022, "R3": 2030}
    assert known(tmp_path, "2019-05-01") == {"R1": 2020, "R3": 2030}
    assert known(tmp_path, "2020-06-01") == {"R3": 2030}
    assert known(tmp_path, "2024-02-01") == {"R3": 2030, "R4": 2027}
    assert known(tmp_path, None) == {"R3": 2030, "R4": 2027}


def test_wishes_are_known_from_their_year_and_withdrawn_ones_answered_no_more(tmp_path: Path):
    told, place = {}, survey(city(tmp_path))
    for day in ("2015-01-01", "2017-01-01", "2018-01-01", "2019-01-01"):
        found = city(tmp_path, known_on=day)
        told[day] = wishes_of(found, place.sections, place.areas)[0]["wish"].tolist()
    assert told == {"2015-01-01": [], "2017-01-01": ["W1"], "2018-01-01": ["W1", "W2"], "2019-01-01": ["W1"]}


@given(
    st.lists(st.tuples(st.sampled_from("abc"), DAYS, DAYS, DAYS), max_size=12),
    st.dates(date(2000, 1, 1), date(2012, 12, 31)),
    st.integers(0, 2000),
)
def test_a_later_day_knows_all_that_was_known_and_not_removed(rows: list[tuple[object, ...]], day: date, later: int):
    told = pd.DataFrame(rows, columns=["work", "announced", "withdrawn", "executed"]).assign(
        source="s", row=range(1, len(rows) + 1)
    )
    told = told.assign(
        **{name: pd.to_datetime(told[name]).astype("datetime64[s]") for name in ("announced", "withdrawn", "executed")}
    )
    after = day + timedelta(days=later)
    before = told[known_then(told, "work", day=day, first_year=2027)]
    now = told[known_then(told, "work", day=after, first_year=2027)]
    assert not (before["announced"] > pd.Timestamp(day)).any()
    removed = told[(told["withdrawn"] <= pd.Timestamp(after)) | (told["executed"] <= pd.Timestamp(after))]
    assert set(before["work"]) <= set(now["work"]) | set(removed["work"])
