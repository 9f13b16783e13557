"""The exact value of a programme, from the plain tables alone; lower is better. (nl: waarde)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.ground.money import discount_factors
from koppelkans.programme.levels import opening_costs
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import closed_touches, lying_open, money_years


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a programme in its parts (eur, discounted).

    Undone and moved are not discounted; what joints save is taken off.
    """

    works_eur: float
    early_eur: float
    late_eur: float
    undone_eur: float
    openings_eur: float
    nuisance_eur: float
    breach_eur: float
    moved_eur: float = 0.0
    joint_eur: float = 0.0

    @property
    def total_eur(self) -> float:
        """Return the parts together: what the programme minimises."""
        done = self.works_eur + self.early_eur + self.late_eur + self.undone_eur
        streets = self.openings_eur + self.nuisance_eur + self.breach_eur
        return done + streets + self.moved_eur - self.joint_eur


def value_of(problem: Problem, programme: pd.DataFrame) -> Value:
    """Return the value of a programme (work, year).

    Works that are not in it are left undone.
    """
    return Value(**{part: float(amounts.sum()) for part, amounts in priced(problem, programme).items()})


def priced(problem: Problem, programme: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the amounts of each part of the value (eur), by work or section."""
    done = problem.works.merge(programme, on="work")
    undone = problem.works[~problem.works["work"].isin(programme["work"])]
    shift = done["year"] - done["best_year"]
    factor = _factors(problem, done["year"])
    spent = money_years(problem, programme).merge(problem.works[["work", "cost_eur"]], on="work")
    opened = opening_costs(problem, programme)
    lying = opened_sections(problem, programme).merge(problem.sections, on="section")
    broken = broken_rest(problem, programme).merge(problem.sections, on="section")
    joined = joined_works(problem, programme)
    moved = moved_promises(problem, programme)
    amounts = {
        "works_eur": (spent["work"], spent["cost_eur"] * spent["cost_share"] * _factors(problem, spent["year"])),
        "early_eur": (done["work"], done["early_eur_per_year"] * (-shift).clip(lower=0) * factor),
        "late_eur": (done["work"], done["late_eur_per_year"] * shift.clip(lower=0) * factor),
        "undone_eur": (undone["work"], undone["undone_eur"]),
        "openings_eur": (opened["section"], opened["opening_eur"] * _factors(problem, opened["year"])),
        "nuisance_eur": (lying["section"], lying["nuisance_eur"] * _factors(problem, lying["year"])),
        "breach_eur": (broken["section"], broken["breach_eur"] * _factors(problem, broken["year"])),
        "moved_eur": (moved["work"], moved["move_eur"]),
        "joint_eur": (joined["work"], joined["saving_eur"] * _factors(problem, joined["year"])),
    }
    return {part: eur.set_axis(of.to_numpy()) for part, (of, eur) in amounts.items()}


def opened_sections(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return each section and year in which one or more works have it open (section, year)."""
    met = lying_open(problem, programme)[["section", "year"]]
    return met.drop_duplicates().sort_values(["section", "year"], ignore_index=True)


def broken_rest(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return each section and year in which graafrust is broken by digging, once.

    It is dug within the rest period of an earlier resurfacing: in any year in which it lies open for digging, after the year
    in which an opening with new paving was closed.
    """
    digs, resurfaces = (problem.works.loc[problem.works[side], "work"] for side in ("digs", "resurfaces"))
    dug, fresh = lying_open(problem, programme), closed_touches(problem, programme)
    dug = dug.loc[dug["work"].isin(digs), ["section", "year"]].drop_duplicates()
    fresh = fresh.loc[fresh["work"].isin(resurfaces), ["section", "year"]].drop_duplicates()
    pairs = dug.merge(fresh.rename(columns={"year": "fresh_year"}), on="section")
    pairs = pairs.merge(problem.sections[["section", "rest_years"]], on="section")
    waited = pairs["year"] - pairs["fresh_year"]
    broken = pairs.loc[(waited > 0) & (waited <= pairs["rest_years"]), ["section", "year"]]
    return broken.drop_duplicates().sort_values(["section", "year"], ignore_index=True)


def moved_promises(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return the promises that a programme does not keep, with their price.

    Columns work, promised_year, year (unknown: undone) and move_eur.
    """
    years = programme.drop_duplicates("work").set_index("work")["year"]
    year = problem.promises["work"].map(years).astype("Int64")
    table = problem.promises.rename(columns={"year": "promised_year"}).assign(year=year)
    moved = table[(table["year"] != table["promised_year"]).fillna(value=True).to_numpy(dtype=bool)]
    return moved[["work", "promised_year", "year", "move_eur"]].sort_values("work", ignore_index=True)


def joined_works(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return the joints of which both works are done in the same year.

    Columns work, other, year and saving_eur (undiscounted).
    """
    years = programme.astype({"work": "str", "year": "int64"})
    met = problem.joints.merge(years, on="work").merge(years.rename(columns={"work": "other"}), on=["other", "year"])
    return met[["work", "other", "year", "saving_eur"]].sort_values(["work", "other"], ignore_index=True)


def _factors(problem: Problem, years: pd.Series) -> np.ndarray:
    """Return the discount factors of years."""
    return discount_factors(years.to_numpy(), first_year=problem.first_year, rate=problem.discount_rate)
