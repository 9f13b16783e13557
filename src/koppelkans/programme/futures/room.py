"""A work gets a year that is full, where what must give way for it costs less than it gains. (nl: plaatsmaken)."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from koppelkans.programme.coded import Floats, Mask, Whole
from koppelkans.programme.futures.board import UNDONE, Board
from koppelkans.programme.moves import ROUNDING_EUR, ROUNDING_H

ATTEMPTS = 150
"""So many works are tried per round, those that gain most first."""
TRIES = 2
"""So many years are tried per work."""
STEPS = 6
"""So many works give way at most for one."""


@dataclass(frozen=True)
class Offers:
    """What each work gains in each year (W x T), with all others held, and by leaving it undone (W); -inf where it may not."""

    gain: Floats
    leave: Floats


@dataclass(frozen=True)
class _Short:
    """The works that use what there is too little of, how much of it each uses, and the years to which one of them can give way."""

    works: Whole
    uses: Floats
    years: Mask


def make_room(board: Board, offers: Offers, *, near: sparse.csr_array, stay_eur: Floats) -> int:
    """Put works in years that are full while others give way to another year or are left out; return how many moved.

    What gives way is what costs least per euro, hour or section that it frees. Works near one that moved stay in this round,
    so that the prices hold.
    """
    best = offers.gain.max(axis=1)
    order = np.argsort(-best, kind="stable")[:ATTEMPTS]
    still = np.ones(len(best), dtype=bool)
    moved = 0
    for work in order[best[order] > stay_eur[order]].tolist():
        for year in np.argsort(-offers.gain[work], kind="stable")[:TRIES].tolist():
            if not still[work] or offers.gain[work, year] <= stay_eur[work]:
                break
            log = _pushed(board, offers, (work, year), still=still, stay_eur=float(stay_eur[work]))
            for one, _ in log:
                still[near.indices[near.indptr[one] : near.indptr[one + 1]]] = False
            moved += len(log)
    return moved


def _pushed(
    board: Board, offers: Offers, move: tuple[int, int], *, still: Mask, stay_eur: float
) -> list[tuple[int, int]]:
    """Put a work in a year and let others give way; return who moved and from where, nobody where it does not gain."""
    work, year = move
    purse = float(offers.gain[work, year]) - stay_eur
    log = [(work, int(board.year[work]))]
    board.put(work, year)
    for _ in range(STEPS):
        short = _shortage(board, work, year)
        if short is None:
            return log
        found = _cheapest(board, offers, short, still=still, held=[one for one, _ in log], most=purse)
        if found is None:
            break
        one, to, cost = found
        log.append((one, int(board.year[one])))
        board.put(one, to)
        purse -= cost
    if _shortage(board, work, year) is None:
        return log
    for one, before in reversed(log):
        board.put(one, before)
    return []


def _shortage(board: Board, work: int, year: int) -> _Short | None:
    """Return what a work leaves too little of in its year: money first, then hours, then streets; None where there is enough."""
    years = np.arange(board.open.shape[1])
    for row in board.pays.of(work):
        fund = board.pay_fund[row]
        over = np.flatnonzero(board.money[fund] < -ROUNDING_EUR)
        if len(over):
            until, carries = int(over[0]), bool(board.carries[fund])
            at = np.flatnonzero((board.pay_fund == fund) & (board.pay_eur > 0))
            when = board.year[board.payer[at]]
            inside = (when >= 0) & ((when <= until) if carries else (when == until))
            return _Short(
                board.payer[at[inside]], board.pay_eur[at[inside]], years > until if carries else years != until
            )
    for row in board.asks.of(work):
        crew = board.ask_crew[row]
        if board.hours[crew, year] < -ROUNDING_H:
            at = np.flatnonzero((board.ask_crew == crew) & (board.ask_h > 0))
            inside = board.year[board.asker[at]] == year
            return _Short(board.asker[at[inside]], board.ask_h[at[inside]], years != year)
    for section in board.touches.of(work):
        for limit in board.members.of(section):
            if board.count[limit, year] > board.most[limit]:
                return _Short(_openers(board, int(limit), year), np.ones(1), years != year)
    return None


def _openers(board: Board, limit: int, year: int) -> Whole:
    """Return the works that by themselves open a section of a limit in a year."""
    sections = board.inside.of(limit)
    single = sections[board.open[sections, year] == 1]
    works = np.concatenate([np.empty(0, dtype=np.int64), *(board.visits.of(section) for section in single.tolist())])
    return np.unique(works[board.year[works] == year])


def _cheapest(
    board: Board, offers: Offers, short: _Short, *, still: Mask, held: list[int], most: float
) -> tuple[int, int, float] | None:
    """Return which work gives way, to which year (-1: undone), and what that costs; None where all cost more than there is."""
    free = still[short.works] & ~np.isin(short.works, held)
    works, uses = short.works[free], np.broadcast_to(short.uses, short.works.shape)[free]
    away = np.where(short.years, -offers.gain[works], np.inf)
    least = np.minimum(away.min(axis=1, initial=np.inf), -offers.leave[works])
    order = np.argsort(least / uses, kind="stable")
    for at in order[least[order] < most][:STEPS].tolist():
        one = int(works[at])
        for to in np.argsort(away[at], kind="stable").tolist():
            if away[at, to] >= min(most, -offers.leave[one]):
                break
            if board.fits(one, to):
                return one, to, float(away[at, to])
        if -offers.leave[one] < most:
            return one, UNDONE, float(-offers.leave[one])
    return None
