"""A work comes after another by at least or at most so many years, and not without it. (nl: volgorde)."""

import numpy as np
import pandas as pd

from koppelkans.ground.words import say
from koppelkans.programme.constraint import Blocked, Constraint, Outcome, faults
from koppelkans.programme.indexed import Whole, positions
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem, pair_names
from koppelkans.programme.statement import Statement, total
from koppelkans.programme.tied import blocked_by_ties, bounds, broken_ties, is_same_year


def tell(said: Statement) -> None:
    """State that a work is done in a year only if the other one is done in an allowed year."""
    indexed, problem = said.indexed, said.indexed.problem
    ties = problem.ties[~is_same_year(problem.ties)]
    work, other = (indexed.option_of[positions(ties[side], problem.works["work"])] for side in ("work", "other"))
    least, most = bounds(ties)
    years = np.arange(len(indexed.factors))
    between = years[:, None] - years
    tie, year = np.nonzero(work >= 0)
    row = np.arange(len(tie))
    allowed = (between[year] >= least[tie][:, None]) & (between[year] <= most[tie][:, None]) & (other[tie] >= 0)
    at, when = np.nonzero(allowed)
    done = total(said.does[work[tie, year]], by=row, rows=len(row))
    before = total(said.does[other[tie[at], when]], by=at, rows=len(row))
    said.demand(AFTER.name, done - before, "<=", 0.0, about=pair_names(ties).to_numpy()[tie])


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the pairs of works done too soon or too late after each other, or without the other."""
    broken = broken_ties(problem, outcome.programme)
    wrong = broken[~broken["same_year"]]
    return faults(pair_names(wrong), year=wrong["year"])


def blocked(placed: PlacedWorks, works: Whole) -> Blocked:
    """Block the years that come too soon or too late after the other work, or before it."""
    return blocked_by_ties(placed, works, ~is_same_year(placed.problem.ties))


def facts(problem: Problem, about: str, _asking: pd.DataFrame, lang: str) -> dict[str, object]:
    """Return how many years lie between a pair of works, in words."""
    tie = problem.ties[(pair_names(problem.ties) == about) & ~is_same_year(problem.ties)].iloc[0]
    least, most = tie["least_years"], tie["most_years"]
    text = "{least} to {most} year(s) later"
    if pd.isna(most):
        text = "at least {least} year(s) later"
    elif pd.isna(least):
        text = "at most {most} year(s) later"
    return {"span": say(text, lang, least=least, most=most)}


AFTER = Constraint(
    name="after",
    nl="volgorde van werken",
    en="one work after another",
    formula=r"x_{w,t} \le \sum_{\tau = t - n^{\max}}^{t - n^{\min}} x_{v,\tau}"
    r" \qquad \text{for each work } w \text{ that comes } n^{\min} \text{ to } n^{\max} \text{ years after } v",
    about="pair",
    demand="the order of {about}",
    fault="the years between {about} are not as agreed ({year})",
    tell=tell,
    judge=judge,
    blocked=blocked,
    shut="In {year} the order that was agreed with another work would be lost.",
    brief="an agreed order: {about}",
    clash="{about} are done in the agreed order: {span}",
    facts=facts,
)
