"""Plans of the blocks put together so that money, people and open streets suffice; their prices follow. (nl: hoofdprobleem)."""

from dataclasses import dataclass, field

import highspy
import numpy as np
from scipy import sparse

from koppelkans.programme.indexed import Floats, Mask, Whole
from koppelkans.programme.solve.blocks import Blocks
from koppelkans.programme.solve.highs import SIZE, Effort, loaded
from koppelkans.programme.statement import SparseRows

TIGHT = 2e-6
"""Shared rows are drawn this much tighter (of their largest number) where whole plans are chosen: the solver's own tolerance.

Not where that tolerance is less than one and all numbers are whole: there the next that does not fit is one too many.
"""
WHOLE = 0.5
"""A plan is taken from this level."""


@dataclass
class Master:
    """One plan is taken of each block; plans are columns that are added as they are found.

    Source: Dantzig and Wolfe (1960), Decomposition principle for linear programs.
    """

    blocks: Blocks
    plans: list[tuple[int, Whole]] = field(default_factory=list)
    _known: set[tuple[int, bytes]] = field(default_factory=set)
    _solver: highspy.Highs = field(init=False)
    _scale: float = field(init=False)
    _row_scale: Floats = field(init=False)
    _counts: Mask = field(init=False)

    def __post_init__(self) -> None:
        """Begin with rows only: one plan a block, and the shared rows, which may be overused at a price."""
        blocks = self.blocks
        self._scale = SIZE / max(float(np.abs(blocks.rows.cost).max(initial=0.0)), 1e-9)
        largest = abs(blocks.usage).max(axis=1).toarray().ravel()
        self._row_scale = 1.0 / np.where(largest > 0, largest, 1.0)
        broken = blocks.usage.copy()
        broken.data = np.abs(broken.data - np.round(broken.data))
        self._counts = (broken.sum(axis=1) == 0.0) & (TIGHT * np.maximum(largest, blocks.capacity) < WHOLE)
        shared, ones = len(blocks.shared), np.ones(blocks.count)
        over = sparse.csr_array(sparse.vstack([sparse.csr_array((blocks.count, shared)), -sparse.eye_array(shared)]))
        begin = SparseRows(
            matrix=over,
            lower=np.concatenate([ones, np.full(shared, -np.inf)]),
            upper=np.concatenate([ones, blocks.capacity * self._row_scale]),
            cost=np.full(shared, SIZE),
            least=np.zeros(shared),
            most=np.full(shared, np.inf),
            choices=0,
            offset=0.0,
        )
        self._solver = loaded(begin)

    def add(self, chosen: Mask, *, only: Mask | None = None) -> int:
        """Add the plan of each block in these choices where it is new; return how many were.

        `only` names the blocks that are looked at.
        """
        blocks, rows = self.blocks, self.blocks.rows
        full = rows.complete(chosen)
        on = np.flatnonzero(full)
        on = on[blocks.block[on] >= 0]
        cost = np.bincount(blocks.block[on], weights=rows.cost[on] * full[on], minlength=blocks.count)
        gather = sparse.csc_array((full[on], (on, blocks.block[on])), shape=(len(full), blocks.count))
        used = sparse.csc_array(blocks.usage @ gather)
        fresh: list[int] = []
        for block, plan in enumerate(blocks.plans(chosen)):
            key = (block, plan.tobytes())
            if key not in self._known and (only is None or only[block]):
                self._known.add(key)
                self.plans.append((block, plan))
                fresh.append(block)
        if fresh:
            self._append(np.asarray(fresh, dtype=np.int64), cost.astype(np.float64), used)
        return len(fresh)

    def _append(self, fresh: Whole, cost: Floats, used: sparse.csc_array) -> None:
        """Hand new plans to the solver."""
        count, part = len(fresh), sparse.csc_array(used[:, fresh])
        size = np.diff(part.indptr) + 1
        start = np.concatenate([[0], np.cumsum(size)[:-1]])
        index, value = np.empty(size.sum(), dtype=np.int32), np.empty(size.sum())
        index[start], value[start] = fresh, 1.0
        rest = np.ones(len(index), dtype=bool)
        rest[start] = False
        index[rest] = self.blocks.count + part.indices
        value[rest] = part.data * self._row_scale[part.indices]
        none, most = np.zeros(count), np.full(count, highspy.kHighsInf)
        self._solver.addCols(
            count, cost[fresh] * self._scale, none, most, len(index), start.astype(np.int32), index, value
        )

    def relax(self, seconds: float) -> tuple[float, Floats] | None:
        """Return the value of the best mix of plans, and the price of each shared row (at most 0); None where time is up."""
        solver = self._solver
        solver.setOptionValue("time_limit", solver.getRunTime() + max(0.1, seconds))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        prices = np.asarray(solver.getSolution().row_dual)[self.blocks.count :] * self._row_scale / self._scale
        value = self.blocks.rows.offset + solver.getInfo().objective_function_value / self._scale
        return value, np.minimum(prices, 0.0)

    def whole(self, effort: Effort, *, target: float, start: Mask | None) -> Mask | None:
        """Return the best whole choice of plans, without any overuse; stops at the target (eur). None where there is none.

        Parameters
        ----------
        effort
            Time cap (s), nodes and seed.
        target
            A value that is good enough (eur).
        start
            Choices whose plans were all added.
        """
        shared, rows, plans = len(self.blocks.shared), self.blocks.rows, len(self.plans)
        solver = highspy.Highs()
        for name, value in (("output_flag", False), ("threads", 1)):
            solver.setOptionValue(name, value)
        solver.passModel(self._solver.getLp())
        none, at = np.zeros(shared), np.arange(shared + plans, dtype=np.int32)
        solver.changeColsBounds(shared, at[:shared], none, none)
        capacity = self.blocks.capacity * self._row_scale
        margin = np.where(self._counts, 0.0, TIGHT * np.maximum(1.0, capacity))
        below, row = np.full(shared, -highspy.kHighsInf), self.blocks.count + at[:shared]
        solver.changeRowsBounds(shared, row, below, capacity - margin)
        solver.changeColsIntegrality(plans, at[shared:], np.full(plans, highspy.HighsVarType.kInteger))
        solver.setOptionValue("time_limit", max(0.1, effort.seconds))
        solver.setOptionValue("random_seed", effort.seed)
        solver.setOptionValue("objective_target", (target - rows.offset) * self._scale)
        if effort.nodes is not None:
            solver.setOptionValue("mip_max_nodes", effort.nodes)
        if effort.halt is not None:
            effort.halt.heard_by(solver)
        if start is not None:
            solver.setSolution(self._as_mix(start))
        solver.run()
        if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        level = np.asarray(solver.getSolution().col_value)[shared:]
        chosen = np.zeros(rows.choices, dtype=bool)
        for plan in np.flatnonzero(level > WHOLE):
            chosen[self.plans[plan][1]] = True
        return chosen

    def _as_mix(self, chosen: Mask) -> highspy.HighsSolution:
        """Return choices as levels of the plans."""
        plans = self.blocks.plans(chosen)
        taken = [float(np.array_equal(plans[block], plan)) for block, plan in self.plans]
        given = highspy.HighsSolution()
        given.col_value = [0.0] * len(self.blocks.shared) + taken
        return given
