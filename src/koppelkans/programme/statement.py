"""A problem as sparse rows: columns with prices, and the rows of the constraints. (nl: stelling)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from koppelkans.programme.indexed import Floats, Indexed, Mask, Whole

Labels = Whole

ROUNDING = 1e-12
"""A row is kept when it is exceeded by no more than this share of its own size."""
CENT = 0.005
"""A row in which payments are divided is kept when it is exceeded by less than this (eur)."""


@dataclass(frozen=True)
class StatedBlock:
    """A block of rows stated by one constraint.

    `about` names what each row is about, None where it defines prices. `place` is the number of each row as the
    constraint counted them, before rows without any column were left out.
    """

    constraint: str
    rows: int
    about: npt.NDArray[np.str_] | None
    place: Whole


@dataclass(frozen=True)
class RowSums:
    """Sums of columns, one per row; sums over the same rows can be added and subtracted."""

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


class _Block(NamedTuple):
    """The entries of a block of rows in the matrix, and the bounds of these rows."""

    row: Whole
    label: Labels
    factor: Floats
    lower: Floats
    upper: Floats


@dataclass
class Statement:
    """The model while it is stated: columns from 0 to 1 with prices, and rows of constraints.

    `does` holds the column of the yes-or-no variable of each option (a work and its start), `opened` of each opening (a
    level of a section in the year of closing), `pays` of each step by which a purse may pay an opening, where they do. `lies_open`
    (S x years) finds the column that tells whether a section lies open: one of its own where works lie open for several
    years, else its lowest opening; -1 where nothing may. A constraint may `add` priced columns of its own, builds sums with `total`, and states its rows
    with `demand`. There are three sorts of columns: choices, which come first and are whole; followers, which follow
    from the choices; payments, which follow from neither and are divided anew for each programme.
    """

    indexed: Indexed
    told: list[StatedBlock] = field(default_factory=list)
    places: dict[str, tuple[Labels, Whole, Whole]] = field(default_factory=dict)
    does: Labels = field(init=False)
    opened: Labels = field(init=False)
    lies_open: Labels = field(init=False)
    pays: Labels = field(init=False)
    _prices: list[Floats] = field(default_factory=list)
    _payments: list[Labels] = field(default_factory=list)
    _whole: list[Labels] = field(default_factory=list)
    _blocks: list[_Block] = field(default_factory=list)
    _columns: int = 0
    _rows: int = 0

    def __post_init__(self) -> None:
        """Add the choices that every problem has, and what they open."""
        self.does = self._added(self.indexed.option_eur)
        place = (self.indexed.opening_section, self.indexed.opening_year)
        self.opened = self.add("opened", self.indexed.opening_eur, *place, whole=True)
        opening_of = self.indexed.opening_of
        self.lies_open = np.where(opening_of >= 0, np.append(self.opened, -1)[opening_of], -1)
        if len(self.indexed.lying_eur):
            lies = (self.indexed.lying_section, self.indexed.lying_year)
            self.lies_open[lies] = self.add("lies_open", self.indexed.lying_eur, *lies, whole=True)
        payers = self.indexed.payers
        opening = np.empty(0, dtype=np.int64) if payers is None else payers.opening
        section, year = self.indexed.opening_section[opening], self.indexed.opening_year[opening]
        self.pays = self.add("pays", np.zeros(len(opening)), section, year, payment=True)

    def add(
        self, name: str, eur: Floats, section: Whole, year: Whole, *, payment: bool = False, whole: bool = False
    ) -> Labels:
        """Add and return a column for each section and year, with its discounted price (eur).

        A follower is as low as the rows that define it allow; a `payment` is free within its rows. A follower that is `whole`
        (0 or 1 in every programme) is told so to the solver, which may then cut and branch on it.
        """
        labels = self._added(eur)
        self.places[name] = (labels, section, year)
        if payment:
            self._payments.append(labels)
        if whole:
            self._whole.append(labels)
        return labels

    def _added(self, eur: Floats) -> Labels:
        """Add priced columns and return their numbers."""
        labels = np.arange(self._columns, self._columns + len(eur), dtype=np.int64)
        self._columns += len(eur)
        self._prices.append(np.asarray(eur, dtype=float))
        return labels

    def demand(
        self,
        constraint: str,
        sums: RowSums,
        sign: Literal["<=", ">="],
        bound: Floats | float,
        *,
        about: Sequence[str] | pd.Series | None = None,
    ) -> None:
        """State rows `sums sign bound`; `about` names what a row asks that can be left out.

        Rows without any column or bound say nothing to the solver and are left out; the judge looks at them all the same.
        """
        every = np.broadcast_to(np.asarray(bound, dtype=float), (sums.rows,))
        bounded = np.isfinite(every[sums.row])
        sums = RowSums(sums.rows, sums.row[bounded], sums.label[bounded], sums.factor[bounded])
        filled, row = np.unique(sums.row, return_inverse=True)
        if not len(filled):
            return
        limit = every[filled]
        free = np.full(len(filled), np.inf)
        lower, upper = (-free, limit) if sign == "<=" else (limit, free)
        self._blocks.append(_Block(row + self._rows, sums.label, sums.factor, lower, upper))
        self._rows += len(filled)
        names = None if about is None else np.asarray(about, dtype=np.str_)[filled]
        self.told.append(StatedBlock(constraint, len(filled), names, filled))

    def rows(self) -> "SparseRows":
        """Return all that was stated as sparse rows."""
        none, nothing = np.empty(0, dtype=np.int64), np.empty(0)
        blocks = [_Block(none, none, nothing, nothing, nothing), *self._blocks]
        row, label, factor, lower, upper = (np.concatenate(part) for part in zip(*blocks, strict=True))
        at = (row.astype(np.int32), label.astype(np.int32))
        return SparseRows(
            matrix=sparse.csr_array(sparse.coo_array((factor, at), shape=(self._rows, self._columns))),
            lower=lower,
            upper=upper,
            cost=np.concatenate(self._prices),
            least=np.zeros(self._columns),
            most=np.ones(self._columns),
            choices=len(self.does),
            offset=self.indexed.undone_eur,
            payments=np.concatenate([none, *self._payments]),
            yes_no=np.concatenate([none, *self._whole]),
        )


def total(labels: Labels, *, by: Whole, rows: int, times: Floats | float = 1.0) -> RowSums:
    """Return one sum per row: of `times` x column over the labels whose `by` is that row."""
    factor = np.broadcast_to(np.asarray(times, dtype=float), labels.shape)
    return RowSums(rows, np.asarray(by, dtype=np.int64), labels, factor)


@dataclass(frozen=True)
class SparseRows:
    """A mixed-integer model as sparse rows: costs, row bounds and column bounds.

    Minimise `offset` + `cost` @ z, with `lower` <= `matrix` @ z <= `upper` and `least` <= z <= `most`. The first
    `choices` columns are whole (yes or no). Of the others, those in `payments` are divided anew for each programme
    (`payable`); the rest follow from the choices.
    """

    matrix: sparse.csr_array
    lower: Floats
    upper: Floats
    cost: Floats
    least: Floats
    most: Floats
    choices: int
    offset: float
    payments: Whole = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    yes_no: Whole = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    @cached_property
    def follows(self) -> Mask:
        """Tell which columns follow from the choices."""
        made = np.arange(len(self.cost)) >= self.choices
        made[self.payments] = False
        return made

    @cached_property
    def asks_payment(self) -> Mask:
        """Tell which rows hold only where something is paid."""
        columns = self.by_column[:, self.payments].tocoo()
        made = np.zeros(len(self.upper), dtype=bool)
        made[columns.row[columns.data < 0]] = True
        return made

    @cached_property
    def by_column(self) -> sparse.csc_array:
        """Return the same matrix, ordered by column."""
        return self.matrix.tocsc()

    @cached_property
    def tolerance(self) -> Floats:
        """Return how much each row may be exceeded: rounding of its largest number."""
        size = abs(self.matrix).max(axis=1).toarray().ravel()
        bounds = np.where(np.isfinite(self.upper), np.abs(self.upper), np.abs(self.lower))
        paid = np.zeros(len(size))
        paid[self.by_column[:, self.payments].indices] = CENT
        return np.asarray(np.maximum(ROUNDING * np.maximum(1.0, np.maximum(size, bounds)), paid))

    @cached_property
    def defining(self) -> tuple[Whole, Whole, Floats]:
        """Return the rows `choices - column <= upper` that define followers, with column and factor."""
        rest = self.matrix[:, self.choices :].tocoo()
        count = np.bincount(rest.row, minlength=self.matrix.shape[0])
        alone = (count[rest.row] == 1) & (rest.data < 0) & self.follows[self.choices :][rest.col]
        return rest.row[alone].astype(np.int64), rest.col[alone].astype(np.int64) + self.choices, -rest.data[alone]

    def complete(self, chosen: Mask) -> Floats:
        """Return all columns for given choices: followers at their lowest, no payments."""
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

    def part(self, free: Mask, full: Floats, *, divided: bool = False) -> "tuple[SparseRows, Whole]":
        """Return the model with only some choices free, and the columns that it has.

        All other choices are as in `full`. The other columns that share a row with a free choice are free too, and
        the payments that share one with these; with `divided` all payments are.
        """
        choices = np.flatnonzero(free)
        linked = self._linked(choices)
        linked = linked[linked >= self.choices]
        if len(self.payments):
            near = self.payments if divided else np.intersect1d(self._linked(linked), self.payments)
            linked = np.union1d(linked, near)
        columns = np.concatenate([choices, linked])
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
                payments=np.flatnonzero(np.isin(columns, self.payments)),
                yes_no=np.flatnonzero(np.isin(columns, self.yes_no)),
            ),
            columns,
        )

    @cached_property
    def _links(self) -> Mask:
        """Tell which rows link columns: those that only add up to at most so much link none."""
        lowest = self.matrix.min(axis=1).toarray().ravel()
        return np.asarray((lowest < 0) | np.isfinite(self.lower))

    def _linked(self, columns: Whole) -> Whole:
        """Return the columns that share a row with these, themselves among them; not by a row that only adds up."""
        near = np.unique(self.by_column[:, columns].indices)
        near = near[self._links[near]]
        return np.unique(self.matrix[near].indices)


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
    lower, upper = np.where(lift, -np.inf, rows.lower), np.where(lift, np.inf, rows.upper)
    return replace(rows, lower=lower, upper=upper)


def needed(rows: SparseRows, full: Floats, *, wished: Mask) -> Mask:
    """Return the choices that some row may ask for.

    That is: given what is held in `full` and what is wished besides. A choice that is not among them can be left out
    of any programme that meets every row: it only uses money, hours and room, and no row asks for it. So whether a
    programme exists is settled by the needed choices alone.

    The rule, repeated until nothing is added: where a row must not fall below its lower side and does, or a needed
    choice pulls it down, the choices that lift it are needed; the same for the upper side with the signs turned. A row
    that a follower takes care of (an opening, a breach) asks for no choice. Where openings are paid such a follower is needed itself:
    it asks for payments, and these for the choices whose purses may pay.
    """
    count = rows.choices
    up, down = _signs(rows, positive=True), _signs(rows, positive=False)
    found = rows.matrix @ full
    below, above = found < rows.lower - rows.tolerance, found > rows.upper + rows.tolerance
    has_lower, has_upper = np.isfinite(rows.lower), np.isfinite(rows.upper)
    follows = rows.follows.astype(float)
    eased_up, eased_down = (down @ follows) > 0, (up @ follows) > 0
    opens = down @ sparse.diags_array(follows if len(rows.payments) else np.zeros(len(follows)))
    made = np.zeros(rows.matrix.shape[1])
    made[:count] = wished
    while True:
        lifted = ((up @ made) > 0) | above
        pulled = ((down @ made) > 0) | below
        by_upper = (has_upper & lifted & ~eased_up).astype(float)
        by_lower = (has_lower & pulled & ~eased_down).astype(float)
        asked = down.T @ by_upper + up.T @ by_lower
        asked[rows.follows] = 0.0
        grown = ((made + asked + opens.T @ (has_upper & lifted).astype(float)) > 0).astype(float)
        if (grown == made).all():
            return np.asarray(grown[:count] > 0)
        made = grown


def _signs(rows: SparseRows, *, positive: bool) -> sparse.csr_array:
    """Return where the matrix is positive, or negative, as ones."""
    data = (rows.matrix.data > 0) if positive else (rows.matrix.data < 0)
    made = rows.matrix.copy()
    made.data = data.astype(float)
    return made
