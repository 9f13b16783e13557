"""The purses of the works in an opening pay it, none for more than it needs. (nl: betaalde opening)."""

import numpy as np
import pandas as pd
import scipy
from scipy import sparse

from koppelkans.ground.words import euros
from koppelkans.programme.constraint import Blocked, Constraint, Outcome, faults, never_blocked
from koppelkans.programme.indexed import Floats, Mask, Whole, budgets, positions
from koppelkans.programme.judge import derived_blocked
from koppelkans.programme.levels import levels_of
from koppelkans.programme.payers import (
    UNCOVERED,
    Payers,
    bound_funds,
    bound_share,
    has_budget,
    least_share,
    openings_of,
    shares_of,
    silent_owners,
)
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import closed_touches, money_years
from koppelkans.programme.statement import Statement, total

ROUNDING_EUR = 0.01
"""An opening that lacks less than this is paid."""
ORDER = 1e-6
"""Where money lacks it lacks by this little sooner in the first street than in the next, so that the answer is always the same."""


def tell(said: Statement) -> None:
    """State that an opening is paid, no purse beyond its largest share in a work there."""
    indexed, payers = said.indexed, said.indexed.payers
    if payers is None or not len(payers.opening):
        return
    steps = np.arange(len(payers.opening))
    most = total(said.pays, by=steps, rows=len(steps), times=payers.eur)
    climbs = total(said.does[payers.option], by=payers.step, rows=len(steps), times=payers.eur[payers.step])
    said.demand(PAID_OPENING.name, most - climbs, "<=", 0.0)
    opening, row = np.unique(payers.opening, return_inverse=True)
    rows = len(opening)
    cost = total(said.opened[opening], by=np.arange(rows), rows=rows, times=payers.money_eur[opening])
    paid = total(said.pays, by=row, rows=rows, times=payers.eur)
    at = np.searchsorted(opening, payers.free_opening)
    paid += total(said.does[payers.free_option], by=at, rows=rows, times=payers.money_eur[payers.free_opening])
    names = indexed.problem.sections["section"].to_numpy()[indexed.opening_section[opening]]
    said.demand(PAID_OPENING.name, cost - paid, "<=", 0.0, about=names)
    _tell_least(said, payers)


def _tell_least(said: Statement, payers: Payers) -> None:
    """State what purses with a budget pay at least beside owners that declared none."""
    rows = len(payers.least_option)
    wanted = total(said.does[payers.least_option], by=np.arange(rows), rows=rows, times=payers.least_eur)
    step = np.flatnonzero(payers.bound_step)
    asked = pd.DataFrame({"cell": payers.least_opening, "row": np.arange(rows)})
    pays = asked.merge(pd.DataFrame({"cell": payers.opening[step], "step": step}), on="cell")
    paid = total(said.pays[pays["step"]], by=pays["row"].to_numpy(), rows=rows, times=payers.eur[pays["step"]])
    names = said.indexed.problem.sections["section"].to_numpy()
    about = names[said.indexed.opening_section[payers.least_opening]]
    said.demand(PAID_OPENING.name, wanted - paid, "<=", 0.0, about=about)


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the openings that purses cannot pay beside the works, and what they lack (eur)."""
    if not problem.openings_paid:
        return faults(pd.Series(dtype="str"))
    lacking = unpaid(problem, outcome.programme)
    return faults(lacking["section"], year=lacking["year"], amount=lacking["eur"])


def unpaid(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return the openings that no split pays (section, year, eur), as little as can be."""
    names, yearly, carries = budgets(problem)
    bound = bound_funds(yearly)
    shared, money = _payable_by(problem, programme, names, bound)
    none = pd.DataFrame({"section": pd.Series(dtype="str"), "year": pd.Series(dtype="int64"), "eur": 0.0})
    if shared.empty:
        return none
    group, cells = _alike(shared, money)
    left = _left(problem, programme, names, carries=carries, yearly=yearly)
    lacks = _lacking(group, left, carries=carries, first=problem.first_year)
    cells["lacks"] = lacks[cells["group"]]
    before = cells.groupby("group")["eur"].cumsum() - cells["eur"]
    cells["eur"] = np.minimum(cells["eur"], (cells["lacks"] - before).clip(lower=0.0))
    table = cells.groupby(["section", "year"], as_index=False)["eur"].sum()
    return table[table["eur"] > ROUNDING_EUR].reset_index(drop=True)


def _payable_by(
    problem: Problem, programme: pd.DataFrame, names: pd.Series, bound: Mask
) -> tuple[pd.DataFrame, Floats]:
    """Return the largest share of each purse in a level that is opened in a year, and the money of levels.

    As level, year, fund, share, whether that purse has a budget, and the part that those with one pay at least.
    """
    levels = levels_of(problem)
    touch, level = levels.needs()
    every = shares_of(problem, names)
    closed = closed_touches(problem, programme)[["work", "section", "year"]]
    needed = problem.touches.iloc[touch][["work", "section"]].assign(level=level).merge(closed, on=["work", "section"])
    needed["work"] = positions(needed["work"], problem.works["work"])
    needed = needed.drop(columns="section")
    met = needed.merge(every, on="work")
    shared = met.groupby(["level", "year", "fund"], as_index=False)["share"].max()
    money = levels.eur(problem.sections) * problem.opening_factor
    shared["section"] = problem.sections["section"].to_numpy()[levels.section[shared["level"]]]
    shared["bound"] = has_budget(shared["fund"], bound)
    ours = needed.merge(bound_share(every, bound).rename("ours"), on="work").groupby(["level", "year"])["ours"].max()
    share = ours.reindex(pd.MultiIndex.from_frame(shared[["level", "year"]])).fillna(0.0).reset_index(drop=True)
    silent = silent_owners(problem, names[~bound])[levels.section[shared["level"]]]
    shared["least"] = least_share(share, silent).fillna(0.0)
    return shared[money[shared["level"]] > 0], money


def _alike(shared: pd.DataFrame, money: Floats) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add up levels of a year that the same purses may pay for the same shares: they are paid alike.

    Return a row per purse of each group (group, year, fund, most_eur, eur), and the levels (section, year, eur, group).
    """
    words = shared["fund"].astype("str") + ":" + shared["share"].astype("str") + ":" + shared["least"].astype("str")
    cells = (
        shared.assign(words=words)
        .groupby(["level", "year"], as_index=False)
        .agg(section=("section", "first"), words=("words", " ".join))
    )
    cells["eur"] = money[cells["level"]]
    cells = cells.sort_values(["section", "year", "level"], ignore_index=True)
    cells["group"] = cells.groupby(["year", "words"], sort=False).ngroup()
    group = cells.drop_duplicates("group")[["group", "level", "year"]].merge(shared, on=["level", "year"])
    group["eur"] = group["group"].map(cells.groupby("group")["eur"].sum())
    free = (
        (group["share"] * group["eur"]).where(group["fund"] == UNCOVERED, 0.0).groupby(group["group"]).transform("sum")
    )
    group = group.assign(most_eur=group["share"] * group["eur"], owed_eur=group["eur"] - free)
    return group, cells[["section", "year", "eur", "group"]]


def _left(problem: Problem, programme: pd.DataFrame, names: pd.Series, *, carries: Mask, yearly: Floats) -> Floats:
    """Return what the works leave in each purse, per year or up to that year where it carries over (purses x T)."""
    paid = problem.payments.merge(money_years(problem, programme), on="work")
    paid = paid.merge(problem.works[["work", "cost_eur"]], on="work")
    inside = paid[paid["year"].between(problem.run_on.first, problem.run_on.last)]
    spent = np.zeros(yearly.shape)
    at = (positions(inside["fund"], names), inside["year"].to_numpy() - problem.first_year)
    np.add.at(spent, at, (inside["cost_eur"] * inside["share"] * inside["cost_share"]).to_numpy(dtype=float))
    left = np.where(carries[:, None], (yearly - spent).cumsum(axis=1), yearly - spent)
    return np.maximum(left, 0.0)


def _lacking(group: pd.DataFrame, left: Floats, *, carries: Mask, first: int) -> Floats:
    """Return what each group of levels lacks (eur) when all pay as much as they can."""
    count = int(group["group"].max()) + 1
    owed = group.drop_duplicates("group").set_index("group")["owed_eur"].reindex(range(count)).to_numpy(dtype=float)
    paying = group[group["fund"] != UNCOVERED]
    size, years = len(paying), left.shape[1]
    fund, year = paying["fund"].to_numpy(), paying["year"].to_numpy() - first
    until = np.where(carries[fund], years, year + 1)
    span = until - year
    column = np.repeat(np.arange(size), span)
    when = np.arange(len(column)) - np.repeat(np.cumsum(span) - span, span) + year[column]
    spends = sparse.csr_array((np.ones(len(column)), (fund[column] * years + when, column)), shape=(left.size, size))
    pays = sparse.csr_array((np.ones(size), (paying["group"], np.arange(size))), shape=(count, size))
    ours = sparse.csr_array(
        (np.where(paying["bound"], 1.0, 0.0), (paying["group"], np.arange(size))), shape=(count, size)
    )
    least = paying.drop_duplicates("group").set_index("group")[["least", "eur"]].prod(axis=1).reindex(range(count))
    rows = sparse.vstack(
        [
            sparse.hstack([spends, sparse.csr_array((left.size, count))]),
            sparse.hstack([-pays, -sparse.eye_array(count)]),
            sparse.hstack([-ours, -sparse.eye_array(count)]),
        ]
    )
    bounded = np.isfinite(room := np.concatenate([left.ravel(), -owed, -least.fillna(0.0).to_numpy(dtype=float)]))
    price = np.concatenate([np.zeros(size), 1.0 + ORDER * np.arange(count)])
    most = np.concatenate([paying["most_eur"].to_numpy(dtype=float), owed.clip(min=0.0)])
    bounds = np.c_[np.zeros(size + count), most]
    found = scipy.optimize.linprog(price, A_ub=rows.tocsr()[bounded], b_ub=room[bounded], bounds=bounds, method="highs")
    return np.asarray(found.x[size:], dtype=float)


def blocked(placed: PlacedWorks, works: Whole) -> Blocked:
    """Block the years in which the purses could no longer pay every opening."""
    if not placed.problem.openings_paid:
        return never_blocked(placed, works)
    return derived_blocked([PAID_OPENING], placed, works)[0]


def facts(problem: Problem, about: str, asking: pd.DataFrame, lang: str) -> dict[str, object]:
    """Return what an opening costs, as wide as the works that clash need it, in words."""
    every = openings_of(problem, list(problem.works["work"])) | openings_of(problem, list(asking["work"]))
    return {"amount": euros(every[about], lang)}


PAID_OPENING = Constraint(
    name="paid_opening",
    nl="betaalde opening",
    en="paid opening",
    formula=r"\sum_f p_{f,\ell,t} \ge L_\ell\, o_{\ell,t}, \qquad"
    r" p_{f,\ell,t} \le L_\ell \max_{w \text{ needs } \ell} a_{w,f}\, x_{w,t}"
    r" \qquad \text{where } p_{f,\ell,t} \text{ counts against the budget of } f",
    about="section",
    demand="the payment of the opening of {about}",
    fault="the opening of {about} in {year} lacks {amount} euros that no purse can pay",
    tell=tell,
    judge=judge,
    blocked=blocked,
    asked=lambda problem: problem.openings_paid,
    clash="opening {about} costs {amount}, to be paid from the purses of the works in it",
    facts=facts,
    shut="In {year} the purses cannot pay the opening of {about} as well.",
    brief="the purses cannot pay the opening of {about} as well",
)
