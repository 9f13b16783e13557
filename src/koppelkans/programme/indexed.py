"""The problem as numbers: positions instead of names, and what each choice costs. (nl: opgave in getallen)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.ground.money import discount_factors
from koppelkans.programme.problem import Problem

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Indexed:
    """Positions of works (W), sections (S), years (T) and the choices there are.

    An option is a work in a year of its window (or its fixed year); an opening is a section in a year in which some
    option touches it. `option_of` (W x T) and `opening_of` (S x T) find them back; -1 where there is none. A meeting is a
    joint (row of the table) in a year in which both its works have an option. The price of an option counts the promise
    that it keeps and every joint of which it is the first work; what is not saved after all, the joint states.
    """

    problem: Problem
    factors: Floats
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
    meeting_joint: Whole
    meeting_year: Whole
    meeting_eur: Floats

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
    factors = discount_factors(years, first_year=problem.first_year, rate=problem.discount_rate)
    allowed = (years >= works["earliest_year"].to_numpy()[:, None]) & (
        years <= works["latest_year"].to_numpy()[:, None]
    )
    allowed[positions(problem.fixed["work"], works["work"]), problem.fixed["year"] - problem.first_year] = True
    option_work, option_year = np.nonzero(allowed)
    touch_work = positions(problem.touches["work"], works["work"])
    touch_section = positions(problem.touches["section"], sections["section"])
    opens = np.zeros((len(sections), len(years)), dtype=bool)
    np.logical_or.at(opens, touch_section, allowed[touch_work])
    opening_section, opening_year = np.nonzero(opens)
    price = (sections["opening_eur"] + sections["nuisance_eur"]).to_numpy(dtype=float)
    option_of = _numbered(allowed)
    option_eur = _option_prices(works, option_work, years[option_year], factors[option_year])
    first, other = (positions(problem.joints[side], works["work"]) for side in ("work", "other"))
    joint, joint_year = np.nonzero(allowed[first] & allowed[other])
    saved = problem.joints["saving_eur"].to_numpy(dtype=float)[joint] * factors[joint_year]
    np.subtract.at(option_eur, option_of[first[joint], joint_year], saved)
    _keep_promises(problem, option_of, option_eur)
    return Indexed(
        problem=problem,
        factors=factors,
        option_work=option_work,
        option_year=option_year,
        option_eur=option_eur,
        option_of=option_of,
        touch_work=touch_work,
        touch_section=touch_section,
        opening_section=opening_section,
        opening_year=opening_year,
        opening_eur=price[opening_section] * factors[opening_year],
        opening_of=_numbered(opens),
        meeting_joint=joint,
        meeting_year=joint_year,
        meeting_eur=saved,
    )


def positions(names: pd.Series, among: pd.Series) -> Whole:
    """Return at which place each name stands among the names of another table."""
    return np.asarray(pd.Index(among).get_indexer(pd.Index(names)), dtype=np.int64)


def yearly(problem: Problem, table: pd.DataFrame, *, key: str, value: str) -> tuple[pd.Series, Floats]:
    """Return the names in a table by year, and their values per year of the horizon.

    Names are in order; a missing year counts as 0.
    """
    names = pd.Series(sorted(table[key].unique()), dtype="str")
    inside = table[table["year"].between(problem.horizon.first, problem.horizon.last)]
    values = np.zeros((len(names), problem.years))
    at = (positions(inside[key], names), inside["year"].to_numpy() - problem.first_year)
    np.add.at(values, at, inside[value].to_numpy(dtype=float))
    return names, values


def budgets(problem: Problem) -> tuple[pd.Series, Floats, Mask]:
    """Return the funds, their budget per year of the horizon, and whether they carry over.

    What a carrying fund was given for years before the first counts in the first.
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


def _keep_promises(problem: Problem, option_of: Whole, option_eur: Floats) -> None:
    """Take the price of moving a promise off the option that keeps it: leaving undone, which all else counts from, has it."""
    promised = problem.promises[problem.promises["year"].between(problem.horizon.first, problem.horizon.last)]
    work = positions(promised["work"], problem.works["work"])
    option = option_of[work, promised["year"].to_numpy() - problem.first_year]
    kept = option >= 0
    np.subtract.at(option_eur, option[kept], promised["move_eur"].to_numpy(dtype=float)[kept])
