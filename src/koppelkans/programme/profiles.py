"""Works of several years: the years that follow from a start. (nl: meerjarige werken)."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.programme.problem import Problem

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
ALONE = {"k": 0, "cost_share": 1.0, "open": True}
"""The profile of a work without rows: all in one year."""


def full_profile(problem: Problem) -> pd.DataFrame:
    """Return the profile of every work, by its start (work, k, cost_share, open, closes).

    `closes` is the last year of the unbroken run of open years that an open year belongs to, counted from the start.
    """
    rest = problem.works.loc[~problem.works["work"].isin(problem.profile["work"]), ["work"]].assign(**ALONE)
    table = rest if problem.profile.empty else pd.concat([problem.profile[list(rest)], rest], ignore_index=True)
    place = pd.Index(problem.works["work"]).get_indexer(pd.Index(table["work"]))
    table = table.assign(place=place).sort_values(["place", "k"], ignore_index=True)
    opened = table["open"].to_numpy(dtype=bool)
    work, k = table["place"].to_numpy(), table["k"].to_numpy()
    goes_on = np.zeros(len(table), dtype=bool)
    goes_on[:-1] = opened[:-1] & opened[1:] & (work[:-1] == work[1:]) & (k[:-1] + 1 == k[1:])
    ends = np.flatnonzero(~goes_on)
    return table.assign(closes=k[ends[np.searchsorted(ends, np.arange(len(table)))]]).drop(columns="place")


def works_of_years(problem: Problem) -> list[str]:
    """Return the works that do not take just the year of their start."""
    rows = problem.profile
    plain = (rows["k"] == 0) & (rows["cost_share"] == 1.0) & rows["open"]
    return sorted(rows.loc[~plain, "work"].unique())


def money_years(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return the years in which works spend money and hours (work, start, year, cost_share).

    A share from before the first year falls in the first year.
    """
    if problem.profile.empty:
        return _started(programme).assign(year=programme["year"], cost_share=1.0)
    rows = full_profile(problem)
    made = _started(programme).merge(rows[rows["cost_share"] > 0], on="work")
    made["year"] = (made["start"] + made["k"]).clip(lower=problem.first_year)
    return made.groupby(["work", "start", "year"], as_index=False, sort=False)["cost_share"].sum()


def open_years(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return the years in which works lie open (work, start, year, closes).

    `closes` is the year in which that opening is closed.
    """
    if problem.profile.empty:
        return _started(programme).assign(year=programme["year"], closes=programme["year"])
    rows = full_profile(problem)
    made = _started(programme).merge(rows[rows["open"]], on="work")
    return made.assign(year=made["start"] + made["k"], closes=made["start"] + made["closes"])[
        ["work", "start", "year", "closes"]
    ]


def closed_touches(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return each touch of the works of a programme with the year in which it is closed.

    Works share an opening where they close it in the same year. The columns are those of `touches`, and year.
    """
    closes = open_years(problem, programme)[["work", "closes"]].drop_duplicates(ignore_index=True)
    return problem.touches.merge(closes.rename(columns={"closes": "year"}), on="work")


def lying_open(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return each touch of the works of a programme in each year in which it lies open."""
    return problem.touches.merge(open_years(problem, programme)[["work", "year"]], on="work")


def _started(programme: pd.DataFrame) -> pd.DataFrame:
    """Return the start of each work of a programme."""
    return programme[["work", "year"]].rename(columns={"year": "start"})


def carried_on(table: pd.DataFrame, key: str, value: str, *, span: Horizon, after: int) -> pd.DataFrame:
    """Return budgets or hours carried on after the last year, as far as works run on.

    They are the mean of the planned years that were given; years that are named keep what is named.
    """
    inside = table[table["year"].between(span.first, span.last)]
    mean = inside.groupby(key, sort=False)[value].mean().round()
    last = inside.drop_duplicates(key, keep="last").assign(basis="assumed")
    last[value] = last[key].map(mean)
    beyond = [last.assign(year=span.last + year) for year in range(1, after + 1)]
    made = pd.concat([table, *beyond], ignore_index=True).drop_duplicates([key, "year"])
    return made.astype(table.dtypes.to_dict()).reset_index(drop=True)


class Years(NamedTuple):
    """Rows of works with the years, counted from the start of the work, that go with each."""

    row: Whole
    k: Whole
    share: Floats


@dataclass(frozen=True)
class Profiles:
    """The profiles of all works as arrays: a row per work and year, in the order of the works.

    Parameters
    ----------
    after
        How many years the longest goes on after its start.
    work, k, share
        Works by their places, years after the start, and the share of money and hours in that year.
    spends, opens, ends
        In which rows money is spent, streets lie open, and an opening is closed.
    """

    after: int
    work: Whole
    k: Whole
    share: Floats
    spends: Mask
    opens: Mask
    ends: Mask

    def spent(self, works: Whole) -> Years:
        """Return the years of money and hours of each of some works, by its row."""
        return self._of(works, self.spends)

    def open(self, works: Whole) -> Years:
        """Return the years in which each of some works lies open, by its row."""
        return self._of(works, self.opens)

    def closed(self, works: Whole) -> Years:
        """Return the years in which each of some works closes, by its row."""
        return self._of(works, self.ends)

    @property
    def long_works(self) -> Whole:
        """Return the works that lie open in a year before the one in which they close."""
        return np.unique(self.work[self.opens & ~self.ends])

    def _of(self, works: Whole, which: Mask) -> Years:
        """Return for each of some works the years of its profile that are asked for."""
        kept = np.flatnonzero(which)
        first, last = (np.searchsorted(self.work[kept], works, side=side) for side in ("left", "right"))
        count = last - first
        row = np.repeat(np.arange(len(works)), count)
        at = kept[np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + first[row]]
        return Years(row, self.k[at], self.share[at])


def profiles_of(problem: Problem) -> Profiles:
    """Return the profiles of all works of a problem as arrays."""
    rows = full_profile(problem)
    k, share = rows["k"].to_numpy(dtype=np.int64), rows["cost_share"].to_numpy(dtype=float)
    opens = rows["open"].to_numpy(dtype=bool)
    work = pd.Index(problem.works["work"]).get_indexer(pd.Index(rows["work"])).astype(np.int64)
    ends = opens & (rows["closes"].to_numpy() == k)
    return Profiles(problem.after, work, k, share, spends=share > 0, opens=opens, ends=ends)


def started_before(options: Whole, k: Whole, years: int) -> Whole:
    """Return which option has each year as its year k (rows x years).

    `options` is rows x starts, with a k for each row; -1 where there is none.
    """
    start = np.arange(years) - k[:, None]
    inside = (start >= 0) & (start < options.shape[1])
    rows = np.arange(len(options))[:, None]
    return np.where(inside, options[rows, np.clip(start, 0, options.shape[1] - 1)], -1)
