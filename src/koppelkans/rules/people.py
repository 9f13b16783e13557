"""Who does a work and in how many own hours, and what hours each crew has per year. (nl: mensen)."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.horizon import Horizon, even_yearly
from koppelkans.ground.settings import FILE_NAME, Crew, WorkKind

FORMULA = r"H_c = \phi \max_t \frac{\sum_{w:\, l_w \le t} h_{wc}}{t - t_0 + 1} + \max_w h_{wc}"
"""Assumed hours H of crew c per year: factor phi, hours h of works whose window closes (l) in year t or before, first year t0."""


def who_works(works: pd.DataFrame, crews: Sequence[Crew], kinds: Mapping[str, WorkKind]) -> pd.DataFrame:
    """Return which crew does a work and in how many own hours (preparation, supervision).

    One crew does a work: the first declared crew whose kinds hold the kind of the work and that works for its owner;
    only where there is none, the first that works for any owner, and only then a crew of the defaults (`stands_in`). A
    work that no crew fits has no row.
    Formula: hours = cost (1,000 eur) x hours per 1,000 eur of the kind; unknown where the cost is.

    Parameters
    ----------
    works
        With the columns work, owner, kind, cost_eur and latest_year.
    crews
        The declared crews.
    kinds
        The kinds of work, with their hours per 1,000 eur.

    Returns
    -------
    Table with work, crew, hours and latest_year (the end of the window, which `yearly_hours` needs), sorted by work.
    """
    ordered = sorted(range(len(crews)), key=lambda at: (crews[at].stands_in, not crews[at].owner, at))
    fits = np.array([_fits(works, crews[at]) for at in ordered], dtype=bool).reshape(len(ordered), len(works))
    first = np.where(fits.any(axis=0), fits.argmax(axis=0), -1) if ordered else np.full(len(works), -1)
    names = np.array([*(crews[at].crew for at in ordered), ""], dtype=object)
    rates = {name: kind.hours_per_keur.value for name, kind in kinds.items()}
    hours = works["cost_eur"].astype("Float64") / 1000 * works["kind"].map(rates).astype("Float64")
    made = pd.DataFrame(
        {
            "work": works["work"].to_numpy(),
            "crew": names[first],
            "hours": hours.to_numpy(dtype=float, na_value=np.nan),
            "latest_year": works["latest_year"].to_numpy(),
        }
    )
    made = made[first >= 0].astype({"work": "str", "crew": "str", "hours": "float64", "latest_year": "int64"})
    return made.sort_values(["work", "crew"], ignore_index=True)


def yearly_hours(efforts: pd.DataFrame, crews: Sequence[Crew], years: Horizon) -> pd.DataFrame:
    """Return the hours of each crew that is asked, year by year, and whether the city gave them.

    Hours given as one number hold for every year. Given per year, a year that is not named gets the mean of the named
    years, as an assumption. With `even` they are assumed: the same each year, the even spread of the need times
    `even_factor`, and on top of it the hours of the largest work (`FORMULA`). Hours are not carried over and a work is not
    cut in two: with room for the largest work on top of the even spread, works that are taken in the order in which
    their windows close all fit, for a year is left only when it is filled beyond the spread.

    Parameters
    ----------
    efforts
        As `who_works` returns them; unknown hours count for nothing here.
    crews
        The declared crews.
    years
        The horizon.

    Returns
    -------
    Table with crew, name, year, hours and basis (given or assumed).

    Raises
    ------
    SettingError
        Where hours name a year that is none, or are below zero.
    """
    known = efforts[efforts["hours"].notna()]
    asked = set(efforts["crew"])
    parts = [_hours(crew, known[known["crew"] == crew.crew], years) for crew in crews if crew.crew in asked]
    columns = {"crew": "str", "name": "str", "year": "int64", "hours": "float64", "basis": "str"}
    start = pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in columns.items()})
    made = pd.concat([start, *parts], ignore_index=True).astype(columns)
    return made.sort_values(["crew", "year"], ignore_index=True)


def _fits(works: pd.DataFrame, crew: Crew) -> np.ndarray:
    """Tell for each work whether a crew does its kind, for its owner."""
    fits = works["kind"].isin(crew.kinds) if crew.kinds else pd.Series(data=True, index=works.index)
    return np.asarray(fits & (works["owner"] == crew.owner) if crew.owner else fits, dtype=bool)


def _hours(crew: Crew, efforts: pd.DataFrame, years: Horizon) -> pd.DataFrame:
    """Return the rows of one crew."""
    given = _given(crew, years)
    known = ~np.isnan(given)
    if known.any():
        hours = np.where(known, given, given[known].mean())
    else:
        latest = efforts.get("latest_year", pd.Series(years.last, index=efforts.index))
        spread = even_yearly(efforts["hours"], latest, years) * crew.even_factor
        hours = np.full(len(years), spread + (efforts["hours"].max() if len(efforts) else 0.0))
    return pd.DataFrame(
        {
            "crew": crew.crew,
            "name": crew.name or crew.crew,
            "year": years.years,
            "hours": np.ceil(hours * 10) / 10,
            "basis": np.where(known, "given", "assumed"),
        }
    )


def _given(crew: Crew, years: Horizon) -> np.ndarray:
    """Return the hours that the city gave for each year of the horizon; NaN where it gave none."""
    if crew.hours == "even":
        return np.full(len(years), np.nan)
    if isinstance(crew.hours, int | float):
        amounts = dict.fromkeys((str(year) for year in years.years), float(crew.hours))
    else:
        amounts = dict(crew.hours)
    faults = [
        Fault(FILE_NAME, f"{year} = {amount}", "a year and hours of 0 or more", column=f"crews.{crew.crew}.hours")
        for year, amount in amounts.items()
        if not year.isdigit() or amount < 0
    ]
    if faults:
        raise SettingError(faults)
    return np.array([amounts.get(str(year), np.nan) for year in years.years], dtype=float)
