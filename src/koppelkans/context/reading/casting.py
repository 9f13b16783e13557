"""Every column in its type and range; what cannot be so becomes unknown and is told. (nl: typen en grenzen)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from koppelkans.context.reading.periods import LAST_PLANNED, LAST_YEAR
from koppelkans.context.reading.quantities import (
    FOREIGN,
    PER_UNIT,
    UNSURE,
    numbers,
    scale_of,
    sign_by_measure,
    without_units,
)
from koppelkans.context.reading.roles import DAY, YES_NO_OR_UNKNOWN, RoleTable, is_year
from koppelkans.context.reading.texts import Flags, swapped, texts, yes_or_no
from koppelkans.context.reading.troubles import Trouble, places
from koppelkans.context.reading.years import Side, days, years
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE_OR_UNKNOWN, Column
from koppelkans.ground.words import Phrase

LEAST_MEASURED, FAR_OFF = 2, 80.0
"""Rows that are needed to say that a column is in another unit than the map, and how many times it must be off."""
WITH_VAT = re.compile(
    r"(?i)(?:(?P<without>ex(?:cl(?:usief|\.)?)?|zonder|without)|in(?:cl(?:usief|\.)?|clusive)?|met|with)\.? ?(?:of )?(?:btw|vat|mwst)\b"
)
"""What the name of a column says of VAT."""
OURS = re.compile(
    r"(?i)\s*[\[(]?\s*(?:€|eur(?:o|os)?|m[12]?|m²|mm|meters?|st|stuks?|jaar|year|[-–%]|(?:ex|in)cl\.?\s*btw)?\s*[\])]?\s*"
)
"""Units that are ours, or say nothing."""
SIDES: Mapping[str, Side] = {"earliest_year": "first", "latest_year": "last"}
"""Column of years = which year of a cell with more than one it takes; other columns take none of them."""


@dataclass(frozen=True)
class Writing:
    """Units and decimal sign that the settings of a source say, and what the map measures.

    `vat` is the VAT (share) that amounts in euros hold, 0 for none. `measured` holds, per column of ours, the length (m) or area (m2) of each row; NaN where it says nothing.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    decimal: str = ""
    vat: float = 0.0
    measured: Mapping[str, pd.Series] = field(default_factory=dict)


def cast(
    frame: pd.DataFrame,
    table: RoleTable,
    theirs: Mapping[str, str],
    *,
    until: int = LAST_YEAR,
    writing: Writing | None = None,
) -> tuple[pd.DataFrame, tuple[Trouble, ...]]:
    """Return the frame with every column of the role in its type, and the faults found.

    A value that cannot be read or lies outside its range becomes unknown; its row is kept. A row that lacks a value
    without which it means nothing is set aside. Other columns stay as they are. A year of what has happened (laying,
    inspection, wish) lies not after `until`. A unit in the name of a column of the file (`x € 1.000`) or in `writing`
    is brought to ours.
    """
    made: dict[str, pd.Series] = {}
    troubles: list[Trouble] = []
    for name, column in table.columns.items():
        if name not in frame.columns:
            fill = np.nan if column.dtype in (TEXT, NUMBER) else pd.NA
            made[name] = pd.Series(fill, index=frame.index, dtype=column.dtype)
            continue
        label = theirs.get(name, name)
        if is_year(name):
            until_here = LAST_PLANNED if table.window else LAST_YEAR if table.codes else until
            values, found = _years(frame[name], label, until=until_here, side=SIDES.get(name, "only"))
        else:
            values, found = _one(frame[name], name, column, label, writing or Writing())
        made[name] = values
        troubles.extend(found)
        if column.known and name != table.identity and name not in ("owner", "kind"):
            lacking = places(values.isna())
            wanted = Phrase("a value: without `{column}` the row means nothing", column=name)
            troubles.append(Trouble(lacking, [Phrase("nothing")] * len(lacking), wanted, label))
    for name in frame.columns:
        made.setdefault(str(name), frame[name])
    return pd.DataFrame(made, index=frame.index), tuple(trouble for trouble in troubles if len(trouble.positions))


def _one(values: pd.Series, name: str, column: Column, label: str, writing: Writing) -> tuple[pd.Series, list[Trouble]]:
    """Return one column in its type, and what was wrong in it."""
    if column.dtype == TEXT:
        return _words(values, column, label)
    if column.dtype == DAY:
        return _days(values, label)
    if column.dtype == YES_NO_OR_UNKNOWN:
        made, wrong = yes_or_no(values)
        return made, [_told(values, wrong, Phrase("yes or no"), label)]
    return _amount(values, name, column, label, writing)


def _amount(
    values: pd.Series, name: str, column: Column, label: str, writing: Writing
) -> tuple[pd.Series, list[Trouble]]:
    """Return one column of numbers in our unit and within its bounds, and what was wrong in it."""
    money = name.endswith("_eur")
    if money and PER_UNIT.search(label) and column.dtype != NUMBER:
        return _per_unit(values, label)
    whole = column.dtype != NUMBER and not money
    own, in_cells = without_units(values, name)
    found, wrong, doubtful = _numbered(own, writing, writing.measured.get(name), money=money or whole)
    sign = Phrase(
        "a number of which the column shows whether its sign stands before decimals; say `decimal` at this source"
    )
    troubles = [
        _told(values, wrong & ~doubtful, Phrase("a number"), label),
        _told(values, doubtful, sign, label),
    ]
    measured = writing.measured.get(name)
    found, scaled = _scaled(found, name, label, writing)
    found = (found * in_cells).where(in_cells == 1, found * in_cells / scale_of(name, writing.units.get(name, label)))
    troubles.extend(scaled)
    if money:
        troubles.extend(_said_of_money(values, found, label, writing))
    if money and writing.vat:
        found = found / (1.0 + writing.vat)
        troubles.append(_without_vat(found, label))
    if measured is not None:
        troubles.append(_off(found, measured, label))
    if column.dtype != NUMBER:
        if money:
            little = (found.round() == 0) & (found != 0)
            troubles.append(_told(values, little.to_numpy(dtype=bool), Phrase("an amount in whole euros"), label))
            found = found.round().mask(little)
        broken = (found.notna() & (found % 1 != 0)).to_numpy()
        troubles.append(_told(values, broken, Phrase("a whole number"), label))
        found = found.mask(broken)
    for outside, wanted in _limits(found, column):
        troubles.append(_told(values, outside, wanted, label))
        found = found.mask(outside)
    return found.astype("Float64").astype(column.dtype) if column.dtype != NUMBER else found, troubles


def _numbered(
    values: pd.Series, writing: Writing, measured: pd.Series | None, *, money: bool
) -> tuple[pd.Series, Flags, Flags]:
    """Return a column as numbers, where it holds something else, and where of that the decimal sign is not known."""
    found, wrong = numbers(values, money=money, decimal=writing.decimal, unsure="")
    doubtful = wrong & texts(values).str.contains(UNSURE, na=False).to_numpy(dtype=bool)
    decided = sign_by_measure(values, doubtful, measured) if doubtful.any() and measured is not None else ""
    if decided:
        found, wrong = numbers(values, money=money, decimal=decided, unsure="")
        doubtful = np.zeros(len(values), dtype=bool)
    return found, wrong, doubtful


def _per_unit(values: pd.Series, label: str) -> tuple[pd.Series, list[Trouble]]:
    """Return no amounts of a column that holds prices per unit; told once."""
    at = places(texts(values).notna())
    wanted = Phrase("the amount of the whole work; a price per unit is set under `kinds`, and these are not read")
    told = Trouble(at, [Phrase("prices per unit, as the name of the column says")] * len(at), wanted, label, kept=True, told="once")  # fmt: skip
    return pd.Series(pd.NA, index=values.index, dtype=WHOLE_OR_UNKNOWN), [told]


def _said_of_money(values: pd.Series, found: pd.Series, label: str, writing: Writing) -> list[Trouble]:
    """Return what an amount or the name of its column says that the settings do not: another currency, VAT; told once."""
    own = texts(values)
    foreign = found.notna() & (own.str.contains(FOREIGN, na=False) | bool(FOREIGN.search(label)))
    at, known = places(foreign), places(found.notna())
    told = [
        Trouble(at, [Phrase("amounts in another currency")] * len(at), Phrase("euros; read as euros"), label, kept=True, told="once")
    ]  # fmt: skip
    said = WITH_VAT.search(label)
    if said and bool(said["without"]) == bool(writing.vat):
        found_words = Phrase("amounts without VAT, as the name of the column says") if said["without"] else Phrase("amounts with VAT, as the name of the column says")  # fmt: skip
        wanted = (
            Phrase('`vat = "without"` at this source') if said["without"] else Phrase('`vat = "with"` at this source')
        )
        told.append(Trouble(known, [found_words] * len(known), wanted, label, kept=True, told="once"))
    return told


def _off(found: pd.Series, measured: pd.Series, label: str) -> Trouble:
    """Return the rows of a column of which most are hundreds of times more or less than the map measures; told once."""
    ratio = (found / measured.reindex(found.index)).where(lambda value: np.isfinite(value) & (value > 0)).dropna()
    usual = float(np.median(ratio)) if len(ratio) >= LEAST_MEASURED else 1.0
    at = places(
        found.index.to_series().isin(ratio.index) if not 1 / FAR_OFF < usual < FAR_OFF else found.isna() & False
    )
    words = Phrase("a quantity that is {n} times what the map measures", n=format(float(f"{usual:.2g}"), "g"))
    wanted = Phrase("metres or square metres; see `units` and `decimal` of this source")
    return Trouble(at, [words] * len(at), wanted, label, kept=True, told="once")


def _scaled(found: pd.Series, name: str, label: str, writing: Writing) -> tuple[pd.Series, list[Trouble]]:
    """Return numbers in our unit; a unit that only the column name says is told once."""
    said = writing.units.get(name, label)
    scale = scale_of(name, said)
    if scale == 1 and name in writing.units and not OURS.fullmatch(said):
        at = places(found.notna())
        unread = Phrase("a unit that is not known: {unit}", unit=said[:40])
        wanted = Phrase("a unit such as `x € 1.000`, `k€`, `km` or `ha`; read as it stands")
        return found, [Trouble(at, [unread] * len(at), wanted, label, kept=True, told="once")]
    if scale == 1:
        return found, []
    at = places(found.notna())
    read = Phrase("amounts in another unit, as the name of the column says")
    told = Trouble(
        at,
        [read] * len(at),
        Phrase("our unit; read as {n} times as much", n=f"{scale:g}"),
        label,
        kept=True,
        told="once",
    )
    return found * scale, [] if name in writing.units else [told]


def _without_vat(found: pd.Series, label: str) -> Trouble:
    """Return the rows of which VAT was taken off the amount; told once."""
    at = places(found.notna())
    wanted = Phrase("amounts without VAT; it was taken off")
    return Trouble(at, [Phrase("amounts with VAT")] * len(at), wanted, label, kept=True, told="once")


def _limits(found: pd.Series, column: Column) -> Iterator[tuple[Flags, str]]:
    """Yield where a number is too low or too high, and what was wanted."""
    if column.least is not None:
        yield (found < column.least).to_numpy(), Phrase("{least} or more", least=f"{column.least:g}")
    if column.most is not None:
        yield (found > column.most).to_numpy(), Phrase("{most} or less", most=f"{column.most:g}")


def _years(values: pd.Series, label: str, *, until: int, side: Side) -> tuple[pd.Series, list[Trouble]]:
    """Return a column as years; the years that registers write for "unknown" are told once per column."""
    made, sentinel, wrong = years(values, side)
    at = places(pd.Series(sentinel, index=values.index))
    seen = sorted(texts(values[sentinel]).str.extract(r"(\d{1,4})", expand=False).dropna().unique()) if len(at) else []
    found = Phrase("year {years}", years=", ".join(seen[:5]))
    unknown = Trouble(at, [found] * len(at), Phrase("a real year; taken as unknown"), label, kept=True, told="once")
    late = (made > until).fillna(value=False).to_numpy(dtype=bool)
    wanted = Phrase("{most} or less", most=until)
    return made.mask(late), [
        unknown,
        _told(values, wrong, Phrase("one year or a date"), label),
        _told(values, late, wanted, label),
    ]


def _days(values: pd.Series, label: str) -> tuple[pd.Series, list[Trouble]]:
    """Return a column as days; a year or longer period is its first day."""
    made = days(values)
    year, sentinel, wrong = years(values, "first")
    first = pd.to_datetime(year.astype("Float64").map(lambda one: f"{int(one):04d}-01-01", na_action="ignore"), format="%Y-%m-%d")  # fmt: skip
    whole = made.where(~sentinel).fillna(first.astype("datetime64[s]"))
    return whole.astype(DAY), [_told(values, wrong, Phrase("a day or a year"), label)]


def _words(values: pd.Series, column: Column, label: str) -> tuple[pd.Series, list[Trouble]]:
    """Return a column as text; where only certain words may stand, others become unknown."""
    own = texts(values).astype("str")
    if not column.one_of:
        return own, []
    made = swapped(own, {word: word for word in column.one_of})
    at = places(own.notna() & made.isna())
    wanted = Phrase("one of: {words}", words=", ".join(column.one_of))
    return made, [Trouble(at, own.loc[at].tolist(), wanted, label, kept=True, told="values")]


def _told(values: pd.Series, wrong: Flags, wanted: str, label: str) -> Trouble:
    """Return what is wrong in one column; the rows are kept with an unknown value."""
    flags = pd.Series(np.asarray(wrong, dtype=bool), index=values.index)
    at = places(flags)
    return Trouble(at, texts(values.loc[at]).fillna("").tolist(), wanted, label, kept=True)
