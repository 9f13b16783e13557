"""Programmes of one problem as arrays: the year of each work, and open streets. (nl: geplaatst)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd

from koppelkans.programme.indexed import Floats, Mask, Whole, positions
from koppelkans.programme.problem import Problem

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
    def opening_works(self) -> Whole:
        """Return how many works open each section in each year (F x S x T)."""
        work, section = self.touches
        return self.spread(section, work, np.ones(len(work)), len(self.problem.sections)).astype(np.int64)

    def spread(self, holder: Whole, work: Whole, amount: Floats, holders: int) -> Floats:
        """Return what works ask of each holder in the year in which they are done (F x holders x T).

        Each row names a holder, a work and an amount, by their places.
        """
        asked = np.zeros((self.count, holders, self.problem.years))
        when = self.year[:, work]
        programme, row = np.nonzero(when >= 0)
        np.add.at(asked, (programme, holder[row], when[programme, row]), amount[row])
        return asked

    def elsewhere(self, works: Whole) -> Mask:
        """Tell for some works which years are not their own (F x k x T + 1; the last is undone)."""
        years = self.problem.years
        own = np.where(self.year[:, works] < 0, years, self.year[:, works])
        return np.asarray(np.arange(years + 1) != own[:, :, None])
