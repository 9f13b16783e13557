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
    """How many works need each level (L x T), and dig or pave in each section (S x T), in each year."""

    open: Whole
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
    sections = indexed.problem.sections
    _open(indexed, streets, current, at, price=indexed.levels.eur(sections) + indexed.levels.nuisance(sections))
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
    money = works["cost_eur"].to_numpy(dtype=float)[:, None] * indexed.factors
    streets = _streets(indexed, current)
    _open(indexed, streets, current, money, price=indexed.levels.eur(indexed.problem.sections))
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
    """Count works per section and year."""
    works = indexed.problem.works

    def count(place: Whole, work: Whole, which: Mask, places: int) -> Whole:
        found = np.zeros((places, len(indexed.factors)), dtype=np.int64)
        at = which & (current[work] >= 0)
        np.add.at(found, (place[at], current[work[at]]), 1)
        return found

    touch, level = indexed.levels.needs()
    work, section, size = indexed.touch_work, indexed.touch_section, len(indexed.problem.sections)
    digs, fresh = works["digs"].to_numpy()[work], works["resurfaces"].to_numpy()[work]
    need = count(level, work[touch], np.ones(len(touch), dtype=bool), len(indexed.levels.section))
    return _Streets(need, count(section, work, digs, size), count(section, work, fresh, size))


def _open(indexed: Indexed, streets: _Streets, current: Whole, at: Floats, *, price: Floats) -> None:
    """Add what each work pays in each year for levels that nobody else opens then (W x T), at a price per level."""
    touch, level = indexed.levels.needs()
    work = indexed.touch_work[touch]
    own = current[work][:, None] == np.arange(len(indexed.factors))
    np.add.at(at, work, (streets.open[level] - own == 0) * indexed.factors * price[level][:, None])


def _street_prices(
    indexed: Indexed, streets: _Streets, current: Whole, *, work: Whole, section: Whole
) -> tuple[Floats, Floats]:
    """Return what broken graafrust of a section costs with a work in each year (touches x T), and without it."""
    sections, works = indexed.problem.sections, indexed.problem.works
    years = np.arange(len(indexed.factors))
    own = (current[work][:, None] == years).astype(np.int64)
    digs, fresh = works["digs"].to_numpy()[work][:, None], works["resurfaces"].to_numpy()[work][:, None]
    rest = sections["rest_years"].to_numpy()[section][:, None, None]
    waited = years[None, :] - years[:, None]
    covers = (waited > 0) & (waited <= rest)
    dug = streets.dig[section] - own * digs > 0
    fresh_before = np.einsum("jt,jtu->ju", streets.fresh[section] - own * fresh, covers.astype(np.int64)) > 0
    broken = sections["breach_eur"].to_numpy()[section][:, None]
    without = (dug & fresh_before) * indexed.factors * broken
    dug_too = dug[:, None, :] | (digs[:, :, None] & (years[:, None] == years[None, :])[None])
    fresh_too = fresh_before[:, None, :] | (fresh[:, :, None] & covers)
    with_work = (dug_too & fresh_too) @ indexed.factors * broken
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
