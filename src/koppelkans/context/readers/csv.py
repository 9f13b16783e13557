"""CSV: a table as text with any usual separator and encoding, read line by line. (nl: CSV).

A bad line never takes good lines with it.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow

from koppelkans.context.reading.mapping import folded
from koppelkans.context.reading.quantities import scale_of, units_in_row
from koppelkans.context.reading.reader import Raw, Reader, head, under_names, unusable
from koppelkans.context.reading.roles import BUDGETS, COSTS
from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import Source
from koppelkans.ground.spreadsheet import as_meant_in
from koppelkans.ground.words import Phrase

SUFFIXES = (".csv", ".tsv", ".txt")
SEPARATORS = (";", ",", "\t", "|")
BLOCK_BYTES = 2**24
"""Bytes parsed at once; a single line must fit in it."""
WRITTEN_BY_US = re.compile(rb"'\s*['=+\-@\t\r\n\xc2\xe2\xe3\xef]")
"""An apostrophe where a spreadsheet puts it: before text that is no formula."""
SAYS_SEPARATOR = re.compile(rb"\"?sep=(.)\"?[;,\t|]*\r?\n", re.IGNORECASE)
"""A first line that tells a spreadsheet the separator."""
QUOTED_LINE = re.compile(
    rb'(?:"(?:[^"]|"")*"|[^";,\t|\r\n][^;,\t|\r\n]*|)(?:[;,\t|](?:"(?:[^"]|"")*"|[^";,\t|\r\n][^;,\t|\r\n]*|))*(?=\r?\n)'
)
"""A line of column names, quoted or not, that ends where a line ends outside quotes."""
LONGEST_HEADER = 65_536
"""Bytes of a line of column names, with the line breaks inside its quotes."""
MOST_TITLES, TITLE_BELOW = 30, 2
"""Lines that are looked at for titles, and fields of the other lines above which a line of one is a title."""
CODECS = ("cp1252", "cp850", "mac-roman")
"""Encodings of older programs in this country, the likeliest first."""
LOOKED_AT = 1_000_000
"""Characters by which the encoding is found out."""
ACCENTED = re.compile(r"(?<=[A-Za-z])[éëïöüóèàçáíúêîôûäñ]|\b[éëïöüóèáÉ](?=[a-z])|€(?=\s?\d)")
STRANGE = re.compile(r"(?<=[A-Za-z])[^\x00-\x7féëïöüóèàçáíúêîôûäñß](?=[a-z])|[\x80-\x9f\ufffd]")
"""Letters that make words here, and signs that stand in none."""
LONGEST_TEXT = 500
"""Characters of a line that is set aside."""


def fits(path: Path) -> bool:
    """Tell whether a file is text with a line of column names."""
    start = head(path)
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    return path.suffix.lower() in SUFFIXES and bool(start.strip()) and (wide or b"\x00" not in start)


def read(path: Path, source: Source) -> Raw:
    """Read the lines with the right number of fields as text, and set the others aside.

    Raises
    ------
    InputError
        Where there is no line of column names, or the encoding does not exist.
    """
    content, faults = _as_utf8(path.read_bytes(), source)
    if b"\n" not in content:  # lines of an old Mac
        content = content.replace(b"\r", b"\n")
    content = content.lstrip(b"\r\n") + b"\n"
    said = SAYS_SEPARATOR.match(content)
    content = content[said.end() :].lstrip(b"\r\n") if said else content
    content, titles = _without_titles(content, source)
    faults = [*faults, *titles]
    first, content = _header(content)
    if not first.strip():
        raise unusable(source.path, Phrase("no line of column names"), Phrase("a first line with the column names"))
    separator = source.delimiter or (said[1].decode() if said else _separator(first))
    if len(separator.encode()) != 1 or separator in '"\r\n':
        wanted = Phrase("one letter, such as a semicolon, a comma or a tab")
        raise unusable(source.path, separator, wanted, column="delimiter")
    try:
        names, more = _names(first, separator, source)
        content = _as_wide(content, len(names), separator)
        table, bad = _rows(content, names, separator)
    except pa.ArrowInvalid as problem:
        found = Phrase("a file that cannot be opened: {problem}", problem=str(problem))
        raise unusable(source.path, found, Phrase("lines of text with column names above them")) from problem
    units = units_in_row(table.iloc[0].to_dict()) if len(table) > 1 and not (bad and bad[0].row == 1) else {}
    total = len(table) + len(bad)
    taken = np.array([line.row for line in bad], dtype=np.int64)
    aside = pd.DataFrame(
        {
            "row": taken,
            "found": pd.Series([line.found for line in bad], dtype=object),
            "wanted": pd.Series(
                [Phrase("a line with as many fields as there are column names: {n}", n=len(names))] * len(bad),
                dtype=object,
            ),
            "text": [line.text[:LONGEST_TEXT] for line in bad],
        }
    )
    rows = np.delete(np.arange(1, total + 1, dtype=np.int64), taken - 1)
    if WRITTEN_BY_US.search(content):
        table = as_meant_in(table)
    if units:
        table, rows, total = table.iloc[1:].reset_index(drop=True), rows[1:], total - 1
        more = [*more, under_names(units, source)]
    return Raw(columns=table, rows=rows, total=total, faults=(*faults, *more), units=units, aside=aside)


def _header(content: bytes) -> tuple[str, bytes]:
    """Return the line of column names as one line, and the content with that line in place of it.

    A line break inside the quotes of a name (Alt+Enter in a spreadsheet) is a space. A name whose quote is never
    closed is taken as it stands, up to the end of its line.
    """
    whole = QUOTED_LINE.match(content[:LONGEST_HEADER])
    end = whole.end() if whole else content.index(b"\n")
    first = re.sub(rb"\s*[\r\n]+\s*", b" ", content[:end].strip(b"\r\n"))
    return first.decode(), first + b"\n" + content[end:].removeprefix(b"\r").removeprefix(b"\n")


def _without_titles(content: bytes, source: Source) -> tuple[bytes, list[Fault]]:
    """Return the content without titles above the column names, as an export for people has them, and what is told of these.

    A title is a line with one filled field above lines that have more than two.
    """
    start = content[:LONGEST_HEADER].split(b"\n")[:MOST_TITLES]
    separator = source.delimiter or _separator(b"\n".join(start).decode(errors="replace"))
    named = _named(start, separator, source)
    filled = [sum(bool(field.strip(b' \r"')) for field in line.split(separator.encode())) for line in start]
    usual = sorted(count for count in filled if count)[-len([count for count in filled if count]) // 2 :] or [0]
    at = next((nth for nth, count in enumerate(filled) if count > 1), 0)
    odd = any(
        line.count(mark) >= TITLE_BELOW for line in start[:at] for mark in b'"\t|;' if mark != separator.encode()[0]
    )
    if named:
        at = named
    elif not at or usual[0] <= TITLE_BELOW or odd:
        return content, []
    told = [line.decode(errors="replace").strip(f" \r{separator}") for line in start[:at] if line.strip()]
    said = [(Phrase("{n} rows above the column names", n=len(told)), Phrase("column names in the first row; these were skipped"))]  # fmt: skip
    ours = "amount_eur" if source.role in (BUDGETS, COSTS) else "cost_eur"
    wanted = Phrase('what amounts are in, at this source, as `units = { amount_eur = "x € 1.000" }`; read as euros')
    if ours == "cost_eur":
        wanted = Phrase('what amounts are in, at this source, as `units = { cost_eur = "x € 1.000" }`; read as euros')
    said += [
        (Phrase("above the column names: {text}", text=text[:60]), wanted) for text in told if scale_of(ours, text) != 1
    ]
    return b"\n".join(content.split(b"\n")[at:]), [Fault(source.path, found, words) for found, words in said]


def _named(start: list[bytes], separator: str, source: Source) -> int:
    """Return which line holds more of the names that the settings use than the first; 0 where none does."""
    wanted = {folded(name) for name in (*source.columns.values(), *source.only, source.wkt, source.x, source.y)} - {""}
    wanted |= {folded(source.join.here)} if source.join else set()
    lines = [line.decode(errors="replace").split(separator) for line in start]
    counts = [len(wanted & {folded(field.strip(' \r"')) for field in line}) for line in lines]
    best = max(range(len(counts)), key=lambda at: (counts[at], -at), default=0)
    first = next((at for at, line in enumerate(start) if line.strip()), 0)
    open_quote = b"\n".join(start[:best]).count(b'"') % 2
    return best if best > first and counts[best] > counts[first] and not open_quote else 0


def _as_wide(content: bytes, width: int, separator: str) -> bytes:
    """Return the lines as wide as the column names, where no line holds a quote.

    Empty fields beyond the column names go. Last fields that lack are empty where every line lacks as many: where one
    line is shorter than the others it may be broken off, and that is told.
    """
    mark = separator.encode()
    lines = content.split(b"\n")
    counts = [line.count(mark) + 1 for line in lines[1:] if line.strip()]
    if b'"' in content or not counts or (min(counts) == max(counts) == width):
        return content
    if 1 < counts[0] < width and min(counts) == max(counts):
        return b"\n".join(
            line.rstrip(b"\r") + mark * (width - line.count(mark) - 1) if line.strip() else line for line in lines
        )
    return b"\n".join([lines[0], *(_cut(line, mark, line.count(mark) + 1 - width) for line in lines[1:])])


def _cut(line: bytes, mark: bytes, beyond: int) -> bytes:
    """Return a line without the fields beyond the column names, where they are empty."""
    kept, *more = line.rstrip(b"\r").rsplit(mark, beyond) if beyond > 0 else (line,)
    return line if any(part.strip() for part in more) else kept


@dataclass(frozen=True, slots=True)
class Bad:
    """One line that could not be read."""

    row: int
    found: str
    text: str


def _rows(content: bytes, names: list[str], separator: str) -> tuple[pd.DataFrame, list[Bad]]:
    """Return the good lines and the others; a quote that is not closed takes only its own line."""
    table, bad = _table(content, names, separator)
    if b'"' in content and _swallowed(table, bad, separator):
        content, odd = _without_stray_quotes(content, separator)
        table, bad = _table(content, names, separator)
        bad = _merged(bad, odd)
    return table, bad


def _table(content: bytes, names: list[str], separator: str) -> tuple[pd.DataFrame, list[Bad]]:
    """Return the lines with the right number of fields, and the others."""
    bad: list[Bad] = []

    def handle(line: arrow.InvalidRow) -> str:
        found = Phrase("fields: {found} instead of {wanted}", found=line.actual_columns, wanted=line.expected_columns)
        bad.append(Bad(line.number - 1, found, line.text))
        return "skip"

    found = arrow.read_csv(
        pa.BufferReader(content),
        read_options=arrow.ReadOptions(use_threads=False, block_size=BLOCK_BYTES, column_names=names, skip_rows=1),
        parse_options=arrow.ParseOptions(delimiter=separator, newlines_in_values=True, invalid_row_handler=handle),
        convert_options=arrow.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=False, check_utf8=False
        ),
    )
    return found.to_pandas(), bad


def _as_utf8(content: bytes, source: Source) -> tuple[bytes, list[Fault]]:
    """Return the content in UTF-8 without its mark, and what was told about its encoding."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").encode(), []
    if wide := _wide(content):
        return content.decode(wide, errors="replace").encode(), []
    encoding = source.encoding.lower().replace("_", "-")
    if encoding not in ("utf-8", "utf8", "utf-8-sig"):
        try:
            return content.decode(encoding, errors="replace").encode(), []
        except (LookupError, ValueError) as problem:  # an encoding that does not exist, or is none of texts
            wanted = Phrase("an encoding such as utf-8 or cp1252")
            raise unusable(source.path, source.encoding, wanted, column="encoding") from problem
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        content.decode()
    except UnicodeDecodeError as problem:
        row = content.count(b"\n", 0, problem.start)
        text = content.decode(errors="surrogateescape")
        codec = max(CODECS, key=lambda one: _likely(_mended(text[:LOOKED_AT], one)))
        found = Phrase("letters that are not UTF-8")
        wanted = Phrase("UTF-8, or `encoding`; read as {codec}", codec=codec)
        return _mended(text, codec).encode(), [Fault(source.path, found, wanted, row=max(row, 1))]
    return content, []


def _mended(text: str, codec: str) -> str:
    """Return text with the bytes that were no UTF-8 as the letters of another encoding."""
    return re.sub(r"[\udc80-\udcff]", lambda hit: bytes([ord(hit[0]) - 0xDC00]).decode(codec, "replace"), text)


def _likely(text: str) -> int:
    """Return how much a text looks like words with accents, and not like words with other signs in them."""
    return len(ACCENTED.findall(text)) - len(STRANGE.findall(text))


def _wide(content: bytes) -> str:
    """Return which UTF-16 a text without its mark is in, as every other byte of it is zero; empty where it is none."""
    start = content[:LONGEST_HEADER]
    even, odd = start[::2].count(0), start[1::2].count(0)
    most = len(start) // 2 * 0.8
    return "utf-16-le" if odd > most and not even else "utf-16-be" if even > most and not odd else ""


def _separator(first: str) -> str:
    """Return the separator that occurs most in the line of column names, outside quotes."""
    bare = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=lambda mark: (bare.count(mark), -SEPARATORS.index(mark)))


def _names(first: str, separator: str, source: Source) -> tuple[list[str], list[Fault]]:
    """Return the column names, each one once, and what was told about them."""
    parsed = arrow.read_csv(
        pa.BufferReader((first + "\n").encode()),
        read_options=arrow.ReadOptions(autogenerate_column_names=True, use_threads=False),
        parse_options=arrow.ParseOptions(delimiter=separator),
        convert_options=arrow.ConvertOptions(
            strings_can_be_null=False, null_values=[], true_values=[], false_values=[]
        ),
    )
    names: list[str] = []
    faults: list[Fault] = []
    for number, column in enumerate(parsed.columns, start=1):
        name = str(column[0].as_py()).strip() or f"column_{number}"
        if name in names:
            again = f"{name}_{number}"
            found = Phrase("two columns with this name")
            faults.append(
                Fault(source.path, found, Phrase("one; the second is called {name}", name=again), column=name)
            )
            name = again
        names.append(name)
    return names, faults


def _swallowed(table: pd.DataFrame, bad: list[Bad], separator: str) -> bool:
    """Tell whether a quote that was not closed swallowed lines: then a value or a bad line holds a whole line of fields."""
    mark = re.escape(separator)
    count = max(len(table.columns) - 1, 1)
    line = rf"\n(?:[^\n{mark}]*{mark}){{{count}}}[^\n{mark}]*"
    in_values = any(
        part.str.contains(line, regex=True).any()
        for name in table.columns
        if len(part := table.loc[table[name].str.contains("\n", regex=False), name])
    )
    return in_values or any(re.search(line, one.text) for one in bad if "\n" in one.text)


def _without_stray_quotes(content: bytes, separator: str) -> tuple[bytes, list[Bad]]:
    """Return the content without the lines in which a quote is opened and not closed, and those lines."""
    mark = re.escape(separator.encode())
    field = rb'(?:"(?:[^"]|"")*"[^"' + mark + rb']*|[^"' + mark + rb"][^" + mark + rb"]*|)"
    closed = re.compile(rb"^" + field + rb"(?:" + mark + field + rb")*$")
    lines = [line.rstrip(b"\r") for line in content.split(b"\n") if line.strip()]
    open_at = [at for at, line in enumerate(lines) if at and b'"' in line and not closed.match(line)]
    found = Phrase("a quote that is not closed")
    bad = [Bad(at, found, lines[at].decode(errors="replace")) for at in open_at]
    wrong = set(open_at)
    return b"\n".join(line for at, line in enumerate(lines) if at not in wrong) + b"\n", bad


def _merged(bad: list[Bad], odd: list[Bad]) -> list[Bad]:
    """Return both kinds of bad lines, numbered in the whole file; `bad` was numbered without the odd ones."""
    free = np.array([line.row for line in odd], dtype=np.int64) - np.arange(1, len(odd) + 1)
    before = np.searchsorted(free, [line.row for line in bad], side="left")
    shifted = [replace(line, row=line.row + int(more)) for line, more in zip(bad, before, strict=True)]
    return sorted([*shifted, *odd], key=lambda line: line.row)


CSV = Reader(
    name="csv",
    nl="CSV",
    en="CSV",
    suffixes=SUFFIXES,
    fits=fits,
    read=read,
    source="RFC 4180, as spreadsheets write it",
)
