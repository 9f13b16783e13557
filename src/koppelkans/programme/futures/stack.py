"""All futures of a city as the quarters of one large city, so that value and judge look at them all at once. (nl: stapel)."""

from dataclasses import replace

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Outcome
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.futures.draw import Drawn, come_out, repeated
from koppelkans.programme.indexed import Floats, Whole, positions
from koppelkans.programme.problem import Problem
from koppelkans.programme.value import broken_rest, opened_sections, priced

MARK = "\n"
"""Stands between the number of a future and a name; no name holds it."""
NAMES = ("work", "other", "section", "fund", "crew", "limit")
CAME = ("works", "sections", "funds")


def stack(problem: Problem, drawn: Drawn) -> Problem:
    """Return one problem with all futures: they share nothing, for the names of each begin with its number."""
    came = come_out(problem, drawn)
    made = {}
    for name in Problem.TABLES:
        table = getattr(came, name)
        size = len(getattr(problem, name))
        table = table if name in CAME else repeated(table, drawn.count)
        number = np.repeat([f"{at}{MARK}" for at in range(drawn.count)], size)
        marked = {
            column: pd.Series(number + table[column].to_numpy(dtype=object), dtype="str", index=table.index)
            for column in NAMES
            if column in table.columns and size
        }
        made[name] = table.assign(**marked)
    return replace(came, **made)


def programme_of(stacked: Problem, year: Whole) -> pd.DataFrame:
    """Return the programmes of all futures (F x W, counted from the first year; -1 undone) as one."""
    flat = year.ravel()
    done = np.flatnonzero(flat >= 0)
    names = stacked.works["work"].iloc[done].reset_index(drop=True)
    return pd.DataFrame({"work": names, "year": flat[done] + stacked.first_year}).astype({"year": "int64"})


def values(stacked: Problem, programme: pd.DataFrame, count: int) -> Floats:
    """Return the value of the programme of each future, from the plain tables (eur, discounted)."""
    total = np.zeros(count)
    for part, amounts in priced(stacked, programme).items():
        names = stacked.works["work"]
        if part in {"openings_eur", "nuisance_eur", "breach_eur"}:
            names = stacked.sections["section"]
        future = positions(amounts.index.to_series(), names) // max(1, len(names) // count)
        sign = -1.0 if part == "joint_eur" else 1.0
        np.add.at(total, future, sign * amounts.to_numpy(dtype=float))
    return total


def judged(stacked: Problem, programme: pd.DataFrame, count: int, *, unseen: tuple[str, ...] = ()) -> Whole:
    """Return how many demands each future breaks, according to the independent judge; some kinds may be left unseen."""
    outcome = Outcome(programme, opened_sections(stacked, programme), broken_rest(stacked, programme))
    broken = np.zeros(count, dtype=np.int64)
    for piece in CONSTRAINTS:
        if piece.name in unseen:
            continue
        about = piece.judge(stacked, outcome)["about"]
        np.add.at(broken, about.str.split(MARK, n=1).str[0].to_numpy(dtype=np.int64), 1)
    return broken
