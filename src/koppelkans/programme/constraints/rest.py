"""Graafrust: digging within so many years after new paving is possible, but has a price. (nl: graafrust)."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome, faults, never_blocked
from koppelkans.programme.indexed import Indexed, Mask, Whole
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import Years, started_before
from koppelkans.programme.statement import Statement, total
from koppelkans.programme.value import broken_rest


def tell(said: Statement) -> None:
    """State the graafrust: digging within the rest period after a resurfacing is paid for.

    One row per resurfacing work, digging work, section and year, over the whole rest period before that year. New paving lies
    from the year in which the work closes the section; digging is done in each year in which it lies open.
    """
    indexed = said.indexed
    fresh, dig, section, year = _meetings(indexed)
    again = _again(indexed)
    cells = np.concatenate([section * indexed.years + year, again.section * indexed.years + again.year])
    cell, number = np.unique(cells, return_inverse=True)
    prices = indexed.problem.sections["breach_eur"].to_numpy(dtype=float)
    at_section, at_year = np.divmod(cell, indexed.years)
    if not len(cell):
        return
    broken = said.add("broken", prices[at_section] * indexed.run_on[at_year], at_section, at_year)
    rows = len(year)
    rest = indexed.problem.sections["rest_years"].to_numpy()[section]
    back = np.arange(1, min(int(rest.max(initial=0)), indexed.years - 1) + 1)
    row, behind = np.nonzero(back <= rest[:, None])
    earlier = _options(indexed, fresh[row], year[row] - back[behind], row, indexed.profiles.closed)
    now = _options(indexed, dig, year, np.arange(rows), indexed.profiles.open)
    resurfaced, dug = (total(said.does[option], by=at, rows=rows) for at, option in (earlier, now))
    price = total(broken[number[:rows]], by=np.arange(rows), rows=rows)
    said.demand(REST.name, resurfaced + dug - price, "<=", 1.0)
    if len(again.option):
        own = np.arange(len(again.option))
        does, price = (total(of, by=own, rows=len(own)) for of in (said.does[again.option], broken[number[rows:]]))
        said.demand(REST.name, does - price, "<=", 0.0)


def _options(
    indexed: Indexed, work: Whole, year: Whole, row: Whole, of: Callable[[Whole], Years]
) -> tuple[Whole, Whole]:
    """Return per row the options of a work for which a year is one of closing, or an open one (rows, options), each once."""
    years = of(work)
    start = year[years.row] - years.k
    inside = (start >= 0) & (start < len(indexed.factors))
    option = np.where(inside, indexed.option_of[work[years.row], np.where(inside, start, 0)], -1)
    pairs = np.unique(np.c_[row[years.row], option][option >= 0], axis=0)
    return pairs[:, 0], pairs[:, 1]


class _Again(NamedTuple):
    """Options that dig once more where the same work left new paving, with the section and year."""

    option: Whole
    section: Whole
    year: Whole


def _again(indexed: Indexed) -> _Again:
    """Return the options of works that open a section again after they closed it, within its graafrust."""
    works, profiles = indexed.problem.works, indexed.profiles
    both = (works["digs"] & works["resurfaces"]).to_numpy()[indexed.touch_work]
    touch = np.flatnonzero(both)
    closed, opened = (of(indexed.touch_work[touch]) for of in (profiles.closed, profiles.open))
    shut = pd.DataFrame({"row": closed.row, "closes": closed.k})
    met = shut.merge(pd.DataFrame({"row": opened.row, "k": opened.k}), on="row")
    met["touch"] = touch[met["row"]]
    rest = indexed.problem.sections["rest_years"].to_numpy()[indexed.touch_section[met["touch"]]]
    waited = (met["k"] - met["closes"]).to_numpy()
    met = met[(waited > 0) & (waited <= rest)].drop_duplicates(["touch", "k"])
    at = met["touch"].to_numpy(dtype=np.int64)
    row, start = np.nonzero(indexed.option_of[indexed.touch_work[at]] >= 0)
    option = indexed.option_of[indexed.touch_work[at[row]], start]
    return _Again(option, indexed.touch_section[at[row]], start + met["k"].to_numpy(dtype=np.int64)[row])


def _meetings(indexed: Indexed) -> tuple[Whole, Whole, Whole, Whole]:
    """Return each resurfacing work, digging work, section and digging year in which graafrust could be broken."""
    works = indexed.problem.works
    touches = pd.DataFrame({"work": indexed.touch_work, "section": indexed.touch_section})
    fresh = touches[works["resurfaces"].to_numpy()[indexed.touch_work]]
    dug = touches[works["digs"].to_numpy()[indexed.touch_work]]
    pairs = fresh.merge(dug, on="section", suffixes=("_fresh", "_dug"))
    pairs = pairs[pairs["work_fresh"] != pairs["work_dug"]]
    years = np.arange(indexed.years)
    lies, shuts = (_may(indexed, of) for of in (indexed.profiles.open, indexed.profiles.closed))
    opens, closes = shuts.argmax(axis=1), years[-1] - shuts[:, ::-1].argmax(axis=1)
    rest = indexed.problem.sections["rest_years"].to_numpy()[pairs["section"]]
    fresh_work, dug_work = pairs["work_fresh"].to_numpy(), pairs["work_dug"].to_numpy()
    meets = lies[dug_work] & shuts[fresh_work].any(axis=1)[:, None]
    meets &= (years > opens[fresh_work][:, None]) & (years <= (closes[fresh_work] + rest)[:, None])
    pair, year = np.nonzero(meets)
    return fresh_work[pair], dug_work[pair], pairs["section"].to_numpy()[pair], year


def _may(indexed: Indexed, of: Callable[[Whole], Years]) -> Mask:
    """Tell in which years each work may lie open, or close (works x years)."""
    years = of(np.arange(len(indexed.option_of)))
    may = np.zeros((len(indexed.option_of), indexed.years), dtype=bool)
    np.logical_or.at(may, years.row, started_before(indexed.option_of[years.row], years.k, indexed.years) >= 0)
    return may


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the sections that are dug within their graafrust without that being counted."""
    must = broken_rest(problem, outcome.programme)
    counted = must.merge(outcome.broken, on=["section", "year"], how="left", indicator="found")
    wrong = counted[counted["found"] == "left_only"]
    return faults(wrong["section"], year=wrong["year"])


REST = Constraint(
    name="rest",
    nl="graafrust",
    en="no digging after new paving",
    formula=r"\sum_{\tau = u - r_s}^{u - 1} x_{f,\tau} + x_{d,u} \le 1 + b_{s,u}"
    r" \qquad \text{for each resurfacing work } f \text{ and digging work } d \neq f \text{ in section } s",
    about="section",
    demand="the graafrust of {about}",
    fault="digging in {about} in {year}, within its graafrust, is not counted",
    tell=tell,
    judge=judge,
    blocked=never_blocked,
)
