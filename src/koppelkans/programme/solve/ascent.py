"""Prices of what is shared, raised by plans of the blocks that a master puts together. (nl: prijzen)."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property

import highspy
import numpy as np
from scipy import sparse

from koppelkans.programme.indexed import Floats, Mask, Whole
from koppelkans.programme.solve.decompose import HALF, Blocks
from koppelkans.programme.solve.highs import SIZE, Effort, loaded
from koppelkans.programme.solve.incumbent import Incumbent
from koppelkans.programme.statement import SparseRows

TIGHT = 2e-6
"""Shared rows are drawn this much tighter (of their largest number) where whole plans are chosen: the solver's own tolerance.

Not where that tolerance is less than one and all numbers are whole: there the next that does not fit is one too many.
"""
SURE = 1e-6
"""A plan that is taken for all but this is taken in full."""
LOG = logging.getLogger(__name__)
ROUNDS = 40
"""Rounds of asking all blocks at the most."""
SMOOTH = 0.3
"""Prices are asked at this share of the best so far and the rest of those of the master: fewer rounds, measured.

Source: Wentges (1997), Weighted Dantzig-Wolfe decomposition for linear mixed-integer programming.
"""
ROUGH = 5e-4
"""Rough prices are good enough where the bound that they prove is within this share of the mix."""
STEADY = 0.7
"""The same where rough prices are known beforehand."""
CLOSE = 0.05
"""The prices are good enough where the bound is within this share of the goal from the best that prices can prove."""
LEAST = 1e-6
"""Nor is more asked of them than this share of the value."""


@dataclass
class Master:
    """One plan is taken of each block; plans are columns that are added as they are found.

    Source: Dantzig and Wolfe (1960), Decomposition principle for linear programs.
    """

    blocks: Blocks
    plans: list[tuple[int, Whole]] = field(default_factory=list)
    paid: list[tuple[Whole, Floats]] = field(default_factory=list)
    """Which payments each plan makes, and their levels."""
    levels: Floats = field(default_factory=lambda: np.empty(0))
    """How much the best mix takes of each plan."""
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
        self._counts = (broken.sum(axis=1) == 0.0) & (TIGHT * np.maximum(largest, blocks.capacity) < HALF)
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

    def add(self, chosen: Mask, *, paid: Floats | None = None, only: Mask | None = None) -> int:
        """Add the plan of each block in these choices where it is new; return how many were.

        `paid` is how payments are divided (their levels); a plan that is divided otherwise is another one. `only` names the
        blocks that are looked at.
        """
        blocks, rows = self.blocks, self.blocks.rows
        full = rows.complete(chosen)
        if paid is not None:
            full[rows.payments] = paid
        return self._add(full, blocks.plans(chosen), only=only)

    def add_mixed(self, level: Floats) -> int:
        """Add answers of the blocks with choices made in part; return how many were new."""
        blocks = self.blocks
        order = np.argsort(blocks.block, kind="stable")
        order = order[blocks.block[order] >= 0]
        parts = np.split(order, np.searchsorted(blocks.block[order], np.arange(1, blocks.count)))
        return self._add(level, [np.concatenate([own, level[own].round(4).view(np.int64)]) for own in parts], only=None)

    def _add(self, full: Floats, plans: list[Whole], *, only: Mask | None) -> int:
        """Add columns for the plan of each block in a level of all columns where it is new."""
        blocks, rows = self.blocks, self.blocks.rows
        on = np.flatnonzero(full)
        on = on[blocks.block[on] >= 0]
        cost = np.bincount(blocks.block[on], weights=rows.cost[on] * full[on], minlength=blocks.count)
        gather = sparse.csc_array((full[on], (on, blocks.block[on])), shape=(len(full), blocks.count))
        used = sparse.csc_array(blocks.usage @ gather)
        split = self._splits(full)
        of_block = self._payments_by_block
        fresh: list[int] = []
        for block, plan in enumerate(plans):
            key = (block, plan.tobytes() + split[block])
            if key not in self._known and (only is None or only[block]):
                self._known.add(key)
                self.plans.append((block, plan))
                own = of_block[block]
                own = own[full[own] > 0]
                self.paid.append((own, full[own]))
                fresh.append(block)
        if fresh:
            self._append(np.asarray(fresh, dtype=np.int64), cost.astype(np.float64), used)
        return len(fresh)

    def _splits(self, full: Floats) -> list[bytes]:
        """Return how the payments of each block are divided, as a key."""
        return [full[own].round(4).tobytes() if len(own) else b"" for own in self._payments_by_block]

    @cached_property
    def _payments_by_block(self) -> list[Whole]:
        """Return the payments of each block."""
        payments, block = self.blocks.rows.payments, self.blocks.block
        order = payments[np.argsort(block[payments], kind="stable")]
        return np.split(order, np.searchsorted(block[order], np.arange(1, self.blocks.count)))

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
        """Return the value of the best mix of plans and the price of each shared row.

        Prices are at most 0; None where time is up.
        """
        solver = self._solver
        solver.setOptionValue("time_limit", solver.getRunTime() + max(0.1, seconds))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        self.levels = np.asarray(solver.getSolution().col_value)[len(self.blocks.shared) :]
        prices = np.asarray(solver.getSolution().row_dual)[self.blocks.count :] * self._row_scale / self._scale
        value = self.blocks.rows.offset + solver.getInfo().objective_function_value / self._scale
        return value, np.minimum(prices, 0.0)

    def mix(self) -> tuple[Floats, Floats, Mask]:
        """Return the best mix of plans: levels, what is settled, and which choices are not.

        Where one plan of a block is taken in full its choices and payments are settled.
        """
        rows, blocks = self.blocks.rows, self.blocks
        level, settled = np.zeros(rows.choices), np.zeros(len(rows.cost))
        open_block = np.ones(blocks.count, dtype=bool)
        for at in np.flatnonzero(self.levels > SURE).tolist():
            block, plan = self.plans[at]
            level[plan] += self.levels[at]
            if self.levels[at] >= 1.0 - SURE:
                open_block[block] = False
                settled[plan] = 1.0
                payments, paid = self.paid[at]
                settled[payments] = paid
        return level.clip(0.0, 1.0), settled, open_block[blocks.block[: rows.choices]]

    def whole(self, effort: Effort, *, target: float, start: Mask | None) -> Mask | None:
        """Return the best whole choice of plans without any overuse; None where there is none.

        It stops at the target (eur).

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
        for plan in np.flatnonzero(level > HALF):
            chosen[self.plans[plan][1]] = True
        return chosen

    def _as_mix(self, chosen: Mask) -> highspy.HighsSolution:
        """Return choices as levels of the plans."""
        plans = self.blocks.plans(chosen)
        taken = [float(np.array_equal(plans[block], plan)) for block, plan in self.plans]
        given = highspy.HighsSolution()
        given.col_value = [0.0] * len(self.blocks.shared) + taken
        return given


@dataclass(frozen=True)
class Ascended:
    """The result of the price search: the master, the best prices, and every choice planned.

    The master holds the plans of all blocks.
    """

    master: Master
    prices: Floats
    used: Mask


def ascend(incumbent: Incumbent, blocks: Blocks, *, pool: Executor | None, tell: Callable[[float], None]) -> Ascended:
    """Raise the bound as far as prices can, and gather the plans that the blocks make at them.

    Each round asks every block for its best plan at the prices of the shared rows, and the master for the prices at which
    the plans so far fit together best. Ends when the bound is within `CLOSE` of the goal from the best that any prices can
    prove, or when the time is up. `tell` hears how far it is, 0-1.
    """
    master = Master(blocks)
    used = np.zeros(blocks.rows.choices, dtype=bool)
    master.add(used, only=_may_be_empty(blocks))
    if incumbent.best is not None:
        master.add(incumbent.chosen, paid=None if incumbent.best is None else incumbent.best[blocks.rows.payments])
    rough = len(blocks.rows.payments) > 0
    asked = _rough_prices(incumbent, blocks, pool) if rough else np.zeros(len(blocks.shared))
    best, bound, smooth = asked, -np.inf, STEADY if rough else SMOOTH
    for turn in range(ROUNDS):
        answer = blocks.ask(asked, pool=pool, left=lambda: incumbent.left)
        if answer is None:
            break
        used |= answer.chosen
        if answer.bound > bound:
            bound, best = answer.bound, asked
        incumbent.prove(bound, blocks.spread(best))
        incumbent.offer(answer.chosen)
        fresh = master.add(answer.chosen, paid=answer.paid)
        mixed = master.relax(incumbent.left)
        if mixed is None:
            break
        value, prices = mixed
        LOG.debug("round %d: bound %.0f, mix %.0f, %d new plans", turn, bound, value, fresh)
        tell((turn + 1) / ROUNDS)
        if value - bound <= max(CLOSE * incumbent.goal, LEAST) * abs(value):
            break
        exactly = not fresh and not np.array_equal(asked, prices)
        asked = prices if exactly else smooth * best + (1.0 - smooth) * prices
    LOG.info("%d blocks, %d plans: bound %.0f", blocks.count, len(master.plans), bound)
    return Ascended(master, best, used)


def _rough_prices(incumbent: Incumbent, blocks: Blocks, pool: Executor | None) -> Floats:
    """Return the prices at which the blocks fit together where choices may be made in part.

    Each block is then a relaxation that goes on from its last answer: a tenth of the time of whole answers, measured.
    """
    master = Master(blocks)
    master.add(np.zeros(blocks.rows.choices, dtype=bool), only=_may_be_empty(blocks))
    best, asked, bound = np.zeros(len(blocks.shared)), np.zeros(len(blocks.shared)), -np.inf
    for turn in range(ROUNDS):
        answer = blocks.ask(asked, pool=pool, left=lambda: incumbent.left, whole=False)
        if answer is None:
            break
        if answer.bound > bound:
            bound, best = answer.bound, asked
        fresh = master.add_mixed(answer.level)
        mixed = master.relax(incumbent.left)
        if mixed is None or not fresh:
            break
        LOG.debug("rough round %d: bound %.0f, mix %.0f, %d new", turn, bound, mixed[0], fresh)
        if mixed[0] - bound <= ROUGH * abs(mixed[0]):
            break
        asked = SMOOTH * best + (1.0 - SMOOTH) * mixed[1]
    return best


def _may_be_empty(blocks: Blocks) -> Mask:
    """Tell which blocks may leave all their works undone."""
    rows = blocks.rows
    must = np.flatnonzero((rows.lower > 0) | (rows.upper < 0))
    must = np.setdiff1d(must, blocks.shared)
    bound_to = blocks.block[np.unique(rows.matrix[must].indices)] if len(must) else np.empty(0, dtype=np.int64)
    free = np.ones(blocks.count, dtype=bool)
    free[bound_to[bound_to >= 0]] = False
    return free
