"""The problem as a linear model in linopy: choices with their prices, and rows that constraints add. (nl: stelling)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import linopy
import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr
from scipy import sparse

from koppelkans.programme.indexed import Floats, Indexed, Mask, Whole

Labels = Whole

ROUNDING = 1e-12
"""A row is kept when it is exceeded by no more than this share of its own size."""


@dataclass(frozen=True)
class StatedBlock:
    """A block of rows that one constraint stated; `about` names what each row is about, None where it defines prices.

    `place` is the number of each row as the constraint counted them, before rows without any variable were left out.
    """

    constraint: str
    rows: int
    about: npt.NDArray[np.str_] | None
    place: Whole


@dataclass(frozen=True)
class RowSums:
    """Sums of variables, one per row; sums over the same rows can be added and subtracted."""

    rows: int
    row: Whole
    label: Labels
    factor: Floats

    def __add__(self, other: "RowSums") -> "RowSums":
        """Return the two sums together."""
        return RowSums(
            self.rows,
            np.concatenate([self.row, other.row]),
            np.concatenate([self.label, other.label]),
            np.concatenate([self.factor, other.factor]),
        )

    def __sub__(self, other: "RowSums") -> "RowSums":
        """Return the first sums less the second."""
        return self + RowSums(other.rows, other.row, other.label, -other.factor)


@dataclass
class Statement:
    """The model while it is being stated.

    `does` holds the label of the yes-or-no variable of each option (a work in a year), `opened` of each opening (a
    section in a year). A constraint may `add` priced variables of its own between 0 and 1, builds sums with `total`, and
    states its rows with `demand`.
    """

    indexed: Indexed
    model: linopy.Model = field(default_factory=linopy.Model)
    told: list[StatedBlock] = field(default_factory=list)
    prices: list[tuple[Labels, Floats]] = field(default_factory=list)
    places: dict[str, tuple[Labels, Whole, Whole]] = field(default_factory=dict)
    does: Labels = field(init=False)
    opened: Labels = field(init=False)

    def __post_init__(self) -> None:
        """Add the choices that every problem has."""
        self.does = self._added("does", self.indexed.option_eur, whole=True)
        self.opened = self.add(
            "opened", self.indexed.opening_eur, self.indexed.opening_section, self.indexed.opening_year
        )

    def add(self, name: str, eur: Floats, section: Whole, year: Whole) -> Labels:
        """Add a variable between 0 and 1 for each section and year, with its price (eur, discounted); return the labels."""
        labels = self._added(name, eur, whole=False)
        self.places[name] = (labels, section, year)
        return labels

    def _added(self, name: str, eur: Floats, *, whole: bool) -> Labels:
        """Add priced variables between 0 and 1 and return their labels, which are their places in the model."""
        if not len(eur):
            return np.empty(0, dtype=np.int64)
        over = [pd.RangeIndex(len(eur), name=f"{name}_at")]
        bounds = {} if whole else {"lower": 0.0, "upper": 1.0}
        variable = self.model.add_variables(coords=over, name=name, binary=whole, **bounds)
        labels = np.asarray(variable.labels.to_numpy(), dtype=np.int64)
        self.prices.append((labels, np.asarray(eur, dtype=float)))
        return labels

    def demand(
        self,
        constraint: str,
        terms: RowSums,
        sign: str,
        bound: Floats | float,
        *,
        about: Sequence[str] | pd.Series | None = None,
    ) -> None:
        """State rows `terms sign bound`; `about` names what each row is about, where leaving it out could be asked.

        Rows without any variable say nothing to the solver and are left out; the judge looks at them all the same.
        """
        filled, row = np.unique(terms.row, return_inverse=True)
        if not len(filled):
            return
        limit = np.broadcast_to(np.asarray(bound, dtype=float), (terms.rows,))[filled]
        name = f"{constraint}_{len(self.told)}"
        left = self._expression(RowSums(len(filled), row, terms.label, terms.factor))
        self.model.add_constraints(left, sign, xr.DataArray(limit, dims="row"), name=name)
        names = None if about is None else np.asarray(about, dtype=np.str_)[filled]
        self.told.append(StatedBlock(constraint, len(filled), names, filled))

    def finish(self) -> None:
        """Set the objective: every variable at its price."""
        labels = np.concatenate([part for part, _ in self.prices])
        eur = np.concatenate([part for _, part in self.prices])
        one = RowSums(1, np.zeros(len(labels), dtype=np.int64), labels, eur)
        self.model.add_objective(self._expression(one).sum())

    def _expression(self, terms: RowSums) -> linopy.LinearExpression:
        """Return terms as linopy holds them: a row each, as wide as the widest."""
        order = np.argsort(terms.row, kind="stable")
        row = terms.row[order]
        count = np.bincount(row, minlength=terms.rows)
        place = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        width = max(1, int(count.max(initial=0)))
        variables = np.full((terms.rows, width), -1, dtype=np.int64)
        factors = np.full((terms.rows, width), np.nan)
        variables[row, place] = terms.label[order]
        factors[row, place] = terms.factor[order]
        data = {"vars": (("row", "_term"), variables), "coeffs": (("row", "_term"), factors)}
        return linopy.LinearExpression(xr.Dataset(data, coords={"row": np.arange(terms.rows)}), self.model)


def total(labels: Labels, *, by: Whole, rows: int, times: Floats | float = 1.0) -> RowSums:
    """Return one sum per row: of `times` x variable over the labels whose `by` is that row."""
    factor = np.broadcast_to(np.asarray(times, dtype=float), labels.shape)
    return RowSums(rows, np.asarray(by, dtype=np.int64), labels, factor)


@dataclass(frozen=True)
class SparseRows:
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

    def part(self, free: Mask, full: Floats) -> "tuple[SparseRows, Whole]":
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
            SparseRows(
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


def rows_of(said: Statement) -> SparseRows:
    """Return the model of a statement as rows."""
    stated = said.model.matrices
    sense, bound = np.asarray(stated.sense), np.asarray(stated.b, dtype=float)
    sense = np.asarray([str(sign)[0] for sign in sense])
    return SparseRows(
        matrix=sparse.csr_array(stated.A),
        lower=np.where(sense == "<", -np.inf, bound),
        upper=np.where(sense == ">", np.inf, bound),
        cost=np.asarray(stated.c, dtype=float),
        least=np.asarray(stated.lb, dtype=float),
        most=np.asarray(stated.ub, dtype=float),
        choices=len(said.does),
        offset=said.indexed.undone_eur,
    )


def without(rows: SparseRows, told: Sequence[StatedBlock], left_out: set[tuple[str, str]]) -> SparseRows:
    """Return the rows with the demands of some (constraint, about) pairs lifted."""
    lift = np.concatenate(
        [
            np.zeros(block.rows, dtype=bool)
            if block.about is None
            else np.isin(block.about, [about for name, about in left_out if name == block.constraint])
            for block in told
        ]
    )
    return SparseRows(
        matrix=rows.matrix,
        lower=np.where(lift, -np.inf, rows.lower),
        upper=np.where(lift, np.inf, rows.upper),
        cost=rows.cost,
        least=rows.least,
        most=rows.most,
        choices=rows.choices,
        offset=rows.offset,
    )


def needed(rows: SparseRows, full: Floats, *, wished: Mask) -> Mask:
    """Return the choices that some row may ask for, given what is held in `full` and what is wished besides.

    A choice that is not among them can be left out of any programme that meets every row: it only uses money, hours and
    room, and no row asks for it. So whether a programme exists is settled by the needed choices alone.

    The rule, repeated until nothing is added: where a row must not fall below its lower side and does, or a needed
    choice pulls it down, the choices that lift it are needed; the same for the upper side with the signs turned. A row
    that a column other than a choice takes care of (an opening, a breach) asks for no choice.
    """
    size, count = rows.matrix.shape[1], rows.choices
    up, down = _signs(rows, positive=True), _signs(rows, positive=False)
    found = rows.matrix @ full
    below, above = found < rows.lower - rows.tolerance, found > rows.upper + rows.tolerance
    has_lower, has_upper = np.isfinite(rows.lower), np.isfinite(rows.upper)
    other = np.zeros(size)
    other[count:] = 1.0
    eased_up, eased_down = (down @ other) > 0, (up @ other) > 0
    made = np.zeros(size)
    made[:count] = wished
    while True:
        lifted = ((up @ made) > 0) | above
        pulled = ((down @ made) > 0) | below
        by_upper = (has_upper & lifted & ~eased_up).astype(float)
        by_lower = (has_lower & pulled & ~eased_down).astype(float)
        reached = made + down.T @ by_upper + up.T @ by_lower
        reached[count:] = 0.0
        grown = (reached > 0).astype(float)
        if (grown == made).all():
            return np.asarray(grown[:count] > 0)
        made = grown


def _signs(rows: SparseRows, *, positive: bool) -> sparse.csr_array:
    """Return where the matrix is positive, or negative, as ones."""
    data = (rows.matrix.data > 0) if positive else (rows.matrix.data < 0)
    made = rows.matrix.copy()
    made.data = data.astype(float)
    return made
