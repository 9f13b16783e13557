"""Columns as text, as yes or no, and in other words. (nl: schrijfwijzen)."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

YES = ("true", "ja", "j", "yes", "y", "1", "waar", "wel", "x")
NO = ("false", "nee", "n", "no", "0", "onwaar", "niet")

Flags = npt.NDArray[np.bool_]


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


def yes_or_no(values: pd.Series) -> tuple[pd.Series, Flags]:
    """Return a column as yes or no (boolean, unknown where unknown), and where it holds neither."""
    own = texts(values).str.lower()
    number = pd.to_numeric(own, errors="coerce")
    own = own.mask(number == 1, "1").mask(number == 0, "0")
    made = pd.Series(pd.NA, index=values.index, dtype="boolean")
    made = made.mask(own.isin(YES), other=True).mask(own.isin(NO), other=False)
    return made, (own.notna() & made.isna()).to_numpy()


def with_points(values: pd.Series) -> pd.Series:
    """Return a column of numbers with a decimal point, as XML has them, as numbers.

    As it is where a known value is no such number: what it is gets told later.

    >>> with_points(pd.Series(["57.290", None])).tolist()
    [57.29, nan]
    """
    found = pd.to_numeric(values, errors="coerce").astype("float64")
    return values if (values.notna() & found.isna()).any() else found


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
    return as_text(value)


def as_text(value: object) -> str:
    """Return a value as text; of a list its parts with `;` between them.

    >>> as_text(["a", "b"]), as_text(2.5)
    ('a; b', '2.5')
    """
    return "; ".join(map(str, value)) if isinstance(value, list | tuple | np.ndarray) else str(value)
