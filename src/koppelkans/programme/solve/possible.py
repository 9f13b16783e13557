"""Whether some demands can hold together: first from programmes that are known already, then by a search. (nl: mogelijk)."""

import time
from dataclasses import dataclass, field, replace

import numpy as np

from koppelkans.programme.indexed import Mask, Whole
from koppelkans.programme.solve.highs import Effort, search
from koppelkans.programme.statement import SparseRows, needed

SECONDS = 2.0
"""Time for one question; a set of demands that is not settled in it counts as possible."""
RECENT = 8
"""So many programmes are looked at again, the latest first."""


@dataclass(frozen=True)
class Clock:
    """Seconds of the processor that may be spent, from now: a machine that is busy with other things takes none of them."""

    seconds: float
    began: float = field(default_factory=time.process_time)

    @property
    def left(self) -> float:
        """Return the seconds that are left."""
        return self.seconds - (time.process_time() - self.began)


@dataclass
class Possible:
    """Asks whether demands can hold together, and keeps each programme that was found.

    A programme that was found for some demands answers for all that ask no more. Where only one demand is missing from it, it
    is tried with a choice for that one, without what is not asked any more: of two hundred duties of which all but one fit,
    nearly every question is answered so, without any search. `settled` turns false once a question ran out of time.
    """

    rows: SparseRows
    of_row: Whole
    clock: Clock
    settled: bool = True
    _found: list[Mask] = field(default_factory=list)

    def __call__(self, asked: Whole) -> bool:
        """Tell whether a programme meets these demands; where that is not settled in time, it counts as yes."""
        lift = (self.of_row >= 0) & ~np.isin(self.of_row, asked)
        lower, upper = np.where(lift, -np.inf, self.rows.lower), np.where(lift, np.inf, self.rows.upper)
        rows = replace(self.rows, lower=lower, upper=upper)
        part, _, columns = asked_part(rows)
        if part.choices == 0:
            return True
        if self._known(rows, columns[: part.choices]):
            return True
        if self.clock.left <= 0:
            self.settled = False
            return True
        found = search(part, Effort(seconds=min(SECONDS, self.clock.left)))
        if found.chosen is not None:
            made = np.zeros(rows.choices, dtype=bool)
            made[columns[: part.choices]] = found.chosen
            self._found.append(made)
        self.settled &= found.chosen is not None or found.impossible
        return not found.impossible

    def _known(self, rows: SparseRows, options: Whole) -> bool:
        """Tell whether a programme that was found meets the rows, as it is or with one choice more."""
        wanted = np.zeros(rows.choices, dtype=bool)
        wanted[options] = True
        for programme in self._found[: -RECENT - 1 : -1]:
            made = programme & wanted
            full = rows.complete(made)
            broken = np.flatnonzero(rows.broken(full))
            if not len(broken):
                return True
            first = rows.matrix[[int(broken[0])]].tocoo()
            for choice in first.col[(first.col < rows.choices) & (first.data > 0)]:
                tried = made.copy()
                tried[choice] = True
                if not rows.broken(rows.complete(tried)).any():
                    self._found.append(tried)
                    return True
        return False


def asked_part(rows: SparseRows) -> tuple[SparseRows, Whole, Whole]:
    """Return the rows cut to the choices that some row asks for and the columns that follow from them, without prices.

    With them come the places of the rows that are left, and of the columns.
    """
    choices = np.zeros(len(rows.cost), dtype=bool)
    choices[: rows.choices] = needed(rows, rows.least, wished=rows.least[: rows.choices] > 0)
    touched = np.asarray(rows.matrix @ choices.astype(float) != 0) | (abs(rows.matrix) @ choices.astype(float) > 0)
    columns = choices.copy()
    linked = np.unique(rows.matrix[np.flatnonzero(touched)].indices)
    columns[linked[linked >= rows.choices]] = True
    kept = np.flatnonzero(abs(rows.matrix) @ columns.astype(float) > 0)
    at = np.flatnonzero(columns)
    small = SparseRows(
        matrix=rows.matrix[kept][:, at], lower=rows.lower[kept], upper=rows.upper[kept], cost=np.zeros(len(at)),
        least=rows.least[at], most=rows.most[at], choices=int(choices.sum()), offset=0.0,
    )  # fmt: skip
    return small, kept, at
