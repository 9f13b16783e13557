"""Every purse suffices in every year; what is left may be carried over, never borrowed. (nl: budget)."""

import numpy as np
import pandas as pd

from koppelkans.programme.capacity import ROUNDING, Capacity, by_profile, in_force, room_facts, short_years
from koppelkans.programme.constraint import Blocked, Constraint, Outcome, blocked_where, faults
from koppelkans.programme.indexed import Whole, budgets, positions
from koppelkans.programme.payers import UNCOVERED, Payers, openings_of
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem, declared
from koppelkans.programme.profiles import money_years
from koppelkans.programme.statement import RowSums, Statement, total

ROUNDING_EUR = ROUNDING["eur"]
"""Overdrawing less than this is rounding."""


def tell(said: Statement) -> None:
    """State that spending stays within the budget, summed over years where a fund carries over."""
    indexed, problem = said.indexed, said.indexed.problem
    names, yearly, carries = budgets(problem)
    budget = np.where(carries[:, None], yearly.cumsum(axis=1), yearly)
    work, fund = positions(problem.payments["work"], problem.works["work"]), positions(problem.payments["fund"], names)
    asked = indexed.asked(work, problem.works["cost_eur"].to_numpy()[work] * problem.payments["share"].to_numpy())
    label, fund, amount, year = said.does[asked.option], fund[asked.row], asked.amount, asked.year
    if indexed.payers is not None:
        opening, of_opening = _openings_paid(said, indexed.payers)
        label, fund = np.concatenate([label, opening.label]), np.concatenate([fund, of_opening])
        amount, year = np.concatenate([amount, opening.factor]), np.concatenate([year, opening.row])
    years = budget.shape[1]
    until = np.where(carries[fund], years, year + 1)
    span = until - year
    again = np.repeat(np.arange(len(label)), span)
    counted = year[again] + np.arange(len(again)) - np.repeat(np.cumsum(span) - span, span)
    row = fund[again] * years + counted
    spent = total(label[again], by=row, rows=budget.size, times=amount[again])
    said.demand(BUDGET.name, spent, "<=", budget.ravel(), about=np.repeat(names.to_numpy(), years))


def _openings_paid(said: Statement, payers: Payers) -> tuple[RowSums, Whole]:
    """Return what openings ask of purses: their columns and euros by year, and the purse of each."""
    indexed, ours = said.indexed, payers.fund != UNCOVERED
    sole = payers.sole_fund != UNCOVERED
    opening = payers.sole_opening[sole]
    label = np.concatenate([said.pays[ours], said.opened[opening]])
    year = indexed.opening_year[np.concatenate([payers.opening[ours], opening])]
    eur = np.concatenate([payers.eur[ours], payers.money_eur[opening] * payers.sole_share[sole]])
    fund = np.concatenate([payers.fund[ours], payers.sole_fund[sole]])
    return total(label, by=year, rows=indexed.years, times=eur), fund


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the funds and years that are overdrawn, and by how much (eur)."""
    left = balance(problem, outcome.programme)
    wrong = left[(left["left_eur"] < -ROUNDING_EUR) & left["fund"].isin(declared(problem.funds, "fund"))]
    return faults(wrong["fund"], year=wrong["year"], amount=-wrong["left_eur"])


def balance(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return the balance of each fund per year (fund, year, spent_eur, left_eur)."""
    paid = problem.payments.merge(money_years(problem, programme), on="work")
    paid = paid.merge(problem.works[["work", "cost_eur"]], on="work")
    eur = paid["cost_eur"] * paid["share"] * paid["cost_share"]
    spent = eur.groupby([paid["fund"], paid["year"]]).sum().rename("spent_eur")
    table = problem.funds.merge(spent.reset_index(), on=["fund", "year"], how="left").fillna({"spent_eur": 0.0})
    table = table.sort_values(["fund", "year"], ignore_index=True)
    rest = table["budget_eur"] - table["spent_eur"]
    table["left_eur"] = rest.groupby(table["fund"]).cumsum().where(table["carries_over"], rest)
    inside = table["year"].between(problem.run_on.first, problem.run_on.last)
    return table.loc[inside, ["fund", "year", "spent_eur", "left_eur"]].reset_index(drop=True)


def capacity(problem: Problem) -> Capacity:
    """Return what each fund of a declared budget holds per year, and what each work asks of it."""
    names, yearly, carries = budgets(problem)
    work, fund = positions(problem.payments["work"], problem.works["work"]), positions(problem.payments["fund"], names)
    amount = problem.works["cost_eur"].to_numpy(dtype=float)[work] * problem.payments["share"].to_numpy(dtype=float)
    shared = Capacity(names, yearly, carries, asks="works", asker=work, holder=fund, amount=amount, unit="eur")
    return in_force(by_profile(problem, shared))


def blocked(placed: PlacedWorks, works: Whole) -> Blocked:
    """Block the years in which a fund has too little left for a work that it pays."""
    shared = capacity(placed.problem)
    names = shared.holders.to_numpy(dtype=object)[shared.holder]
    return blocked_where(placed, works, short_years(placed, shared), work=shared.asker, names=names)


def facts(problem: Problem, about: str, asking: pd.DataFrame, lang: str) -> dict[str, object]:
    """Return what a fund has in the years of some works, and what these ask of it, in words.

    With their openings, where purses pay these.
    """
    streets = openings_of(problem, list(asking["work"]), fund=about) if problem.openings_paid else {}
    return room_facts(problem, capacity(problem), about, asking, lang, beside=sum(streets.values()))


BUDGET = Constraint(
    name="budget",
    nl="budget per potje",
    en="budget per purse",
    formula=r"\sum_{\tau \le t} \sum_{w} a_{w,f}\, c_w\, x_{w,\tau} \le \sum_{\tau \le t} B_{f,\tau}"
    r" \;\text{ where } f \text{ carries over, else }\; \sum_{w} a_{w,f}\, c_w\, x_{w,t} \le B_{f,t}",
    about="fund",
    demand="the budget of {about}",
    fault="{about} is overdrawn in {year} by {amount} euros",
    tell=tell,
    judge=judge,
    blocked=blocked,
    shut="In {year} or later there is too little money left in {about}.",
    brief="too little money left in {about}",
    clash="{about} has {amount} in {years}; {asked} is asked",
    facts=facts,
    capacity=capacity,
)
