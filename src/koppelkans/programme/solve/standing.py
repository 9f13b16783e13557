"""How far the search has come: the best programme so far and the bound. (nl: stand)."""

import time
from dataclasses import dataclass, field, replace

import numpy as np

from koppelkans.programme.indexed import Floats, Mask
from koppelkans.programme.solve.halt import Halt
from koppelkans.programme.solve.highs import Effort, Found, payable, search
from koppelkans.programme.statement import ROUNDING, SparseRows

CERTAIN = 1e-8
"""A gap of this share is none: the solver works with as many digits."""
HALF = 0.5
"""A choice is made from this level."""
TRIES = 4
"""So often a programme that exceeds a row by the tolerance of the solver is searched again with that row drawn tighter."""

NEAR = 2.0
"""A gap of so many times the goal is near it."""
MOST_MENDED = 50
"""So many choices are left out at most to mend rows that are exceeded by the tolerance of the solver."""


def gap_of(value: float, bound: float) -> float:
    """Return (value - bound) / value; rounding is none. Where the value is 0: 0 if the bound is too, else without end."""
    if value == 0.0:
        return 0.0 if bound >= 0.0 else np.inf
    share = (value - bound) / abs(value)
    return float(share) if share > ROUNDING else 0.0


@dataclass
class Standing:
    """The best choices so far (all columns), their value, and the highest bound; a deadline on the clock of the machine.

    `prices` are those of the rows that gave the highest bound of all prices (eur per unit); None where none were found.
    """

    rows: SparseRows
    deadline: float
    goal: float
    seed: int
    best: Floats | None = None
    value: float = np.inf
    bound: float = -np.inf
    steps: int = 0
    impossible: bool = field(default=False)
    halt: Halt | None = None
    prices: Floats | None = None

    @property
    def chosen(self) -> Mask:
        """Return the best choices; none where there is no programme."""
        if self.best is None:
            return np.zeros(self.rows.choices, dtype=bool)
        return self.best[: self.rows.choices] > HALF

    @property
    def gap(self) -> float:
        """Return the proven gap; infinite while there is no programme."""
        return gap_of(self.value, self.bound) if self.best is not None else np.inf

    @property
    def proven(self) -> bool:
        """Tell whether the goal is reached, up to the tolerance of the solver."""
        return self.gap <= self.goal + CERTAIN

    @property
    def done(self) -> bool:
        """Tell whether the goal is reached or the time is up."""
        return self.proven or self.left <= 0

    @property
    def left(self) -> float:
        """Return the seconds that are left; none once somebody asked to stop."""
        if self.halt is not None and self.halt.asked:
            return 0.0
        return self.deadline - time.monotonic()

    def offer(self, chosen: Mask) -> bool:
        """Take a programme where it holds exactly and is better than the best so far."""
        full = payable(self.rows, self.rows.complete(chosen))
        if full is None or self.rows.value(full) >= self.value or self.rows.broken(full).any():
            return False
        self.best, self.value = full, self.rows.value(full)
        return True

    def prove(self, bound: float, prices: Floats | None = None) -> None:
        """Take a bound where it is higher, and the prices of the rows where it follows from them."""
        if prices is not None and (self.prices is None or bound > self.bound):
            self.prices = prices
        self.bound = max(self.bound, bound)

    def take(self, found: Found) -> None:
        """Take what a search of the whole model found and proved."""
        self.impossible = found.impossible and self.best is None
        self.prove(found.bound)
        if found.chosen is not None:
            self.offer(found.chosen)

    def nears(self, found: Found) -> bool:
        """Tell whether what a search of the whole model found is so near the goal that a few rounds from there will do."""
        if found.chosen is None:
            return found.finished
        return gap_of(self.rows.value(self.rows.complete(found.chosen)), found.bound) <= NEAR * self.goal


def exact(rows: SparseRows, effort: Effort, *, start: Floats | None = None) -> Found:
    """Search, and mend what the solver's tolerance let through.

    The solver keeps rows within a tolerance that is small against the largest number of the row, but may be many euros.
    Choices that exceed a row by more than rounding are left out one by one; where that breaks what must be done, the
    search is done again with the row drawn tighter. The bound is that of the first search: tighter rows prove nothing.
    """
    first = found = search(rows, effort, start=start)
    tight = rows
    for _ in range(TRIES):
        if found.chosen is None:
            break
        mended = lightened(rows, found.chosen)
        full = rows.complete(mended)
        if not rows.broken(full).any():
            return replace(first, chosen=mended)
        over = np.maximum(rows.matrix @ rows.complete(found.chosen) - rows.upper, 0.0)
        tight = replace(tight, upper=tight.upper - np.where(over > rows.tolerance, 2.0 * over, 0.0))
        found = search(tight, effort)
    return replace(first, chosen=found.chosen)


def lightened(rows: SparseRows, chosen: Mask) -> Mask:
    """Return the choices without those that exceed a row: each time the one that costs least to leave out."""
    made = chosen.copy()
    for _ in range(MOST_MENDED):
        full = rows.complete(made)
        over = rows.matrix @ full - rows.upper
        wrong = np.flatnonzero(over > rows.tolerance)
        if not len(wrong):
            break
        row = rows.matrix[[wrong[0]]].tocoo()
        on = made[np.minimum(row.col, rows.choices - 1)] & (row.col < rows.choices) & (row.data > 0)
        column, weight = row.col[on], row.data[on]
        enough = weight >= over[wrong[0]]
        column = column[enough] if enough.any() else column
        if not len(column):
            break
        made[column[np.argmin(-rows.cost[column])]] = False
    return made
