"""A smallest set of demands that cannot hold together. (nl: botsende eisen)."""

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from koppelkans.programme.indexed import Floats, Mask, Whole
from koppelkans.programme.solve.highs import Effort, Lifted, completed, search
from koppelkans.programme.statement import SparseRows, StatedBlock, needed

SECONDS = 2.0
"""Time for one question; a set of demands that is not settled in it counts as possible."""
RECENT = 8
"""So many programmes are looked at again, the latest first."""
Demand = tuple[str, str]
"""A constraint and what its demand is about: a work, fund, crew or limit."""
Demands = tuple[Demand, ...]
NODES = 200
"""Nodes of one counted question; most need none, since the relaxation or presolve tells."""
LONGEST = 60.0
"""Processor seconds after which even counted questions end."""
PATIENCE = 10.0
"""Seconds of the processor for the relaxations, and as many for whole choices: what is left then clashes, but might not be the smallest such set."""


@dataclass
class Clock:
    """Processor seconds and questions that may be spent, counted from its start.

    A machine that is busy with other things takes none of the seconds. Where an answer is kept, the questions are counted and the
    seconds only stop what would never end, so that the same question gets the same answer on every machine.
    """

    seconds: float
    began: float = field(default_factory=time.process_time)
    questions: int | None = None

    @property
    def left(self) -> float:
        """Return the seconds that are left; none where all questions were asked."""
        return 0.0 if self.questions == 0 else self.seconds - (time.process_time() - self.began)

    def effort(self) -> Effort:
        """Return the effort for the next question, and count it."""
        if self.questions is None:
            return Effort(seconds=min(SECONDS, self.left))
        self.questions -= 1
        return Effort(seconds=self.left, nodes=NODES)


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
        found = search(part, self.clock.effort())
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
            full = completed(rows, made)
            broken = np.flatnonzero(rows.broken(full))
            if not len(broken):
                return True
            first = rows.matrix[[int(broken[0])]].tocoo()
            for choice in first.col[(first.col < rows.choices) & (first.data > 0)]:
                tried = made.copy()
                tried[choice] = True
                if not rows.broken(completed(rows, tried)).any():
                    self._found.append(tried)
                    return True
        return False


def asked_part(rows: SparseRows) -> tuple[SparseRows, Whole, Whole]:
    """Return the rows cut to the choices that some row asks for, and what follows from these.

    Without prices. With them come the places of the rows that are left, and of the columns.
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


class Clash(tuple[Demand, ...]):  # noqa: SLOT001 (a tuple cannot have slots)
    """Demands that clash, and whether the set is proven to be a smallest one.

    Proven means: a programme exists without any one of them.
    """

    smallest: bool = True

    @classmethod
    def of(cls, demands: Iterable[Demand], *, smallest: bool) -> "Clash":
        """Return demands in order."""
        made = cls(sorted(demands))
        made.smallest = smallest
        return made


@dataclass(frozen=True)
class _Case:
    """The rows that decide whether a programme exists, the demand of each (-1: always holds), and how much each asks."""

    rows: SparseRows
    of_row: Whole
    weight: Floats

    def asking(self, count: int) -> Mask:
        """Tell which of so many demands have a row."""
        made = np.zeros(count, dtype=bool)
        made[self.of_row[self.of_row >= 0]] = True
        return made

    def lifted(self, held: Mask) -> Mask:
        """Tell which rows belong to demands that are not held."""
        return (self.of_row >= 0) & ~held[np.maximum(self.of_row, 0)]


def clashing(rows: SparseRows, told: Sequence[StatedBlock], *, patience: float = PATIENCE) -> Clash:
    """Return a smallest set of clashing demands: without any one, a programme is possible.

    Choices that no row asks for are left out beforehand, and with them what only these would use. Where the relaxation is impossible already, its
    proof names the demands that matter, and these are thinned one by one with relaxations alone (Chinneck and Dravnieks,
    1991, deletion filter). What is left is thinned once more with whole choices, so that it is a smallest set for real
    programmes too. Where the relaxation is possible, whole sorts of demands are left out first (all limits, all hours of
    a crew), and the rest is thinned half by half (Junker, 2004, QuickXplain).
    """
    demands, of_row = _demands(told, len(rows.upper))
    case = _case(rows, of_row, len(demands))
    found, settled = _smallest(demands, case, case.asking(len(demands)), lambda: Clock(patience))
    return Clash.of((demands[place] for place in found), smallest=settled)


def _smallest(demands: Sequence[Demand], case: "_Case", asking: Mask, clock: Callable[[], Clock]) -> tuple[Whole, bool]:
    """Return the places of a smallest set of clashing demands among those that ask, and whether that was settled in time."""
    held = _thinned_relaxed(case, asking, clock())
    relaxed = bool((held != asking).any())
    room = Possible(case.rows, case.of_row, clock())
    if not relaxed:
        held = _without_sorts(np.asarray([kind for kind, _ in demands]), held, room)
    at = np.flatnonzero(held)
    order = at[np.argsort(-case.weight[at], kind="stable")]
    found = _one_by_one(order, room) if relaxed else _needed(order[:0], order, possible=room, known_possible=True)
    return found, room.settled


@dataclass(frozen=True)
class KeptOut:
    """Whether any programme takes one of some options, and what keeps them all out.

    `clash` is an irreducible set of demands that does; empty where nothing does, or where there is no option at all
    (`possible` says which). `lifted` are demands that let one in when all of them give way, and no fewer of them do.
    """

    possible: bool
    settled: bool
    clash: Demands = ()
    lifted: Demands = ()


def kept_out(
    rows: SparseRows, told: Sequence[StatedBlock], options: Whole, *, first: Collection[Demand] = (), questions: int
) -> KeptOut:
    """Return which demands keep all of some options out, with all other works free.

    Parameters
    ----------
    rows, told
        A stated problem.
    options
        The options of a work, by their column.
    first
        Demands that are named where they keep it out by themselves.
    questions
        Models that may be solved for each part of the answer.
    """
    if not len(options):
        return KeptOut(possible=False, settled=True)
    wanted = sparse.csr_array((np.ones(len(options)), (np.zeros(len(options), dtype=np.int64), options)), shape=(1, len(rows.cost)))  # fmt: skip
    asked = replace(
        rows,
        matrix=sparse.csr_array(sparse.vstack([rows.matrix, wanted])),
        lower=np.append(rows.lower, 1.0),
        upper=np.append(rows.upper, np.inf),
    )
    demands, of_row = _demands(told, len(asked.upper))
    case = _case(asked, of_row, len(demands))
    every = case.asking(len(demands))
    room = Possible(case.rows, case.of_row, Clock(LONGEST, questions=questions))
    mine = np.asarray([at for at, demand in enumerate(demands) if demand in first], dtype=np.int64)
    clash, lifted, settled = mine[:0], mine[:0], True
    while not room(np.flatnonzero(every)):
        found, sure = (mine, True) if not len(lifted) and len(mine) and not room(mine) else _smallest(demands, case, every, lambda: Clock(LONGEST, questions=questions))  # fmt: skip
        settled &= sure
        clash = clash if len(clash) else found
        lifted = np.concatenate([lifted, found])
        every[found] = False
        if not len(found):
            break
    for place in lifted:
        every[place] = True
        if room(np.flatnonzero(every)):
            lifted = lifted[lifted != place]
        else:
            every[place] = False
    told_as = [tuple(sorted(demands[place] for place in places)) for places in (clash, lifted)]
    return KeptOut(not len(clash), settled and room.settled, *told_as)


def _without_sorts(sort: npt.NDArray[np.str_], held: Mask, possible: Callable[[Whole], bool]) -> Mask:
    """Return the demands without each whole sort that the others clash without; those with most demands are tried first."""
    made = held
    for name in sorted(set(sort), key=lambda name: (-(sort == name).sum(), name)):
        rest = made & (sort != name)
        if rest.any() and not possible(np.flatnonzero(rest)):
            made = rest
    return made


def _one_by_one(demands: Whole, possible: Callable[[Whole], bool]) -> Whole:
    """Return the demands that are needed to make it impossible, where nearly all of them are."""
    made = demands
    for demand in demands[::-1]:
        rest = made[made != demand]
        made = made if possible(rest) else rest
    return made


def _needed(held: Whole, demands: Whole, *, possible: Callable[[Whole], bool], known_possible: bool) -> Whole:
    """Return the demands that are needed, besides those held, to make it impossible."""
    if not known_possible and not possible(held):
        return demands[:0]
    if len(demands) <= 1:
        return demands
    first, second = demands[: len(demands) // 2], demands[len(demands) // 2 :]
    of_second = _needed(np.concatenate([held, first]), second, possible=possible, known_possible=False)
    of_first = _needed(np.concatenate([held, of_second]), first, possible=possible, known_possible=not len(of_second))
    return np.concatenate([of_first, of_second])


def _thinned_relaxed(case: _Case, held: Mask, clock: Clock) -> Mask:
    """Return the demands without which the relaxation would be possible; all of them where it is possible as it is.

    Demands that ask little are tried first, so that few and large ones are left. Each time that the rest is still
    impossible, only what its proof names is kept.
    """
    solver = Lifted(case.rows, seconds=clock.seconds)
    clock.effort()
    proof = solver.proof(case.lifted(held))
    if proof is None:
        return held
    held = _named(case, held, proof)
    for demand in np.argsort(case.weight, kind="stable"):
        if not held[demand] or clock.left <= 0:
            continue
        rest = held.copy()
        rest[demand] = False
        clock.effort()
        proof = solver.proof(case.lifted(rest))
        held = held if proof is None else _named(case, rest, proof)
    return held


def _named(case: _Case, held: Mask, proof: Mask) -> Mask:
    """Return the demands of the rows that a proof uses."""
    made = np.zeros(len(held), dtype=bool)
    rows = case.of_row[proof]
    made[rows[rows >= 0]] = True
    return made & held


def _demands(told: Sequence[StatedBlock], rows: int) -> tuple[list[Demand], Whole]:
    """Return every demand in order, and for each row which one it belongs to; -1 where it belongs to none."""
    of_row = np.full(rows, -1, dtype=np.int64)
    demands: list[Demand] = []
    place: dict[Demand, int] = {}
    first = 0
    for block in told:
        if block.about is not None:
            names, number = np.unique(np.asarray(block.about, dtype=np.str_), return_inverse=True)
            at = np.asarray([_place(place, demands, (block.constraint, str(name))) for name in names], dtype=np.int64)
            of_row[first : first + block.rows] = at[number]
        first += block.rows
    return demands, of_row


def _place(place: dict[Demand, int], demands: list[Demand], demand: Demand) -> int:
    """Return the place of a demand; a new one joins the end."""
    if demand not in place:
        place[demand] = len(demands)
        demands.append(demand)
    return place[demand]


def _case(rows: SparseRows, of_row: Whole, count: int) -> _Case:
    """Return the rows cut to the choices that some row asks for and their followers, unpriced."""
    small, kept, _ = asked_part(rows)
    return _Case(small, of_row[kept], _weights(small, of_row[kept], count))


def _weights(rows: SparseRows, of_row: Whole, count: int) -> Floats:
    """Return how much each demand asks: the largest share of any room that one of its choices takes."""
    room = np.where(np.isfinite(rows.upper) & (rows.upper > 0), rows.upper, np.inf)
    shares = rows.matrix.copy()
    shares.data = np.maximum(shares.data, 0.0) / np.repeat(room, np.diff(shares.indptr))
    of_column = np.asarray(shares.sum(axis=0)).ravel()
    line = np.repeat(of_row, np.diff(rows.matrix.indptr))
    weight: npt.NDArray[np.float64] = np.zeros(count)
    mine = line >= 0
    np.maximum.at(weight, line[mine], of_column[rows.matrix.indices[mine]])
    return weight
