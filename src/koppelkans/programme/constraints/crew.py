"""Every crew has hours enough in every year. (nl: menskracht)."""

import numpy as np
import pandas as pd

from koppelkans.programme.capacity import ROUNDING, Capacity, by_profile, in_force, room_facts, short_years
from koppelkans.programme.constraint import Blocked, Constraint, Outcome, blocked_where, faults
from koppelkans.programme.indexed import Whole, positions, yearly
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem, declared
from koppelkans.programme.profiles import money_years
from koppelkans.programme.statement import Statement, total

ROUNDING_H = ROUNDING["h"]
"""Fewer hours over than this are rounding."""


def tell(said: Statement) -> None:
    """State that the hours of the works of a year stay within those of each crew."""
    indexed, problem = said.indexed, said.indexed.problem
    names, hours = yearly(problem, problem.crews, key="crew", value="hours")
    work, crew = positions(problem.efforts["work"], problem.works["work"]), positions(problem.efforts["crew"], names)
    asked = indexed.asked(work, problem.efforts["hours"].to_numpy())
    row = crew[asked.row] * hours.shape[1] + asked.year
    used = total(said.does[asked.option], by=row, rows=hours.size, times=asked.amount)
    said.demand(CREW.name, used, "<=", hours.ravel(), about=np.repeat(names.to_numpy(), hours.shape[1]))


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the crews and years that are short of hours, and by how many."""
    used = load(problem, outcome.programme)
    wrong = used[
        (used["used_h"] > used["available_h"] + ROUNDING_H) & used["crew"].isin(declared(problem.crews, "crew"))
    ]
    return faults(wrong["crew"], year=wrong["year"], amount=wrong["used_h"] - wrong["available_h"])


def load(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return the hours available and used of each crew per year (available_h, used_h)."""
    asked = problem.efforts.merge(money_years(problem, programme), on="work")
    used = (asked["hours"] * asked["cost_share"]).groupby([asked["crew"], asked["year"]]).sum().rename("used_h")
    table = problem.crews.rename(columns={"hours": "available_h"})
    table = table[table["year"].between(problem.run_on.first, problem.run_on.last)]
    table = table.merge(used.reset_index(), on=["crew", "year"], how="left").fillna({"used_h": 0.0})
    return table.sort_values(["crew", "year"], ignore_index=True)


def capacity(problem: Problem) -> Capacity:
    """Return the hours of each crew of declared hours per year, and how many each work asks."""
    names, hours = yearly(problem, problem.crews, key="crew", value="hours")
    work, crew = positions(problem.efforts["work"], problem.works["work"]), positions(problem.efforts["crew"], names)
    asked, never = problem.efforts["hours"].to_numpy(dtype=float), np.zeros(len(names), dtype=bool)
    shared = Capacity(names, hours, never, asks="works", asker=work, holder=crew, amount=asked, unit="h")
    return in_force(by_profile(problem, shared))


def blocked(placed: PlacedWorks, works: Whole) -> Blocked:
    """Block the years in which a crew of the work has too few hours left for it."""
    shared = capacity(placed.problem)
    names = shared.holders.to_numpy(dtype=object)[shared.holder]
    return blocked_where(placed, works, short_years(placed, shared), work=shared.asker, names=names)


def facts(problem: Problem, about: str, asking: pd.DataFrame, lang: str) -> dict[str, object]:
    """Return the hours of a crew in the years of some works, and how many these ask."""
    return room_facts(problem, capacity(problem), about, asking, lang)


CREW = Constraint(
    name="crew",
    nl="uren per ploeg",
    en="hours per crew",
    formula=r"\sum_{w} h_{w,c}\, x_{w,t} \le H_{c,t}",
    about="crew",
    demand="the hours of {about}",
    fault="{about} is short of {amount} hours in {year}",
    tell=tell,
    judge=judge,
    blocked=blocked,
    shut="In {year} {about} has too few hours left.",
    brief="{about} has too few hours left",
    clash="{about} has {amount} hours in {years}; {asked} is asked",
    facts=facts,
    capacity=capacity,
)
