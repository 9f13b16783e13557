"""The problem as numbers: positions instead of names, and what each choice costs. (nl: opgave in getallen)."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.ground.money import discount_factors
from koppelkans.programme.levels import Floats, Levels, Whole, levels_of
from koppelkans.programme.payers import Payers, bound_funds, paid_together, payers_of, shares_of, silent_owners
from koppelkans.programme.problem import Problem, declared
from koppelkans.programme.profiles import Profiles, profiles_of, started_before

Mask = npt.NDArray[np.bool_]
__all__ = ["Floats", "Indexed", "Mask", "Whole", "budgets", "index_problem", "positions", "yearly"]


class OptionAmounts(NamedTuple):
    """What an option asks in a year, and of which row of a table."""

    option: Whole
    row: Whole
    year: Whole
    amount: Floats


@dataclass(frozen=True)
class Indexed:
    """Positions of works (W), sections (S), years (T) and the choices there are.

    An option is a work that starts in a year of its window (or its fixed year); an opening is a level of a section in a year in
    which some option that closes it then needs just that level: it stands for all levels between the opening below it and its own. `needs_option` and
    `needs_opening` say which option needs which opening. `option_of` (W x T) finds an option back, `opening_of` (S x years) the
    lowest opening of a section; -1 where there is none. Openings run on after the years in which works start (`years`), as far as
    the longest profile goes (`factors` holds the first T, `run_on` all). In sections of works that lie open before the year of
    closing, `lying_section` and `lying_year` say where something may lie open, which counts the nuisance there. A meeting is a
    joint (row of the table) in a year in which both its works have an option. The price of an option counts the promise
    that it keeps and every joint of which it is the first work; what is not saved after all, the joint states.
    """

    problem: Problem
    profiles: Profiles
    factors: Floats
    run_on: Floats
    option_work: Whole
    option_year: Whole
    option_eur: Floats
    option_of: Whole
    touch_work: Whole
    touch_section: Whole
    opening_section: Whole
    opening_year: Whole
    opening_eur: Floats
    opening_of: Whole
    needs_option: Whole
    needs_opening: Whole
    money_eur: Floats
    """What each opening costs in its year, without nuisance and not discounted."""
    lying_section: Whole
    lying_year: Whole
    lying_eur: Floats
    levels: Levels
    meeting_joint: Whole
    meeting_year: Whole
    meeting_eur: Floats
    together: bool = False
    """Openings that the same options need are paid as one: fewer rows for a search, where reasons name each section."""

    @cached_property
    def payers(self) -> Payers | None:
        """Return who may pay the openings; None where the purses pay the works alone."""
        if not self.problem.openings_paid:
            return None
        funds, yearly, _ = budgets(self.problem)
        bound = bound_funds(yearly)
        silent = silent_owners(self.problem, funds[~bound])[self.opening_section]
        money, option, opening = self.paid_eur, self.needs_option, self.needs_opening
        if self.together:
            first = paid_together(option, opening, silent=silent)
            money = np.asarray(np.bincount(first, weights=money, minlength=len(money)), dtype=np.float64)
            own = first[opening] == opening
            option, opening = option[own], opening[own]
        needs = pd.DataFrame({"option": option, "work": self.option_work[option], "cell": opening})
        return payers_of(needs, shares_of(self.problem, funds), money, bound=bound, silent=silent)

    @property
    def years(self) -> int:
        """Return the number of years in which works may spend, work or lie open."""
        return len(self.run_on)

    def asked(self, work: Whole, amount: Floats) -> OptionAmounts:
        """Return what options ask in each year of their profile.

        From rows of works and amounts; rows of nothing are left out.
        """
        years = self.profiles.spent(work)
        share = amount[years.row] * years.share
        options = np.where((share > 0)[:, None], self.option_of[work[years.row]], -1)
        row, start = np.nonzero(options >= 0)
        year = np.maximum(start + years.k[row], 0)
        return OptionAmounts(options[row, start], years.row[row], year, share[row])

    @property
    def paid_eur(self) -> Floats:
        """Return the money that each opening asks of purses in its year, with what is on top."""
        return self.money_eur * self.problem.opening_factor

    @property
    def undone_eur(self) -> float:
        """Return the value of the programme in which nothing is done: no promise is kept either."""
        return float(self.problem.works["undone_eur"].sum() + self.problem.promises["move_eur"].sum())

    def programme(self, options: Whole) -> pd.DataFrame:
        """Return chosen options as a table of works and years."""
        return pd.DataFrame(
            {
                "work": self.problem.works["work"].to_numpy()[self.option_work[options]],
                "year": self.option_year[options] + self.problem.first_year,
            }
        ).astype({"work": "str", "year": "int64"})


def index_problem(problem: Problem) -> Indexed:
    """Return the problem as numbers."""
    works, sections = problem.works, problem.sections
    years = problem.horizon.years
    run_on = discount_factors(problem.run_on.years, first_year=problem.first_year, rate=problem.discount_rate)
    factors, profiles = run_on[: problem.years], profiles_of(problem)
    allowed = (years >= works["earliest_year"].to_numpy()[:, None]) & (
        years <= works["latest_year"].to_numpy()[:, None]
    )
    allowed[positions(problem.fixed["work"], works["work"]), problem.fixed["year"] - problem.first_year] = True
    option_work, option_year = np.nonzero(allowed)
    touch_work = positions(problem.touches["work"], works["work"])
    touch_section = positions(problem.touches["section"], sections["section"])
    option_of = _numbered(allowed)
    option_eur = _option_prices(works, option_work, years[option_year], factors[option_year])
    later = _spent(profiles, run_on, option_work, option_year) - factors[option_year]
    option_eur += works["cost_eur"].to_numpy(dtype=float)[option_work] * later
    first, other = (positions(problem.joints[side], works["work"]) for side in ("work", "other"))
    joint, joint_year = np.nonzero(allowed[first] & allowed[other])
    saved = problem.joints["saving_eur"].to_numpy(dtype=float)[joint] * factors[joint_year]
    np.subtract.at(option_eur, option_of[first[joint], joint_year], saved)
    _keep_promises(problem, option_of, option_eur)
    levels = levels_of(problem)
    closed = profiles.closed(touch_work)
    shut = started_before(option_of[touch_work[closed.row]], closed.k, len(run_on))
    lying = _lying(problem, profiles, option_of, touch_work, touch_section)
    openings = _openings(problem, levels, shut, closed.row, np.isin(np.arange(len(sections)), lying.section))
    return Indexed(
        problem=problem,
        profiles=profiles,
        factors=factors,
        run_on=run_on,
        option_work=option_work,
        option_year=option_year,
        option_eur=option_eur,
        option_of=option_of,
        touch_work=touch_work,
        touch_section=touch_section,
        opening_section=levels.section[openings.level],
        opening_year=openings.year,
        opening_eur=(openings.money_eur + openings.nuisance_eur) * run_on[openings.year],
        opening_of=openings.lowest_of,
        needs_option=openings.needs_option,
        needs_opening=openings.needs_opening,
        money_eur=openings.money_eur,
        lying_section=lying.section,
        lying_year=lying.year,
        lying_eur=sections["nuisance_eur"].to_numpy(dtype=float)[lying.section] * run_on[lying.year],
        levels=levels,
        meeting_joint=joint,
        meeting_year=joint_year,
        meeting_eur=saved,
    )


class _Openings(NamedTuple):
    """Levels in years in which some work may need just that level, what they cost, and which option needs which."""

    level: Whole
    year: Whole
    money_eur: Floats
    nuisance_eur: Floats
    lowest_of: Whole
    needs_option: Whole
    needs_opening: Whole


def _openings(problem: Problem, levels: Levels, shut: Whole, row: Whole, lies: Mask) -> _Openings:
    """Return the openings.

    Parameters
    ----------
    problem, levels
        The problem and its levels.
    shut
        Which option closes the touch of each row in each year (rows x years; -1 where none does).
    row
        The touch of each row.
    lies
        Of which sections the nuisance is counted by the years in which they lie open.
    """
    own = np.zeros((len(levels.section), shut.shape[1]), dtype=bool)
    np.logical_or.at(own, levels.of_touch[row], shut >= 0)
    number = _numbered(own)
    level, year = np.nonzero(own)
    section = levels.section[level]
    order = np.lexsort((level, year, section))
    above = np.zeros(len(level), dtype=bool)
    above[order[1:]] = (section[order[1:]] == section[order[:-1]]) & (year[order[1:]] == year[order[:-1]])
    until = pd.Series(levels.eur(problem.sections)).groupby(levels.section).cumsum().to_numpy(dtype=float)
    money = until[level]
    money[order[1:]] -= np.where(above[order[1:]], until[level[order[:-1]]], 0.0)
    nuisance = np.where(above | lies[section], 0.0, problem.sections["nuisance_eur"].to_numpy(dtype=float)[section])
    lowest_of = np.full((len(problem.sections), shut.shape[1]), -1, dtype=np.int64)
    lowest_of[section[~above], year[~above]] = np.flatnonzero(~above)
    closing, needed = levels.needs(row)
    at, when = np.nonzero((shut[closing] >= 0) & own[needed])
    return _Openings(level, year, money, nuisance, lowest_of, shut[closing[at], when], number[needed[at], when])


class _Lying(NamedTuple):
    """Sections and years in which something may lie open."""

    section: Whole
    year: Whole


def _lying(problem: Problem, profiles: Profiles, option_of: Whole, touch_work: Whole, touch_section: Whole) -> _Lying:
    """Return where something may lie open, in sections of works that lie open before the year of closing; elsewhere openings tell."""
    long = np.unique(touch_section[np.isin(touch_work, profiles.long_works)])
    touch = np.flatnonzero(np.isin(touch_section, long))
    years = profiles.open(touch_work[touch])
    may = started_before(option_of[touch_work[touch[years.row]]], years.k, problem.years + problem.after) >= 0
    lies = np.zeros((len(problem.sections), may.shape[1]), dtype=bool)
    np.logical_or.at(lies, touch_section[touch[years.row]], may)
    return _Lying(*np.nonzero(lies))


def positions(names: pd.Series, among: pd.Series) -> Whole:
    """Return at which place each name stands among the names of another table."""
    return np.asarray(pd.Index(among).get_indexer(pd.Index(names)), dtype=np.int64)


def yearly(problem: Problem, table: pd.DataFrame, *, key: str, value: str) -> tuple[pd.Series, Floats]:
    """Return the names in a table by year, and their values per year, as far as works run on.

    Names are in order; a missing year counts as 0. Without bound where nobody gave a value: what is assumed holds nothing back.
    """
    names = pd.Series(sorted(table[key].unique()), dtype="str")
    inside = table[table["year"].between(problem.run_on.first, problem.run_on.last)]
    values = np.zeros((len(names), len(problem.run_on)))
    at = (positions(inside[key], names), inside["year"].to_numpy() - problem.first_year)
    np.add.at(values, at, inside[value].to_numpy(dtype=float))
    values[~names.isin(declared(table, key)).to_numpy()] = np.inf
    return names, values


def budgets(problem: Problem) -> tuple[pd.Series, Floats, Mask]:
    """Return the funds, their budget per year, and whether they carry over.

    As far as works run on.     What a carrying fund was given for years before the first counts in the first.
    """
    names, budget = yearly(problem, problem.funds, key="fund", value="budget_eur")
    carries = (
        problem.funds.drop_duplicates("fund").set_index("fund")["carries_over"].reindex(names).to_numpy(dtype=bool)
    )
    earlier = problem.funds[problem.funds["year"] < problem.first_year]
    saved = np.zeros(len(names))
    np.add.at(saved, positions(earlier["fund"], names), earlier["budget_eur"].to_numpy(dtype=float))
    budget[:, 0] += np.where(carries, saved, 0.0)
    return names, budget, carries


def most_open(problem: Problem) -> Floats:
    """Return how many sections each limit lets open in a year; infinite where assumed."""
    limits = problem.limits
    given = limits["limit"].isin(declared(limits, "limit"))
    return np.where(given, limits["open_sections"].to_numpy(dtype=float), np.inf)


def _numbered(cells: Mask) -> Whole:
    """Return the number of each true cell of a table, counted row by row; -1 elsewhere."""
    return np.where(cells, np.cumsum(cells.ravel()).reshape(cells.shape) - 1, -1).astype(np.int64)


def _option_prices(works: pd.DataFrame, at: Whole, years: Whole, factors: Floats) -> Floats:
    """Return what it costs to do a work in a year instead of leaving it undone (eur, discounted)."""
    shift = years - works["best_year"].to_numpy()[at]
    early = works["early_eur_per_year"].to_numpy()[at] * np.maximum(-shift, 0)
    late = works["late_eur_per_year"].to_numpy()[at] * np.maximum(shift, 0)
    done = (works["cost_eur"].to_numpy()[at] + early + late) * factors
    return np.asarray(done - works["undone_eur"].to_numpy()[at], dtype=float)


def _spent(profiles: Profiles, run_on: Floats, work: Whole, start: Whole) -> Floats:
    """Return what one euro of each option comes to, spent in the years of its profile (discounted)."""
    years = profiles.spent(work)
    spent = years.share * run_on[np.maximum(start[years.row] + years.k, 0)]
    return np.asarray(np.bincount(years.row, weights=spent, minlength=len(work)), dtype=float)


def _keep_promises(problem: Problem, option_of: Whole, option_eur: Floats) -> None:
    """Take the price of moving a promise off the option that keeps it: leaving undone, which all else counts from, has it."""
    promised = problem.promises[problem.promises["year"].between(problem.horizon.first, problem.horizon.last)]
    work = positions(promised["work"], problem.works["work"])
    option = option_of[work, promised["year"].to_numpy() - problem.first_year]
    kept = option >= 0
    np.subtract.at(option_eur, option[kept], promised["move_eur"].to_numpy(dtype=float)[kept])
