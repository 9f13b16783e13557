"""Tables with a column per year, as finance systems export them, as a row per year. (nl: jaarkolommen)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from koppelkans.context.reading.mapping import find
from koppelkans.context.reading.quantities import NOTHING, scale_of
from koppelkans.context.reading.reader import Raw, unusable
from koppelkans.context.reading.roles import AMOUNT, BUDGETS, COSTS, INCOME, SORT, SPENDING, YEAR
from koppelkans.context.reading.texts import texts
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

PLACE = "{year}"
ONE_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]?\d)")
REAL = re.compile(r"(?i)rekening|realisatie|werkelijk|geboekt|uitgegeven|besteed|actual|realised|realized|spent|booked")
PLANNED = re.compile(r"(?i)begroot|begroting|raming|budget|krediet|meerjaren|mjr|mjb|forecast|planned")
NO_AMOUNT = re.compile(r"(?i)saldo|balance|verschil|difference|afwijking|index|%|procent|aantal|fte|datum|stand")
INCOMES = re.compile(r"(?i)\bbaten?\b|inkomst|opbrengst|income|revenue")
ONLY_TOTAL = re.compile(r"(?i)\s*(?:sub|eind|grand)?\s*-?\s*(?:totaal|totalen|totals?|som|summe|gesamt)\s*:?\s*")
TOTAL = re.compile(rf"{ONLY_TOTAL.pattern}|\s*(?:sub|eind|grand)?\s*-?\s*(?:totaal|totalen|totals?)\b.*")
"""What a row that is a total of others is called: one word, or with what it is of behind it."""
SORT_WORDS = {
    word: sort
    for sort, words in {
        SPENDING: ("spending", "l", "last", "lasten", "u", "uitgaven", "uitgave", "kosten", "d", "debet", "expense", "expenses", "expenditure"),
        INCOME: ("income", "b", "bate", "baten", "i", "inkomsten", "opbrengsten", "opbrengst", "c", "credit", "revenue"),
    }.items()
    for word in words
}  # fmt: skip
"""Words of bookkeeping for spending and income."""


def by_year(raw: Raw, source: Source) -> tuple[Raw, Source]:
    """Return a table of amounts with a row per year, and the source that names its columns.

    Only for the roles `budgets` and `costs`. Columns of years are those of which the name holds one year; `yearly` of
    the source names them where that is not enough. Rows that are totals of others are left out.

    Raises
    ------
    InputError
        Where two columns are of one year, and nothing says which is meant.
    """
    if source.role not in (BUDGETS, COSTS):
        return raw, source
    raw = _without_totals(raw)
    own = [str(name) for name in raw.columns.columns]
    sort = source.columns.get(SORT) or find(own, SORT)
    if sort is not None and (column := find(own, sort)) is not None:
        raw = replace(raw, words={**raw.words, column: {**SORT_WORDS, **raw.words.get(column, {})}})
    named = YEAR in source.columns or YEAR in source.constants or find(own, YEAR) is not None
    if named and not source.yearly:
        return raw, source
    chosen = _columns_of_years(own, source)
    if not chosen:
        return raw, source
    patterns = list(dict.fromkeys(_pattern(name) for name in chosen))
    if len({scale_of(AMOUNT, pattern) for pattern in patterns}) > 1 and AMOUNT not in source.units:
        found = Phrase("columns of years in different units: {columns}", columns=", ".join(patterns))
        raise unusable(
            source.path,
            found,
            Phrase('`units = { amount_eur = "…" }` of this source, or one unit'),
            layer=source.layer,
        )
    return _long(raw, chosen, label=next((one for one in patterns if scale_of(AMOUNT, one) != 1), patterns[0]), source=source)  # fmt: skip


def years_in(columns: Iterable[str]) -> list[str]:
    """Return the columns of which the name holds one year; none where only one does."""
    found = [name for name in columns if len(ONE_YEAR.findall(name)) == 1 and not NO_AMOUNT.search(name)]
    return found if len({_year(name) for name in found}) > 1 else []


def is_real(column: str) -> bool:
    """Tell whether the name of a column says that its amounts were really spent."""
    return bool(REAL.search(column))


def _without_totals(raw: Raw) -> Raw:
    """Return a table without the rows of which a cell says that they are the total of others."""
    total = np.zeros(len(raw.columns), dtype=bool)
    for name in raw.columns.columns:
        if not pd.api.types.is_numeric_dtype(raw.columns[name].dtype):
            total |= texts(raw.columns[name]).str.fullmatch(TOTAL, na=False).to_numpy(dtype=bool)
    if not total.any():
        return raw
    counts = {**raw.left_out, Phrase("rows that are a total of others"): int(total.sum())}
    return replace(_taken(raw, np.flatnonzero(~total)), left_out=counts)


def _taken(raw: Raw, at: np.ndarray) -> Raw:
    """Return the rows at these positions."""
    return replace(
        raw,
        columns=raw.columns.iloc[at].reset_index(drop=True),
        rows=raw.rows[at],
        geometry=None if raw.geometry is None else raw.geometry[at],
        layers=None if raw.layers is None else raw.layers[at],
    )


def _columns_of_years(own: Sequence[str], source: Source) -> list[str]:
    """Return the columns of years that are meant."""
    used = {find(own, name) for name in source.columns.values()}
    free = [name for name in own if name not in used]
    if source.yearly:
        wanted = re.compile(re.escape(_folded(source.yearly)).replace(re.escape(PLACE), r"\d{4}"))
        found = [name for name in free if wanted.fullmatch(_folded(name))]
        if not found:
            listed = ", ".join(free[:20])
            wanted_words = Phrase("columns of years such as `{yearly}`; columns in the file: {columns}", yearly=source.yearly, columns=listed)  # fmt: skip
            raise unusable(source.path, Phrase("no such column"), wanted_words, layer=source.layer, column="yearly")
        return found
    found = [name for name in free if len(ONE_YEAR.findall(name)) == 1 and not NO_AMOUNT.search(name)]
    of_other = PLANNED if source.role == COSTS else REAL
    found = [name for name in found if not of_other.search(name)]
    seen = [(_year(name), bool(INCOMES.search(name))) for name in found]
    double = [name for name, one in zip(found, seen, strict=True) if seen.count(one) > 1]
    if double:
        listed = ", ".join(dict.fromkeys(_pattern(name) for name in double))
        words = Phrase("more than one column of the same year: {columns}", columns=listed)
        wanted_words = Phrase('`yearly = "{pattern}"` of this source: the name of the columns that are meant', pattern=_pattern(double[0]))  # fmt: skip
        raise unusable(source.path, words, wanted_words, layer=source.layer)
    return found


def _long(raw: Raw, chosen: Sequence[str], *, label: str, source: Source) -> tuple[Raw, Source]:
    """Return a row per year of each row, with the names of its columns."""
    rows, many = len(raw.columns), len(chosen)
    at = np.repeat(np.arange(rows), many)
    made = _taken(raw, at)
    rest = made.columns.drop(columns=list(chosen))
    cells = [raw.columns[name].astype("object").to_numpy() for name in chosen]
    own = np.column_stack(cells).reshape(-1) if rows else np.empty(0, dtype=object)
    amounts = pd.Series(own, index=rest.index, dtype="object")
    incomes = np.tile([bool(INCOMES.search(name)) for name in chosen], rows)
    extra: dict[str, pd.Series] = {
        YEAR: pd.Series(np.tile([_year(name) for name in chosen], rows), index=rest.index, dtype="str"),
        label: amounts,
    }
    columns = {**source.columns, YEAR: YEAR, AMOUNT: label}
    if incomes.any():
        extra[SORT] = pd.Series(np.where(incomes, INCOME, SPENDING), index=rest.index, dtype="str")
        columns[SORT] = SORT
    whole = rest.drop(columns=[name for name in extra if name in rest]).assign(**extra)
    said = texts(amounts)
    filled = (said.notna() & ~said.str.fullmatch(NOTHING, na=False)).to_numpy(dtype=bool)
    long = _taken(replace(made, columns=whole), np.flatnonzero(filled))
    return long, source.model_copy(update={"columns": columns, "yearly": ""})


def _year(name: str) -> str:
    """Return the year in the name of a column."""
    return str(ONE_YEAR.findall(name)[0])


def _pattern(name: str) -> str:
    """Return the name of a column with the year as a place to fill in."""
    return ONE_YEAR.sub(PLACE, name)


def _folded(name: str) -> str:
    """Return a name without capitals and with one space for white space of any kind."""
    return re.sub(r"\s+", " ", name).strip().casefold()
