"""A programme as it stands in a future in which not all of it fits: what breaks is left out. (nl: herstellen)."""

import numpy as np

from koppelkans.programme.coded import Floats, Mask, Whole, positions
from koppelkans.programme.futures.board import UNDONE, Board
from koppelkans.programme.moves import ROUNDING_EUR, ROUNDING_H, prices
from koppelkans.programme.tied import broken_ties


def repair(board: Board, *, limits: bool = True) -> None:
    """Leave works out until purses, crews, limits and ties hold again; what must be done goes last.

    Purse by purse and year by year the works go first whose leaving out costs least per euro that it frees; for a crew per
    hour, for a limit per section. A work that is tied to one that went goes with it.

    Parameters
    ----------
    board
        The programme in the future; it is changed.
    limits
        Whether limits on open sections must hold too.
    """
    loss = _losses(board)
    _follow_ties(board)
    for fund, row in enumerate(board.money):
        for year in range(len(row)):
            _free_money(board, fund, year, loss)
    for crew, row in enumerate(board.hours):
        for year in range(len(row)):
            _free_hours(board, crew, year, loss)
    for limit in range(len(board.count) if limits else 0):
        for year in range(board.count.shape[1]):
            _free_streets(board, limit, year, loss)
    _follow_ties(board)


def _losses(board: Board) -> Floats:
    """Return what leaving each work out would cost, all others held; nothing for a work that is undone."""
    at, undone = prices(board.coded, board.year)
    here = at[np.arange(len(board.year)), np.maximum(board.year, 0)]
    return np.where(board.year >= 0, undone - here, 0.0)


def _free_money(board: Board, fund: int, year: int, loss: Floats) -> None:
    """Leave works out until a purse has enough in a year; where it carries over, in the years up to it."""
    short = -board.money[fund, year]
    if short <= ROUNDING_EUR:
        return
    rows = np.flatnonzero((board.pay_fund == fund) & (board.pay_eur > 0))
    work = board.payer[rows]
    when = board.year[work]
    inside = (when >= 0) & (when <= year if board.carries[fund] else when == year)
    _drop(board, work[inside], board.pay_eur[rows[inside]], short=short - ROUNDING_EUR, loss=loss)


def _free_hours(board: Board, crew: int, year: int, loss: Floats) -> None:
    """Leave works out until a crew has enough hours in a year."""
    short = -board.hours[crew, year]
    if short <= ROUNDING_H:
        return
    rows = np.flatnonzero((board.ask_crew == crew) & (board.ask_h > 0))
    work = board.asker[rows]
    inside = board.year[work] == year
    _drop(board, work[inside], board.ask_h[rows[inside]], short=short - ROUNDING_H, loss=loss)


def _free_streets(board: Board, limit: int, year: int, loss: Floats) -> None:
    """Leave works out until no more sections than allowed are open in a year."""
    while board.count[limit, year] > board.most[limit]:
        opened = [
            work
            for work in np.flatnonzero(board.year == year)
            if any(limit in board.members.of(section) for section in board.touches.of(int(work)))
        ]
        _drop(board, np.asarray(opened, dtype=np.int64), np.ones(len(opened)), short=1.0, loss=loss)


def _drop(board: Board, works: Whole, frees: Floats, *, short: float, loss: Floats) -> None:
    """Leave works out, the cheapest per unit first and what must be done last, until enough is freed."""
    order = np.lexsort((works, loss[works] / frees, board.must[works]))
    freed = np.cumsum(frees[order])
    count = int(np.searchsorted(freed, short)) + 1
    for work in works[order[:count]]:
        board.put(int(work), UNDONE)


def _follow_ties(board: Board) -> None:
    """Leave out works that are tied to one that went, until every tie holds."""
    problem = board.coded.problem
    while len(broken := broken_ties(problem, board.programme)) if len(problem.ties) else False:
        done: Mask = board.year >= 0
        work, other = (positions(broken[side], problem.works["work"]) for side in ("work", "other"))
        for at in np.unique(np.where(done[work], work, other)):
            board.put(int(at), UNDONE)
