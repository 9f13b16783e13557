"""The least weight of leaving a work undone: its dearest year alone. (nl: gewicht van niet doen)."""

from dataclasses import replace

import numpy as np
import pandas as pd

from koppelkans.ground.money import discount_factors
from koppelkans.programme.indexed import Floats, Mask, positions
from koppelkans.programme.levels import touch_eur
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import Profiles, profiles_of, started_before

FORMULA = (
    r"U_w > \max_{t \in W_w} \Bigl\{ d_t \bigl(c_w + e_w (b_w - t)^+ + l_w (t - b_w)^+\bigr)"
    r" + \sum_{s} \Bigl(d_t\, (O_{ws} + N_s + B_s\, [w \text{ digs}]) + \sum_{u=t+1}^{t+r_s} d_u\, B_s\, [w \text{ paves}] \Bigr)\Bigr\}"
)
"""Of each year t of the window: cost with early or late, openings O and nuisance N alone, and all breaches B it can make."""


def weighed_at_least(problem: Problem) -> Problem:
    """Return the problem with works weighing more undone than in their dearest year alone.

    Breaches included, in whole euros. Adding a work to a programme then always lowers the weighted cost: where no demand forbids it, every work with a year in the
    horizon is done, and the search chooses when and with whom.
    """
    works = problem.works
    least = np.floor(dearest_alone(problem)) + 1.0
    return replace(problem, works=works.assign(undone_eur=np.maximum(works["undone_eur"].to_numpy(dtype=float), least)))


def dearest_alone(problem: Problem) -> Floats:
    """Return by work what its dearest year alone costs (eur, discounted).

    With openings of its own and every breach that it can make.
    """
    works, years = problem.works, problem.horizon.years
    run_on = discount_factors(problem.run_on.years, first_year=problem.first_year, rate=problem.discount_rate)
    factors, profiles = run_on[: problem.years], profiles_of(problem)
    first, best, last = (works[name].to_numpy()[:, None] for name in ("earliest_year", "best_year", "latest_year"))
    inside = (years >= first) & (years <= last)
    inside[positions(problem.fixed["work"], works["work"]), problem.fixed["year"] - problem.first_year] = True
    early, late = (works[f"{side}_eur_per_year"].to_numpy(dtype=float)[:, None] for side in ("early", "late"))
    shift = years - best
    eur = (early * (-shift).clip(min=0) + late * shift.clip(min=0)) * factors
    spent = profiles.spent(np.arange(len(works)))
    cost = works["cost_eur"].to_numpy(dtype=float)[spent.row] * spent.share
    np.add.at(eur, spent.row, cost[:, None] * run_on[np.maximum(np.arange(len(years)) + spent.k[:, None], 0)])
    np.add.at(eur, positions(problem.touches["work"], works["work"]), _streets(problem, profiles, run_on, inside))
    return np.asarray(np.where(inside, eur, 0.0).max(axis=1, initial=0.0))


def _streets(problem: Problem, profiles: Profiles, factors: Floats, inside: Mask) -> Floats:
    """Return what each touch costs per start (touches x T): its openings, its nuisance and the breaches that it can make."""
    touches, sections = problem.touches, problem.sections.set_index("section")
    of = sections.loc[touches["section"]]
    work = positions(touches["work"], problem.works["work"])
    breach = of["breach_eur"].to_numpy(dtype=float)[:, None]
    digs, paves = (problem.works[name].to_numpy(dtype=bool)[work] for name in ("digs", "resurfaces"))
    opened, closed = profiles.open(work), profiles.closed(work)
    may = np.zeros((len(touches), len(factors)), dtype=bool)
    starts = np.where(inside[work[opened.row]], 0, -1)
    np.logical_or.at(may, opened.row, started_before(starts, opened.k, len(factors)) >= 0)
    dug = pd.DataFrame(may & digs[:, None]).groupby(touches["section"].to_numpy()).transform("any").to_numpy()
    until = np.c_[np.zeros(len(touches)), (dug * factors).cumsum(axis=1)]
    at = np.arange(len(factors))
    end = np.minimum(at + of["rest_years"].to_numpy()[:, None], len(factors) - 1) + 1
    later = np.take_along_axis(until, end, axis=1) - until[:, 1:]
    lies = of["nuisance_eur"].to_numpy(dtype=float)[:, None] * factors
    lies = lies + (digs & _others(touches["section"], paves))[:, None] * breach * factors
    shuts = touch_eur(problem)[:, None] * factors + paves[:, None] * breach * later
    eur = np.zeros((len(touches), inside.shape[1]))
    for amounts, in_years in ((shuts, closed), (lies, opened)):
        start = np.arange(inside.shape[1]) + in_years.k[:, None]
        np.add.at(eur, in_years.row, np.take_along_axis(amounts[in_years.row], start, axis=1))
    return eur


def _others(section: pd.Series, does: Mask) -> Mask:
    """Tell for each touch whether another work in its section does something."""
    count = pd.Series(does.astype(int)).groupby(section.to_numpy()).transform("sum").to_numpy()
    return np.asarray(count - does > 0)
