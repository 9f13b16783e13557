"""The independent judge: every demand and the value, recomputed from the plain tables. (nl: rechter)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from koppelkans.ground.tables import shape
from koppelkans.ground.words import number, say
from koppelkans.programme.constraint import Blocked, Constraint, Outcome, never_blocked
from koppelkans.programme.indexed import Mask, Whole
from koppelkans.programme.placed import UNDONE, PlacedWorks
from koppelkans.programme.problem import Names, Problem
from koppelkans.programme.product import VERDICT, Programme
from koppelkans.programme.quarters import faults_in, outcome_of, programme_of, quarters

ROWS = 200_000
"""So many rows of tables are judged at once: alternatives are laid beside each other up to this size."""
WORSE = 1e-9
"""A fault that grows by more than this is a new one."""


def judge(
    problem: Problem,
    outcome: Outcome,
    *,
    constraints: Sequence[Constraint],
    names: Names | None = None,
    lang: str = "en",
) -> pd.DataFrame:
    """Return the verdict on every demand of an outcome (schema VERDICT), sorted by demand.

    `names` gives the words that people use for each work, section, fund, crew and limit.
    """
    told = [(piece, piece.judge(problem, outcome)) for piece in constraints]
    rows = [
        {
            "demand": piece.name,
            "kept": found.empty,
            "faults": len(found),
            "first": None if found.empty else fault_words(piece, found.iloc[:1], names=names, lang=lang)[0],
        }
        for piece, found in told
    ]
    table = pd.DataFrame(rows, columns=list(VERDICT.columns))
    return shape(table.sort_values("demand", ignore_index=True), VERDICT)


def count_asked(programme: Programme, constraints: Sequence[Constraint]) -> int:
    """Count the faults against what the search was asked to see to.

    Openings that purses cannot pay are told as uncovered; they are a fault of the programme only where a city has the search
    keep them within the purses (`programme.openings_paid`).
    """
    names = [piece.name for piece in constraints if piece.asked is None or piece.asked(programme.problem)]
    verdict = programme.verdict
    return int(verdict.loc[verdict["demand"].isin(names), "faults"].sum())


def every_fault(
    problem: Problem, outcome: Outcome, *, constraints: Sequence[Constraint], lang: str = "en"
) -> list[str]:
    """Return every fault of an outcome in words, in the order of the constraints.

    None where all is kept.
    """
    return [words for piece in constraints for words in fault_words(piece, piece.judge(problem, outcome), lang=lang)]


def fault_words(piece: Constraint, found: pd.DataFrame, *, names: Names | None = None, lang: str = "en") -> list[str]:
    """Return each fault of a constraint in words."""
    known = (names or {}).get(piece.about, {})
    return [
        say(piece.fault, lang, about=known.get(about, about), year=year, amount=number(amount, lang))
        for about, year, amount in zip(found["about"], found["year"], found["amount"], strict=True)
    ]


def blocked_years(
    pieces: Sequence[Constraint], placed: PlacedWorks, works: Whole, *, ask: Mask | None = None
) -> list[Blocked]:
    """Years in which works give a fault that was not there, per constraint.

    Those that do not say so themselves are derived from their judges, and only for the years that are asked.
    """
    silent = [piece for piece in pieces if piece.blocked is None]
    derived = iter(derived_blocked(silent, placed, works, ask=ask) if silent else [])
    return [next(derived) if piece.blocked is None else piece.blocked(placed, works) for piece in pieces]


def derived_blocked(
    pieces: Sequence[Constraint], placed: PlacedWorks, works: Whole, *, ask: Mask | None = None
) -> list[Blocked]:
    """Years in which the judges of constraints find a new or a larger fault.

    Every alternative is a quarter of one large city, which is judged once.

    Parameters
    ----------
    pieces
        The constraints.
    placed, works
        Programmes, and the works that are moved, each by itself.
    ask
        Which years are asked for (F x k x T + 1); None: all.
    """
    made = [never_blocked(placed, works) for _ in pieces]
    names: list[list[str]] = [[] for _ in pieces]
    cells = np.argwhere(placed.elsewhere(works) if ask is None else placed.elsewhere(works) & ask)
    rows = sum(len(getattr(placed.problem, name)) for name in placed.problem.TABLES)
    size = max(1, min(len(cells), ROWS // max(1, rows)))
    city, none = quarters(placed.problem, size), np.full((size, placed.year.shape[1]), UNDONE)
    before = _found(pieces, quarters(placed.problem, placed.count), placed.year)
    for first in range(0, len(cells), size):
        part = cells[first : first + size]
        programme, work, year = part.T
        tried = none.copy()
        tried[: len(part)] = placed.year[programme]
        tried[np.arange(len(part)), works[work]] = np.where(year < placed.problem.years, year, UNDONE)
        for free, known, was, found in zip(made, names, before, _found(pieces, city, tried), strict=True):
            new = _new_faults(found[found["quarter"] < len(part)], was, programme)
            at = tuple(part[new["cell"].to_numpy()].T)
            free.years[at] = True
            free.about[at] = np.arange(len(known), len(known) + len(new))
            known.extend(new["about"])
    return [replace(free, names=np.asarray(called, dtype=object)) for free, called in zip(made, names, strict=True)]


def _new_faults(found: pd.DataFrame, was: pd.DataFrame, programme: Whole) -> pd.DataFrame:
    """Return the first fault of each cell that its programme did not have, or had smaller."""
    found = found.rename(columns={"quarter": "cell"})
    found["quarter"] = programme[found["cell"].to_numpy()]
    both = found.merge(was, on=["quarter", "about", "year"], how="left", suffixes=("", "_before"))
    new = both["amount_before"].isna() | (both["amount"] > both["amount_before"] + WORSE)
    return both[new].drop_duplicates("cell")


def _found(pieces: Sequence[Constraint], city: Problem, year: Whole) -> list[pd.DataFrame]:
    """Return per constraint the faults of the programmes of all quarters; an amount that is not told is 0."""
    outcome = outcome_of(city, programme_of(city, year))
    return [faults_in(city, piece, outcome).fillna({"amount": 0.0}) for piece in pieces]
