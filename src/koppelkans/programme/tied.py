"""What ties between works allow: in which years the one may be done where the other is. (nl: gekoppelde werken)."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.programme.indexed import Floats, Mask, Whole
from koppelkans.programme.problem import Problem

SAME_YEAR, APART = "together", "after"
"""The constraints that look after ties: of the same year, and of some years between."""


def is_same_year(ties: pd.DataFrame) -> Mask:
    """Tell which ties are of the same year, which binds both ways: both works or neither."""
    same = (ties["least_years"] == 0) & (ties["most_years"] == 0)
    return np.asarray(same.fillna(value=False), dtype=bool)


def bounds(ties: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return at least and at most how many years each work comes after the other; without end where there is no bound."""
    least = ties["least_years"].astype("Float64").fillna(-np.inf).to_numpy(dtype=float)
    most = ties["most_years"].astype("Float64").fillna(np.inf).to_numpy(dtype=float)
    return least, most


def broken_ties(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return the ties that a programme breaks (work, other, year, by): the year of whichever is done, the constraint that says so."""
    ties = problem.ties
    year = programme.drop_duplicates("work").set_index("work")["year"]
    work, other = (ties[side].map(year).to_numpy(dtype=float) for side in ("work", "other"))
    least, most = bounds(ties)
    same = is_same_year(ties)
    after = work - other
    kept = np.isnan(work) & (np.isnan(other) | ~same)
    kept |= (after >= least) & (after <= most)
    by = np.where(same, SAME_YEAR, APART)
    table = ties[["work", "other"]].assign(year=pd.array(np.where(np.isnan(work), other, work), dtype="Int64"), by=by)
    return table[~kept].reset_index(drop=True)


def forbidden_years(
    problem: Problem, current: Whole, *, work: Whole, other: Whole
) -> tuple[Whole, Mask, npt.NDArray[np.object_]]:
    """Return for each tie, from both its sides, in which years the other side forbids it, with all others held.

    Parameters
    ----------
    problem
        The problem.
    current
        Year of each work, counted from the first; -1 where it is undone.
    work, other
        Places of the two works of each tie.

    Returns
    -------
    The place of the work that would move, the years that are forbidden to it (rows x T), and the constraint.
    """
    ties, years = problem.ties, np.arange(problem.years)
    least, most = (side[:, None] for side in bounds(ties))
    same = is_same_year(ties)
    here, there = current[work][:, None], current[other][:, None]
    of_work = (there < 0) | (years - there < least) | (years - there > most)
    of_other = (here >= 0) & ((here - years < least) | (here - years > most)) | (here < 0) & same[:, None]
    by = np.where(same, SAME_YEAR, APART).astype(object)
    return np.concatenate([work, other]), np.concatenate([of_work, of_other]), np.concatenate([by, by])
