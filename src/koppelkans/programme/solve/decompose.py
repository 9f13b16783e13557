"""Parts of a city planned alone at prices of what they share. (nl: deelproblemen)."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from koppelkans.programme.constraint import Constraint
from koppelkans.programme.indexed import Floats, Indexed, Mask, Whole
from koppelkans.programme.solve.highs import SIZE, loaded
from koppelkans.programme.statement import SparseRows, Statement

TOGETHER = 200
"""Blocks are handed to the solver in groups of so many choices: measured, smaller groups cost more calls and larger ones more search."""
CERTAIN = 1e-3
"""So much (in the scaled prices of the solver) the bound of a group may be off by its tolerances; it is taken off."""
PRECISE = 1e-6
"""Gap at which a group counts as solved."""
HALF = 0.5
"""A plan is taken from this level."""
CORES = 2
"""Searches that go side by side: what is found does not depend on how many cores there are."""


def shared_rows(said: Statement, constraints: Sequence[Constraint]) -> Mask:
    """Return the rows that are shared by works with nothing else in common."""
    shared = {piece.name for piece in constraints if piece.shared}
    return np.concatenate(
        [np.full(block.rows, block.constraint in shared) for block in said.told] or [np.empty(0, bool)]
    )


@dataclass(frozen=True)
class Answered:
    """The answer of the blocks to given prices: a lower bound, and the choices of each block."""

    bound: float
    chosen: Mask
    paid: Floats
    """Level of each payment."""
    level: Floats
    """Level of each column."""


@dataclass(frozen=True)
class _Group:
    """Some blocks in one solver, which keeps its rows and is asked again with other prices."""

    solver: highspy.Highs
    columns: Whole
    choices: int


@dataclass(frozen=True)
class Blocks:
    """The blocks of a model.

    Parameters
    ----------
    rows
        The whole model.
    shared
        The rows that are given a price: those that works share that have nothing else to do with each other.
    block
        The block of each column; -1 for columns without any choice near them.
    count
        The number of blocks.
    """

    rows: SparseRows
    shared: Whole
    block: Whole
    count: int

    @cached_property
    def sizes(self) -> Whole:
        """Return the number of choices of each block."""
        return np.bincount(self.block[: self.rows.choices], minlength=self.count)

    @cached_property
    def usage(self) -> sparse.csr_array:
        """Return what each column uses of each shared row."""
        return sparse.csr_array(self.rows.matrix[self.shared])

    @cached_property
    def capacity(self) -> Floats:
        """Return how much there is of each shared row."""
        return np.asarray(self.rows.upper[self.shared])

    @cached_property
    def groups(self) -> tuple[_Group, ...]:
        """Return the blocks in groups, each in a solver of its own."""
        total = np.cumsum(self.sizes)
        group = np.append((total - self.sizes) // TOGETHER, -1)[self.block]
        own = np.ones(len(self.rows.upper), dtype=bool)
        own[self.shared] = False
        matrix = sparse.csr_array(self.rows.matrix[own])
        lower, upper = self.rows.lower[own], self.rows.upper[own]
        first = (
            matrix.indices[np.minimum(matrix.indptr[:-1], max(0, matrix.nnz - 1))] if matrix.nnz else np.empty(0, int)
        )
        row_group = np.where(np.diff(matrix.indptr) > 0, group[first] if len(first) else -1, -1)
        made = []
        for number in np.unique(group[group >= 0]):
            columns, rows = np.flatnonzero(group == number), np.flatnonzero(row_group == number)
            part = sparse.csr_array(matrix[rows][:, columns])
            made.append(_held(self.rows, columns, part, lower=lower[rows], upper=upper[rows]))
        return tuple(made)

    def spread(self, prices: Floats) -> Floats:
        """Return the prices of the shared rows as prices of all rows."""
        whole = np.zeros(len(self.rows.upper))
        whole[self.shared] = prices
        return whole

    def plans(self, chosen: Mask) -> list[Whole]:
        """Return for each block which of its choices are made."""
        made = np.flatnonzero(chosen)
        made = made[np.argsort(self.block[made], kind="stable")]
        return np.split(made, np.searchsorted(self.block[made], np.arange(1, self.count)))

    def ask(
        self, prices: Floats, *, pool: Executor | None, left: Callable[[], float], whole: bool = True
    ) -> Answered | None:
        """Return the answer of the blocks to prices of the shared rows; None where time is up.

        Prices are at most 0, in eur per unit. The bound is the Lagrangian one: offset + prices x capacity + the least
        cost of each block at these prices. It holds for any prices, since each block is bounded by its own proven
        bound.

        Source: Geoffrion (1974), Lagrangean relaxation for integer programming.
        """
        cost = self.rows.cost - self.usage.T @ prices
        scale = SIZE / max(float(np.abs(self.rows.cost).max(initial=0.0)), 1e-9)
        side_by_side = map if pool is None else pool.map
        answers = list(
            side_by_side(lambda group: _answer(group, cost[group.columns] * scale, left, whole=whole), self.groups)
        )
        loose = np.minimum(cost[self.block < 0], 0.0).sum()
        bound = self.rows.offset + float(prices @ self.capacity) + float(loose)
        level = np.zeros(len(self.rows.cost))
        for group, answer in zip(self.groups, answers, strict=True):
            if answer is None:
                return None
            bound += (answer[0] - CERTAIN) / scale
            level[group.columns] = answer[1]
        paid = level[self.rows.payments].clip(0.0, 1.0)
        return Answered(bound, level[: self.rows.choices] > HALF, paid, level)


def split(rows: SparseRows, shared: Mask) -> Blocks:
    """Return the blocks into which a model falls when the shared rows are lifted.

    Parameters
    ----------
    rows
        The model.
    shared
        Which rows could be lifted; only those that say "at most" are.
    """
    shared = shared & ~np.isfinite(rows.lower) & np.isfinite(rows.upper)
    own = sparse.coo_array(rows.matrix[~shared])
    count, width = own.shape
    links = sparse.coo_array((np.ones(own.nnz), (own.coords[1], width + own.coords[0])), shape=(width + count,) * 2)
    _, label = connected_components(links, directed=False)
    label = label[:width]
    known, number = np.unique(label[: rows.choices], return_inverse=True)
    at = np.minimum(np.searchsorted(known, label), max(0, len(known) - 1))
    block = np.where(known[at] == label, at, -1) if len(known) else np.full(width, -1)
    block[: rows.choices] = number
    return Blocks(rows, np.flatnonzero(shared), block.astype(np.int64), len(known))


def parted(rows: SparseRows, shared: Mask, *, most: int) -> Blocks | None:
    """Return the blocks where something is shared and none has more choices than `most`."""
    made = split(rows, shared)
    return made if len(made.shared) and int(made.sizes.max(initial=0)) <= most else None


def _held(rows: SparseRows, columns: Whole, part: sparse.csr_array, *, lower: Floats, upper: Floats) -> _Group:
    """Return a solver that holds the rows of a group."""
    choices = int((columns < rows.choices).sum())
    own = SparseRows(
        matrix=part,
        lower=lower,
        upper=upper,
        cost=np.zeros(len(columns)),
        least=rows.least[columns],
        most=rows.most[columns],
        choices=choices,
        offset=0.0,
    )
    solver = loaded(own, whole=True, mip_rel_gap=PRECISE)
    return _Group(solver, columns, choices)


def _answer(group: _Group, cost: Floats, left: Callable[[], float], *, whole: bool) -> tuple[float, Floats] | None:
    """Return the bound of a group at given costs and its choices; None where time is up or it cannot be done at all."""
    seconds = left()
    if seconds <= 0:
        return None
    solver, size = group.solver, len(group.columns)
    solver.changeColsCost(size, np.arange(size, dtype=np.int32), cost)
    solver.setOptionValue("time_limit", solver.getRunTime() + seconds)
    solver.setOptionValue("solve_relaxation", not whole)
    solver.run()
    info = solver.getInfo()
    if not whole:
        optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        level = np.asarray(solver.getSolution().col_value, dtype=float)
        return (float(info.objective_function_value), level) if optimal else None
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    if abs(info.mip_dual_bound) >= highspy.kHighsInf:
        return None
    return float(info.mip_dual_bound), np.asarray(solver.getSolution().col_value, dtype=float)


def marginal(blocks: Blocks, indexed: Indexed, extra: Floats) -> Floats:
    """Return a price (at most 0, eur per unit) for each shared row of the blocks.

    Each work chooses its year by itself, at what that year would cost with all others held, within the money, the hours
    and the streets that all share; what one more unit of a row would save is its price. Any prices give a valid bound
    (`Blocks.ask`); these, measured at 3,800 works, a sharper one than the relaxation of the whole, in a twentieth of its time.

    Parameters
    ----------
    blocks
        The blocks of the model, and its shared rows.
    indexed
        The problem in numbers.
    extra
        What each option would cost with all other works held, against leaving its work undone (eur).
    """
    prices = np.zeros(len(blocks.shared))
    usage = sparse.csr_array(blocks.usage[:, : blocks.rows.choices])
    largest = np.asarray(abs(usage).max(axis=1).toarray()).ravel()
    kept = np.flatnonzero(largest > 0)
    if not len(kept) or not np.abs(extra).max(initial=0.0) > 0:
        return prices
    scale, price = 1.0 / largest[kept], SIZE / np.abs(extra).max()
    count, works = len(extra), len(indexed.problem.works)
    once = sparse.csr_array((np.ones(count), (indexed.option_work, np.arange(count))), shape=(works, count))
    matrix = sparse.csr_array(sparse.vstack([once, sparse.diags_array(scale) @ usage[kept]]))
    alone = SparseRows(
        matrix=matrix,
        lower=np.full(matrix.shape[0], -np.inf),
        upper=np.concatenate([np.ones(works), np.maximum(blocks.capacity[kept], 0.0) * scale]),
        cost=extra * price,
        least=np.zeros(count),
        most=np.ones(count),
        choices=count,
        offset=0.0,
    )
    solver = loaded(alone)
    solver.run()
    solution = solver.getSolution()
    if solution.dual_valid:
        prices[kept] = np.minimum(np.asarray(solution.row_dual)[works:] * scale / price, 0.0)
    return np.nan_to_num(prices)
