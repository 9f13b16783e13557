"""The independent judge: every demand and the value, recomputed from the plain tables without the solver. (nl: rechter)."""

from collections.abc import Mapping, Sequence

import pandas as pd

from koppelkans.ground.tables import shape
from koppelkans.ground.words import number, say
from koppelkans.programme.constraint import Constraint, Outcome
from koppelkans.programme.problem import Problem
from koppelkans.programme.product import VERDICT

Names = Mapping[str, Mapping[str, str]]
"""Words that people use: per sort of thing (work, section, fund, crew, limit) the name by its key."""


def judge(
    problem: Problem,
    outcome: Outcome,
    *,
    constraints: Sequence[Constraint],
    names: Names | None = None,
    lang: str = "en",
) -> pd.DataFrame:
    """Return what is to be said of an outcome, demand by demand (schema VERDICT), sorted by demand.

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


def every_fault(
    problem: Problem, outcome: Outcome, *, constraints: Sequence[Constraint], lang: str = "en"
) -> list[str]:
    """Return every fault of an outcome in words, demand by demand in the order of the constraints; none where all is kept."""
    return [words for piece in constraints for words in fault_words(piece, piece.judge(problem, outcome), lang=lang)]


def fault_words(piece: Constraint, found: pd.DataFrame, *, names: Names | None = None, lang: str = "en") -> list[str]:
    """Return each fault of a constraint in words."""
    known = (names or {}).get(piece.about, {})
    return [
        say(piece.fault, lang, about=known.get(about, about), year=year, amount=number(amount, lang))
        for about, year, amount in zip(found["about"], found["year"], found["amount"], strict=True)
    ]
