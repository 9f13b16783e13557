"""A work with a legal duty, danger or agreement is never left undone. (nl: verplicht)."""

import numpy as np
import pandas as pd

from koppelkans.ground.words import euros, span
from koppelkans.programme.constraint import DUTIES, Blocked, Constraint, Outcome, blocked_where, faults
from koppelkans.programme.indexed import Whole
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement, total


def tell(said: Statement) -> None:
    """State that a mandatory work is done in one of its years."""
    indexed, works = said.indexed, said.indexed.problem.works
    must = works["mandatory"].to_numpy()
    at = np.flatnonzero(must[indexed.option_work])
    row = (np.cumsum(must) - 1)[indexed.option_work[at]]
    terms = total(said.does[at], by=row, rows=int(must.sum()))
    said.demand(MANDATORY.name, terms, ">=", 1.0, about=works.loc[must, "work"])


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the mandatory works that are left undone."""
    works = problem.works
    wrong = works[works["mandatory"] & ~works["work"].isin(outcome.programme["work"])]
    return faults(wrong["work"])


def blocked(placed: PlacedWorks, works: Whole) -> Blocked:
    """Block leaving a mandatory work undone."""
    rows = placed.problem.works.iloc[works]
    left = np.zeros((placed.count, len(works), placed.problem.years + 1), dtype=bool)
    left[:, :, -1] = rows["mandatory"].to_numpy()
    return blocked_where(placed, works, left, work=works, names=rows["work"])


def duties(problem: Problem) -> pd.DataFrame:
    """Return the mandatory works with the years of their window that are planned."""
    must = problem.works[problem.works["mandatory"]]
    first, last = (
        must[f"{side}_year"].clip(problem.horizon.first, problem.horizon.last) for side in ("earliest", "latest")
    )
    return pd.DataFrame({"work": must["work"], "first": first, "last": last}).astype(DUTIES)


def facts(problem: Problem, about: str, _asking: pd.DataFrame, lang: str) -> dict[str, object]:
    """Return the window and the cost of a work in words."""
    row = problem.works.set_index("work").loc[about]
    window = span(row["earliest_year"], row["latest_year"], lang)
    return {"years": window, "amount": euros(float(row["cost_eur"]), lang)}


MANDATORY = Constraint(
    name="mandatory",
    nl="verplicht werk",
    en="mandatory work",
    formula=r"\sum_{t} x_{w,t} = 1 \qquad \text{for each mandatory work } w",
    about="work",
    demand="{about} must be done",
    fault="{about} must be done, but is left undone",
    tell=tell,
    judge=judge,
    blocked=blocked,
    clash="{about} must be done ({years}; {amount})",
    facts=facts,
    duties=duties,
)
