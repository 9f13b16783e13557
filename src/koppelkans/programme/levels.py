"""Levels of the opening of a street: set-up with the narrowest width, then each step. (nl: treden)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import closed_touches

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Levels:
    """Levels of the openings of all sections, section by section and from narrow to wide.

    Parameters
    ----------
    section
        Section of each level, by its place in the table.
    lowest
        Which levels are the first of their section: with set-up, traffic and nuisance.
    rise
        Part of the paved width that each level adds to the one below it.
    of_touch
        The widest level that each touch needs, with all below it.
    first
        The first level of each section.
    """

    section: Whole
    lowest: npt.NDArray[np.bool_]
    rise: Floats
    of_touch: Whole
    first: Whole

    def eur(self, sections: pd.DataFrame) -> Floats:
        """Cost that each level adds to an opening (eur), at the prices of a table of sections."""
        base, paving = base_and_paving(sections)
        return np.asarray(np.where(self.lowest, base[self.section], 0.0) + paving[self.section] * self.rise)

    def nuisance(self, sections: pd.DataFrame) -> Floats:
        """Nuisance of each level (eur): all of it with the first."""
        return np.where(self.lowest, sections["nuisance_eur"].to_numpy(dtype=float)[self.section], 0.0)

    def needs(self, touches: Whole | None = None) -> tuple[Whole, Whole]:
        """Each touch, or each of some, with every level that it needs, in order.

        As rows of these touches, and levels.
        """
        widest = self.of_touch if touches is None else self.of_touch[touches]
        low = self.first[self.section[widest]]
        count = widest - low + 1
        touch = np.repeat(np.arange(len(count)), count)
        return touch, np.arange(len(touch)) - np.repeat(np.cumsum(count) - count, count) + low[touch]


def levels_of(problem: Problem) -> Levels:
    """Levels of the openings of a problem; a section without paving of its own has one."""
    sections = problem.sections
    _, paving = base_and_paving(sections)
    section = np.asarray(
        pd.Index(sections["section"]).get_indexer(pd.Index(problem.touches["section"])), dtype=np.int64
    )
    share = np.where(paving[section] > 0, problem.touches["share"].to_numpy(dtype=float), 1.0)
    untouched = np.setdiff1d(np.arange(len(sections)), section)
    both = np.c_[np.concatenate([section, untouched]), np.concatenate([share, np.ones(len(untouched))])]
    steps, level = np.unique(both, axis=0, return_inverse=True)
    of, width = steps[:, 0].astype(np.int64), steps[:, 1]
    lowest = np.ones(len(of), dtype=bool)
    lowest[1:] = of[1:] != of[:-1]
    below = np.where(lowest, 0.0, np.roll(width, 1))
    return Levels(of, lowest, width - below, level.ravel()[: len(section)].astype(np.int64), np.flatnonzero(lowest))


def base_and_paving(sections: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return set-up with traffic, and paving of the whole width, of each section (eur).

    Where these are unknown the whole opening is set-up: it costs the same whatever its width.
    """
    whole = sections["opening_eur"].to_numpy(dtype=float)
    base, paving = (sections[name].to_numpy(dtype=float) for name in ("base_eur", "paving_eur"))
    return np.where(np.isnan(base), whole, base), np.where(np.isnan(paving), 0.0, paving)


def opening_eur(sections: pd.DataFrame, share: pd.Series) -> Floats:
    """Cost of an opening of a share of the width (eur), row by row of a table of sections."""
    base, paving = base_and_paving(sections)
    return np.asarray(base + paving * share.to_numpy(dtype=float))


def touch_eur(problem: Problem) -> Floats:
    """Cost of each touch as an opening by itself (eur, undiscounted, without nuisance)."""
    sections = problem.sections.set_index("section").loc[problem.touches["section"]]
    return opening_eur(sections, problem.touches["share"])


def opening_costs(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Cost of each opening of a programme (section, year of closing, opening_eur)."""
    met = closed_touches(problem, programme)
    widest = met.groupby(["section", "year"], as_index=False)["share"].max()
    table = widest.merge(problem.sections.drop(columns="name"), on="section")
    table["opening_eur"] = opening_eur(table, table["share"])
    return table[["section", "year", "opening_eur"]].sort_values(["section", "year"], ignore_index=True)
