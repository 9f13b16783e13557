"""Capacity that works share: room per holder and year, and who asks how much. (nl: draagkracht)."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from koppelkans.ground.words import euros, number, say, span
from koppelkans.programme.indexed import Floats, Mask, Whole
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem

ROUNDING = {"eur": 0.01, "h": 0.005, "streets": 0.0}
"""Less than this over is rounding, as for the judge."""


@dataclass(frozen=True)
class Capacity:
    """What is shared by works that have nothing else to do with each other.

    Parameters
    ----------
    holders
        The funds, crews or limits that hold it, by name.
    room
        How much each holds per year of the horizon (holders x T).
    carries
        Which holders keep for later years what is left.
    asks
        Who asks: each work in its year, or each section that is open, once.
    asker, holder, amount
        Rows that ask: the place of the work or section, of the holder, and how much.
    unit
        What it is counted in.
    """

    holders: pd.Series
    room: Floats
    carries: Mask
    asks: Literal["works", "sections"]
    asker: Whole
    holder: Whole
    amount: Floats
    unit: Literal["eur", "h", "streets"]


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
    )


def short_years(placed: PlacedWorks, shared: Capacity) -> Mask:
    """Years in which the holder of a row has too little left for it, all other works held.

    As F x rows x T + 1; undone is never short.

    Where what is left carries over it must suffice in every later year too, until the year in which the work stands now.
    """
    years = np.arange(placed.problem.years)
    used = placed.spread(shared.holder, shared.asker, shared.amount, len(shared.holders))
    left = np.where(shared.carries[:, None], (shared.room - used).cumsum(axis=2), shared.room - used)[:, shared.holder]
    own = placed.year[:, shared.asker][:, :, None]
    later = np.where((own < 0) | (years < own), left, np.inf)
    least = np.minimum.accumulate(later[:, :, ::-1], axis=2)[:, :, ::-1]
    left = np.where(shared.carries[shared.holder][:, None], least, left)
    short = np.zeros((placed.count, len(shared.asker), placed.problem.years + 1), dtype=bool)
    asked = shared.amount[:, None]
    short[:, :, :-1] = (asked > left + ROUNDING[shared.unit]) & (asked > 0)
    return short


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
    first = int(asking["first"].min()) if len(asking) else problem.horizon.first
    last = int(asking["last"].max()) if len(asking) else problem.horizon.last
    holder = list(shared.holders).index(about)
    since = problem.horizon.first if shared.carries[holder] else first
    room = shared.room[holder, since - problem.first_year : last - problem.first_year + 1].sum()
    rows = shared.holder == holder
    works = problem.works["work"].to_numpy()[shared.asker[rows]]
    mine = pd.Series(shared.amount[rows], index=works)
    return float(room), mine[mine.index.isin(asking["work"])], since, last
