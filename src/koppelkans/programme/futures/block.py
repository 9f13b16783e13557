"""Works that move together in a fan of futures, and what they bring along. (nl: blok werken)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from koppelkans.programme.futures.fan import Fan, Ground, Pairs
from koppelkans.programme.indexed import Floats, Mask, Whole


@dataclass(frozen=True)
class Block:
    """Some works (k) with the sections (u), purses (p), crews (c) and limits (l) that they have to do with.

    `touches` (3 x k x u) tells which work opens which section, digs in it, and paves it anew; `within` (u x l) which sections a limit counts;
    `rows` and `row_work` the payments with the place of their work among the k. `breach_eur` (u x T) is discounted.
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
    """What the works of a block that move bring along in each future (F): how many, per section (3 x F x u), eur per purse, hours per crew."""

    count: Whole
    touches: Whole
    eur: Floats
    hours: Floats


def block_of(ground: Ground, works: Sequence[int]) -> Block:
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


def load_of(fan: Fan, block: Block, moves: Mask) -> Load:
    """Return what comes along where some works of a block move (F x k)."""
    share = moves.astype(float)
    return Load(
        count=moves.sum(axis=1),
        touches=(share @ block.touches).astype(np.int16),
        eur=np.einsum("fr,fr,rp->fp", share[:, block.row_work], fan.ground.eur[:, block.rows], block.row_fund),
        hours=np.einsum("fk,kc->fc", share, block.hours),
    )


def shift(fan: Fan, block: Block, load: Load, year: Whole, *, sign: int) -> None:
    """Put (1) the load of a block in a year per future (F; -1: nowhere) or take it away (-1)."""
    on = np.flatnonzero((year >= 0) & (load.count > 0))
    if not len(on):
        return
    when, row = year[on], on[:, None]
    if len(block.sections):
        cell = (slice(None), row, block.sections, when[:, None])
        before = fan.streets[cell]
        after = before + load.touches[:, on] if sign > 0 else before - load.touches[:, on]
        fan.streets[cell] = after
        if len(block.limits):
            fan.room[row, block.limits, when[:, None]] -= ((after[0] > 0) * 1.0 - (before[0] > 0)) @ block.within
    years = np.arange(fan.money.shape[2])
    for at, fund in enumerate(block.funds.tolist()):
        counts = years >= when[:, None] if fan.ground.carries[fund] else years == when[:, None]
        fan.money[on, fund] -= sign * load.eur[on, at, None] * counts
    if len(block.crews):
        fan.hours[row, block.crews, when[:, None]] -= sign * load.hours[on]


def _united(lists: list[Whole]) -> Whole:
    """Return all places in some lists, once and in order."""
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *lists]))


def _with(pairs: Pairs, works: Whole) -> Whole:
    """Return the pairs in which one of the works takes part."""
    return np.flatnonzero(np.isin(pairs.work, works) | np.isin(pairs.other, works))
