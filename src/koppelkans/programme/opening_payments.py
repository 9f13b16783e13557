"""What purses pay of the openings: the fair part of each, as far as it fits. (nl: openingen betalen)."""

import numpy as np
import pandas as pd

from koppelkans.ground.money import whole_euros
from koppelkans.ground.settings.business import SskPart
from koppelkans.programme.fair.openings import opening_parts
from koppelkans.programme.indexed import Floats, budgets, positions
from koppelkans.programme.levels import opening_eur
from koppelkans.programme.problem import Problem

COLUMNS = {"work": "str", "section": "str", "fund": "str", "share": "float64", "amount_eur": "Int64", "year": "Int64"}


def with_openings(problem: Problem, programme: pd.DataFrame, payments: pd.DataFrame, *, ssk: SskPart) -> pd.DataFrame:
    """Return the payments with what purses pay of the openings behind them.

    The fair part of a work in an opening is paid by the purses of the work, in the shares in which they pay the work itself: so
    no purse pays more of a level than its largest share in one work that needs it. A purse of a declared budget pays as
    far as the works leave it room, in the order of years, sections and works; a purse of which nothing was declared pays
    all of it. What does not fit, or no purse may pay, stays uncovered.

    Parameters
    ----------
    problem, programme
        The problem and the programme.
    payments
        What purses pay of the works themselves, as `payments_table` returns it.
    ssk
        What comes on top of openings, as far as the city declared it.
    """
    met = problem.touches.merge(programme, on="work").merge(problem.works[["work", "owner"]], on="work")
    met = met.merge(problem.sections.drop(columns="name"), on="section").sort_values(["section", "year", "work"])
    met = met.drop_duplicates(["section", "year", "work"]).reset_index(drop=True)
    met["alone_eur"] = whole_euros(pd.Series(opening_eur(met, met["share"]))).astype("int64")
    parts = opening_parts(met[["work", "section", "year", "owner", "alone_eur"]], ssk)
    parts["eur"] = parts["part_eur"] + parts["on_top_eur"]
    shares = problem.payments[["work", "fund", "share"]].sort_values(["work", "fund"])
    asked = parts[["work", "section", "year", "eur"]].merge(shares, on="work")
    asked = asked.sort_values(["fund", "year", "section", "work"], ignore_index=True)
    whole = asked.groupby(["work", "section"])["share"].cumsum()
    until, before = whole.clip(upper=1.0), (whole - asked["share"]).clip(0.0, 1.0)
    asked["amount_eur"] = (until * asked["eur"]).round() - (before * asked["eur"]).round()
    asked["amount_eur"] = _fitting(asked, payments, problem)
    made = asked[asked["amount_eur"] > 0].astype(COLUMNS)[list(COLUMNS)]
    return pd.concat([payments, made], ignore_index=True)


def _fitting(asked: pd.DataFrame, payments: pd.DataFrame, problem: Problem) -> Floats:
    """Return of the asked amounts (in order of fund and year) what fits in each purse beside the works, in whole euros."""
    names, yearly, carries = budgets(problem)
    left = _left(payments, problem, names, yearly)
    left[carries] = left[carries].cumsum(axis=1)
    paid = asked["amount_eur"].to_numpy(dtype=float).copy()
    fund = positions(asked["fund"], names)
    year = asked["year"].to_numpy() - problem.first_year
    for at in np.unique(fund[np.isfinite(yearly[fund]).all(axis=1)]):
        for when in np.unique(year[fund == at]):
            rows = np.flatnonzero((fund == at) & (year == when))
            last = None if carries[at] else when + 1
            room = max(float(np.floor(left[at, when:last].min() + 1e-6)), 0.0)
            before = np.cumsum(paid[rows]) - paid[rows]
            paid[rows] = np.clip(room - before, 0.0, paid[rows])
            left[at, when:last] -= paid[rows].sum()
    return np.asarray(paid, dtype=float)


def _left(payments: pd.DataFrame, problem: Problem, names: pd.Series, yearly: Floats) -> Floats:
    """Return what the works leave in each purse and year (eur), without carrying over."""
    spent = np.zeros(yearly.shape)
    done = payments[payments["year"].notna() & payments["amount_eur"].notna() & payments["fund"].isin(names)]
    done = done[done["year"].between(problem.horizon.first, problem.horizon.last)]
    year = done["year"].to_numpy(dtype="int64") - problem.first_year
    np.add.at(spent, (positions(done["fund"], names), year), done["amount_eur"].to_numpy(dtype=float))
    return np.asarray(yearly - spent)
