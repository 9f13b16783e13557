"""The best programme so far with its bound, and what fits in besides. (nl: beste stand)."""

import time
from dataclasses import dataclass, field, replace

import numpy as np

from koppelkans.programme.indexed import Floats, Mask, Whole
from koppelkans.programme.solve.highs import Effort, Halt, MipResult, completed, payable, search
from koppelkans.programme.statement import ROUNDING, SparseRows

CERTAIN = 1e-8
"""A gap of this share is none: the solver works with as many digits."""
HALF = 0.5
"""A choice is made from this level."""
TRIES = 4
"""So often a programme that exceeds a row by the tolerance of the solver is searched again with that row drawn tighter."""
MOST_MENDED = 50
"""So many choices are left out at most to mend rows that are exceeded by the tolerance of the solver."""


def gap_of(value: float, bound: float) -> float:
    """Return the gap (value - bound) / value.

    Rounding is none. Where the value is 0: 0 if the bound is too, else without end.
    """
    if value == 0.0:
        return 0.0 if bound >= 0.0 else np.inf
    share = (value - bound) / abs(value)
    return float(share) if share > ROUNDING else 0.0


@dataclass
class Incumbent:
    """The best choices so far, their value, and the highest bound, with a deadline.

    `best` has all columns; the deadline is on the clock of the machine. `prices` are those of the rows that gave the
    highest bound of all prices (eur per unit); None where none were found. `levels` are those of the choices in the
    relaxation (0-1); None where it was not solved.
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
    levels: Floats | None = None

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
        full = self.rows.complete(chosen)
        if self.rows.value(full) >= self.value or (self.rows.broken(full) & ~self.rows.asks_payment).any():
            return False
        full = payable(self.rows, full)
        if self.rows.value(full) >= self.value or self.rows.broken(full).any():
            return False
        self.best, self.value = full, self.rows.value(full)
        return True

    def prove(self, bound: float, prices: Floats | None = None) -> None:
        """Take a bound where it is higher, and the prices of the rows where it follows from them."""
        if prices is not None and (self.prices is None or bound > self.bound):
            self.prices = prices
        self.bound = max(self.bound, bound)

    def take(self, found: MipResult) -> None:
        """Take what a search of the whole model found and proved."""
        self.impossible = found.impossible and self.best is None
        self.prove(found.bound)
        if found.chosen is not None:
            self.offer(found.chosen)

    def value_of(self, found: MipResult) -> float:
        """Return the value of what a search of the whole found; infinite where that is nothing."""
        return np.inf if found.chosen is None else self.rows.value(self.rows.complete(found.chosen))


def exact(rows: SparseRows, effort: Effort, *, start: Floats | None = None) -> MipResult:
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
        full = completed(rows, mended)
        if not rows.broken(full).any():
            return replace(first, chosen=mended)
        over = np.maximum(rows.matrix @ completed(rows, found.chosen) - rows.upper, 0.0)
        tight = replace(tight, upper=tight.upper - np.where(over > rows.tolerance, 2.0 * over, 0.0))
        found = search(tight, effort)
    return replace(first, chosen=found.chosen)


def lightened(rows: SparseRows, chosen: Mask) -> Mask:
    """Return choices with the cheapest left out one by one until no row is exceeded."""
    made = chosen.copy()
    for _ in range(MOST_MENDED):
        full = completed(rows, made)
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


def filled(rows: SparseRows, chosen: Mask, *, order: Whole | None = None) -> Mask:
    """Return choices with gainful ones added while every row still holds.

    The most gainful first, each where it pays for what it opens. One look at each choice that could gain: a second or
    two for a city of 18,800 works. The choices that were given stay.

    Parameters
    ----------
    rows
        The model.
    chosen
        Choices that hold together: none at all, or a programme.
    order
        The choices to look at, one after the other; without it all that gain, the most gainful first.
    """
    state = _Levels(rows, chosen)
    made = chosen.copy()
    if order is None:
        gain = rows.cost[: rows.choices]
        order = np.argsort(gain, kind="stable")[: int((gain < 0).sum())]
    for choice in order.tolist():
        if not made[choice] and state.take(choice):
            made[choice] = True
    return made


class _Levels:
    """How far each row is used and how high each other column is, while choices are added one by one."""

    def __init__(self, rows: SparseRows, chosen: Mask) -> None:
        full = completed(rows, chosen)
        columns = rows.by_column
        self._start, self._row, self._factor = columns.indptr.tolist(), columns.indices.tolist(), columns.data.tolist()
        self._used, self._level = (rows.matrix @ full).tolist(), full.tolist()
        self._most, self._cost = rows.most.tolist(), rows.cost.tolist()
        self._room = (rows.upper + rows.tolerance).tolist()
        self._upper = rows.upper.tolist()
        self._asks = set(np.flatnonzero(rows.asks_payment).tolist()) if len(rows.payments) else set[int]()
        self._by_row, self._payments = rows.matrix, set(rows.payments.tolist())
        self._raises: dict[int, tuple[int, float]] = {
            row: (column, factor)
            for row, column, factor in zip(*(part.tolist() for part in rows.defining), strict=True)
        }

    def take(self, choice: int) -> bool:
        """Add a choice where it gains and everything still fits; tell whether it was added."""
        change, cost = dict(self._entries(choice)), self._cost[choice]
        raised = self._raised(change)
        if raised is None:
            return False
        for column, step in raised.items():
            if self._level[column] + step > self._most[column]:
                return False
            cost += self._cost[column] * step
            for row, factor in self._entries(column):
                change[row] = change.get(row, 0.0) + factor * step
        if cost < 0 and self._asks:
            cost += self._paid(change, raised)
        if cost >= 0 or any(self._used[row] + amount > self._room[row] for row, amount in change.items()):
            return False
        for row, amount in change.items():
            self._used[row] += amount
        for column, step in raised.items():
            self._level[column] += step
        return True

    def _paid(self, change: dict[int, float], raised: dict[int, float]) -> float:
        """Pay what rows ask that are not paid any more, from the purse with most room first; return what that costs."""
        cost = 0.0
        for row in [row for row in change if row in self._asks]:
            over, tried = self._used[row] + change[row] - self._upper[row], set[int]()
            start, end = self._by_row.indptr[row], self._by_row.indptr[row + 1]
            payments = [at for at in self._by_row.indices[start:end].tolist() if at in self._payments]
            while over > 0 and len(tried) < len(payments):
                rooms = {at: self._room_of(at, row, change, raised) for at in payments if at not in tried}
                column = max(rooms, key=lambda at: rooms[at])
                tried.add(column)
                entries = self._entries(column)
                per_step = -next(by for at, by in entries if at == row)
                step = min(over, rooms[column]) / per_step if per_step > 0 else 0.0
                if step <= 0:
                    continue
                raised[column] = raised.get(column, 0.0) + step
                cost += self._cost[column] * step
                for at, by in entries:
                    change[at] = change.get(at, 0.0) + by * step
                over -= per_step * step
        return cost

    def _room_of(self, column: int, row: int, change: dict[int, float], raised: dict[int, float]) -> float:
        """Return how much a purse can still pay of what a row asks (eur)."""
        entries = self._entries(column)
        rooms = [(self._upper[at] - self._used[at] - change.get(at, 0.0)) / by for at, by in entries if by > 0]
        left = min(self._most[column] - self._level[column] - raised.get(column, 0.0), *rooms)
        return float(max(0.0, left) * -next(by for at, by in entries if at == row))

    def _raised(self, change: dict[int, float]) -> dict[int, float] | None:
        """Return by how much other columns must rise for the rows that define them; None where another row is full."""
        raised: dict[int, float] = {}
        for row, amount in change.items():
            over = self._used[row] + amount - self._upper[row]
            if over > 0 and row in self._raises:
                column, factor = self._raises[row]
                raised[column] = max(raised.get(column, 0.0), over / factor)
            elif self._used[row] + amount > self._room[row]:
                return None
        return raised

    def _entries(self, column: int) -> list[tuple[int, float]]:
        """Return the rows of a column and its factor in them."""
        part = slice(self._start[column], self._start[column + 1])
        return list(zip(self._row[part], self._factor[part], strict=True))
