"""What a constraint is: one demand on a programme, told to the solver and judged without it. (nl: eis)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from koppelkans.programme.indexed import Indexed
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement

About = Literal["work", "section", "fund", "crew", "limit", "pair"]
BETWEEN = " + "
"""What stands between the names of a pair of works."""
FAULTS = {"about": "str", "year": "Int64", "amount": "float64"}
"""Columns of a table of faults: the work, fund, crew, limit, section or pair of works, the year where there is one, and by how much."""


@dataclass(frozen=True)
class Outcome:
    """What a solver hands back: the programme, which sections it says are opened and dug within their graafrust, and which joints it counts as saved.

    `joined` (work, other, year) is None where nobody counted: then the judge counts by itself.
    """

    programme: pd.DataFrame
    opened: pd.DataFrame
    broken: pd.DataFrame
    joined: pd.DataFrame | None = None


@dataclass(frozen=True)
class Constraint:
    """One demand with its two faces.

    Parameters
    ----------
    name
        Name of the piece: the stem of its file.
    nl, en
        Name on reports.
    formula
        LaTeX, printed into the method pages as it stands.
    about
        What one demand of this kind is about.
    demand
        English words for one demand of this kind, with `{about}`; for clashing demands.
    fault
        English words for one broken demand, with `{about}`, `{year}` and `{amount}` where they apply.
    tell
        States the demand in the model of the solver.
    judge
        Returns the faults of an outcome (columns `FAULTS`), from the plain tables alone.
    shared
        Whether works share it that have nothing else to do with each other (money, people, open streets): the search gives
        such rows a price, and what is left falls apart into small problems. Only for rows that say "at most".
    """

    name: str
    nl: str
    en: str
    formula: str
    about: About
    demand: str
    fault: str
    tell: Callable[[Statement], None]
    judge: Callable[[Problem, Outcome], pd.DataFrame]
    shared: bool = False


def pair_names(pairs: pd.DataFrame) -> pd.Series:
    """Return how a pair of works (columns work and other) is named."""
    return pairs["work"].str.cat(pairs["other"], sep=BETWEEN)


def faults(about: pd.Series, *, year: pd.Series | None = None, amount: pd.Series | None = None) -> pd.DataFrame:
    """Return a table of faults in a fixed order."""
    made = pd.DataFrame(
        {
            "about": about.to_numpy(),
            "year": pd.NA if year is None else year.to_numpy(),
            "amount": float("nan") if amount is None else amount.to_numpy(),
        }
    ).astype(FAULTS)
    return made.sort_values(["about", "year"], ignore_index=True)


def state(indexed: Indexed, constraints: Sequence[Constraint]) -> Statement:
    """State a problem: its priced choices, and the rows of every constraint."""
    said = Statement(indexed)
    for constraint in constraints:
        constraint.tell(said)
    return said
