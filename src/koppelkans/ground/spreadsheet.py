"""CSV and workbooks in which a spreadsheet takes text as text, never as a formula or a link. (nl: rekenblad).

A cell of text that starts like a formula gets an apostrophe before it, as a spreadsheet itself writes text; so does what
follows a separator within a cell, for a spreadsheet that is set to another separator splits there.
"""

import re
from pathlib import Path

import pandas as pd

BOOK_OPTIONS = {
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "max_url_length": 255,
    "in_memory": True,
}
"""How XlsxWriter opens a workbook of ours: a formula or a link stands only where we write one."""

_SPACE = r"[^\S\t\r\n]"
_NUMBER = r"[+-]?[\d.]+(?:[eE][+-]?\d+)?"
_NO_NUMBER = rf"(?!{_SPACE}*[+-]?[\d.,]+(?:[eE][+-]?\d+)? *\Z)"
_NO_PLACE = rf"(?!{_SPACE}*{_NUMBER}(?: +{_NUMBER})*[ )]*(?:[;,|\t\r\n]|\Z))"
_ALIVE = rf"(?:{_SPACE}|')*[=+\-@＝＋－＠]"
_FIRST, _LATER = rf"(?={_NO_NUMBER}{_ALIVE})|(?='*[\t\r\n])", rf"(?={_NO_PLACE}{_ALIVE})"
LIVE = re.compile(rf"\A(?:{_FIRST})|(?<=[;,|\t\r\n]){_LATER}")
"""Before text that starts as a formula does; a number is none, nor are coordinates within a shape."""
TAMED = re.compile(rf"\A'(?:{_FIRST})|(?<=[;,|\t\r\n])'{_LATER}")
"""The apostrophe that `LIVE` puts there."""


def tamed(text: str) -> str:
    """Return text as a cell that a spreadsheet takes as text.

    >>> tamed("=1+1"), tamed("-3,5"), tamed("a;@b"), tamed("LINESTRING (0 1, -2 3)")
    ("'=1+1", '-3,5', "a;'@b", 'LINESTRING (0 1, -2 3)')
    """
    return LIVE.sub("'", text)


def as_meant(text: str) -> str:
    """Return the text that `tamed` made a cell of."""
    return TAMED.sub("", text)


def as_meant_in(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table of text as it was before `write_csv` made cells of it."""
    texts = {
        name: frame[name].map(as_meant, na_action="ignore").astype(frame[name].dtype)
        for name in frame.columns
        if pd.api.types.is_string_dtype(frame[name].dtype)
    }
    return frame.assign(**texts).rename(columns=as_meant)


def write_csv(frame: pd.DataFrame, path: Path, *, separator: str = ",", encoding: str = "utf-8") -> None:
    """Write a table as CSV that a spreadsheet can open without harm; numbers stay numbers."""
    texts = {name: frame[name].map(_tamed, na_action="ignore") for name in frame.columns if _is_text(frame[name])}
    safe = frame.assign(**texts).rename(columns=lambda name: tamed(str(name)))
    broken = any(values.astype("str").str.contains("\r", regex=False).any() for values in texts.values())
    line = "\r\n" if broken else "\n"  # a cell with a carriage return is quoted only where that ends a line
    safe.to_csv(path, index=False, sep=separator, encoding=encoding, lineterminator=line)


def _tamed(value: object) -> object:
    """Return a value that may be text."""
    return tamed(value) if isinstance(value, str) else value


def _is_text(values: pd.Series) -> bool:
    """Tell whether a column may hold text."""
    return bool(pd.api.types.is_object_dtype(values.dtype) or pd.api.types.is_string_dtype(values.dtype))
