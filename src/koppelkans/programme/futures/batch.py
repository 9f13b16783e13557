"""Futures side by side as arrays: years of works, and what is left in each future. (nl: toekomsten naast elkaar)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import Floats, Mask, Whole, budgets, index_problem, most_open, positions, yearly
from koppelkans.programme.judge import blocked_years
from koppelkans.programme.levels import Levels
from koppelkans.programme.placed import UNDONE, PlacedWorks
from koppelkans.programme.problem import Problem
from koppelkans.programme.quarters import quarters
from koppelkans.programme.tied import bounds, is_same_year

NEVER = 1e13
"""Price of what may not be (eur); more than all works of a country together."""


@dataclass(frozen=True)
class WorkPairs:
    """Pairs of works by their places, with the years between them or what they save (eur)."""

    work: Whole
    other: Whole
    least: Floats
    most: Floats
    same: Mask
    saving_eur: Floats


@dataclass(frozen=True)
class BatchBasis:
    """What stays as it is while works move: F futures, W works, S levels of sections, T years.

    Graafrust and limits are those of the lowest level of a section. `own_eur` (F x W x T) is what a work costs in a year by itself, less leaving it undone; `NEVER` where it may not be done.
    `rests` (S) is how many years new paving rests. Payments and efforts are rows
    of the tables of the problem (`pays`, `asks`: those of each work), `eur` has what they come to (F x rows).
    """

    problem: Problem
    factors: Floats
    own_eur: Floats
    undone_eur: Floats
    must: Mask
    opening_eur: Floats
    breach_eur: Floats
    rests: Whole
    digs: Mask
    fresh: Mask
    touches: list[Whole]
    visits: list[Whole]
    pays: list[Whole]
    fund: Whole
    eur: Floats
    carries: Mask
    asks: list[Whole]
    crew: Whole
    hours: Floats
    members: list[Whole]
    inside: list[Whole]
    ties: WorkPairs
    joints: WorkPairs


@dataclass
class FutureBatch:
    """The year of each work in many futures, and the money, hours and room that are left.

    `year` is F x W, counted from the first; -1 undone. `money` (F x purse x T) is what is left per year, or up to
    that year where it carries over; `hours` (F x crew x T); `room` (F x limit x T) how many sections more may be
    open. `streets` (3 x F x S x T) counts works per section and year: those that open it, dig in it, and pave it
    anew.
    """

    ground: BatchBasis
    year: Whole
    money: Floats
    hours: Floats
    room: Floats
    streets: Whole

    @property
    def count(self) -> int:
        """Return the number of futures."""
        return len(self.year)


def batch_of(problem: Problem, came: Problem, count: int) -> FutureBatch:
    """Return the batch in which nothing is done.

    Parameters
    ----------
    problem
        What was reckoned with.
    came
        The same with the works, sections and funds of all futures under each other (see `come_out`).
    count
        The number of futures.
    """
    ground, money = _ground(problem, came, count), _money(problem, came, count)
    _, hours = yearly(problem, problem.crews, key="crew", value="hours")
    room = np.repeat(most_open(problem)[:, None], problem.years, axis=1)
    return FutureBatch(
        ground=ground,
        year=np.full((count, len(problem.works)), UNDONE, dtype=np.int64),
        money=money,
        hours=np.repeat(hours[None], count, axis=0),
        room=np.repeat(room[None], count, axis=0),
        streets=np.zeros((3, count, len(ground.rests), problem.years), dtype=np.int16),
    )


def again(batch: FutureBatch, futures: Whole) -> FutureBatch:
    """Return some futures of a batch, as often as they are named, to be moved apart from it."""
    ground = batch.ground
    part = replace(
        ground,
        own_eur=ground.own_eur[futures],
        undone_eur=ground.undone_eur[futures],
        opening_eur=ground.opening_eur[futures],
        eur=ground.eur[futures],
    )
    moved = {name: getattr(batch, name)[futures] for name in ("year", "money", "hours", "room")}
    return FutureBatch(part, **moved, streets=batch.streets[:, futures])


def worth(batch: FutureBatch) -> Floats:
    """Return the value of the programme in each future (eur, discounted).

    A work that must be done and is not counts as `NEVER`.
    """
    ground, done = batch.ground, batch.year >= 0
    at = np.take_along_axis(ground.own_eur, np.maximum(batch.year, 0)[:, :, None], axis=2)[:, :, 0]
    total = ground.undone_eur + np.where(done, at, np.where(ground.must, NEVER, 0.0)).sum(axis=1)
    opened, dug, fresh = batch.streets
    total += (ground.opening_eur * ((opened > 0) @ ground.factors)).sum(axis=1)
    broken = (dug > 0) & (within(fresh, ground.rests, before=True) > 0)
    total += ((broken @ ground.factors) * ground.breach_eur).sum(axis=1)
    one, other = batch.year[:, ground.joints.work], batch.year[:, ground.joints.other]
    met = np.where((one >= 0) & (one == other), ground.factors[np.maximum(one, 0)], 0.0)
    return np.asarray(total - (met * ground.joints.saving_eur).sum(axis=1), dtype=float)


def within(amounts: Floats | Whole, years: Whole, *, before: bool) -> Floats:
    """Return the sum of amounts over the years just before, or just after, each year.

    Amounts are F x S x T; the number of years may differ per section (S).
    """
    last = amounts.shape[2]
    until = np.zeros((*amounts.shape[:2], last + 1))
    np.cumsum(amounts, axis=2, out=until[:, :, 1:])
    at = np.arange(last)
    first, end = (
        (at, np.maximum(at - years[:, None], 0)) if before else (np.minimum(at + 1 + years[:, None], last), at + 1)
    )
    sections = np.arange(len(years))[:, None]
    return np.asarray(until[:, sections, first] - until[:, sections, end], dtype=float)


def _ground(problem: Problem, came: Problem, count: int) -> BatchBasis:
    """Return what stays as it is while works move."""
    works, sections, indexed = problem.works, problem.sections, index_problem(problem)
    payer = positions(problem.payments["work"], works["work"])
    asker = positions(problem.efforts["work"], works["work"])
    levels = indexed.levels
    level = levels.first[positions(problem.limit_members["section"], sections["section"])]
    limit = positions(problem.limit_members["limit"], problem.limits["limit"])
    crews, _ = yearly(problem, problem.crews, key="crew", value="hours")
    names, _, carries = budgets(problem)
    touch, needed = levels.needs()
    duties = [piece.duties(problem)["work"] for piece in CONSTRAINTS if piece.duties is not None]
    must = np.asarray(works["work"].isin(pd.concat(duties)), dtype=bool)
    undone = came.works["undone_eur"].to_numpy(dtype=float).reshape(count, len(works)).sum(axis=1)
    cost = came.works["cost_eur"].to_numpy(dtype=float).reshape(count, len(works))
    return BatchBasis(
        problem=problem,
        factors=indexed.factors,
        own_eur=_own(problem, came, count),
        undone_eur=undone + problem.promises["move_eur"].sum(),
        must=must,
        opening_eur=_opening_eur(levels, came.sections, count),
        breach_eur=np.where(levels.lowest, sections["breach_eur"].to_numpy(dtype=float)[levels.section], 0.0),
        rests=sections["rest_years"].to_numpy(dtype=np.int64)[levels.section],
        digs=works["digs"].to_numpy(),
        fresh=works["resurfaces"].to_numpy(),
        touches=_lists(indexed.touch_work[touch], needed, len(works)),
        visits=_lists(needed, indexed.touch_work[touch], len(levels.section)),
        pays=_lists(payer, np.arange(len(payer)), len(works)),
        fund=positions(problem.payments["fund"], names),
        eur=cost[:, payer] * problem.payments["share"].to_numpy(dtype=float),
        carries=carries,
        asks=_lists(asker, np.arange(len(asker)), len(works)),
        crew=positions(problem.efforts["crew"], crews),
        hours=problem.efforts["hours"].to_numpy(dtype=float),
        members=_lists(level, limit, len(levels.section)),
        inside=_lists(limit, level, len(problem.limits)),
        ties=_ties(problem),
        joints=_joints(problem),
    )


def _opening_eur(levels: Levels, came: pd.DataFrame, count: int) -> Floats:
    """Return what each level costs with its nuisance (F x S), from the sections of all futures under each other."""
    size = len(levels.first)
    parts = [came.iloc[at * size : (at + 1) * size] for at in range(count)]
    made = [levels.eur(part) + levels.nuisance(part) for part in parts]
    return np.asarray(made, dtype=float).reshape(count, len(levels.section))


def _own(problem: Problem, came: Problem, count: int) -> Floats:
    """Return what each work costs in each year by itself, less leaving it undone (F x W x T).

    It is what the statement says of the choice; what works save together is counted where they meet.
    """
    city = quarters(problem, count, came=came)
    indexed = index_problem(city)
    eur = indexed.option_eur.copy()
    first = positions(city.joints["work"], city.works["work"])[indexed.meeting_joint]
    np.add.at(eur, indexed.option_of[first, indexed.meeting_year], indexed.meeting_eur)
    price = np.full(indexed.option_of.shape, NEVER)
    price[indexed.option_work, indexed.option_year] = eur
    price[~_allowed(city)] = NEVER
    return price.reshape(count, len(problem.works), problem.years)


def _allowed(city: Problem) -> Mask:
    """Tell in which years each work may be done as far as demands on that work alone go (works x T)."""
    nothing = PlacedWorks(city, np.full((1, len(city.works)), UNDONE))
    alone = [piece for piece in CONSTRAINTS if piece.about == "work" and piece.blocked is not None]
    shut = np.zeros((1, len(city.works), city.years + 1), dtype=bool)
    for found in blocked_years(alone, nothing, np.arange(len(city.works))):
        shut |= found.years
    for duties in (piece.duties(city) for piece in alone if piece.duties is not None):
        work, first, last = positions(duties["work"], city.works["work"]), duties["first"], duties["last"]
        years = nothing.calendar
        shut[0, work, :-1] |= (years < first.to_numpy()[:, None]) | (years > last.to_numpy()[:, None])
    return ~shut[0, :, :-1]


def _money(problem: Problem, came: Problem, count: int) -> Floats:
    """Return what purses hold per year, or up to that year where they carry over (F x purse x T)."""
    rows = len(problem.funds)
    held = [
        budgets(replace(problem, funds=came.funds.iloc[first:last]))[1]
        for first, last in pairwise(range(0, rows * count + 1, rows))
    ] if rows else [np.zeros((0, problem.years))] * count  # fmt: skip
    money, carries = np.asarray(held), budgets(problem)[2]
    return np.where(carries[None, :, None], money.cumsum(axis=2), money)


def _ties(problem: Problem) -> WorkPairs:
    """Return the ties between works."""
    work, other = (positions(problem.ties[side], problem.works["work"]) for side in ("work", "other"))
    return WorkPairs(work, other, *bounds(problem.ties), is_same_year(problem.ties), np.zeros(len(work)))


def _joints(problem: Problem) -> WorkPairs:
    """Return the works that save something together."""
    work, other = (positions(problem.joints[side], problem.works["work"]) for side in ("work", "other"))
    none = np.zeros(len(work))
    return WorkPairs(work, other, none, none, none > 0, problem.joints["saving_eur"].to_numpy(dtype=float))


def _lists(owner: Whole, rows: Whole, count: int) -> list[Whole]:
    """Return the rows of each owner."""
    order = np.argsort(owner, kind="stable")
    return np.split(rows[order].astype(np.int64), np.searchsorted(owner[order], np.arange(1, count))) if count else []


@dataclass(frozen=True)
class Block:
    """Some works of the problem, with the sections, purses, crews and limits they touch.

    In the shapes k counts works, u sections, p purses, c crews and l limits. `touches` (3 x k x u) tells which work
    opens which section, digs in it, and paves it anew; `within` (u x l) which sections a limit counts; `rows` and
    `row_work` the payments with the place of their work among the k. `breach_eur` (u x T) is discounted.
    """

    works: Whole
    must: Floats
    sections: Whole
    touches: Floats
    rests: Whole
    breach_eur: Floats
    limits: Whole
    within: Floats
    funds: Whole
    rows: Whole
    row_work: Whole
    row_fund: Floats
    crews: Whole
    hours: Floats
    ties: Whole
    joints: Whole


@dataclass(frozen=True)
class Load:
    """The use that moving works of a block make of sections, purses and crews, per future.

    `count` (F) works move; `touches` (3 x F x u) are their sections, `eur` what they ask of purses and `hours` of
    crews.
    """

    count: Whole
    touches: Whole
    eur: Floats
    hours: Floats


def block_of(ground: BatchBasis, works: Sequence[int]) -> Block:
    """Return some works as one block."""
    mine = np.asarray(works, dtype=np.int64)
    sections = _united([ground.touches[work] for work in works])
    touches = np.stack([np.isin(sections, ground.touches[work]) for work in works]).astype(float)
    rows, efforts = (np.concatenate([of[work] for work in works]) for of in (ground.pays, ground.asks))
    row_work = np.repeat(np.arange(len(mine)), [len(ground.pays[work]) for work in works])
    effort_work = np.repeat(np.arange(len(mine)), [len(ground.asks[work]) for work in works])
    funds, crews = np.unique(ground.fund[rows]), np.unique(ground.crew[efforts])
    hours = np.zeros((len(mine), len(crews)))
    np.add.at(hours, (effort_work, np.searchsorted(crews, ground.crew[efforts])), ground.hours[efforts])
    limits = _united([ground.members[section] for section in sections.tolist()])
    within = [np.isin(limits, ground.members[section]) for section in sections.tolist()]
    return Block(
        works=mine,
        must=ground.must[mine].astype(float),
        sections=sections,
        touches=np.stack([touches, touches * ground.digs[mine][:, None], touches * ground.fresh[mine][:, None]]),
        rests=ground.rests[sections],
        breach_eur=ground.breach_eur[sections][:, None] * ground.factors,
        limits=limits,
        within=np.asarray(within, dtype=float).reshape(len(sections), len(limits)),
        funds=funds,
        rows=rows,
        row_work=row_work,
        row_fund=(ground.fund[rows][:, None] == funds).astype(float),
        crews=crews,
        hours=hours,
        ties=_with(ground.ties, mine),
        joints=_with(ground.joints, mine),
    )


def load_of(batch: FutureBatch, block: Block, moves: Mask) -> Load:
    """Return what comes along where some works of a block move (F x k)."""
    share = moves.astype(float)
    return Load(
        count=moves.sum(axis=1),
        touches=(share @ block.touches).astype(np.int16),
        eur=np.einsum("fr,fr,rp->fp", share[:, block.row_work], batch.ground.eur[:, block.rows], block.row_fund),
        hours=np.einsum("fk,kc->fc", share, block.hours),
    )


def shift(batch: FutureBatch, block: Block, load: Load, year: Whole, *, sign: int) -> None:
    """Put (1) the load of a block in a year per future (F; -1: nowhere) or take it away (-1)."""
    on = np.flatnonzero((year >= 0) & (load.count > 0))
    if not len(on):
        return
    when, row = year[on], on[:, None]
    if len(block.sections):
        cell = (slice(None), row, block.sections, when[:, None])
        before = batch.streets[cell]
        after = before + load.touches[:, on] if sign > 0 else before - load.touches[:, on]
        batch.streets[cell] = after
        if len(block.limits):
            batch.room[row, block.limits, when[:, None]] -= ((after[0] > 0) * 1.0 - (before[0] > 0)) @ block.within
    years = np.arange(batch.money.shape[2])
    for at, fund in enumerate(block.funds.tolist()):
        counts = years >= when[:, None] if batch.ground.carries[fund] else years == when[:, None]
        batch.money[on, fund] -= sign * load.eur[on, at, None] * counts
    if len(block.crews):
        batch.hours[row, block.crews, when[:, None]] -= sign * load.hours[on]


def _united(lists: list[Whole]) -> Whole:
    """Return all places in some lists, once and in order."""
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *lists]))


def _with(pairs: WorkPairs, works: Whole) -> Whole:
    """Return the pairs in which one of the works takes part."""
    return np.flatnonzero(np.isin(pairs.work, works) | np.isin(pairs.other, works))


def placed(batch: FutureBatch, year: Whole) -> FutureBatch:
    """Return a batch with each work in its year per future (F x W), undone where it may not be.

    Purses, crews and limits may come short: what is left is then below zero.
    """
    made = again(batch, np.arange(batch.count))
    price = np.take_along_axis(made.ground.own_eur, np.maximum(year, 0)[:, :, None], axis=2)[:, :, 0]
    year = np.where((year >= 0) & (price < NEVER / 2), year, UNDONE)
    every = np.ones((batch.count, 1), dtype=bool)
    for work in np.flatnonzero((year != made.year).any(axis=0)).tolist():
        block = block_of(made.ground, [work])
        load = load_of(made, block, every)
        shift(made, block, load, made.year[:, work], sign=-1)
        shift(made, block, load, year[:, work], sign=1)
        made.year[:, work] = year[:, work]
    return made


def years_of(batch: FutureBatch, programme: pd.DataFrame) -> Whole:
    """Return one programme as the year of each work in every future (F x W); -1 undone."""
    problem = batch.ground.problem
    year = np.full(len(problem.works), UNDONE, dtype=np.int64)
    inside = programme[programme["work"].isin(problem.works["work"])]
    inside = inside[inside["year"].between(problem.horizon.first, problem.horizon.last)]
    year[positions(inside["work"], problem.works["work"])] = inside["year"].to_numpy() - problem.first_year
    return np.tile(year, (batch.count, 1))
