"""Programmes of one problem as arrays: the year of each work, and open streets. (nl: geplaatst)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd

from koppelkans.programme.indexed import Mask, Whole, positions
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import Profiles, profiles_of

UNDONE = -1


@dataclass(frozen=True)
class PlacedWorks:
    """Year of each work in F programmes of one problem.

    As F x W, counted from the first year; -1 is undone.
    A constraint is asked with it which years are blocked for a work, with all others held where they are.
    """

    problem: Problem
    year: Whole

    @classmethod
    def of(cls, problem: Problem, programme: pd.DataFrame) -> Self:
        """Return one programme (table of work and year)."""
        year = np.full((1, len(problem.works)), UNDONE, dtype=np.int64)
        year[0, positions(programme["work"], problem.works["work"])] = programme["year"] - problem.first_year
        return cls(problem, year)

    @property
    def count(self) -> int:
        """Return the number of programmes."""
        return len(self.year)

    @property
    def calendar(self) -> Whole:
        """Return the years of the horizon as people write them (T)."""
        return np.asarray(self.problem.horizon.years, dtype=np.int64)

    @cached_property
    def touches(self) -> tuple[Whole, Whole]:
        """Return the place of the work and of the section of each touch."""
        problem = self.problem
        work = positions(problem.touches["work"], problem.works["work"])
        return work, positions(problem.touches["section"], problem.sections["section"])

    @cached_property
    def profiles(self) -> Profiles:
        """Return the profiles of all works."""
        return profiles_of(self.problem)

    @cached_property
    def lies_open(self) -> Mask:
        """Tell in which years each work lies open (F x W x years, as far as works run on)."""
        opened = np.zeros((*self.year.shape, len(self.problem.run_on)), dtype=bool)
        years = self.profiles.open(np.arange(self.year.shape[1]))
        start = self.year[:, years.row]
        programme, row = np.nonzero(start >= 0)
        opened[programme, years.row[row], start[programme, row] + years.k[row]] = True
        return opened

    @cached_property
    def lying_works(self) -> Whole:
        """Return for how many works each section lies open in each year (F x S x years)."""
        work, section = self.touches
        count = np.zeros((self.count, len(self.problem.sections), len(self.problem.run_on)), dtype=np.int64)
        np.add.at(count.swapaxes(0, 1), section, self.lies_open[:, work].swapaxes(0, 1).astype(np.int64))
        return count

    def elsewhere(self, works: Whole) -> Mask:
        """Tell for some works which years are not their own (F x k x T + 1; the last is undone)."""
        years = self.problem.years
        own = np.where(self.year[:, works] < 0, years, self.year[:, works])
        return np.asarray(np.arange(years + 1) != own[:, :, None])
