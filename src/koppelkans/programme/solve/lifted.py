"""A relaxation from which rows are lifted and put back, one question after another, without starting anew. (nl: rijen optillen)."""

from dataclasses import replace

import highspy
import numpy as np

from koppelkans.programme.indexed import Mask
from koppelkans.programme.solve.highs import loaded, scaled
from koppelkans.programme.statement import SparseRows

SMALL = 1e-9
"""A row belongs to a proof from this share of its largest number."""


class Lifted:
    """Holds the solver between questions: the next one starts where the last one ended, which takes a few steps."""

    def __init__(self, rows: SparseRows, *, seconds: float = 60.0) -> None:
        """Load the rows, each brought to numbers of at most one; a question that takes longer counts as possible."""
        self._seconds = seconds
        small, _, _ = scaled(replace(rows, cost=np.zeros(len(rows.cost))))
        self._lower, self._upper = small.lower, small.upper
        self._lift = np.zeros(len(small.upper), dtype=bool)
        self._highs = loaded(small, presolve="off", solver="simplex")

    def proof(self, lift: Mask) -> Mask | None:
        """Return the rows that together prove that nothing meets the rows that are not lifted; None where something does."""
        for row in np.flatnonzero(lift != self._lift):
            lower, upper = (-np.inf, np.inf) if lift[row] else (self._lower[row], self._upper[row])
            self._highs.changeRowBounds(int(row), float(lower), float(upper))
        self._lift = lift.copy()
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + self._seconds)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kInfeasible:
            return None
        _, known, ray = self._highs.getDualRay()
        if not known:
            return ~lift
        size = np.abs(np.asarray(ray))
        return np.asarray(size > SMALL * size.max(initial=0.0)) & ~lift
