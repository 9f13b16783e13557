"""A relaxation from which rows are lifted and put back, one question after another, without starting anew. (nl: rijen optillen)."""

import highspy
import numpy as np

from koppelkans.programme.indexed import Mask
from koppelkans.programme.statement import SparseRows

SMALL = 1e-9
"""A row belongs to a proof from this share of its largest number."""


class Lifted:
    """Holds the solver between questions: the next one starts where the last one ended, which takes a few steps."""

    def __init__(self, rows: SparseRows, *, seconds: float = 60.0) -> None:
        """Load the rows, each brought to numbers of at most one; a question that takes longer counts as possible."""
        self._seconds = seconds
        size = (
            np.asarray(abs(rows.matrix).max(axis=1).toarray()).ravel() if rows.matrix.nnz else np.ones(len(rows.upper))
        )
        scale = np.where(size > 0, 1.0 / np.where(size > 0, size, 1.0), 1.0)
        self._lower, self._upper = rows.lower * scale, rows.upper * scale
        self._lift = np.zeros(len(scale), dtype=bool)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(rows.cost), len(scale)
        model.col_cost_ = np.zeros(len(rows.cost))
        model.col_lower_, model.col_upper_ = rows.least, rows.most
        model.row_lower_, model.row_upper_ = self._lower, self._upper
        matrix = rows.matrix
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
        model.a_matrix_.value_ = matrix.data * np.repeat(scale, np.diff(matrix.indptr))
        self._highs = highspy.Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("solver", "simplex")):
            self._highs.setOptionValue(name, value)
        self._highs.passModel(model)

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
