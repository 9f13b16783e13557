"""Capacity that works share: room per holder and year, and who asks how much. (nl: draagkracht)."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from koppelkans.ground.words import euros, number, say, span
from koppelkans.programme.indexed import Floats, Mask, Whole
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import profiles_of

ROUNDING = {"eur": 0.01, "h": 0.005, "streets": 0.0}
"""Less than this over is rounding, as for the judge."""
WORSE = 1e-9
"""What is asked more than before by no more than this is no more, as for the judge."""


@dataclass(frozen=True)
class Capacity:
    """What is shared by works that have nothing else to do with each other.

    Parameters
    ----------
    holders
        The funds, crews or limits that hold it, by name.
    room
        How much each holds per year, as far as works run on (holders x T).
    carries
        Which holders keep for later years what is left.
    asks
        Who asks: each work in its year, or each section that is open, once.
    asker, holder, amount
        Rows that ask: the place of the work or section, of the holder, and how much.
    unit
        What it is counted in.
    k
        The year of each row, counted from the start of the work.
    """

    holders: pd.Series
    room: Floats
    carries: Mask
    asks: Literal["works", "sections"]
    asker: Whole
    holder: Whole
    amount: Floats
    unit: Literal["eur", "h", "streets"]
    k: Whole | None = None


def by_profile(problem: Problem, shared: Capacity) -> Capacity:
    """Return what works ask of a capacity per year of their profile, as rows of their own."""
    years = profiles_of(problem).spent(shared.asker)
    return replace(
        shared,
        asker=shared.asker[years.row],
        holder=shared.holder[years.row],
        amount=shared.amount[years.row] * years.share,
        k=years.k,
    )


def in_force(shared: Capacity) -> Capacity:
    """Return the capacity of those holders of which anything was given.

    The others hold nothing back.
    """
    bound = np.asarray(np.isfinite(shared.room).all(axis=1), dtype=bool).reshape(len(shared.room))
    asks = bound[shared.holder]
    return replace(
        shared,
        holders=shared.holders[bound].reset_index(drop=True),
        room=shared.room[bound],
        carries=shared.carries[bound],
        asker=shared.asker[asks],
        holder=(np.cumsum(bound) - 1)[shared.holder[asks]],
        amount=shared.amount[asks],
        k=None if shared.k is None else shared.k[asks],
    )


def short_years(placed: PlacedWorks, shared: Capacity) -> Mask:
    """Years in which the holder of a row has too little left for its work, all other works held.

    As F x rows x T + 1; undone and the own year of a work are never short.

    A work of several years must find room in each of them. Where what is left carries over, it must suffice in every later year
    too. What was short before is no obstacle where it gets no worse.
    """
    years, last = placed.problem.years, placed.problem.years + placed.problem.after
    pair, row = np.unique(np.c_[shared.asker, shared.holder], axis=0, return_inverse=True)
    row, k = row.ravel(), np.zeros(len(shared.asker), dtype=np.int64) if shared.k is None else shared.k
    asked = np.zeros((years, len(pair), last))
    for start in range(years):
        np.add.at(asked[start], (row, np.maximum(start + k, 0)), shared.amount)
    used = np.zeros((placed.count, len(shared.holders), last))
    work, holder = pair.T
    done, at = np.nonzero(placed.year[:, work] >= 0)
    own = np.zeros((placed.count, len(pair), last))
    own[done, at] = asked[placed.year[done, work[at]], at]
    np.add.at(used.swapaxes(0, 1), holder, own.swapaxes(0, 1))
    left = shared.room - used
    carries = shared.carries[:, None]
    left = np.where(carries, left.cumsum(axis=2), left)[:, holder]
    short = np.zeros((placed.count, len(pair), years + 1), dtype=bool)
    carries = shared.carries[holder][:, None]
    for start in range(years):
        more = asked[start] - own
        more = np.where(carries, more.cumsum(axis=2), more)
        short[:, :, start] = ((more > left + ROUNDING[shared.unit]) & (more > WORSE)).any(axis=2)
    return short[:, row]


def room_facts(
    problem: Problem, shared: Capacity, about: str, asking: pd.DataFrame, lang: str, *, beside: float = 0.0
) -> dict[str, object]:
    """Return what a holder has in the years of some works, and what these ask of it, in words.

    Where it has enough over all these years together but keeps nothing for a next year, what it has in its best year is told.

    Parameters
    ----------
    problem, shared
        The problem, and what is shared.
    about
        The holder.
    asking
        The works that clash with their first and last year (work, first, last).
    lang
        Language.
    beside
        What is asked of the holder beside the works themselves.
    """
    room, mine, since, last = drawn_on(problem, shared, about, asking)
    years, asked = span(since, last, lang), float(mine.sum()) + beside
    holder = list(shared.holders).index(about)
    yearly = since < last and not shared.carries[holder] and room >= asked
    if yearly:
        room = float(shared.room[holder, since - problem.first_year : last - problem.first_year + 1].max())
    told = [euros(amount, lang) if shared.unit == "eur" else number(amount, lang) for amount in (room, asked)]
    if yearly:
        told[0], years = say("at most {amount}", lang, amount=told[0]), say("any year of {years}", lang, years=years)
    return {"amount": told[0], "asked": told[1], "years": years}


def drawn_on(problem: Problem, shared: Capacity, about: str, asking: pd.DataFrame) -> tuple[float, pd.Series, int, int]:
    """Room of a holder in the years of some works, what each asks, and these years."""
    holder = list(shared.holders).index(about)
    rows = shared.holder == holder
    works = problem.works["work"].to_numpy()[shared.asker[rows]]
    mine = pd.Series(shared.amount[rows], index=works)
    asks = mine.index.isin(asking["work"])
    k = np.zeros(len(mine), dtype=np.int64) if shared.k is None else shared.k[rows]
    first = int(asking["first"].min()) + int(k[asks].min(initial=0)) if len(asking) else problem.horizon.first
    last = int(asking["last"].max()) + int(k[asks].max(initial=0)) if len(asking) else problem.horizon.last
    first = max(first, problem.horizon.first)
    since = problem.horizon.first if shared.carries[holder] else first
    room = shared.room[holder, since - problem.first_year : last - problem.first_year + 1].sum()
    return float(room), mine[asks].groupby(level=0, sort=False).sum(), since, last
