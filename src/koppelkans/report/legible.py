"""Text out of files, made so that every form can hold it and a document can show it. (nl: leesbare tekst)."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from koppelkans.ground.settings import Settings
from koppelkans.ground.shelf import Product
from koppelkans.ground.tables import TEXT
from koppelkans.report.contents import products
from koppelkans.report.plan import Plan

LOST = "\N{REPLACEMENT CHARACTER}"
"""What stands where a sign cannot be kept."""
_BREAKS = ((0x0B, 0x0C), (0x1C, 0x1E), (0x2028, 0x2029))
_HIDDEN = ((0x202A, 0x202E), (0x2066, 0x2069), (0xFEFF, 0xFEFF), (0xE0000, 0xE007F))
_NEVER = ((0x00, 0x08), (0x0E, 0x1B), (0x1F, 0x1F), (0x7F, 0x9F), (0xFDD0, 0xFDEF), (0xFFFE, 0xFFFF))
"""Signs that no text of a city needs and some file cannot hold: other ends of a line, what is not seen and may turn the order of
reading, and what steers a machine or is no sign at all. Single halves of a pair (surrogates) cannot stand in a table."""
FOREIGN = re.compile(
    "[" + "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in (*_BREAKS, *_HIDDEN, *_NEVER)) + "\ud800-\udfff]"
)
IN_TABLE = "[" + "".join(f"\\x{{{a:x}}}-\\x{{{b:x}}}" for a, b in (*_BREAKS, *_HIDDEN, *_NEVER)) + "]"
"""The same, as the tables search."""
_LETTERS = r"\n\t -~\u00a0-\u00ac\u00ae-\u017f\u2010-\u2022\u2026\u2039\u203a\u20ac\u2212"
USUAL = re.compile(f"[{_LETTERS}]*")
"""Texts with only signs that the letter of the house has (Public Sans: Latin, punctuation, euro)."""
OTHER = re.compile(f"[{_LETTERS}]?[^{_LETTERS}]+")
"""Other signs, with the usual one before them: they may be marks on it."""
BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""Signs that a chart maker counts as two: it may cut a long name between their halves."""
JOINER = "\N{ZERO WIDTH JOINER}"


def legible(text: str) -> str:
    r"""Return a text without signs that no form can hold.

    Windows signs read as they were meant; other ends of a line become a new line; what hides or turns goes; the rest is
    replaced.

    >>> legible("\x80 100 \x96 \x01a\x0bb")
    '€ 100 – �a\nb'
    """
    return FOREIGN.sub(lambda hit: _meant(hit.group()), text)


def charted(text: str) -> str:
    """Return a legible text that a chart maker can cut anywhere.

    >>> charted("boom 🌳")
    'boom �'
    """
    return BEYOND.sub(LOST, legible(text))


def legible_plan(plan: Plan) -> Plan:
    """Return a plan in which every text is legible; the plan itself where all are.

    Two names that differ stay different.
    """
    rooms = products(plan)
    frames = [getattr(product, name) for product in rooms.values() for name in product.TABLES]
    told = plan.settings.model_dump(mode="json")
    found = {text for frame in frames for text in _foreign(frame)} | {
        text for text in _strings(told) if FOREIGN.search(text)
    }
    if not found:
        return plan
    words = _apart(found, frames)
    made = {room: _product(product, words) for room, product in rooms.items()}
    return replace(plan, settings=Settings.model_validate(mapped(told, lambda text: words.get(text, text))), **made)


def mapped(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401
    """Return plain data with every text changed, the names of its fields too."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {mapped(key, change): mapped(part, change) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(mapped(part, change) for part in value)
    return value


def shown(text: str, *, has: Callable[[str], bool]) -> str:
    r"""Return a text with only signs that a letter has, asked with `has`.

    What it lacks is replaced; marks on a sign that it has are dropped.

    >>> shown("boom 🌳, e\u0330", has=lambda sign: sign == "e")
    'boom �, e'
    """
    return OTHER.sub(lambda hit: "".join(_shown(sign, has) for sign in _signs(hit.group())), legible(text))


def _shown(sign: str, has: Callable[[str], bool]) -> str:
    """Return a sign with its marks where the letter has them, without where it has the bare one, else the sign for lost."""
    if USUAL.fullmatch(sign):
        return sign
    if unicodedata.category(sign[0]) in ("Co", "Cn"):
        return LOST
    if has(sign):
        return sign
    return sign[0] if len(sign) > 1 and (USUAL.fullmatch(sign[0]) or has(sign[0])) else LOST


def _signs(text: str) -> list[str]:
    """Cut a text into what people see as one sign: a letter with the marks on it, or figures that are joined."""
    made: list[str] = []
    for letter in text:
        mark = unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf") or "\U0001f3fb" <= letter <= "\U0001f3ff"
        joined = bool(made) and (made[-1].endswith(JOINER) or _flag(made[-1], letter))
        if made and letter != "\u00ad" and (mark or joined):
            made[-1] += letter
        else:
            made.append(letter)
    return made


def _flag(before: str, letter: str) -> bool:
    """Tell whether a letter makes a flag with the sign before it."""
    first, last = "\U0001f1e6", "\U0001f1ff"
    return len(before) == 1 and first <= before <= last and first <= letter <= last


def _product(product: Product, words: Mapping[str, str]) -> Any:  # noqa: ANN401
    """Return a product with other words for some of its texts."""
    return replace(product, **{name: _reworded(getattr(product, name), words) for name in product.TABLES})  # type: ignore[type-var]


def _meant(sign: str) -> str:
    """Return what was meant by one foreign sign."""
    code = ord(sign)
    if any(first <= code <= last for first, last in _BREAKS):
        return "\n"
    if any(first <= code <= last for first, last in _HIDDEN):
        return ""
    windows = bytes([code]).decode("cp1252", "ignore") if 0x80 <= code <= 0x9F else ""  # noqa: PLR2004
    return windows or LOST


def _foreign(frame: pd.DataFrame) -> Iterable[str]:
    """Return the different texts of a table that hold a foreign sign."""
    for column in _columns(frame):
        yield from pc.unique(column.filter(pc.match_substring_regex(column, IN_TABLE))).to_pylist()


def _columns(frame: pd.DataFrame) -> list[pa.Array]:
    """Return the text columns of a table."""
    return [
        pa.array(frame[name].to_numpy(dtype=object), type=pa.large_string(), from_pandas=True)
        for name in frame.columns
        if frame[name].dtype == TEXT
    ]


def _apart(found: Iterable[str], frames: Sequence[pd.DataFrame]) -> dict[str, str]:
    """Return the legible form of texts; where another text reads like that already, with one more sign for lost."""
    words, taken = {}, set[str]()
    asked = {text: legible(text) for text in sorted(found)}
    wanted = pa.array(sorted(set(asked.values())), type=pa.large_string())
    for frame in frames:
        for column in _columns(frame):
            taken.update(pc.unique(column.filter(pc.is_in(column, value_set=wanted))).to_pylist())
    for text, told in asked.items():
        while told in taken:
            told += LOST  # noqa: PLW2901
        words[text] = told
        taken.add(told)
    return words


def _reworded(frame: pd.DataFrame, words: Mapping[str, str]) -> pd.DataFrame:
    """Return a table with other words for some of its texts."""
    texts = [name for name in frame.columns if frame[name].dtype == TEXT and frame[name].isin([*words]).any()]
    return frame.assign(**{name: frame[name].map(dict(words)).astype(TEXT).fillna(frame[name]) for name in texts})


def _strings(value: object) -> Iterable[str]:
    """Return every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _strings(key)
            yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)
