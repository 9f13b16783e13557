"""What each other year of each work would cost, everything else held as it is, and what stands in its way. (nl: andere jaren)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.programme.constraint import pair_names
from koppelkans.programme.constraints.purse_rule import unpayable
from koppelkans.programme.indexed import Floats, Indexed, Mask, Whole, budgets, index_problem, positions, yearly
from koppelkans.programme.problem import Problem
from koppelkans.programme.tied import APART, SAME_YEAR, forbidden_years

CHUNK = 4000
"""So many touches are worked out at once: a table of touches x years x years must fit in memory."""
ROUNDING_EUR, ROUNDING_H = 0.01, 0.005
"""Less than this over is rounding, as for the judges of budget and crew."""
MOVES = {"work": "str", "year": "int64", "extra_eur": "float64", "blocked_by": "str", "about": "str"}


@dataclass(frozen=True)
class _Streets:
    """What happens in each section and year: openings, digging and resurfacing works (S x T), and what one work adds."""

    open: Whole
    dig: Whole
    fresh: Whole


def moves(problem: Problem, programme: pd.DataFrame, *, of: str | None = None) -> pd.DataFrame:
    """Return for each work and each year of its window what moving it there would cost, with all others held.

    Parameters
    ----------
    problem, programme
        The problem and the programme that is looked at.
    of
        The only work that is asked for; None: all works.

    Returns
    -------
    Table with work, year, extra_eur (discounted, against where it stands now, in its year or undone; 0 for its own year),
    blocked_by (the constraint that forbids it; missing where it is allowed) and about (the fund, crew or limit), sorted
    by work and year.
    """
    indexed = index_problem(problem)
    current = np.full(len(problem.works), -1, dtype=np.int64)
    current[positions(programme["work"], problem.works["work"])] = programme["year"] - problem.first_year
    asked = np.ones(len(current), dtype=bool) if of is None else (problem.works["work"] == of).to_numpy()
    at, undone = prices(indexed, current, asked)
    here = np.where(current >= 0, at[np.arange(len(current)), current], undone)
    work, year = (of_option[asked[indexed.option_work]] for of_option in (indexed.option_work, indexed.option_year))
    blocked, about = _blocks(indexed, current)
    made = pd.DataFrame(
        {
            "work": problem.works["work"].to_numpy()[work],
            "year": year + problem.first_year,
            "extra_eur": at[work, year] - here[work],
            "blocked_by": blocked[work, year],
            "about": about[work, year],
        }
    ).astype(MOVES)
    return made.sort_values(["work", "year"], ignore_index=True)


def prices(indexed: Indexed, current: Whole, asked: Mask | None = None) -> tuple[Floats, Floats]:
    """Return the price of each asked work in each year (W x T), and undone (W), as far as it depends on that work.

    `current` is the year of each work, counted from the first; -1 undone. Without `asked` all works are asked.
    """
    years = len(indexed.factors)
    at = np.full((len(current), years), np.inf)
    at[indexed.option_work, indexed.option_year] = indexed.option_eur
    undone = np.zeros(len(current))
    _meet(indexed, current, at)
    streets = _streets(indexed, current)
    touches = np.arange(len(indexed.touch_work)) if asked is None else np.flatnonzero(asked[indexed.touch_work])
    for first in range(0, len(touches), CHUNK):
        part = touches[first : first + CHUNK]
        work, section = indexed.touch_work[part], indexed.touch_section[part]
        with_work, without = _street_prices(indexed, streets, current, work=work, section=section)
        np.add.at(at, work, with_work)
        np.add.at(undone, work, without)
    return at, undone


def _meet(indexed: Indexed, current: Whole, at: Floats) -> None:
    """Count a joint only in the year in which the other work is done, for both its works; options count it always."""
    joints, works = indexed.problem.joints, indexed.problem.works["work"]
    first, other = (positions(joints[side], works)[indexed.meeting_joint] for side in ("work", "other"))
    year, saved = indexed.meeting_year, indexed.meeting_eur
    np.add.at(at, (first, year), np.where(current[other] == year, 0.0, saved))
    np.subtract.at(at, (other, year), np.where(current[first] == year, saved, 0.0))


def _streets(indexed: Indexed, current: Whole) -> _Streets:
    """Count works per section and year."""
    works, shape = indexed.problem.works, (len(indexed.problem.sections), len(indexed.factors))
    done = current[indexed.touch_work] >= 0

    def count(which: Mask) -> Whole:
        found = np.zeros(shape, dtype=np.int64)
        np.add.at(found, (indexed.touch_section[which], current[indexed.touch_work[which]]), 1)
        return found

    digs, fresh = works["digs"].to_numpy()[indexed.touch_work], works["resurfaces"].to_numpy()[indexed.touch_work]
    return _Streets(count(done), count(done & digs), count(done & fresh))


def _street_prices(
    indexed: Indexed, streets: _Streets, current: Whole, *, work: Whole, section: Whole
) -> tuple[Floats, Floats]:
    """Return what opening and broken graafrust of a section cost with a work in each year (touches x T), and without it."""
    sections, works = indexed.problem.sections, indexed.problem.works
    years = np.arange(len(indexed.factors))
    own = (current[work][:, None] == years).astype(np.int64)
    digs, fresh = works["digs"].to_numpy()[work][:, None], works["resurfaces"].to_numpy()[work][:, None]
    alone = (streets.open[section] - own == 0) * indexed.factors
    price = (sections["opening_eur"] + sections["nuisance_eur"]).to_numpy()[section][:, None]
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
    return alone * price + with_work, without.sum(axis=1)


def _blocks(indexed: Indexed, current: Whole) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """Return which constraint forbids a work in a year (W x T) and what it is about; None where nothing does."""
    shape = indexed.option_of.shape
    blocked, about = np.full(shape, None, dtype=object), np.full(shape, None, dtype=object)
    elsewhere = np.arange(shape[1]) != current[:, None]

    def block(name: str, work: Whole, forbidden: Mask, labels: npt.NDArray[np.object_]) -> None:
        """Write down a constraint where nothing was written yet."""
        row, year = np.nonzero(forbidden & elsewhere[work])
        new = pd.isna(blocked[work[row], year])
        row, year = row[new], year[new]
        blocked[work[row], year], about[work[row], year] = name, labels[row]

    problem = indexed.problem
    inside = problem.excluded[problem.excluded["year"].between(problem.horizon.first, problem.horizon.last)]
    years = np.arange(shape[1])
    block(
        "excluded", positions(inside["work"], problem.works["work"]),
        (inside["year"].to_numpy() - problem.first_year)[:, None] == years, inside["work"].to_numpy(dtype=object),
    )  # fmt: skip
    block(
        "fixed", positions(problem.fixed["work"], problem.works["work"]),
        (problem.fixed["year"].to_numpy() - problem.first_year)[:, None] != years, problem.fixed["work"].to_numpy(dtype=object),
    )  # fmt: skip
    tie_work, tie_other = (positions(problem.ties[side], problem.works["work"]) for side in ("work", "other"))
    tied, forbidden, by = forbidden_years(problem, current, work=tie_work, other=tie_other)
    pairs = np.tile(pair_names(problem.ties).to_numpy(dtype=object), 2)
    for name in (SAME_YEAR, APART):
        block(name, tied[by == name], forbidden[by == name], pairs[by == name])
    barred = np.flatnonzero(unpayable(problem))
    block(
        "purse_rule",
        barred,
        np.ones((len(barred), shape[1]), dtype=bool),
        problem.works["work"].to_numpy(dtype=object)[barred],
    )
    block("budget", *_budget_blocks(indexed, current))
    block("crew", *_crew_blocks(indexed, current))
    block("limit", *_limit_blocks(indexed, current))
    return blocked, about


def _budget_blocks(indexed: Indexed, current: Whole) -> tuple[Whole, Mask, npt.NDArray[np.object_]]:
    """Tell for each payment in which years its fund has too little left for it."""
    problem, years = indexed.problem, np.arange(len(indexed.factors))
    names, held, carries = budgets(problem)
    work, fund = positions(problem.payments["work"], problem.works["work"]), positions(problem.payments["fund"], names)
    amount = problem.works["cost_eur"].to_numpy()[work] * problem.payments["share"].to_numpy()
    spent = np.zeros(held.shape)
    done = current[work] >= 0
    np.add.at(spent, (fund[done], current[work[done]]), amount[done])
    rest = held - spent
    left = np.where(carries[:, None], rest.cumsum(axis=1), rest)[fund]
    own = np.where(carries[fund][:, None], current[work][:, None] <= years, current[work][:, None] == years)
    left = left + amount[:, None] * (own & done[:, None])
    least = np.minimum.accumulate(left[:, ::-1], axis=1)[:, ::-1]
    room = np.where(carries[fund][:, None], least, left)
    return work, amount[:, None] > room + ROUNDING_EUR, problem.payments["fund"].to_numpy(dtype=object)


def _crew_blocks(indexed: Indexed, current: Whole) -> tuple[Whole, Mask, npt.NDArray[np.object_]]:
    """Tell for each effort in which years its crew has too few hours left for it."""
    problem = indexed.problem
    names, hours = yearly(problem, problem.crews, key="crew", value="hours")
    work, crew = positions(problem.efforts["work"], problem.works["work"]), positions(problem.efforts["crew"], names)
    asked = problem.efforts["hours"].to_numpy()
    used = np.zeros(hours.shape)
    done = current[work] >= 0
    np.add.at(used, (crew[done], current[work[done]]), asked[done])
    over = used[crew] + asked[:, None] > hours[crew] + ROUNDING_H
    return work, over, problem.efforts["crew"].to_numpy(dtype=object)


def _limit_blocks(indexed: Indexed, current: Whole) -> tuple[Whole, Mask, npt.NDArray[np.object_]]:
    """Tell for each work and limit in which years it would open too many sections."""
    problem = indexed.problem
    streets = _streets(indexed, current)
    limit = positions(problem.limit_members["limit"], problem.limits["limit"])
    section = positions(problem.limit_members["section"], problem.sections["section"])
    count = np.zeros((len(problem.limits), len(indexed.factors)), dtype=np.int64)
    np.add.at(count, limit, (streets.open[section] > 0).astype(np.int64))
    met = pd.DataFrame({"work": indexed.touch_work, "section": indexed.touch_section}).merge(
        pd.DataFrame({"section": section, "limit": limit}), on="section"
    )
    key, number = np.unique(
        met["work"].to_numpy() * max(1, len(problem.limits)) + met["limit"].to_numpy(), return_inverse=True
    )
    new = np.zeros((len(key), len(indexed.factors)), dtype=np.int64)
    np.add.at(new, number, (streets.open[met["section"].to_numpy()] == 0).astype(np.int64))
    work, which = np.divmod(key, max(1, len(problem.limits)))
    over = (count[which] + new > problem.limits["open_sections"].to_numpy()[which][:, None]) & (new > 0)
    return work, over, problem.limits["limit"].to_numpy(dtype=object)[which]
