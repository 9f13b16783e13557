"""Budgets and real costs in tables that nobody configured. (nl: begroting herkennen)."""

from collections.abc import Mapping

import pandas as pd

from koppelkans.context.inspecting.dictionary import dictionary, in_groups, likeness, words_of
from koppelkans.context.inspecting.matching import Cells, match_columns
from koppelkans.context.reading.quantities import numbers, scale_of
from koppelkans.context.reading.reader import Raw
from koppelkans.context.reading.roles import AMOUNT, BUDGETS, COSTS, SORT, YEAR
from koppelkans.context.reading.texts import texts
from koppelkans.context.reading.understanding import ABOVE
from koppelkans.context.reading.yearly import SORT_WORDS, is_real, years_in
from koppelkans.ground.words import Phrase

CODE_LIKE = 0.9
"""How much a name is like a word of bookkeeping, to be a column of codes."""


def amounts_in(cells: Cells, about: str) -> tuple[str, dict[str, str]] | None:
    """Return the role and columns of a table with amounts per year; None where it is none.

    Budgets have a column of codes or purses; real costs say that they are real, and of which work or kind.
    """
    years = [
        name for name in years_in(cells.texts) if cells.wrong(name, lambda values: numbers(values, money=True)[1]) == 0
    ]
    spent = match_columns(cells, COSTS)
    real = is_real(about) or any(map(is_real, (*years, spent.get(AMOUNT, ""))))
    if real and ("work" in spent or {"kind", "quantity"} <= set(spent)) and _dated(spent, years):
        return COSTS, _kept(spent, years)
    planned = match_columns(cells, BUDGETS)
    if SORT in planned and not set(cells.texts[planned[SORT]].str.casefold()) <= set(SORT_WORDS):
        del planned[SORT]
    if (code_columns(cells) or "fund" in planned) and _dated(planned, years):
        return BUDGETS, _kept(planned, years)
    return None


def code_columns(cells: Cells) -> list[str]:
    """Return the columns that hold codes of bookkeeping."""
    known = [words_of(word) for word in dictionary()["codes"]["words"]]
    return [name for name in cells.texts if likeness(name, known) > CODE_LIKE]


def purses_in(cells: Cells) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return purses of the defaults, each with the codes of which every line speaks of it.

    Of the columns of codes the one with most different codes counts.
    """
    columns = code_columns(cells)
    if not columns:
        return {}
    column = max(columns, key=lambda name: len(cells.texts[name].unique()))
    told = [name for name in cells.frame.columns if not pd.api.types.is_numeric_dtype(cells.frame[name].dtype)]
    whole = pd.Series("", index=cells.frame.index)
    for name in told:
        whole += " " + texts(cells.frame[name]).fillna("")
    purse = whole.map(lambda text: in_groups(text, "purses") or "")
    code = texts(cells.frame[column])
    known = pd.DataFrame({"code": code, "purse": purse}).dropna()
    said = known[known["purse"] != ""].groupby("code")["purse"].agg(["nunique", "first"])
    made: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name, part in said[said["nunique"] == 1].groupby("first"):
        made[str(name)] = (column, tuple(sorted(map(str, part.index))))
    return made


def unit_above(raw: Raw, columns: Mapping[str, str], role: str) -> dict[str, str]:
    """Return the unit that stands above the column names, for the amounts of a layer."""
    ours = AMOUNT if role in (BUDGETS, COSTS) else "cost_eur" if "cost_eur" in columns else ""
    above = (fault.found for fault in raw.faults if str(fault.found).startswith(ABOVE))
    said = (found.values.get("text") for found in above if isinstance(found, Phrase))  # noqa: PD011
    found = next((str(text) for text in said if text and ours and scale_of(ours, str(text)) != 1), "")
    return {ours: found} if found and scale_of(ours, columns.get(ours, "")) == 1 else {}


def _dated(columns: Mapping[str, str], years: list[str]) -> bool:
    """Tell whether a table says amounts and years."""
    return bool(years) or {YEAR, AMOUNT} <= set(columns)


def _kept(columns: dict[str, str], years: list[str]) -> dict[str, str]:
    """Return columns without year and amount where each year has its own column."""
    return {ours: name for ours, name in columns.items() if not years or ours not in (YEAR, AMOUNT)}
