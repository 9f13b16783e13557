"""Programmes put into a fan of futures. (nl: geplaatst)."""

import numpy as np
import pandas as pd

from koppelkans.programme.futures.block import block_of, load_of, shift
from koppelkans.programme.futures.fan import NEVER, Fan, again
from koppelkans.programme.indexed import Whole, positions
from koppelkans.programme.placed import UNDONE


def placed(fan: Fan, year: Whole) -> Fan:
    """Return a fan with each work in its year per future (F x W); one that may not be done in its year is left undone.

    Purses, crews and limits may come short: what is left is then below zero.
    """
    made = again(fan, np.arange(fan.count))
    price = np.take_along_axis(made.ground.own_eur, np.maximum(year, 0)[:, :, None], axis=2)[:, :, 0]
    year = np.where((year >= 0) & (price < NEVER / 2), year, UNDONE)
    every = np.ones((fan.count, 1), dtype=bool)
    for work in np.flatnonzero((year != made.year).any(axis=0)).tolist():
        block = block_of(made.ground, [work])
        load = load_of(made, block, every)
        shift(made, block, load, made.year[:, work], sign=-1)
        shift(made, block, load, year[:, work], sign=1)
        made.year[:, work] = year[:, work]
    return made


def years_of(fan: Fan, programme: pd.DataFrame) -> Whole:
    """Return one programme (work, year) as the year of each work in every future (F x W); -1 undone."""
    problem = fan.ground.problem
    year = np.full(len(problem.works), UNDONE, dtype=np.int64)
    inside = programme[programme["work"].isin(problem.works["work"])]
    inside = inside[inside["year"].between(problem.horizon.first, problem.horizon.last)]
    year[positions(inside["work"], problem.works["work"])] = inside["year"].to_numpy() - problem.first_year
    return np.tile(year, (fan.count, 1))
