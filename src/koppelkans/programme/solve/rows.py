"""The stated model as sparse rows: checked exactly, completed from its choices, and cut to a part of it. (nl: rijen)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from koppelkans.programme.coded import Floats, Mask, Whole
from koppelkans.programme.solve.statement import Statement, Told

ROUNDING = 1e-12
"""A row is kept when it is exceeded by no more than this share of its own size."""


@dataclass(frozen=True)
class Rows:
    """Minimise `offset` + `cost` @ z, with `lower` <= `matrix` @ z <= `upper` and `least` <= z <= `most`.

    The first `choices` columns are whole (yes or no); the others follow from them.
    """

    matrix: sparse.csr_array
    lower: Floats
    upper: Floats
    cost: Floats
    least: Floats
    most: Floats
    choices: int
    offset: float

    @cached_property
    def by_column(self) -> sparse.csc_array:
        """Return the same matrix, ordered by column."""
        return self.matrix.tocsc()

    @cached_property
    def tolerance(self) -> Floats:
        """Return how much each row may be exceeded: rounding of its largest number."""
        size = abs(self.matrix).max(axis=1).toarray().ravel()
        bounds = np.where(np.isfinite(self.upper), np.abs(self.upper), np.abs(self.lower))
        return np.asarray(ROUNDING * np.maximum(1.0, np.maximum(size, bounds)))

    @cached_property
    def defining(self) -> tuple[Whole, Whole, Floats]:
        """Return the rows `choices - column <= upper` that define the other columns, their column and its factor."""
        rest = self.matrix[:, self.choices :].tocoo()
        count = np.bincount(rest.row, minlength=self.matrix.shape[0])
        alone = (count[rest.row] == 1) & (rest.data < 0)
        return rest.row[alone].astype(np.int64), rest.col[alone].astype(np.int64) + self.choices, -rest.data[alone]

    def complete(self, chosen: Mask) -> Floats:
        """Return all columns for given choices: each other column as low as the rows that define it allow."""
        full = np.zeros(len(self.cost))
        full[: self.choices] = chosen
        row, column, factor = self.defining
        short = (self.matrix @ full - self.upper)[row] / factor
        np.maximum.at(full, column, short)
        return full

    def broken(self, full: Floats) -> Mask:
        """Tell which rows do not hold, up to rounding."""
        found = self.matrix @ full
        return np.asarray((found > self.upper + self.tolerance) | (found < self.lower - self.tolerance))

    def value(self, full: Floats) -> float:
        """Return the objective."""
        return float(self.offset + self.cost @ full)

    def part(self, free: Mask, full: Floats) -> "tuple[Rows, Whole]":
        """Return the rows with only some choices free and all others as in `full`, and the columns that it has.

        The other columns that share a row with a free choice are free too.
        """
        choices = np.flatnonzero(free)
        near = np.unique(self.by_column[:, choices].indices)
        linked = np.unique(self.matrix[near].indices)
        columns = np.concatenate([choices, linked[linked >= self.choices]])
        rows = np.unique(self.by_column[:, columns].indices)
        matrix = self.matrix[rows][:, columns]
        held = full.copy()
        held[columns] = 0.0
        shift = self.matrix[rows] @ held
        return (
            Rows(
                matrix=matrix,
                lower=self.lower[rows] - shift,
                upper=self.upper[rows] - shift,
                cost=self.cost[columns],
                least=self.least[columns],
                most=self.most[columns],
                choices=len(choices),
                offset=float(self.offset + self.cost @ held),
            ),
            columns,
        )


def rows_of(said: Statement) -> Rows:
    """Return the model of a statement as rows."""
    stated = said.model.matrices
    sense, bound = np.asarray(stated.sense), np.asarray(stated.b, dtype=float)
    sense = np.asarray([str(sign)[0] for sign in sense])
    return Rows(
        matrix=sparse.csr_array(stated.A),
        lower=np.where(sense == "<", -np.inf, bound),
        upper=np.where(sense == ">", np.inf, bound),
        cost=np.asarray(stated.c, dtype=float),
        least=np.asarray(stated.lb, dtype=float),
        most=np.asarray(stated.ub, dtype=float),
        choices=len(said.does),
        offset=said.coded.undone_eur,
    )


def without(rows: Rows, told: Sequence[Told], left_out: set[tuple[str, str]]) -> Rows:
    """Return the rows with the demands of some (constraint, about) pairs lifted."""
    lift = np.concatenate(
        [
            np.zeros(block.rows, dtype=bool)
            if block.about is None
            else np.isin(block.about, [about for name, about in left_out if name == block.constraint])
            for block in told
        ]
    )
    return Rows(
        matrix=rows.matrix,
        lower=np.where(lift, -np.inf, rows.lower),
        upper=np.where(lift, np.inf, rows.upper),
        cost=rows.cost,
        least=rows.least,
        most=rows.most,
        choices=rows.choices,
        offset=rows.offset,
    )
