"""What ties between works allow: in which years the one may be done where the other is. (nl: gekoppelde werken)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Blocked, blocked_where
from koppelkans.programme.indexed import Floats, Mask, Whole, positions
from koppelkans.programme.placed import UNDONE, PlacedWorks
from koppelkans.programme.problem import Problem, pair_names


def is_same_year(ties: pd.DataFrame) -> Mask:
    """Tell which ties are of the same year, which binds both ways: both works or neither."""
    same = (ties["least_years"] == 0) & (ties["most_years"] == 0)
    return np.asarray(same.fillna(value=False), dtype=bool)


def bounds(ties: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return the fewest and most years by which each work follows the other.

    Without end where there is no bound.
    """
    least = ties["least_years"].astype("Float64").fillna(-np.inf).to_numpy(dtype=float)
    most = ties["most_years"].astype("Float64").fillna(np.inf).to_numpy(dtype=float)
    return least, most


def broken_ties(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Ties that a programme breaks (work, other, year, same_year).

    The year is that of whichever is done; `same_year` tells whether both are to be done in one year.
    """
    ties = problem.ties
    year = programme.drop_duplicates("work").set_index("work")["year"]
    work, other = (ties[side].map(year).to_numpy(dtype=float) for side in ("work", "other"))
    least, most = bounds(ties)
    same = is_same_year(ties)
    after = work - other
    kept = np.isnan(work) & (np.isnan(other) | ~same)
    kept |= (after >= least) & (after <= most)
    done = pd.array(np.where(np.isnan(work), other, work), dtype="Int64")
    table = ties[["work", "other"]].assign(year=done, same_year=same)
    return table[~kept].reset_index(drop=True)


def blocked_by_ties(placed: PlacedWorks, works: Whole, which: Mask) -> Blocked:
    """Block the years in which a work breaks a tie, from both its sides, all others held.

    A tie that was broken before is named by the year of its first work: another year of the other work changes nothing.
    """
    problem = placed.problem
    ties, years = problem.ties[which], np.append(np.arange(problem.years), UNDONE)
    work, other = (positions(ties[side], problem.works["work"]) for side in ("work", "other"))
    least, most = (side[:, None] for side in bounds(ties))
    same = is_same_year(ties)[:, None]
    here, there = placed.year[:, work][:, :, None], placed.year[:, other][:, :, None]

    def broken(one: Whole, two: Whole) -> Mask:
        """Tell where a tie is broken by the years of its two works."""
        lost = np.where(one < 0, same & (two >= 0), (two < 0) | (one - two < least) | (one - two > most))
        return np.asarray(lost, dtype=bool)

    of_work = broken(years, there)
    of_other = broken(here, years) & ~(broken(here, there) & (here >= 0))
    names = np.tile(pair_names(ties).to_numpy(dtype=object), 2)
    forbidden = np.concatenate([of_work, of_other], axis=1)
    return blocked_where(placed, works, forbidden, work=np.concatenate([work, other]), names=names)
