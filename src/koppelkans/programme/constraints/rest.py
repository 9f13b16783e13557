"""Graafrust: digging within so many years after new paving is possible, but has a price. (nl: graafrust)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome, faults, never_blocked
from koppelkans.programme.indexed import Indexed, Whole
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement, total
from koppelkans.programme.value import broken_rest


def tell(said: Statement) -> None:
    """State the graafrust: digging within the rest period after a resurfacing is paid for.

    One row per resurfacing work, digging work, section and year, over the whole rest period before that year.
    """
    indexed = said.indexed
    fresh, dig, section, year = _meetings(indexed)
    cell, number = np.unique(section * len(indexed.factors) + year, return_inverse=True)
    prices = indexed.problem.sections["breach_eur"].to_numpy(dtype=float)
    at_section, at_year = np.divmod(cell, len(indexed.factors))
    if not len(year):
        return
    broken = said.add("broken", prices[at_section] * indexed.factors[at_year], at_section, at_year)
    rows = len(year)
    rest = indexed.problem.sections["rest_years"].to_numpy()[section]
    back = np.arange(1, min(int(rest.max()), len(indexed.factors) - 1) + 1)
    before = year[:, None] - back
    earlier = np.where((before >= 0) & (back <= rest[:, None]), indexed.option_of[fresh[:, None], before], -1)
    row, column = np.nonzero(earlier >= 0)
    resurfaced = total(said.does[earlier[row, column]], by=row, rows=rows)
    dug = total(said.does[indexed.option_of[dig, year]], by=np.arange(rows), rows=rows)
    price = total(broken[number], by=np.arange(rows), rows=rows)
    said.demand(REST.name, resurfaced + dug - price, "<=", 1.0)


def _meetings(indexed: Indexed) -> tuple[Whole, Whole, Whole, Whole]:
    """Return each resurfacing work, digging work, section and digging year in which graafrust could be broken."""
    works = indexed.problem.works
    touches = pd.DataFrame({"work": indexed.touch_work, "section": indexed.touch_section})
    fresh = touches[works["resurfaces"].to_numpy()[indexed.touch_work]]
    dug = touches[works["digs"].to_numpy()[indexed.touch_work]]
    pairs = fresh.merge(dug, on="section", suffixes=("_fresh", "_dug"))
    pairs = pairs[pairs["work_fresh"] != pairs["work_dug"]]
    years = np.arange(len(indexed.factors))
    window = indexed.option_of >= 0
    opens, closes = window.argmax(axis=1), years[-1] - window[:, ::-1].argmax(axis=1)
    rest = indexed.problem.sections["rest_years"].to_numpy()[pairs["section"]]
    fresh_work, dug_work = pairs["work_fresh"].to_numpy(), pairs["work_dug"].to_numpy()
    meets = window[dug_work] & window[fresh_work].any(axis=1)[:, None]
    meets &= (years > opens[fresh_work][:, None]) & (years <= (closes[fresh_work] + rest)[:, None])
    pair, year = np.nonzero(meets)
    return fresh_work[pair], dug_work[pair], pairs["section"].to_numpy()[pair], year


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
