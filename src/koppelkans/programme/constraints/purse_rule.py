"""A purse pays only the kinds of work that it is meant for. (nl: regel van een potje)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Blocked, Constraint, Outcome, blocked_where, faults
from koppelkans.programme.indexed import Mask, Whole
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import Statement, total


def tell(said: Statement) -> None:
    """State that a work which draws on a purse that may not pay its kind is not done."""
    indexed = said.indexed
    barred = unpayable(indexed.problem)
    at = np.flatnonzero(barred[indexed.option_work])
    terms = total(said.does[at], by=np.arange(len(at)), rows=len(at))
    names = indexed.problem.works["work"].to_numpy()[indexed.option_work[at]]
    said.demand(PURSE_RULE.name, terms, "<=", 0.0, about=names)


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the works that are done at the cost of a purse that may not pay them."""
    barred = problem.works.loc[unpayable(problem), "work"]
    wrong = outcome.programme[outcome.programme["work"].isin(barred)]
    return faults(wrong["work"], year=wrong["year"])


def unpayable(problem: Problem) -> Mask:
    """Tell which works draw on a purse that may not pay their kind."""
    ruled = problem.payments["fund"].isin(problem.fund_rules["fund"]) & (problem.payments["share"] > 0)
    drawn = problem.payments[ruled].merge(problem.works[["work", "kind"]], on="work")
    found = drawn.merge(problem.fund_rules, on=["fund", "kind"], how="left", indicator="rule")
    barred = found.loc[found["rule"] == "left_only", "work"]
    return np.asarray(problem.works["work"].isin(barred), dtype=bool)


def blocked(placed: PlacedWorks, works: Whole) -> Blocked:
    """Block every year for a work that draws on a purse that may not pay its kind."""
    shut = np.zeros((placed.count, len(works), placed.problem.years + 1), dtype=bool)
    shut[:, :, :-1] = unpayable(placed.problem)[works][:, None]
    return blocked_where(placed, works, shut, work=works, names=placed.problem.works["work"].iloc[works])


PURSE_RULE = Constraint(
    name="purse_rule",
    nl="regel van een potje",
    en="rule of a purse",
    formula=r"x_{w,t} = 0 \qquad \text{where } a_{w,f} > 0 \text{ for a fund } f \text{ that may not pay works of the kind of } w",
    about="work",
    demand="the rule of the purse that pays {about}",
    fault="{about} is done in {year} at the cost of a purse that may not pay its kind",
    tell=tell,
    judge=judge,
    blocked=blocked,
    shut="The purse that pays it may not pay this kind of work.",
    brief="the purse that pays it may not pay this kind of work",
    clash="{about} is paid from a purse that may not pay its kind",
)
