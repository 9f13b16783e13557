"""Rows handed to HiGHS, with the wish to stop that it hears. (nl: HiGHS)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from itertools import count
from threading import Event
from typing import TypeVar

import highspy
import numpy as np
from scipy import sparse

from koppelkans.programme.indexed import Floats, Mask
from koppelkans.programme.statement import SparseRows

Made = TypeVar("Made")
LOOK = 0.2
"""Seconds after which the thread that waits looks whether Ctrl-C was pressed: a longer wait may sleep through it."""
SOLVER = f"HiGHS {version('highspy')}"
INFEASIBLE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)
SIZE = 1e4
"""The largest price is brought to this size: the tolerances of the solver are absolute."""


HEURISTICS = ("mip_heuristic_run_rins", "mip_heuristic_run_rens", "mip_heuristic_run_root_reduced_cost")
"""Searches within the search, which take most of the time of a root; an effort of none leaves those at the root as they are."""
PRECISE = 1e-9
"""Tolerance where money is divided."""
LAST = 100.0
"""So many times sooner a purse is overdrawn than an opening left unpaid."""
SLIGHT = 1e-9
"""A row belongs to a proof from this share of its largest number."""


@dataclass(frozen=True)
class Halt:
    """Whether somebody asked to stop; once asked, it stays so."""

    _asked: Event = field(default_factory=Event)

    @property
    def asked(self) -> bool:
        """Tell whether somebody asked to stop."""
        return self._asked.is_set()

    def ask(self) -> None:
        """Ask to stop, from any thread."""
        self._asked.set()

    def heard_by(self, highs: highspy.Highs) -> None:
        """Have a solver look now and then whether it was asked to stop."""

        def look(event: highspy.highs.HighsCallbackEvent) -> None:
            if self.asked:
                event.interrupt()

        for moment in (highs.cbMipInterrupt, highs.cbSimplexInterrupt, highs.cbIpmInterrupt):
            moment.subscribe(look)


def until_interrupted(job: Callable[[], Made], halt: Halt) -> Made:
    """Return the result of a job in a thread of its own; Ctrl-C asks it to stop and hand over.

    The solver runs outside Python, where Ctrl-C is not heard until it is over; the thread that waits here hears it.
    """
    with ThreadPoolExecutor(max_workers=1) as apart:
        done = apart.submit(job)
        while not done.done():
            try:
                wait([done], timeout=LOOK)
            except KeyboardInterrupt:
                halt.ask()
        return done.result()


@dataclass(frozen=True)
class MipResult:
    """Choices (None where there are none) and lower bound that a search found.

    `impossible` tells that there can be no answer, `finished` that the search went to its end; `work` counts the steps of the
    simplex method.
    """

    chosen: Mask | None
    bound: float
    impossible: bool
    finished: bool
    work: int = 0


@dataclass(frozen=True)
class LpResult:
    """The result of the relaxation: levels, reduced prices, row prices, and a safe bound.

    `level` (0-1) and `reduced` are of all columns. The bound holds whatever the tolerances were. A price is what the
    best value gains where the bound of the row rises by one (eur per unit; at most 0 for "at most"). There are none
    where the solver was stopped before it had any.
    """

    level: Floats
    reduced: Floats
    prices: Floats | None
    bound: float
    impossible: bool


@dataclass(frozen=True)
class Effort:
    """How hard to try: a time cap (s), a gap to stop at (share), counted work and a seed.

    `nodes` are those of the search tree of a model, `heuristics` lets it look for programmes, `halt` may say stop, and `prices`
    asks for those of the rows.
    `turns` is for a whole search: how often it goes through its steps, each time wider and deeper; None: as long as there is
    time. With `until` the search of a model also ends where that says so of the number of the look and the bound.
    """

    seconds: float
    gap: float = 0.0
    nodes: int | None = None
    seed: int = 0
    turns: int | None = None
    heuristics: bool = True
    halt: Halt | None = None
    until: Callable[[int, float], bool] | None = None
    prices: bool = False


def relax(rows: SparseRows, *, seconds: float, seed: int = 0, quick: bool = True, halt: Halt | None = None) -> LpResult:
    """Solve the relaxation; `quick` uses the interior point method without crossover.

    Quick is right for larger models. The bound is computed from the row prices alone: b'y + sum of min(0, reduced
    price) over columns between 0 and 1. It holds for any row prices of the right sign, also when the solver was
    stopped.
    """
    small, price, row_scale = scaled(rows)
    highs = loaded(small)
    highs.setOptionValue("time_limit", max(0.1, seconds))
    highs.setOptionValue("random_seed", seed)
    if halt is not None:
        halt.heard_by(highs)
    if quick:
        highs.setOptionValue("solver", "ipm")
        highs.setOptionValue("run_crossover", "off")
    highs.run()
    return _lp_result(highs, rows, price=price, row_scale=row_scale)


class Relaxation:
    """A relaxation that keeps its solver: rows can be added, and it goes on from where it was."""

    def __init__(self, rows: SparseRows, *, seed: int = 0, halt: Halt | None = None) -> None:
        """Hand the rows to a solver."""
        self.rows = rows
        small, self._price, self._scale = scaled(rows)
        self._solver = loaded(small, random_seed=seed, solver="ipm")  # with crossover: a corner to go on from
        if halt is not None:
            halt.heard_by(self._solver)

    def keep_to(self, rows: SparseRows) -> None:
        """Go on with the same rows and other bounds of columns."""
        self.rows, every = rows, np.arange(len(rows.cost), dtype=np.int32)
        self._solver.changeColsBounds(len(every), every, rows.least, rows.most)
        self._solver.setOptionValue("solver", "simplex")

    def add(self, more: sparse.csr_array, upper: Floats) -> None:
        """Add rows of which the sum is at most so much."""
        count, rows = len(upper), self.rows
        nothing = np.full(count, -np.inf)
        self.rows = replace(
            rows,
            matrix=sparse.csr_array(sparse.vstack([rows.matrix, more])),
            lower=np.concatenate([rows.lower, nothing]),
            upper=np.concatenate([rows.upper, upper]),
        )
        self._scale = np.concatenate([self._scale, np.ones(count)])
        start, column = more.indptr[:-1].astype(np.int32), more.indices.astype(np.int32)
        self._solver.addRows(count, nothing, upper, more.nnz, start, column, more.data)
        self._solver.setOptionValue("solver", "simplex")

    def solved(self, seconds: float) -> LpResult:
        """Return the result of the relaxation, as `relax` does."""
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(0.1, seconds))
        self._solver.run()
        return _lp_result(self._solver, self.rows, price=self._price, row_scale=self._scale)


def _lp_result(highs: highspy.Highs, rows: SparseRows, *, price: float, row_scale: Floats) -> LpResult:
    """Return what a solver found, with the bound that its row prices prove."""
    impossible = highs.getModelStatus() in INFEASIBLE
    solution = highs.getSolution()
    values = np.asarray(solution.col_value, dtype=float) if solution.value_valid else np.zeros(len(rows.cost))
    duals = np.asarray(solution.row_dual, dtype=float) if solution.dual_valid else np.zeros(len(rows.upper))
    duals = np.nan_to_num(duals * row_scale / price)
    bound, reduced = proven(rows, duals)
    return LpResult(values, reduced, duals if solution.dual_valid else None, bound, impossible)


def proven(rows: SparseRows, duals: Floats) -> tuple[float, Floats]:
    """Return the bound that row prices prove, and the reduced price of each column."""
    duals = np.where(np.isfinite(rows.upper), duals, np.maximum(duals, 0.0))
    duals = np.where(np.isfinite(rows.lower), duals, np.minimum(duals, 0.0))
    reduced = rows.cost - rows.matrix.T @ duals
    side = np.where(duals > 0, rows.lower, rows.upper)
    paid = np.where(duals == 0.0, 0.0, duals * np.where(np.isfinite(side), side, 0.0)).sum()
    columns = np.minimum(reduced * rows.least, reduced * rows.most).sum()
    return float(rows.offset + paid + columns), reduced


def search(rows: SparseRows, effort: Effort, *, start: Floats | None = None) -> MipResult:
    """Solve the whole-number problem, from a start where one is given."""
    small, price, _ = scaled(rows)
    highs = loaded(small, whole=True)
    highs.setOptionValue("time_limit", max(0.1, effort.seconds))
    highs.setOptionValue("random_seed", effort.seed)
    highs.setOptionValue("mip_rel_gap", effort.gap)
    highs.setOptionValue("mip_abs_gap", 1e-9)
    if effort.nodes is not None:
        highs.setOptionValue("mip_max_nodes", effort.nodes)
        highs.setOptionValue("mip_allow_restart", effort.nodes > 1)  # the root again is a root that was not asked for
    if len(rows.payments):
        highs.setOptionValue("mip_feasibility_tolerance", PRECISE)
    if effort.halt is not None:
        effort.halt.heard_by(highs)
    if effort.until is not None:
        _watched(highs, effort.until, price)
    if not effort.heuristics:
        for name in HEURISTICS:
            highs.setOptionValue(name, False)  # noqa: FBT003
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = list(start)
        highs.setSolution(given)
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    finished = status == highspy.HighsModelStatus.kOptimal
    bound = info.mip_dual_bound / price if abs(info.mip_dual_bound) < highspy.kHighsInf else -np.inf
    has_values = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    chosen = np.asarray(highs.getSolution().col_value)[: rows.choices] > 0.5 if has_values else None  # noqa: PLR2004
    return MipResult(chosen, float(bound), status in INFEASIBLE, finished, int(info.simplex_iteration_count))


def _watched(highs: highspy.Highs, until: Callable[[int, float], bool], price: float) -> None:
    """Have a solver ask at each look, counted, whether the bound that it has (eur) is enough."""
    looks, enough = count(1), Event()

    def look(event: highspy.highs.HighsCallbackEvent) -> None:
        bound = event.data_out.mip_dual_bound
        if not enough.is_set() and abs(bound) < highspy.kHighsInf and until(next(looks), bound / price):
            enough.set()

    def stop(event: highspy.highs.HighsCallbackEvent) -> None:
        look(event)
        if enough.is_set():
            event.interrupt()

    highs.cbMipUserSolution.subscribe(look)
    highs.cbMipInterrupt.subscribe(stop)


def loaded(rows: SparseRows, *, whole: bool = False, **options: bool | float | str) -> highspy.Highs:
    """Return a quiet solver of one thread that holds the rows as they are.

    With `whole` the choices are whole, and the followers that are yes or no; `options` are options of the solver.
    """
    matrix, kind = rows.matrix, highspy.HighsVarType
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(rows.cost), len(rows.upper)
    model.col_cost_, model.offset_ = rows.cost, rows.offset
    model.col_lower_, model.col_upper_ = rows.least, rows.most
    model.row_lower_, model.row_upper_ = rows.lower, rows.upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    if whole:
        is_whole = np.arange(len(rows.cost)) < rows.choices
        is_whole[rows.yes_no] = True
        model.integrality_ = [kind.kInteger if one else kind.kContinuous for one in is_whole.tolist()]
    highs = highspy.Highs()
    for name, value in {"output_flag": False, "threads": 1, **options}.items():
        highs.setOptionValue(name, value)
    highs.passModel(model)
    return highs


def scaled(rows: SparseRows) -> tuple[SparseRows, float, Floats]:
    """Return rows with largest numbers of a fixed size, and the factors of prices and rows."""
    largest = float(np.abs(rows.cost).max(initial=0.0))
    price = SIZE / largest if largest > 0 else 1.0
    size = abs(rows.matrix).max(axis=1).toarray().ravel() if rows.matrix.nnz else np.zeros(len(rows.upper))
    scale = np.where(size > 0, 1.0 / np.where(size > 0, size, 1.0), 1.0)
    matrix = rows.matrix.copy()
    matrix.data = matrix.data * np.repeat(scale, np.diff(matrix.indptr))
    made = replace(
        rows,
        matrix=matrix,
        lower=rows.lower * scale,
        upper=rows.upper * scale,
        cost=rows.cost * price,
        offset=rows.offset * price,
    )
    return made, price, scale


def completed(rows: SparseRows, chosen: Mask) -> Floats:
    """All columns for given choices: followers at their lowest, payments divided.

    Where they do not suffice, as little as can be lacks.
    """
    return payable(rows, rows.complete(chosen))


def payable(rows: SparseRows, full: Floats) -> Floats:
    """Columns with payments divided; where no division holds, as little as can be lacks.

    Parameters
    ----------
    rows
        The model.
    full
        Its choices and followers; what stands at the payments is not read.
    """
    if not len(rows.payments):
        return full
    held = full.copy()
    held[rows.payments] = 0.0
    columns = sparse.csc_array(rows.by_column[:, rows.payments])
    count = np.bincount(columns.indices, minlength=len(rows.upper))
    room = rows.upper - rows.matrix @ held
    entries = columns.tocoo()
    alone = (count[entries.row] == 1) & (entries.data > 0)
    most = rows.most[rows.payments].copy()
    np.minimum.at(most, entries.col[alone], np.maximum(room[entries.row[alone]] / entries.data[alone], 0.0))
    used = np.flatnonzero(most > 0)
    near = np.flatnonzero((count > 1) | rows.asks_payment)
    if len(used) and len(near):
        held[rows.payments[used]] = _divided(sparse.csr_array(columns[near][:, used]), room[near], most[used])
    return held


def _divided(matrix: sparse.csr_array, room: Floats, most: Floats) -> Floats:
    """Return payments within their bounds that exceed the room of the rows by as little as can be.

    A row that asks for payments is exceeded last.
    """
    size, scale = matrix.shape[1], abs(matrix).max(axis=1).toarray().ravel()
    scale = np.where(scale > 0, scale, 1.0)
    asks = matrix.min(axis=1).toarray().ravel() < 0
    over = -sparse.diags_array(np.ones(len(room)))
    each = sparse.csr_array(sparse.hstack([sparse.diags_array(1.0 / scale) @ matrix, over]))
    part = SparseRows(
        matrix=each,
        lower=np.full(len(room), -np.inf),
        upper=room / scale,
        cost=np.concatenate([np.zeros(size), np.where(asks, LAST, 1.0) * scale / scale.max()]),
        least=np.zeros(each.shape[1]),
        most=np.concatenate([most, np.full(len(room), np.inf)]),
        choices=0,
        offset=0.0,
    )
    highs = loaded(part, primal_feasibility_tolerance=PRECISE, dual_feasibility_tolerance=PRECISE)
    highs.run()
    paid = np.asarray(highs.getSolution().col_value, dtype=float)[:size]
    return np.asarray(np.clip(paid, 0.0, most))


class Lifted:
    """A model kept in the solver, in which rows are lifted between questions.

    The next question starts where the last one ended, which takes a few steps.
    """

    def __init__(self, rows: SparseRows, *, seconds: float = 60.0) -> None:
        """Load the rows, each brought to numbers of at most one; a question that takes longer counts as possible."""
        self._seconds = seconds
        small, _, _ = scaled(replace(rows, cost=np.zeros(len(rows.cost))))
        self._lower, self._upper = small.lower, small.upper
        self._lift = np.zeros(len(small.upper), dtype=bool)
        self._highs = loaded(small, presolve="off", solver="simplex")

    def proof(self, lift: Mask) -> Mask | None:
        """Return rows that together prove infeasibility; None where the model is feasible.

        Lifted rows are not counted.
        """
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
        return np.asarray(size > SLIGHT * size.max(initial=0.0)) & ~lift
