"""One search: a loop over the steps of a course, from nothing or a programme. (nl: zoeken)."""

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Condition

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome, state
from koppelkans.programme.indexed import Floats, Indexed, Mask, index_problem, positions
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.ascent import Ascended, ascend
from koppelkans.programme.solve.charged import charge
from koppelkans.programme.solve.clash import Demand, clashing
from koppelkans.programme.solve.course import BLOCK, LEAST_BLOCKS, WHOLE, Rounds, SearchStep, course_of
from koppelkans.programme.solve.decompose import CORES, Blocks, parted, shared_rows
from koppelkans.programme.solve.dive import AT_ALL, dive
from koppelkans.programme.solve.highs import SOLVER, Effort, Halt, proven, relax
from koppelkans.programme.solve.improve import (
    Neighbourhoods,
    among_likely,
    crossed,
    improve,
    relaxed,
    search_among,
    settle_mix,
)
from koppelkans.programme.solve.incumbent import CERTAIN, HALF, Incumbent, exact, filled, gap_of, lightened
from koppelkans.programme.solve.proven import shadow_prices
from koppelkans.programme.solve.together import tightened
from koppelkans.programme.statement import SparseRows, Statement, needed

LOG = logging.getLogger(__name__)
Progress = Callable[[float, str], None]
RELAX_SECONDS = 10.0
"""A problem so small that it was not relaxed on the way is relaxed in a moment."""
PACE, AFTER = 1, 10
"""So many rounds count per look of the proof beside them, from this look on: measured at 251 works, 146 rounds by some 110 looks."""
MASTER = 1
"""Nodes of the search tree that are spent on whole plans of the blocks."""
DEEPER = 4
"""Every next turn goes so many times as deep."""
MOST = 10**9
"""Nodes of a search tree at the most: the solver counts no further."""


@dataclass(frozen=True)
class SearchResult:
    """A programme with its proof; where no programme exists, the demands that clash."""

    outcome: Outcome
    value_eur: float
    bound_eur: float
    status: str
    clashing: tuple[Demand, ...] = ()
    solver: str = SOLVER
    scarce: pd.DataFrame | None = None
    """What one more euro, hour or open street would bring, as `shadow_prices` returns it; None where it was not asked, or not found in time."""

    @property
    def gap(self) -> float:
        """Return how far the value can be above the best, as a share of the value."""
        return gap_of(self.value_eur, self.bound_eur)


def optimise(
    problem: Problem,
    constraints: Sequence[Constraint],
    *,
    effort: Effort,
    progress: Progress | None = None,
    start: pd.DataFrame | None = None,
) -> SearchResult | None:
    """Return the best programme found within the effort.

    None where the time was up before there was one. Stops as soon as the gap of the effort is proven. The same
    problem, seed and turns give the same result as long as the time is not up: all other effort is counted in steps.

    Parameters
    ----------
    problem, constraints
        What is asked.
    effort
        Time cap (s), gap to stop at (share), turns of the search, seed, who may say stop, and whether prices are asked.
    progress
        Called with the share that is done and what is being done.
    start
        An earlier programme (work, year): works that no longer fit are left out one by one. Where what must be done then does
        not fit, the search starts from nothing.
    """
    tell = progress or (lambda _share, _words: None)
    began = time.monotonic()
    tell(0.0, "stating")
    indexed = replace(index_problem(problem), together=True)
    if not len(indexed.option_work):
        outcome = Outcome(indexed.programme(np.empty(0, dtype=np.int64)), _table([], []), _table([], []))
        nothing_scarce = pd.DataFrame({"constraint": [], "about": [], "year": [], "worth_eur": []})
        return SearchResult(outcome, indexed.undone_eur, indexed.undone_eur, status="proven", scarce=nothing_scarce)
    said = state(indexed, constraints)
    rows = said.rows()
    incumbent = Incumbent(rows, began + effort.seconds, goal=effort.gap, seed=effort.seed, halt=effort.halt)
    incumbent.prove(proven(rows, np.zeros(len(rows.upper)))[0])
    incumbent.prove(_each_at_its_best(said, rows, constraints))
    LOG.info("stated %d choices in %d rows", rows.choices, len(rows.upper))
    warm = start is not None and incumbent.offer(lightened(rows, _placed(rows, indexed, start)))
    if not warm:
        _begin(incumbent)
    if incumbent.best is not None:
        among = Neighbourhoods(incumbent, indexed, shared_rows(said, constraints))
        _searched(among, turns=effort.turns, warm=warm, tell=tell)
    if incumbent.best is not None and incumbent.left <= 0 and not incumbent.proven:
        incumbent.offer(filled(rows, incumbent.chosen))
    if incumbent.impossible:
        each = state(index_problem(problem), constraints)
        demands = clashing(each.rows(), each.told)
        nothing = np.zeros(len(rows.cost))
        return SearchResult(_outcome(said, nothing), np.inf, np.inf, status="impossible", clashing=demands)
    if incumbent.best is None:
        return None
    status = "proven" if incumbent.proven else "time_limit"
    prices = _prices(incumbent) if effort.prices else None
    scarce = None if prices is None else shadow_prices(said, prices, constraints)
    bound = min(incumbent.bound, incumbent.value)
    return SearchResult(_outcome(said, incumbent.best), incumbent.value, bound, status=status, scarce=scarce)


@dataclass
class _Trip:
    """What the steps of a search hand on to each other."""

    among: Neighbourhoods
    pool: Executor
    tell: Progress
    blocks: Blocks | None
    turn: int = 1
    plans: Ascended | None = None
    likely: Mask | None = None
    ended: bool = False
    """Whether the whole model was searched to its end, as far as the digits of the solver go."""

    @property
    def incumbent(self) -> Incumbent:
        """Return the best so far."""
        return self.among.incumbent

    def rounds(self, step: SearchStep) -> Rounds:
        """Return the rounds of a step: every turn has as many more."""
        rounds = step.rounds or Rounds(choices=0, most=0)
        return replace(rounds, most=rounds.most * self.turn, stale=rounds.stale * self.turn)


def _searched(among: Neighbourhoods, *, turns: int | None, warm: bool, tell: Progress) -> None:
    """Go through the steps of the course that fits, and again in every next turn, until the goal is reached or the turns or the time are up."""
    incumbent = among.incumbent
    choices, paid = incumbent.rows.choices, len(incumbent.rows.payments) > 0
    most = BLOCK if choices > WHOLE else choices // LEAST_BLOCKS if paid else 0
    blocks = parted(incumbent.rows, among.shared, most=most) if most else None
    course = course_of(choices, falls_apart=blocks is not None, paid=paid)
    LOG.info("course: %s", course.name)
    seed = incumbent.seed
    with ThreadPoolExecutor(max_workers=CORES) as pool:
        trip = _Trip(among, pool, tell, blocks)
        steps = [step for step in course.steps if not (warm and step.do == "start")]
        known = (np.inf, -np.inf)
        while not incumbent.done and steps and (turns is None or trip.turn <= turns):
            if trip.ended and known == (incumbent.value, incumbent.bound):
                break  # another turn would find the same again: what is left of the gap lies within the solver's tolerance
            known = (incumbent.value, incumbent.bound)
            for at, step in enumerate(steps):
                if _due(incumbent, step):
                    if trip.turn == 1:
                        tell(0.05 + 0.9 * at / len(steps), WORDS[step.do])
                    STEPS[step.do](trip, step)
            trip.turn += 1
            incumbent.seed = seed + trip.turn - 1
            steps = list(course.again)
        incumbent.seed = seed


def _due(incumbent: Incumbent, step: SearchStep) -> bool:
    """Tell whether a step is to be taken: while the goal is not reached, or to polish once it is and something is left to gain."""
    if step.do == "polish":
        return incumbent.proven and incumbent.gap > CERTAIN and incumbent.left > 0
    return not incumbent.done


def _bound(trip: _Trip, step: SearchStep) -> None:
    """Prove the bound of the relaxation."""
    if step.tighten:
        tightened(trip.incumbent, trip.among.shared)
    else:
        relaxed(trip.incumbent)


def _start(trip: _Trip, step: SearchStep) -> None:
    """Take what the relaxation takes, relax what is left, and so on; where that fails the best among what it mostly takes."""
    incumbent = trip.incumbent
    _bound(trip, step)
    if incumbent.levels is not None and not dive(incumbent, trip.among.indexed.option_work):
        search_among(incumbent, incumbent.levels > HALF, gap=incumbent.goal)


def _charge(trip: _Trip, step: SearchStep) -> None:
    """Search with works charged for a part of what they open, without payments, which is many times as quick."""

    def anew(among: Neighbourhoods) -> None:
        _begin(among.incumbent)
        if among.incumbent.best is not None:
            _searched(among, turns=1, warm=False, tell=lambda _share, _words: None)

    charge(trip.among, anew, rounds=trip.rounds(step), pool=trip.pool)


def _twice(trip: _Trip, _step: SearchStep) -> None:
    """Search twice among the choices that the relaxation takes at all, side by side, and cross what they find.

    Which programme such a search ends with is luck: two of 407 works differ by one per cent.
    """
    incumbent = trip.incumbent
    levels = relaxed(incumbent) if incumbent.levels is None else incumbent.levels
    own, other = replace(incumbent), replace(incumbent, seed=incumbent.seed + 1)
    second = trip.pool.submit(search_among, other, levels > AT_ALL, gap=other.goal)
    search_among(own, levels > AT_ALL, gap=own.goal)
    second.result()
    for found in (own, other):
        found.offer(filled(found.rows, found.chosen))
        incumbent.offer(found.chosen)
    LOG.info("two searches: value %.0f and %.0f", own.value, other.value)
    crossed(incumbent, (own if own.value > other.value else other).chosen)


def _price(trip: _Trip, _step: SearchStep) -> None:
    """Find prices at which the blocks fit together."""
    if trip.blocks is not None:
        trip.plans = ascend(trip.incumbent, trip.blocks, pool=trip.pool, tell=lambda _share: None)
        trip.likely = trip.plans.used


def _join(trip: _Trip, _step: SearchStep) -> None:
    """Choose whole plans of the blocks that fit together."""
    incumbent = trip.incumbent
    if trip.plans is None:
        return
    master = trip.plans.master
    if len(incumbent.rows.payments):
        settle_mix(incumbent, master)
        return
    master.add(incumbent.chosen, paid=None if incumbent.best is None else incumbent.best[incumbent.rows.payments])
    target = incumbent.bound / (1.0 - incumbent.goal) if incumbent.goal < 1.0 else np.inf
    effort = Effort(seconds=incumbent.left, nodes=MASTER, seed=incumbent.seed, halt=incumbent.halt)
    chosen = master.whole(effort, target=target, start=incumbent.chosen)
    if chosen is not None:
        incumbent.offer(chosen)
    LOG.info("plans put together: value %.0f, gap %.5f", incumbent.value, incumbent.gap)


def _likely(trip: _Trip, _step: SearchStep) -> None:
    """Prove from the root beside searches among likely choices, and cross what they find."""
    trip.likely = among_likely(trip.among, used=trip.likely)


def _improve(trip: _Trip, step: SearchStep) -> None:
    """Plan parts anew, two at a time."""
    within = trip.likely if step.among_likely else None
    improve(trip.among, rounds=trip.rounds(step), within=within, pool=trip.pool)


def _polish(trip: _Trip, step: SearchStep) -> None:
    """Plan parts anew though the gap is reached: a few rounds that may still find a cheaper programme."""
    incumbent = trip.incumbent
    beside = replace(incumbent, goal=0.0)
    improve(replace(trip.among, incumbent=beside), rounds=trip.rounds(step), pool=trip.pool)
    incumbent.offer(beside.chosen)


def _prove(trip: _Trip, step: SearchStep) -> None:
    """Search the whole model from its root on one core, and plan parts anew on the other from the same programme.

    Where nothing is known of the relaxation yet, that comes before the rounds, with the best among the choices that it mostly makes.
    Neither builds on what the other finds, but the better of both programmes and bounds counts: at each look the proof hears
    what the rounds had found by a counted round, never by a clock, and ends where the two together reach the goal. Where they
    do not, the rounds all go to their end. At last what both chose is searched: a small problem, mostly better than either.
    Without rounds the whole model is searched by itself.
    """
    incumbent = trip.incumbent
    nodes = min(MOST, max(1, step.effort * DEEPER ** (trip.turn - 1) // max(1, incumbent.rows.choices)))
    effort = Effort(
        seconds=incumbent.left,
        gap=incumbent.goal,
        nodes=nodes,
        seed=incumbent.seed,
        halt=incumbent.halt,
    )
    if step.rounds is None:
        result = exact(incumbent.rows, effort, start=incumbent.best)
        trip.ended = result.finished
        incumbent.take(result)
        return
    found, stop = _Log(incumbent.value), Halt()

    def reached(look: int, bound: float) -> bool:
        return gap_of(found.by(PACE * (look - AFTER), left=incumbent.left), bound) <= incumbent.goal

    proof = trip.pool.submit(exact, incumbent.rows, replace(effort, until=reached), start=incumbent.best)

    def over() -> None:
        result = proof.result()
        best = min(found.asked, incumbent.value_of(result))
        if gap_of(best, result.bound) <= incumbent.goal or incumbent.left <= 0:
            stop.ask()

    proof.add_done_callback(lambda _: over())
    try:
        levels = relaxed(incumbent) if incumbent.levels is None else None
        beside = replace(incumbent, halt=stop)
        if levels is not None:
            search_among(beside, levels > HALF, gap=beside.goal)
        improve(
            replace(trip.among, incumbent=beside),
            rounds=trip.rounds(step),
            after=lambda turn: found.add(turn, beside.value, beside.chosen),
        )
    finally:
        found.close()
    result = proof.result()
    trip.ended = result.finished
    incumbent.take(result)
    LOG.info("root: value %.0f, bound %.0f, gap %.5f", incumbent.value, result.bound, incumbent.gap)
    near = incumbent.proven or gap_of(found.asked, result.bound) <= incumbent.goal
    other = found.chosen if near else beside.chosen
    if other is not None:
        crossed(incumbent, other)


STEPS: dict[str, Callable[[_Trip, SearchStep], None]] = {
    "start": _start,
    "bound": _bound,
    "charge": _charge,
    "twice": _twice,
    "price": _price,
    "join": _join,
    "likely": _likely,
    "prove": _prove,
    "improve": _improve,
    "polish": _polish,
}
WORDS = {
    "start": "relaxing",
    "bound": "relaxing",
    "charge": "searching",
    "twice": "searching",
    "price": "pricing",
    "join": "searching",
    "likely": "searching",
    "prove": "proving",
    "improve": "improving",
    "polish": "improving",
}


@dataclass
class _Log:
    """What rounds of planning anew had found after each round, for who asks for what was there by a counted round.

    `asked` is the value that was handed out last, `chosen` the programme with it; None where it was that of the start.
    """

    asked: float
    chosen: Mask | None = None
    rounds: list[tuple[int, float, Mask]] = field(default_factory=list)
    over: bool = False
    _news: Condition = field(default_factory=Condition)

    def add(self, turn: int, value: float, chosen: Mask) -> None:
        """Take in that so many rounds are over, and the best by then."""
        with self._news:
            self.rounds.append((turn, value, chosen))
            self._news.notify_all()

    def close(self) -> None:
        """Say that no more rounds come."""
        with self._news:
            self.over = True
            self._news.notify_all()

    def by(self, turn: int, *, left: float) -> float:
        """Return the best value by a round, once it is over; the clock only ends the waiting where all time is up."""
        with self._news:
            self._news.wait_for(
                lambda: self.over or turn <= 0 or bool(self.rounds and self.rounds[-1][0] >= turn), max(0.0, left)
            )
            for at, value, chosen in reversed(self.rounds):
                if at <= turn and value < self.asked:
                    self.asked, self.chosen = value, chosen
                    break
            return self.asked


def _placed(rows: SparseRows, indexed: Indexed, programme: pd.DataFrame) -> Mask:
    """Return the choices of an earlier programme that there still are."""
    problem = indexed.problem
    inside = programme[programme["work"].isin(problem.works["work"])]
    inside = inside[inside["year"].between(problem.horizon.first, problem.horizon.last)]
    options = indexed.option_of[positions(inside["work"], problem.works["work"]), inside["year"] - problem.first_year]
    chosen = np.zeros(rows.choices, dtype=bool)
    chosen[options[options >= 0]] = True
    return chosen


def _prices(incumbent: Incumbent) -> Floats | None:
    """Return the prices of the rows; a problem that was too small to be relaxed on the way is relaxed here."""
    if incumbent.prices is None:
        incumbent.prices = relax(incumbent.rows, seconds=RELAX_SECONDS, seed=incumbent.seed, quick=False).prices
    return incumbent.prices


def _each_at_its_best(said: Statement, rows: SparseRows, constraints: Sequence[Constraint]) -> float:
    """Return what no programme can beat: every work in the year that is best for it, or undone, with nothing in its way."""
    indexed = said.indexed
    if not any(piece.one_year for piece in constraints):
        return -np.inf
    best = np.zeros(len(indexed.problem.works))
    np.minimum.at(best, indexed.option_work, rows.cost[: rows.choices])
    return float(rows.offset + best.sum() + np.minimum(rows.cost[rows.choices :], 0.0).sum())


def _begin(incumbent: Incumbent) -> None:
    """Find a first programme: nothing done, or only what must be done, with the works that it is tied to.

    Where openings are paid it is tried first without works that could only help to pay: with them it is nearly the whole city.
    """
    rows = incumbent.rows
    nothing = np.zeros(rows.choices, dtype=bool)
    incumbent.offer(nothing)
    if incumbent.best is not None:
        return
    unpaid = replace(rows, payments=rows.payments[:0])
    tried = [needed(model, rows.complete(nothing), wished=nothing) for model in (unpaid, rows)]
    for free in (*tried[0 if len(rows.payments) else 1 :], np.ones(rows.choices, dtype=bool)):
        part, columns = rows.part(free, rows.complete(nothing), divided=True)
        effort = Effort(seconds=incumbent.left, gap=incumbent.goal, seed=incumbent.seed, halt=incumbent.halt)
        found = exact(part, effort)
        if found.chosen is not None:
            chosen = nothing.copy()
            chosen[columns[: part.choices]] = found.chosen
            incumbent.offer(chosen)
            return
        if not found.impossible:
            return
    incumbent.impossible = True


def _outcome(said: Statement, full: Floats) -> Outcome:
    """Return the columns of a solution as a programme with the sections that it opens and the rests that it breaks."""
    indexed = said.indexed
    options = np.flatnonzero(full[said.does] > HALF)
    section, year = np.nonzero((said.lies_open >= 0) & (full[said.lies_open] > HALF))
    opened = _table(indexed.problem.sections["section"].to_numpy()[section], year + indexed.problem.first_year)
    broken = _places(said, "broken", full)
    return Outcome(indexed.programme(options), opened, broken, joined(said, full))


def joined(said: Statement, full: Floats) -> pd.DataFrame:
    """Return the joints whose saving a solution counts (work, other, year).

    The first work is done, and nothing is missed.
    """
    indexed, joints = said.indexed, said.indexed.problem.joints
    joint, year = indexed.meeting_joint, indexed.meeting_year
    first = positions(joints["work"], indexed.problem.works["work"])[joint]
    counted = full[said.does[indexed.option_of[first, year]]] > HALF
    if "missed" in said.places:
        labels, at, when = said.places["missed"]
        missed = np.zeros((len(joints), len(indexed.factors)), dtype=bool)
        missed[at, when] = full[labels] > HALF
        counted &= ~missed[joint, year]
    table = joints.iloc[joint[counted]][["work", "other"]].assign(year=year[counted] + indexed.problem.first_year)
    return table.sort_values(["work", "other", "year"], ignore_index=True)


def _places(said: Statement, name: str, full: Floats) -> pd.DataFrame:
    """Return the sections and years of the variables that are on."""
    none = np.empty(0, dtype=np.int64)
    labels, section, year = said.places.get(name, (none, none, none))
    on = full[labels] > HALF
    problem = said.indexed.problem
    made = _table(problem.sections["section"].to_numpy()[section[on]], year[on] + problem.first_year)
    return made.drop_duplicates(ignore_index=True)


def _table(sections: npt.ArrayLike, years: npt.ArrayLike) -> pd.DataFrame:
    """Return sections and years as a table in order."""
    made = pd.DataFrame({"section": np.asarray(sections, dtype=object), "year": np.asarray(years, dtype=np.int64)})
    return made.astype({"section": "str"}).sort_values(["section", "year"], ignore_index=True)
