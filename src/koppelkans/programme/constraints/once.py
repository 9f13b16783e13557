"""A work is done at most once, and within its window. (nl: een keer)."""

import numpy as np
import pandas as pd

from koppelkans.ground.words import span
from koppelkans.programme.constraint import Blocked, Constraint, Outcome, blocked_where, faults
from koppelkans.programme.indexed import Whole
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement, total


def tell(said: Statement) -> None:
    """State at most one year per work, and none outside its window."""
    indexed = said.indexed
    works, work = indexed.problem.works, indexed.option_work
    said.demand(ONCE.name, total(said.does, by=work, rows=len(works)), "<=", 1.0)
    year = indexed.option_year + indexed.problem.first_year
    outside = (year < works["earliest_year"].to_numpy()[work]) | (year > works["latest_year"].to_numpy()[work])
    at = np.flatnonzero(outside)
    terms = total(said.does[at], by=np.arange(len(at)), rows=len(at))
    said.demand(ONCE.name, terms, "<=", 0.0, about=works["work"].to_numpy()[work[at]])


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name works that stand in the programme twice, or outside their window or the horizon."""
    placed = outcome.programme.merge(problem.works[["work", "earliest_year", "latest_year"]], on="work", how="left")
    unknown = placed["earliest_year"].isna()
    outside = (placed["year"] < placed["earliest_year"]) | (placed["year"] > placed["latest_year"])
    outside |= ~placed["year"].between(problem.horizon.first, problem.horizon.last)
    wrong = placed[placed.duplicated("work") | outside | unknown]
    return faults(wrong["work"], year=wrong["year"])


def blocked(placed: PlacedWorks, works: Whole) -> Blocked:
    """Block the years outside the window of a work."""
    rows = placed.problem.works.iloc[works]
    first, last = (rows[f"{side}_year"].to_numpy()[:, None] for side in ("earliest", "latest"))
    outside = np.zeros((placed.count, len(works), placed.problem.years + 1), dtype=bool)
    outside[:, :, :-1] = (placed.calendar < first) | (placed.calendar > last)
    return blocked_where(placed, works, outside, work=works, names=rows["work"])


def facts(problem: Problem, about: str, _asking: pd.DataFrame, lang: str) -> dict[str, object]:
    """Return the window of a work in words."""
    row = problem.works.set_index("work").loc[about]
    return {"years": span(row["earliest_year"], row["latest_year"], lang)}


ONCE = Constraint(
    name="once",
    nl="een keer, binnen het venster",
    en="once, within its window",
    formula=r"\sum_{t} x_{w,t} \le 1 \qquad x_{w,t} = 0 \;\text{ for } t < e_w \text{ or } t > l_w",
    about="work",
    demand="the window of {about}",
    fault="{about} is done twice or outside its window ({year})",
    tell=tell,
    judge=judge,
    blocked=blocked,
    clash="{about} may only be done in {years}",
    facts=facts,
    one_year=True,
)
