"""What people write in tables, made into numbers, years, windows and yes or no. (nl: schrijfwijzen)."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pyarrow import compute

SENTINEL_YEARS = (0, 1, 1700, 1800, 1900, 4000, 9999)
"""Years that registers write where they do not know the year (met in KLIC, BGT and works registers)."""
FIRST_YEAR, LAST_YEAR = 1500, 2200
"""Years that can be meant; anything else is a slip of the pen."""
YES = ("true", "ja", "j", "yes", "y", "1", "waar", "wel", "x")
NO = ("false", "nee", "n", "no", "0", "onwaar", "niet")

Flags = npt.NDArray[np.bool_]

_MONEY_SIGNS = r"(?i)€|eur(?:o|os)?\b|,-{1,2}$|\s|\u00a0|\u202f"
_THOUSANDS = r"^-?\d{1,3}(?:\.\d{3})+$"
_COMPACT_DATE = 10_000_101


def texts(values: pd.Series) -> pd.Series:
    """Return a column as trimmed text as a person would write it; missing and empty are missing.

    >>> texts(pd.Series([1.0, 2.5, None])).tolist()
    ['1', '2.5', nan]
    """
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype(values.cat.categories.dtype)
    if pd.api.types.is_bool_dtype(values.dtype):
        made = values.astype("boolean").astype("object").map({True: "true", False: "false"}).astype("str")
    elif pd.api.types.is_float_dtype(values.dtype):
        made = _plain_numbers(values)
    elif values.dtype == object:
        made = values.map(_plain, na_action="ignore").astype("str")
    else:
        made = values.astype("str").where(values.notna())
    trimmed = made.str.strip()
    return trimmed.where(trimmed != "")


def numbers(values: pd.Series, *, money: bool = False) -> tuple[pd.Series, Flags]:
    """Return a column as numbers, and where it holds something that is no number.

    Decimal comma and point, spaces and dots between thousands, a euro sign and `,-` are understood.
    With `money`, a dot before three last digits stands between thousands: `12.300` is twelve thousand three hundred.

    >>> numbers(pd.Series(["1.234,5", "€ 12.300,-", "12,5", "circa 300", None]))[0].tolist()
    [1234.5, 12300.0, 12.5, nan, nan]
    """
    if pd.api.types.is_numeric_dtype(values.dtype):
        found = values.astype("Float64").astype("float64")
        return found.where(np.isfinite(found)), np.isinf(found).to_numpy()
    own = texts(values)
    found = _floats(own)
    written = own.notna() & (found.isna() if not money else (found.isna() | own.str.fullmatch(_THOUSANDS)))
    if values.dtype == object:
        written &= ~values.map(lambda value: isinstance(value, int | float), na_action="ignore").fillna(
            value=False
        ).astype(bool)
    if written.any():
        found = found.mask(written, _written_numbers(own[written], money=money))
    found = found.where(np.isfinite(found))
    return found, (own.notna() & found.isna()).to_numpy()


def years(values: pd.Series) -> tuple[pd.Series, Flags, Flags]:
    """Return a column as years, with where the year is unknown and where none is found.

    The years are Int64; where it says "unknown year" they are unknown. A year, a date (`2028-03-01`, `01-03-2028`,
    `20280301`) and a moment are understood.

    >>> years(pd.Series(["1965", "2028-03-01", "1-5-1970", "1900", "ooit"]))[0].tolist()
    [1965, 2028, 1970, <NA>, <NA>]
    """
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        found = values.dt.year.astype("Float64")
        stood = values.notna()
    else:
        own = texts(values)
        found = _floats(own).astype("Float64")
        found = found.mask(found >= _COMPACT_DATE, found // 10_000)
        stood = own.notna()
        rest = (stood & found.isna()).to_numpy(dtype=bool)
        if rest.any():
            written = own[rest].str.extract(r"(?<!\d)(\d{4})(?!\d)", expand=False)
            found[rest] = pd.to_numeric(written, errors="coerce").astype("Float64")
    whole = found.notna() & (found.fillna(0) % 1 == 0)
    sentinel = whole & found.isin(SENTINEL_YEARS)
    good = whole & ~sentinel & found.between(FIRST_YEAR, LAST_YEAR).fillna(value=False)
    made = found.where(good).astype("Int64")
    bad = stood & ~good & ~sentinel
    return made, sentinel.to_numpy(dtype=bool), bad.to_numpy(dtype=bool)


def yes_or_no(values: pd.Series) -> tuple[pd.Series, Flags]:
    """Return a column as yes or no (boolean, unknown where unknown), and where it holds neither."""
    own = texts(values).str.lower()
    number = pd.to_numeric(own, errors="coerce")
    own = own.mask(number == 1, "1").mask(number == 0, "0")
    made = pd.Series(pd.NA, index=values.index, dtype="boolean")
    made = made.mask(own.isin(YES), other=True).mask(own.isin(NO), other=False)
    return made, (own.notna() & made.isna()).to_numpy()


def periods(values: pd.Series) -> tuple[pd.DataFrame, Flags]:
    """Return first and last year of periods in words, and where none is found.

    The years are Int64. `2028-2031`, `2028 t/m 2031`, `2027/28`, `vanaf 2028`, `uiterlijk 2031`, `Q3 2028`, `2028`
    and dates are understood.

    >>> periods(pd.Series(["2028-2031", "vanaf 2030", "2e kwartaal 2029"]))[0].to_numpy().tolist()
    [[2028, 2031], [2030, <NA>], [2029, 2029]]
    """
    own = texts(values)
    own = own.str.replace(r"^(\d{2})(\d{2})\s*[-–/]\s*(1[3-9]|[2-9]\d)$", r"\1\2-\1\3", regex=True)
    each = own.str.extractall(r"(?<!\d)(\d{4})(?!\d)")[0].astype("int64")
    meant = each.where(each.between(FIRST_YEAR, LAST_YEAR) & ~each.isin(SENTINEL_YEARS)).astype("Int64")
    made = pd.DataFrame({"first": _nth(meant, 0), "last": _nth(meant, -1)}, index=values.index).astype("Int64")
    single = (made["first"] == made["last"]).fillna(value=False)
    since = own.str.contains(r"(?i)\b(?:vanaf|from|since)\b|>=", regex=True, na=False)
    after = own.str.contains(r"(?i)\b(?:na|after)\b|^>(?!=)", regex=True, na=False)
    until = own.str.contains(r"(?i)\b(?:tot|t/m|uiterlijk|until|by)\b|<=", regex=True, na=False)
    before = own.str.contains(r"(?i)\b(?:voor|vóór|before)\b|^<(?!=)", regex=True, na=False)
    made["last"] = made["last"].mask(single & (since | after))
    made["first"] = made["first"].mask(single & (until | before))
    made["first"] += (single & after).astype("Int64")
    made["last"] -= (single & before).astype("Int64")
    return made, (own.notna() & made.isna().all(axis=1)).to_numpy()


def swapped(own: pd.Series, words: Mapping[str, str]) -> pd.Series:
    """Return texts with each word replaced by another, whatever its capitals.

    Missing where it is not among `words`.

    >>> swapped(pd.Series(["Riool", "gas", None]), {"riool": "sewer"}).tolist()
    ['sewer', nan, nan]
    """
    folded = {word.casefold(): other for word, other in words.items()}
    codes, different = pd.factorize(own)
    others = pd.array([words.get(word, folded.get(word.casefold())) for word in different] + [None], dtype="str")
    return pd.Series(others.take(codes), index=own.index)


def _floats(own: pd.Series) -> pd.Series:
    """Return texts that are plain numbers as such, NaN where they are not; quickly where all of them are."""
    try:
        found = compute.cast(pa.array(own, type=pa.string(), from_pandas=True), pa.float64())
    except pa.ArrowInvalid:
        return pd.to_numeric(own, errors="coerce").astype("float64")
    return pd.Series(found.to_numpy(zero_copy_only=False), index=own.index, dtype="float64")


def _nth(found: pd.Series, nth: int) -> pd.Series:
    """Return the first (0) or last (-1) entry per row of what `extractall` found."""
    one = found.groupby(level=0).nth(nth)
    return one.droplevel(1)


def _written_numbers(own: pd.Series, *, money: bool) -> pd.Series:
    """Return numbers of texts with a decimal comma, thousands or a euro sign."""
    bare = own.str.replace(_MONEY_SIGNS, "", regex=True)
    in_euros = money | own.str.contains(r"(?i)€|eur|,-", regex=True)
    without_dots = bare.str.replace(".", "", regex=False)
    without_commas = bare.str.replace(",", "", regex=False)
    thousands = (bare.str.count(r"\.") > 1) | (in_euros & bare.str.fullmatch(_THOUSANDS))
    comma = bare.str.contains(",", regex=False)
    english = (bare.str.count(",") > 1) | (comma & (bare.str.rfind(".") > bare.str.rfind(",")))
    made = bare.mask(comma, without_dots.str.replace(",", ".", regex=False))
    made = made.mask(thousands & ~comma, without_dots).mask(english, without_commas)
    return pd.to_numeric(made, errors="coerce").astype("float64")


def _plain_numbers(values: pd.Series) -> pd.Series:
    """Return numbers as text, whole ones without a decimal point."""
    found = values.astype("Float64").astype("float64")
    whole = (np.isfinite(found) & (found % 1 == 0) & (found.abs() < 1e15)).to_numpy()  # noqa: PLR2004
    made = found.astype("str").where(found.notna())
    if whole.any():
        made = made.mask(whole, found.where(whole, 0).astype("int64").astype("str"))
    return made


def _plain(value: object) -> str:
    """Return one value of a mixed column as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
