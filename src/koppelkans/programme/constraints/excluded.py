"""A work stays out of the years that it was kept out of. (nl: uitgesloten jaren)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Blocked, Constraint, Outcome, blocked_where, faults
from koppelkans.programme.indexed import Whole, positions
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement, total


def tell(said: Statement) -> None:
    """State that the excluded options are not taken."""
    problem = said.indexed.problem
    inside = problem.excluded[problem.excluded["year"].between(problem.horizon.first, problem.horizon.last)]
    work = positions(inside["work"], problem.works["work"])
    options = said.indexed.option_of[work, inside["year"].to_numpy() - problem.first_year]
    at = np.flatnonzero(options >= 0)
    terms = total(said.does[options[at]], by=np.arange(len(at)), rows=len(at))
    said.demand(EXCLUDED.name, terms, "<=", 0.0, about=inside["work"].to_numpy()[at])


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the works that are done in a year that they were kept out of."""
    wrong = problem.excluded.merge(outcome.programme, on=["work", "year"])
    return faults(wrong["work"], year=wrong["year"])


def blocked(placed: PlacedWorks, works: Whole) -> Blocked:
    """Block the years that a work was kept out of."""
    rows = placed.problem.excluded
    out = np.zeros((placed.count, len(rows), placed.problem.years + 1), dtype=bool)
    out[:, :, :-1] = rows["year"].to_numpy()[:, None] == placed.calendar
    work = positions(rows["work"], placed.problem.works["work"])
    return blocked_where(placed, works, out, work=work, names=rows["work"])


def facts(problem: Problem, about: str, _asking: pd.DataFrame, _lang: str) -> dict[str, object]:
    """Return the years that a work was kept out of."""
    out = problem.excluded.loc[problem.excluded["work"] == about, "year"]
    return {"years": ", ".join(str(year) for year in sorted(out))}


EXCLUDED = Constraint(
    name="excluded",
    nl="uitgesloten jaren",
    en="years kept out",
    formula=r"x_{w,t} = 0 \qquad \text{for each year } t \text{ that } w \text{ is kept out of}",
    about="work",
    demand="{about} is kept out of some years",
    fault="{about} is done in {year}, a year that it is kept out of",
    tell=tell,
    judge=judge,
    blocked=blocked,
    shut="{year} was ruled out by a decision.",
    brief="ruled out by a decision",
    clash="{about} is kept out of {years}",
    facts=facts,
)
