"""A work that was fixed to a year is done in that year. (nl: vastgezet)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import DUTIES, Blocked, Constraint, Outcome, blocked_where, faults
from koppelkans.programme.indexed import Whole, positions
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement, total


def tell(said: Statement) -> None:
    """State that the fixed option is taken."""
    problem, fixed = said.indexed.problem, said.indexed.problem.fixed
    work = positions(fixed["work"], problem.works["work"])
    option = said.indexed.option_of[work, fixed["year"].to_numpy() - problem.first_year]
    terms = total(said.does[option], by=np.arange(len(fixed)), rows=len(fixed))
    said.demand(FIXED.name, terms, ">=", 1.0, about=fixed["work"])


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the fixed works that are not done in their year."""
    kept = problem.fixed.merge(outcome.programme, on=["work", "year"], how="left", indicator="found")
    wrong = kept[kept["found"] == "left_only"]
    return faults(wrong["work"], year=wrong["year"])


def blocked(placed: PlacedWorks, works: Whole) -> Blocked:
    """Block every other year for a work that is done in its fixed year, undone too."""
    rows = placed.problem.fixed
    work = positions(rows["work"], placed.problem.works["work"])
    kept = placed.year[:, work] == rows["year"].to_numpy() - placed.problem.first_year
    shut = np.repeat(kept[:, :, None], placed.problem.years + 1, axis=2)
    return blocked_where(placed, works, shut, work=work, names=rows["work"])


def duties(problem: Problem) -> pd.DataFrame:
    """Return the fixed works with their year."""
    fixed = problem.fixed
    return pd.DataFrame({"work": fixed["work"], "first": fixed["year"], "last": fixed["year"]}).astype(DUTIES)


def facts(problem: Problem, about: str, _asking: pd.DataFrame, _lang: str) -> dict[str, object]:
    """Return the year that a work is fixed to."""
    return {"year": int(problem.fixed.set_index("work")["year"][about])}


FIXED = Constraint(
    name="fixed",
    nl="vastgezet op een jaar",
    en="fixed to a year",
    formula=r"x_{w,t} = 1 \qquad \text{for each work } w \text{ that is fixed to year } t",
    about="work",
    demand="{about} is fixed to its year",
    fault="{about} is not done in {year}, the year that it is fixed to",
    tell=tell,
    judge=judge,
    blocked=blocked,
    shut="{year} was ruled out by a decision.",
    brief="fixed to another year by a decision",
    clash="{about} is fixed to {year}",
    facts=facts,
    duties=duties,
)
