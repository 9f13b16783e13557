"""The price of every other year of each work with all others held, and what forbids it. (nl: andere jaren)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import Floats, Indexed, Mask, Whole, index_problem, positions
from koppelkans.programme.judge import blocked_years
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import Years

CHUNK = 4000
"""So many touches are worked out at once: a table of touches x years x years must fit in memory."""
MOVES = {
    "work": "str",
    "year": "int64",
    "extra_eur": "float64",
    "money_eur": "float64",
    "harm_eur": "float64",
    "blocked_by": "str",
    "about": "str",
}


@dataclass(frozen=True)
class _Streets:
    """For how many works each level is closed (L x years), and each section lies open, is dug and is paved anew (S x years)."""

    open: Whole
    lies: Whole
    dig: Whole
    fresh: Whole


def moves(problem: Problem, programme: pd.DataFrame, *, of: str | None = None) -> pd.DataFrame:
    """Return the price of moving each work to each year of its window, with all others held.

    Parameters
    ----------
    problem, programme
        The problem and the programme that is looked at.
    of
        The only work that is asked for; None: all works.

    Returns
    -------
    Table with work, year, extra_eur (discounted, against where it stands now, in its year or undone; 0 for its own year),
    of which money_eur (works and openings, less joints) and harm_eur (nuisance, early, late, graafrust, promises) with for a
    work that is left undone its weight as the rest, which is neither, blocked_by (the constraint that forbids it; missing where it is allowed) and about (the fund, crew or limit), sorted
    by work and year.
    """
    indexed = index_problem(problem)
    current = np.full(len(problem.works), -1, dtype=np.int64)
    current[positions(programme["work"], problem.works["work"])] = programme["year"] - problem.first_year
    asked = np.ones(len(current), dtype=bool) if of is None else (problem.works["work"] == of).to_numpy()
    at, undone = prices(indexed, current, asked)
    money = _money(indexed, current)
    rows = np.arange(len(current))
    here = np.where(current >= 0, at[rows, current], undone)
    spent = np.where(current >= 0, money[rows, current], 0.0)
    weight = np.where(current >= 0, 0.0, problem.works["undone_eur"].to_numpy(dtype=float))
    work, year = (of_option[asked[indexed.option_work]] for of_option in (indexed.option_work, indexed.option_year))
    inside = np.zeros((1, len(current), problem.years + 1), dtype=bool)
    inside[0, work, year] = True
    blocked, about = (
        made[0] for made in first_blocks(PlacedWorks(problem, current[None]), np.arange(len(current)), inside)
    )
    extra, paid = at[work, year] - here[work], money[work, year] - spent[work]
    made = pd.DataFrame(
        {
            "work": problem.works["work"].to_numpy()[work],
            "year": year + problem.first_year,
            "extra_eur": extra,
            "money_eur": paid,
            "harm_eur": extra + weight[work] - paid,
            "blocked_by": blocked[work, year],
            "about": about[work, year],
        }
    ).astype(MOVES)
    return made.sort_values(["work", "year"], ignore_index=True)


def prices(indexed: Indexed, current: Whole, asked: Mask | None = None) -> tuple[Floats, Floats]:
    """Return the price of each asked work in each year (W x T), and of leaving it undone (W).

    Only the part of the price that depends on that work. `current` is the year of each work, counted from the first;
    -1 undone. Without `asked` all works are asked.
    """
    years = len(indexed.factors)
    at = np.full((len(current), years), np.inf)
    at[indexed.option_work, indexed.option_year] = indexed.option_eur
    undone = np.zeros(len(current))
    _meet(indexed, current, at)
    streets = _streets(indexed, current)
    _open(indexed, streets, current, at)
    _lie(indexed, streets, current, at)
    touches = np.arange(len(indexed.touch_work)) if asked is None else np.flatnonzero(asked[indexed.touch_work])
    for first in range(0, len(touches), CHUNK):
        part = touches[first : first + CHUNK]
        work, section = indexed.touch_work[part], indexed.touch_section[part]
        with_work, without = _street_prices(indexed, streets, current, work=work, section=section)
        np.add.at(at, work, with_work)
        np.add.at(undone, work, without)
    return at, undone


def _money(indexed: Indexed, current: Whole) -> Floats:
    """Return the money of each work in each year (W x T): its cost and what it alone opens then, less what a joint saves."""
    works, joints = indexed.problem.works, indexed.problem.joints
    spent = indexed.asked(np.arange(len(works)), works["cost_eur"].to_numpy(dtype=float))
    eur = np.bincount(
        spent.option, weights=spent.amount * indexed.run_on[spent.year], minlength=len(indexed.option_work)
    )
    money = np.zeros(indexed.option_of.shape)
    money[indexed.option_work, indexed.option_year] = eur
    _open(indexed, _streets(indexed, current), current, money)
    for side, partner in (("work", "other"), ("other", "work")):
        work, year = positions(joints[side], works["work"]), current[positions(joints[partner], works["work"])]
        saved = joints["saving_eur"].to_numpy(dtype=float) * indexed.factors[year]
        np.subtract.at(money, (work[year >= 0], year[year >= 0]), saved[year >= 0])
    return np.asarray(money)


def _meet(indexed: Indexed, current: Whole, at: Floats) -> None:
    """Count a joint only in the year in which the other work is done, for both its works; options count it always."""
    joints, works = indexed.problem.joints, indexed.problem.works["work"]
    first, other = (positions(joints[side], works)[indexed.meeting_joint] for side in ("work", "other"))
    year, saved = indexed.meeting_year, indexed.meeting_eur
    np.add.at(at, (first, year), np.where(current[other] == year, 0.0, saved))
    np.subtract.at(at, (other, year), np.where(current[first] == year, saved, 0.0))


def _streets(indexed: Indexed, current: Whole) -> _Streets:
    """Count works per level or section and year."""
    works, profiles = indexed.problem.works, indexed.profiles

    def count(place: Whole, work: Whole, years: Years, places: int) -> Whole:
        found = np.zeros((places, indexed.years), dtype=np.int64)
        start = current[work[years.row]]
        done = start >= 0
        np.add.at(found, (place[years.row[done]], start[done] + years.k[done]), 1)
        return found

    touch, level = indexed.levels.needs()
    work, section, size = indexed.touch_work, indexed.touch_section, len(indexed.problem.sections)
    digs, fresh = (np.flatnonzero(works[side].to_numpy()[work]) for side in ("digs", "resurfaces"))
    return _Streets(
        open=count(level, work[touch], profiles.closed(work[touch]), len(indexed.levels.section)),
        lies=count(section, work, profiles.open(work), size),
        dig=count(section[digs], work[digs], profiles.open(work[digs]), size),
        fresh=count(section[fresh], work[fresh], profiles.closed(work[fresh]), size),
    )


def _open(indexed: Indexed, streets: _Streets, current: Whole, at: Floats) -> None:
    """Add what each work pays from each start for levels that nobody else closes then (W x T)."""
    touch, level = indexed.levels.needs()
    work, price = indexed.touch_work[touch], indexed.levels.eur(indexed.problem.sections)
    years = indexed.profiles.closed(work)
    own = _own(indexed, current, work, years)
    alone = (streets.open[level] - own == 0) * indexed.run_on * price[level][:, None]
    np.add.at(at, work[years.row], _from(indexed, alone[years.row], years.k))


def _lie(indexed: Indexed, streets: _Streets, current: Whole, at: Floats) -> None:
    """Add the nuisance of each work from each start, in years in which nothing else lies open there (W x T)."""
    work, section = indexed.touch_work, indexed.touch_section
    price = indexed.problem.sections["nuisance_eur"].to_numpy(dtype=float)[section]
    years = indexed.profiles.open(work)
    own = _own(indexed, current, work, years)
    alone = (streets.lies[section] - own == 0) * indexed.run_on * price[:, None]
    np.add.at(at, work[years.row], _from(indexed, alone[years.row], years.k))


def _own(indexed: Indexed, current: Whole, work: Whole, years: Years) -> Whole:
    """Count the own years of each of some works as they are placed now (rows x years)."""
    own = np.zeros((len(work), indexed.years), dtype=np.int64)
    start = current[work[years.row]]
    done = start >= 0
    own[years.row[done], start[done] + years.k[done]] = 1
    return own


def _from(indexed: Indexed, amounts: Floats, k: Whole) -> Floats:
    """Return the amount of year k after each start (rows x T), from amounts by year."""
    starts = np.arange(len(indexed.factors))
    return np.asarray(np.take_along_axis(amounts, starts + k[:, None], axis=1))


def _street_prices(
    indexed: Indexed, streets: _Streets, current: Whole, *, work: Whole, section: Whole
) -> tuple[Floats, Floats]:
    """Return what broken graafrust of a section costs with a work from each start (touches x T), and without it."""
    sections, works, profiles = indexed.problem.sections, indexed.problem.works, indexed.profiles
    years, starts = np.arange(indexed.years), np.arange(len(indexed.factors))
    opened, closed = profiles.open(work), profiles.closed(work)
    digs, fresh = works["digs"].to_numpy()[work][:, None], works["resurfaces"].to_numpy()[work][:, None]
    rest = sections["rest_years"].to_numpy()[section][:, None, None]
    waited = years[None, :] - years[:, None]
    covers = (waited > 0) & (waited <= rest)
    dug = streets.dig[section] - _own(indexed, current, work, opened) * digs > 0
    laid = (streets.fresh[section] - _own(indexed, current, work, closed) * fresh).astype(float)
    fresh_before = np.einsum("jt,jtu->ju", laid, covers.astype(float)) > 0
    broken = sections["breach_eur"].to_numpy()[section][:, None]
    without = (dug & fresh_before) * indexed.run_on * broken
    shape = (len(work), len(starts), len(years))
    digs_then, covers_then = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    digs_then[opened.row[:, None], starts, starts + opened.k[:, None]] = True
    np.logical_or.at(covers_then, closed.row, covers[closed.row[:, None], starts + closed.k[:, None]])
    dug_too = dug[:, None, :] | (digs[:, :, None] & digs_then)
    fresh_too = fresh_before[:, None, :] | (fresh[:, :, None] & covers_then)
    with_work = (dug_too & fresh_too) @ indexed.run_on * broken
    return with_work, without.sum(axis=1)


def first_blocks(
    placed: PlacedWorks, works: Whole, ask: Mask
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """Return the constraint that blocks each year of each work (F x k x T + 1), and about what.

    What was decided or agreed is named before what is short. A constraint whose blocked years follow from its judge comes
    last, and is asked only for years that are free until then.
    """
    free = placed.elsewhere(works) & ask
    name, about = np.full(free.shape, None, dtype=object), np.full(free.shape, None, dtype=object)
    told = sorted((piece for piece in CONSTRAINTS if piece.blocked is not None), key=lambda piece: piece.shared)
    silent = [piece for piece in CONSTRAINTS if piece.blocked is None]
    for pieces in (told, silent):
        for piece, found in zip(pieces, blocked_years(pieces, placed, works, ask=free), strict=True):
            new = found.years & free
            name[new], about[new] = piece.name, found.names[found.about[new]]
            free &= ~new
    return name, about
