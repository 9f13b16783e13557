"""Parts planned anew along what binds, likely choices searched, programmes crossed. (nl: verbeteren)."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from scipy import sparse

from koppelkans.programme.indexed import Floats, Indexed, Mask, Whole
from koppelkans.programme.solve.ascent import Master
from koppelkans.programme.solve.course import BRIEF_ROUNDS, Rounds
from koppelkans.programme.solve.highs import Effort, Halt, MipResult, relax
from koppelkans.programme.solve.incumbent import HALF, Incumbent, exact, filled

LOG = logging.getLogger(__name__)
NODES = 10
"""Nodes of the search tree per round; counted, not timed, so that the same seed gives the same programme."""
FINE = 50
"""A round ends at this part of the goal: measured at 407 works, a tenth (of a goal of 1 %) left a programme that nothing bettered."""
LIGHT = 1_000
"""Steps of the simplex method in a round: with fewer the next one of its kind is wider, with more it is narrower."""
WIDER, NARROWER = 1.03, 0.9
"""Factors on the width of rounds of a kind."""
NARROWEST, WIDEST = 40, 2_000
"""Choices in a round at the least and at the most."""
SECONDS = 20.0
"""A round that is not over by then is cut short: the clock only decides where the machine is too slow for the counts."""
SIDE = 2
"""So many rounds go side by side where there are cores for them."""
SPAN = 2
"""Years that are planned anew together."""
SURE = 0.05
"""A work that stands where the relaxation has it is drawn this much as often as one that does not."""
ROOT = 1
"""Nodes of the search tree that are spent on a first proof of a large problem."""
LIKELY = 0.4
"""So many of all choices are searched first in a problem of middling size: with 0.3 better ones were missed, with 0.5 it was slow."""
LEAST = 2_500
"""So many choices at least are searched first."""
FEW = 4_000
"""Up to so many payments all are divided anew in each round of planning anew; where there are more, those of the streets at hand."""
DIVIDED = 40_000
"""Up to so many payments all are divided anew where a mix of plans is settled: measured at 1,152 works, 0.1 % better in half as long again."""
TAKEN = 0.01
"""A choice that the relaxation takes for so much is likely."""
ROUGH, CROSS = 4, 100
"""A search among some choices ends at this part of the goal: the first among many choices, the second among few."""


@dataclass(frozen=True)
class Neighbourhoods:
    """Which works have to do with each other: by a street, or by what binds them.

    What binds are the hours of a crew, a purse, or the limit of a district on open streets.

    Parameters
    ----------
    incumbent, indexed
        The search so far, with the levels and row prices of its relaxation where these are known, and the problem in numbers.
    shared
        Which rows works share that have nothing else to do with each other.
    """

    incumbent: Incumbent
    indexed: Indexed
    shared: Mask

    @cached_property
    def near(self) -> sparse.csr_array:
        """Return which works (W x W) share a section."""
        indexed = self.indexed
        ones, shape = np.ones(len(indexed.touch_work)), (self.works, len(indexed.problem.sections))
        touches = sparse.csr_array((ones, (indexed.touch_work, indexed.touch_section)), shape=shape)
        return sparse.csr_array(touches @ touches.T)

    @property
    def works(self) -> int:
        """Return the number of works."""
        return len(self.indexed.problem.works)

    @cached_property
    def options(self) -> Floats:
        """Return the number of options of each work."""
        return np.bincount(self.indexed.option_work, minlength=self.works).astype(float)

    @cached_property
    def asks(self) -> sparse.csr_array:
        """Return which options (columns) take from which shared row, also by what they open."""
        rows = self.incumbent.rows
        shared = sparse.csr_array(abs(rows.matrix[np.flatnonzero(self.shared)]))
        row, column, _ = rows.defining
        opens = sparse.csr_array(abs(rows.matrix[row])[:, : rows.choices])
        at = (column - rows.choices, np.arange(len(column)))
        follows = sparse.csr_array((np.ones(len(column)), at), shape=(len(rows.cost) - rows.choices, len(column)))
        return sparse.csr_array(shared[:, : rows.choices] + shared[:, rows.choices :] @ (follows @ opens))

    @cached_property
    def asked_of(self) -> sparse.csr_array:
        """Return the same by option (rows)."""
        return sparse.csr_array(self.asks.T)

    @cached_property
    def asked_by(self) -> sparse.csr_array:
        """Return which works (columns) could take from which shared row."""
        count = self.incumbent.rows.choices
        of_work = (np.ones(count), (np.arange(count), self.indexed.option_work))
        return sparse.csr_array(self.asks @ sparse.csr_array(of_work, shape=(count, self.works)))

    @cached_property
    def weight(self) -> Floats:
        """Return the share of each shared row in all that is scarce (price times amount).

        All rows are alike where no price is known.
        """
        at, rows = np.flatnonzero(self.shared), self.incumbent.rows
        prices = self.incumbent.prices
        worth = np.zeros(len(at)) if prices is None else np.maximum(-prices[at], 0.0) * np.maximum(rows.upper[at], 0.0)
        worth = worth + (worth.sum() * 1e-6 if worth.sum() > 0 else 1.0)
        return np.asarray(worth / worth.sum())

    def doubt(self) -> Floats:
        """Return how far the relaxation is from having each work where it is (0-1, and a little)."""
        levels, chosen, works = self.incumbent.levels, self.incumbent.chosen, self.indexed.option_work
        if levels is None:
            return np.ones(self.works)
        kept = np.zeros(self.works)
        kept[works[chosen]] = levels[chosen]
        taken = np.bincount(works, weights=levels, minlength=self.works)
        done = np.zeros(self.works, dtype=bool)
        done[works[chosen]] = True
        return np.asarray(np.where(done, 1.0 - kept, taken).clip(0.0, 1.0) + SURE)

    def year(self) -> Whole:
        """Return the year of each work, counted from the first; -1 where it is left undone."""
        made = np.full(self.works, -1, dtype=np.int64)
        chosen = self.incumbent.chosen
        made[self.indexed.option_work[chosen]] = self.indexed.option_year[chosen]
        return made

    def grown(self, order: Whole, size: float) -> Whole:
        """Return works in order, each with its partners of that year, up to so many options."""
        inside, year, count = np.zeros(self.works, dtype=bool), self.year(), 0.0
        for work in order.tolist():
            if inside[work]:
                continue
            with_it = self.near[[work]].indices if year[work] >= 0 else np.array([work])
            fresh = with_it[(year[with_it] == year[work]) & ~inside[with_it]]
            inside[fresh] = True
            inside[work] = True
            count += self.options[fresh].sum()
            if count >= size:
                break
        return np.flatnonzero(inside)


Kind = Callable[[Neighbourhoods, np.random.Generator, float], Whole]


def of_what_binds(among: Neighbourhoods, rng: np.random.Generator, size: float) -> Whole:
    """Return works that ask for one thing that is scarce in a year.

    That is the hours of a crew, a purse, or the open streets of a district.
    """
    if not among.shared.any():
        return of_doubt(among, rng, size)
    row = rng.choice(len(among.weight), p=among.weight)
    works = np.unique(among.asked_by[[row]].indices)
    return among.grown(works[np.argsort(-among.doubt()[works] * rng.random(len(works)), kind="stable")], size)


def of_doubt(among: Neighbourhoods, rng: np.random.Generator, size: float) -> Whole:
    """Return works that the relaxation has elsewhere.

    Source: Danna, Rothberg and Le Pape (2005), Exploring relaxation induced neighborhoods to improve MIP solutions.
    """
    key = rng.random(among.works) ** (1.0 / among.doubt())
    return among.grown(np.argsort(-key, kind="stable"), size)


def of_streets(among: Neighbourhoods, rng: np.random.Generator, size: float) -> Whole:
    """Return a chain of streets: a work in doubt, those that share a street with it, and theirs."""
    doubt = among.doubt()
    first = int(rng.choice(among.works, p=doubt / doubt.sum()))
    inside = {first}
    queue, count = [first], float(among.options[first])
    while queue and count < size:
        for work in rng.permutation(among.near[[queue.pop(0)]].indices).tolist():
            if work not in inside and count < size:
                inside.add(work)
                queue.append(work)
                count += among.options[work]
    found = np.array(sorted(inside), dtype=np.int64)
    if count >= size:
        return found
    more = among.grown(np.argsort(-rng.random(among.works) * doubt, kind="stable"), size - count)
    return np.union1d(found, more)


def of_years(among: Neighbourhoods, rng: np.random.Generator, size: float) -> Whole:
    """Return works that stand in a few years in a row, or that the relaxation has there."""
    indexed, levels = among.indexed, among.incumbent.levels
    first = int(rng.integers(0, max(1, indexed.problem.years - SPAN + 1)))
    inside = (indexed.option_year >= first) & (indexed.option_year < first + SPAN)
    likely = np.ones(len(inside), dtype=bool) if levels is None else levels > TAKEN
    works = np.unique(indexed.option_work[inside & (likely | among.incumbent.chosen)])
    return among.grown(works[np.argsort(-among.doubt()[works] * rng.random(len(works)), kind="stable")], size)


def of_anywhere(among: Neighbourhoods, rng: np.random.Generator, size: float) -> Whole:
    """Return works drawn from the whole city."""
    order = rng.permutation(among.works)
    return np.sort(order[: max(4, int(np.searchsorted(np.cumsum(among.options[order]), size)))])


def in_the_way(among: Neighbourhoods, rng: np.random.Generator, size: float) -> Whole:
    """Return a work in doubt with those that take what it would need in any of its years."""
    doubt, chosen = among.doubt(), among.incumbent.chosen
    work = int(rng.choice(among.works, p=doubt / doubt.sum()))
    needs = np.unique(among.asked_of[np.flatnonzero(among.indexed.option_work == work)].indices)
    users = np.zeros(among.works, dtype=bool)
    takers = np.asarray(among.asks[needs].sum(axis=0)).ravel() > 0
    users[among.indexed.option_work[takers & chosen]] = True
    works = np.flatnonzero(users)
    order = works[np.argsort(-(doubt[works] + 4 * SURE) * rng.random(len(works)), kind="stable")]
    return among.grown(np.concatenate([[work], order]), size)


KINDS: tuple[Kind, ...] = (of_what_binds, of_doubt, of_streets, of_years, of_anywhere, in_the_way)
"""The kinds of rounds, by turns. Measured at 407 works of our own town, 45 s of processor each: 36.47 M, against 36.75 M for
works drawn at random (of a few years, around a work, anywhere)."""


@dataclass
class _KindTurns:
    """Whose turn it is: every other round goes by turns, the rest to the kind that gained most lately for its work."""

    size: dict[Kind, float]
    gained: dict[Kind, float] = field(default_factory=lambda: dict.fromkeys(KINDS, 1.0))

    def kind(self, turn: int, rng: np.random.Generator) -> Kind:
        """Return the kind of a round."""
        if turn % 2 == 0:
            return KINDS[turn // 2 % len(KINDS)]
        return max(KINDS, key=lambda kind: self.gained[kind] * rng.random())

    def learn(self, kind: Kind, found: MipResult | None, gain: float) -> None:
        """Take in what a round of a kind gained (share of the value), and how much work it was."""
        work = LIGHT if found is None else max(1, found.work)
        light = found is not None and found.finished and work <= LIGHT
        self.size[kind] = float(np.clip(self.size[kind] * (WIDER if light else NARROWER), NARROWEST, WIDEST))
        self.gained[kind] = 0.9 * self.gained[kind] + 0.1 * (1e-3 + gain * 1e4 * LIGHT / work)


def improve(
    among: Neighbourhoods,
    *,
    rounds: Rounds,
    within: Mask | None = None,
    pool: Executor | None = None,
    after: Callable[[int], None] = lambda _turn: None,
) -> None:
    """Plan some works anew, round after round, drawn along what binds.

    Each round is a small search of its own that can only keep or better the programme. Ends after so many rounds without
    a gain, after the most rounds that may be, when the goal is reached, or when the time is up.

    Parameters
    ----------
    among
        The best programme so far, which is bettered in place, and which works have to do with each other.
    rounds
        How wide the rounds are at first, how many there are at the most, and how many may be in vain.
    within
        Only these choices, and those of the best so far.
    pool
        Where it is given, two rounds that share no work go side by side from the same programme.
    after
        Hears how many rounds are over.

    Source: Shaw (1998), Using constraint programming and local search methods to solve vehicle routing problems; Ropke and
    Pisinger (2006), An adaptive large neighborhood search heuristic, on turns that follow what was gained.
    """
    incumbent = among.incumbent
    if incumbent.best is None:
        return
    rng = np.random.default_rng(incumbent.seed)
    turns = _KindTurns(dict.fromkeys(KINDS, float(rounds.choices)))
    vain = turn = 0
    while vain < rounds.stale and turn < rounds.most and not incumbent.done:
        kinds = [turns.kind(turn + at, rng) for at in range(1 if pool is None else SIDE)]
        picks = [kind(among, rng, turns.size[kind]) for kind in kinds]
        masks = _masks(among.indexed, picks, within, incumbent.chosen)
        before, best, run = incumbent.chosen, incumbent.best, map if pool is None else pool.map
        found = list(run(lambda free, before=before, best=best: _searched(incumbent, before, best, free), masks))  # type: ignore[misc]
        gained = False
        for kind, free, result in zip(kinds, masks, found, strict=True):
            was = incumbent.value
            if result is not None and result.chosen is not None:
                gained |= incumbent.offer(np.where(free, result.chosen, incumbent.chosen))
            turns.learn(kind, result, (was - incumbent.value) / max(1.0, abs(was)))
        vain = 0 if gained else vain + len(picks)
        turn += len(picks)
        after(turn)
    LOG.info("%d rounds of planning anew: value %.0f, gap %.5f", turn, incumbent.value, incumbent.gap)


def _masks(indexed: Indexed, picks: list[Whole], within: Mask | None, chosen: Mask) -> list[Mask]:
    """Return the choices that are free for each pick of works.

    Works of an earlier pick are held in a later one, so that what both find can hold together.
    """
    taken = np.zeros(len(indexed.problem.works), dtype=bool)
    masks = []
    for works in picks:
        free = np.zeros(len(taken), dtype=bool)
        free[works] = True
        free &= ~taken
        taken |= free
        here = free[indexed.option_work]
        masks.append(here if within is None else here & (within | chosen))
    return masks


def _searched(incumbent: Incumbent, chosen: Mask, best: Floats | None, free: Mask) -> MipResult | None:
    """Return what is best where only some choices are free, with all choices of the whole; None where none is free."""
    if not free.any():
        return None
    held, rows = chosen & ~free, incumbent.rows
    full = rows.complete(held)
    if best is not None:
        full[rows.payments] = best[rows.payments]
    part, columns = rows.part(free, full, divided=len(rows.payments) <= FEW)
    seconds = min(SECONDS, incumbent.left)
    effort = Effort(seconds=seconds, gap=incumbent.goal / FINE, nodes=NODES, seed=incumbent.seed, halt=incumbent.halt)
    found = exact(part, effort, start=None if best is None else best[columns])
    if found.chosen is None:
        return found
    made = held.copy()
    made[columns[: part.choices]] = found.chosen
    return replace(found, chosen=made)


def relaxed(incumbent: Incumbent) -> Floats:
    """Prove the bound of the relaxation, and return the level of each choice in it."""
    found = relax(incumbent.rows, seconds=incumbent.left, seed=incumbent.seed, halt=incumbent.halt)
    incumbent.prove(found.bound, found.prices)
    incumbent.levels = found.level[: incumbent.rows.choices]
    LOG.info("bound of the relaxation %.0f", found.bound)
    return incumbent.levels


def among_likely(among: Neighbourhoods, *, used: Mask | None) -> Mask:
    """Prove from the root beside searches among likely choices, cross, and return those.

    `used` are the likely choices where these are known; otherwise the relaxation tells them. Where that does not reach the
    goal, a second search among the likely choices, with another seed, gives another good programme. What either of them
    chose is a small problem, whose best is mostly better than both.
    """
    incumbent = among.incumbent
    with ThreadPoolExecutor(max_workers=1) as beside:
        cuts = Effort(seconds=incumbent.left, gap=incumbent.goal, nodes=ROOT, seed=incumbent.seed, heuristics=False)
        proof = beside.submit(exact, incumbent.rows, replace(cuts, halt=incumbent.halt), start=incumbent.best)
        likely = likely_choices(incumbent) if used is None else used
        halt = Halt()
        other = replace(incumbent, seed=incumbent.seed + 1, halt=halt)
        second = beside.submit(search_among, other, likely, gap=other.goal / ROUGH)
        own = replace(incumbent)
        search_among(own, likely, gap=own.goal / ROUGH)
        found = proof.result()
        incumbent.offer(own.chosen)
        incumbent.take(found)
        LOG.info("root: bound %.0f, gap %.5f", incumbent.bound, incumbent.gap)
        if not incumbent.done:
            improve(among, rounds=BRIEF_ROUNDS, within=likely)
        if incumbent.done:
            halt.ask()
        second.result()
    if not incumbent.done:
        crossed(incumbent, other.chosen)
    return likely


def crossed(incumbent: Incumbent, other: Mask) -> None:
    """Search among what the best so far and another programme chose.

    Source: Rothberg (2007), An evolutionary algorithm for polishing mixed integer programming solutions.
    """
    both = other | incumbent.chosen
    incumbent.offer(other)
    search_among(incumbent, both, gap=incumbent.goal / CROSS)


def likely_choices(incumbent: Incumbent) -> Mask:
    """Return the choices that the relaxation takes in part, and those that it thinks least dear."""
    result = relax(incumbent.rows, seconds=incumbent.left, seed=incumbent.seed, halt=incumbent.halt)
    incumbent.prove(result.bound, result.prices)
    count = incumbent.rows.choices
    incumbent.levels = result.level[:count]
    dear = np.where(result.level[:count] > TAKEN, -np.inf, result.reduced[:count])
    likely = np.zeros(count, dtype=bool)
    likely[np.argsort(dear, kind="stable")[: max(LEAST, round(LIKELY * count))]] = True
    return likely


def settle_mix(incumbent: Incumbent, master: Master) -> None:
    """Search among the choices that the best mix of plans does not settle.

    Most blocks have one plan in the mix; the others have a few choices, and the money that is left. Where the choices are
    many only those are free that the mix takes in part. The levels of the mix tell later rounds what is in doubt.
    """
    rows = incumbent.rows
    level, settled, open_choices = master.mix()
    incumbent.levels = level
    chosen = settled[: rows.choices] > HALF
    full = rows.complete(chosen)
    full[rows.payments] = settled[rows.payments]
    part, columns = rows.part(open_choices & (level > 0), full, divided=len(rows.payments) <= DIVIDED)
    effort = Effort(
        seconds=incumbent.left, gap=incumbent.goal / ROUGH, nodes=ROOT, seed=incumbent.seed, halt=incumbent.halt
    )
    found = exact(part, effort)
    if found.chosen is not None:
        chosen[columns[: part.choices]] = found.chosen
        incumbent.offer(chosen)
    incumbent.offer(filled(rows, incumbent.chosen))
    LOG.info("mix of plans settled: value %.0f, gap %.5f", incumbent.value, incumbent.gap)


def search_among(incumbent: Incumbent, used: Mask, *, gap: float) -> None:
    """Search among some choices, and those of the best so far.

    Source: Angelelli, Mansini and Speranza (2010), Kernel search.
    """
    rows = incumbent.rows
    free = used | incumbent.chosen
    if incumbent.left <= 0 or not free.any():
        return
    part, columns = rows.part(free, np.zeros(len(rows.cost)))
    start = None if incumbent.best is None else incumbent.best[columns]
    effort = Effort(seconds=incumbent.left, gap=gap, nodes=ROOT, seed=incumbent.seed, halt=incumbent.halt)
    found = exact(part, effort, start=start)
    if found.chosen is not None:
        whole = np.zeros(rows.choices, dtype=bool)
        whole[columns[: part.choices]] = found.chosen
        incumbent.offer(whole)
    LOG.info("kernel of %d choices: value %.0f, gap %.5f", int(free.sum()), incumbent.value, incumbent.gap)
