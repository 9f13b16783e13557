"""A programme with its model kept in memory, to answer questions and changes quickly. (nl: werktafel)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, InputError
from koppelkans.programme.constraint import Outcome, state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import Indexed, Mask, Whole, index_problem, positions
from koppelkans.programme.judge import fault_words
from koppelkans.programme.moves import moves
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.incumbent import gap_of
from koppelkans.programme.spoken import work_meant
from koppelkans.programme.statement import SparseRows, Statement
from koppelkans.programme.value import Value, broken_rest, opened_sections, value_of


@dataclass(frozen=True)
class Desk:
    """A problem with its programme and the rows that state it.

    `chosen` tells which options the programme takes; `bound_eur` is what no programme can beat, where that is known.
    Everything is worked out once and never changed: a change gives a new desk.
    """

    problem: Problem
    programme: pd.DataFrame
    indexed: Indexed
    rows: SparseRows
    chosen: Mask
    bound_eur: float = float("nan")

    @cached_property
    def value(self) -> Value:
        """Return the value of the programme, from the plain tables."""
        return value_of(self.problem, self.programme)

    @cached_property
    def said(self) -> Statement:
        """Return the stated problem with the names of its demands, for who asks what is proven."""
        return state(self.indexed, CONSTRAINTS)

    @cached_property
    def moves(self) -> pd.DataFrame:
        """Return what every other year of every work would cost with all others held."""
        return moves(self.problem, self.programme)

    @cached_property
    def year_of(self) -> Whole:
        """Return the year of each work, counted from the first; -1 where it is left undone."""
        return years_of(self.indexed, self.chosen)

    @cached_property
    def promised(self) -> Whole:
        """Return the promised year of each work, counted from the first; -1 without a promise.

        A promise outside the planned years counts as none.
        """
        made = np.full(len(self.problem.works), -1, dtype=np.int64)
        first, last = self.problem.horizon.first, self.problem.horizon.last
        promises = self.problem.promises[self.problem.promises["year"].between(first, last)]
        made[positions(promises["work"], self.problem.works["work"])] = promises["year"] - self.problem.first_year
        return made

    @property
    def gap(self) -> float:
        """Return the optimality gap of the programme as a share; unknown without a bound."""
        return gap_of(self.value.total_eur, self.bound_eur) if self.bound_eur == self.bound_eur else float("nan")

    def known_as(self, sort: str, name: str) -> str:
        """Return the word that people use for a name."""
        return self.problem.names.get(sort, {}).get(name, name)

    def work_called(self, text: str) -> str:
        """Return the key of the work that people call so; the text itself where none is.

        Raises
        ------
        InputError
            Where more works may be meant; it lists their key, year and street.
        """
        return work_meant(self.problem, self.programme, text)


def lay_out(
    problem: Problem,
    programme: pd.DataFrame,
    *,
    bound_eur: float = float("nan"),
    lang: str = "en",
) -> Desk:
    """Return a problem and its programme, ready for questions and changes.

    Parameters
    ----------
    problem, programme
        The problem and its programme (work, year).
    bound_eur
        What no programme can beat, where that is known.
    lang
        Language of the faults.

    Raises
    ------
    InputError
        Where the programme breaks a demand: what follows from it would mean nothing. Each fault says which.
    """
    placed = pd.DataFrame(programme[["work", "year"]]).astype({"work": "str", "year": "int64"})
    placed = placed.sort_values("work", ignore_index=True)
    outcome = counted(problem, placed)
    faults = [
        Fault("programme", told, str(getattr(piece, lang)), fatal=True)
        for piece in CONSTRAINTS
        for told in fault_words(piece, piece.judge(problem, outcome), names=problem.names, lang=lang)
    ]
    if faults:
        raise InputError(faults)
    indexed = index_problem(problem)
    rows = state(indexed, CONSTRAINTS).rows()
    work = positions(placed["work"], problem.works["work"])
    chosen = np.zeros(rows.choices, dtype=bool)
    chosen[indexed.option_of[work, placed["year"].to_numpy() - problem.first_year]] = True
    return Desk(problem, placed, indexed, rows, chosen, bound_eur)


def years_of(indexed: Indexed, chosen: Mask) -> Whole:
    """Return the year of each work under the chosen options, from 0; -1 where left undone."""
    year = np.full(len(indexed.problem.works), -1, dtype=np.int64)
    year[indexed.option_work[chosen]] = indexed.option_year[chosen]
    return year


def counted(problem: Problem, programme: pd.DataFrame) -> Outcome:
    """Return a programme with the openings and graafrust breaches that its tables imply."""
    return Outcome(programme, opened_sections(problem, programme), broken_rest(problem, programme))
