"""What a constraint is: one demand on a programme, told to the solver and judged without it. (nl: eis)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.programme.capacity import Capacity
from koppelkans.programme.indexed import Indexed, Mask, Whole
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement

About = Literal["work", "section", "fund", "crew", "limit", "pair"]
FAULTS = {"about": "str", "year": "Int64", "amount": "float64"}
"""Columns of a table of faults: the work, fund, crew, limit, section or pair of works, the year where there is one, and by how much."""
DUTIES = {"work": "str", "first": "int64", "last": "int64"}
"""Columns of a table of duties: a work that must be done, and the first and last year in which it may."""
NOBODY = -1
"""Stands where a year is not blocked."""


@dataclass(frozen=True)
class Outcome:
    """A programme as the solver returns it, with the openings, breaches and joints it counted.

    `opened` and `broken` hold the sections that lie open, and are dug within their graafrust, with the year. `joined`
    (work, other, year) is None where nobody counted: then the judge counts by itself.
    """

    programme: pd.DataFrame
    opened: pd.DataFrame
    broken: pd.DataFrame
    joined: pd.DataFrame | None = None


@dataclass(frozen=True)
class Blocked:
    """Years in which works may not be done, all others held, and what each is about.

    `years` is F x k x T + 1; the last stands for undone. `about` is a place among `names`, -1 where a year is free. Its own year is free to every work.
    """

    years: Mask
    about: Whole
    names: npt.NDArray[np.object_]


@dataclass(frozen=True)
class Constraint:
    """One demand with its faces: `tell`, `judge`, `blocked` and its words.

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
        English words for one demand of this kind, with `{about}`; for clashing demands, and wherever nothing finer is said.
    fault
        English words for one broken demand, with `{about}`, `{year}` and `{amount}` where they apply.
    tell
        States the demand in the model of the solver.
    judge
        Returns the faults of an outcome (columns `FAULTS`), from the plain tables alone.
    blocked
        Returns in which years a work gives a fault that was not there, all others held and what helps chosen best. None: it
        follows from `judge`, which is slower. A breach that has a price does not block.
    shut
        A sentence on a year that is blocked, with `{year}` and `{about}`; empty: made from `demand`.
    brief
        A few words on a year that is blocked, with `{about}`; empty: those of `demand`.
    clash, facts
        A sentence on a demand that clashes, and what stands in it besides `{about}`: told from the problem, the name, the
        works that ask for it (columns `DUTIES`) and the language. Empty: `demand`.
    duties
        The works that must be done because of it, and in which years (columns `DUTIES`); None: it makes no work a duty.
    capacity
        What works share that have nothing else to do with each other (money, people, open streets): the search gives such
        rows a price, and what is left falls apart into small problems. Only for rows that say "at most".
    asked
        Whether the search of a problem had to see to it; None: always.
    one_year
        Whether it gives every work one year at the most, so that the best year of each work proves a first bound.
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
    blocked: Callable[[PlacedWorks, Whole], Blocked] | None = None
    shut: str = ""
    brief: str = ""
    clash: str = ""
    facts: Callable[[Problem, str, pd.DataFrame, str], dict[str, object]] | None = None
    duties: Callable[[Problem], pd.DataFrame] | None = None
    capacity: Callable[[Problem], Capacity] | None = None
    one_year: bool = False
    asked: Callable[[Problem], bool] | None = None

    @property
    def shared(self) -> bool:
        """Tell whether works share it that have nothing else to do with each other."""
        return self.capacity is not None


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


def never_blocked(placed: PlacedWorks, works: Whole) -> Blocked:
    """Block no year: what helps can always be chosen so that the demand holds, at its price."""
    free = np.zeros((placed.count, len(works), placed.problem.years + 1), dtype=bool)
    return Blocked(free, np.full(free.shape, NOBODY, dtype=np.int64), np.empty(0, dtype=object))


def blocked_where(
    placed: PlacedWorks, works: Whole, forbidden: Mask, *, work: Whole, names: npt.NDArray[np.object_] | pd.Series
) -> Blocked:
    """Blocked years from rows that each forbid years to a work; the first that does is named.

    Parameters
    ----------
    placed, works
        The programmes, and the works that are asked for.
    forbidden
        The years that each row forbids (F x rows x T + 1), its own year aside.
    work, names
        The work of each row, by its place, and what the row is about.
    """
    place = np.full(len(placed.problem.works), NOBODY, dtype=np.int64)
    place[works] = np.arange(len(works))
    mine = np.flatnonzero(place[work] >= 0)
    first = np.full((placed.count, len(works), placed.problem.years + 1), len(work), dtype=np.int64)
    rows = np.where(forbidden[:, mine], mine[:, None], len(work))
    np.minimum.at(first.swapaxes(0, 1), place[work[mine]], rows.swapaxes(0, 1))
    years = (first < len(work)) & placed.elsewhere(works)
    return Blocked(years, np.where(years, first, NOBODY), np.asarray(names, dtype=object))


def state(indexed: Indexed, constraints: Sequence[Constraint]) -> Statement:
    """State a problem: its priced choices, and the rows of every constraint."""
    said = Statement(indexed)
    for constraint in constraints:
        constraint.tell(said)
    return said
