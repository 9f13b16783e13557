"""Columns of years, dates and periods, as years of the city's own time. (nl: jaren)."""

from typing import Literal

import numpy as np
import pandas as pd

from koppelkans.context.reading.periods import (
    CITY_TIME,
    DECEMBER,
    FIRST_YEAR,
    LAST_YEAR,
    SENTINEL_YEARS,
    YearSpan,
    read_period,
)
from koppelkans.context.reading.quantities import floats
from koppelkans.context.reading.texts import Flags, texts

Side = Literal["first", "last", "only"]
"""Which year of a cell with more than one counts: that of a start, of an end, or neither."""
_PLAIN_DATE = r"^(\d{4})-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$"
_WITH_ZONE = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$"
_TURNED_DATE = r"^(\d{2})[-/](\d{2})[-/](\d{4})$"
_SERIAL = r"(?:3652[6-9]|365[3-9]\d|36[6-9]\d{2}|3[7-9]\d{3}|[4-6]\d{4}|7[0-2]\d{3})(?:[.,]\d+)?"
_MILLISECONDS = r"(?:9[5-9]\d{10}|[1-3]\d{12}|40\d{11})(?:\.0)?"
_EIGHT_DIGITS = 10_000_000
ONE_TIME = 1946
"""Before this year clocks here differed from those that files mean: the year as written counts."""


def years(values: pd.Series, side: Side = "only") -> tuple[pd.Series, Flags, Flags]:
    """Return a column as years, with where the year is unknown and where none is found.

    The years are Int64; where it says "unknown year" they are unknown. A year, a date (`2028-03-01`, `01-03-2028`,
    `20280301`, `01032028`), a moment and what `read_period` reads are understood; where that is more than one year,
    `side` says which one counts.

    >>> years(pd.Series(["1965", "2028-03-01", "1-5-1970", "1900", "ooit"]))[0].tolist()
    [1965, 2028, 1970, <NA>, <NA>]
    """
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        here = values.dt.tz_convert(CITY_TIME) if values.dt.tz is not None else values
        found, stood, said = here.dt.year.astype("Float64"), values.notna(), pd.Series(data=False, index=values.index)
    else:
        own = without_serials(texts(values))
        found, rest = _quick(own)
        spans = _read(own[rest], planned=side != "only")
        found[rest] = _of_side(spans, side)
        stood, said = own.notna(), spans["sentinel"].reindex(values.index, fill_value=False)
    whole = found.notna() & (found.fillna(0) % 1 == 0)
    sentinel = (whole & found.isin(SENTINEL_YEARS)) | said
    good = whole & ~sentinel & found.between(FIRST_YEAR, LAST_YEAR).fillna(value=False)
    made = found.where(good).astype("Int64")
    bad = stood & ~good & ~sentinel
    return made, sentinel.to_numpy(dtype=bool), bad.to_numpy(dtype=bool)


def days(values: pd.Series) -> pd.Series:
    """Return the days of a column of dates and moments.

    Unknown where a cell names no single day. The month stands first where a cell of the column can only be read so.

    >>> days(pd.Series(["2028-03-01", "01-03-2028", "2028"])).dt.strftime("%d/%m").tolist()
    ['01/03', '01/03', nan]
    """
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        here = values.dt.tz_convert(CITY_TIME).dt.tz_localize(None) if values.dt.tz is not None else values
        return here.dt.normalize().astype("datetime64[s]")
    own = without_serials(texts(values))
    zoned = own.str.fullmatch(_WITH_ZONE, na=False)
    parts = own.str.extract(_TURNED_DATE).apply(pd.to_numeric)
    american = (parts[1] > DECEMBER).any() and not (parts[0] > DECEMBER).any()
    turned = own.str.replace(_TURNED_DATE, r"\3-\1-\2" if american else r"\3-\2-\1", regex=True)
    plain = turned.where(turned.str.fullmatch(_PLAIN_DATE, na=False)).str[:10]
    made = pd.to_datetime(plain, format="%Y-%m-%d", errors="coerce").astype("datetime64[s]")
    if zoned.any():
        moments = pd.to_datetime(own[zoned], utc=True, format="ISO8601", errors="coerce").dt.tz_convert(CITY_TIME)
        made[zoned] = moments.dt.tz_localize(None).dt.normalize().astype("datetime64[s]")
    return made


def periods(values: pd.Series) -> tuple[pd.DataFrame, Flags]:
    """Return first and last year of periods in words, and where a cell is not understood.

    The years are Int64.

    >>> periods(pd.Series(["2028-2031", "vanaf 2030", "2e kwartaal 2029"]))[0].to_numpy().tolist()
    [[2028, 2031], [2030, <NA>], [2029, 2029]]
    """
    own = without_serials(texts(values))
    made = _read(own)[["first", "last"]]
    return made, (own.notna() & made.isna().all(axis=1)).to_numpy()


def without_serials(own: pd.Series) -> pd.Series:
    """Return texts with days instead of the numbers that spreadsheets and portals keep for them.

    A spreadsheet counts days since 1899 (five digits from 2000 to 2099), a portal milliseconds since 1970.

    >>> without_serials(pd.Series(["46813", "1830297600000", "2028"])).tolist()
    ['2028-03-01', '2028-01-01', '2028']
    """
    day, moment = own.str.fullmatch(_SERIAL, na=False), own.str.fullmatch(_MILLISECONDS, na=False)
    made = own
    if day.any():
        count = pd.to_numeric(own[day].str.slice(0, 5)).astype("int64")
        made = made.mask(day, (pd.Timestamp("1899-12-30") + pd.to_timedelta(count, unit="D")).dt.strftime("%Y-%m-%d"))
    if moment.any():
        there = pd.to_datetime(pd.to_numeric(own[moment]), unit="ms", utc=True).dt.tz_convert(CITY_TIME)
        made = made.mask(moment, there.dt.strftime("%Y-%m-%d"))
    return made


def _quick(own: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the years of plain years, dates and moments, and which cells are something else."""
    found = floats(own).astype("Float64")
    found = found.mask(found >= _EIGHT_DIGITS)
    rest = own.notna() & found.isna()
    if rest.any():
        dates = own[rest].str.extract(_PLAIN_DATE, expand=False)
        written = pd.to_numeric(dates, errors="coerce").astype("Float64")
        real = pd.to_datetime(own[rest].str[:10], format="%Y-%m-%d", errors="coerce").notna()
        found[rest] = written.where(real | written.isin(SENTINEL_YEARS))
        rest &= found.isna()
    zoned = rest & own.str.fullmatch(_WITH_ZONE, na=False)
    if zoned.any():
        moments = pd.to_datetime(own[zoned], utc=True, format="ISO8601", errors="coerce").dt.tz_convert(CITY_TIME)
        written = pd.to_numeric(own[zoned].str[:4]).astype("Float64")
        found[zoned] = moments.dt.year.astype("Float64").where(written >= ONE_TIME, written)
        rest &= found.isna()
    return found, rest


def _read(own: pd.Series, *, planned: bool = True) -> pd.DataFrame:
    """Return first and last year of every cell, each different text read once."""
    codes, different = pd.factorize(own)
    spans = [read_period(str(text), planned=planned) or YearSpan() for text in different]
    made = pd.DataFrame(
        {
            "first": pd.array([one.first for one in spans] + [None], dtype="Int64"),
            "last": pd.array([one.last for one in spans] + [None], dtype="Int64"),
            "sentinel": np.array([one.sentinel for one in spans] + [False], dtype=bool),
        }
    )
    return made.take(codes).set_axis(own.index)


def _of_side(spans: pd.DataFrame, side: Side) -> pd.Series:
    """Return the one year of spans that counts; unknown where there is none, or more than one."""
    if side == "only":
        return spans["first"].where((spans["first"] == spans["last"]).fillna(value=False)).astype("Float64")
    return spans[side].astype("Float64")
