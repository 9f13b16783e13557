"""Who pays which share of a work, and what each purse holds per year. (nl: potjes)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.horizon import Horizon, even_yearly
from koppelkans.ground.settings import FILE_NAME, Fund
from koppelkans.rules.purse_sorts import carries_over, kinds_paid, order_of, sort_of

OWN = "own:"
"""Start of the name of the purse of an owner's own money, for works that no declared fund covers."""


_CENT = 1e-6
"""An amount that lacks less than this of a whole euro is whole."""


def who_pays(works: pd.DataFrame, funds: Sequence[Fund], *, among: Sequence[Fund] | None = None) -> pd.DataFrame:
    """Return which fund pays which share of the cost of a work.

    A fund covers a work when its kinds hold the kind of the work (no kinds: any) and its owner is the owner of the
    work (no owner: any), and the law of its sort allows it. Funds pay in the order of `order_of`, each its own share of
    what is left; of funds with the same place shares are scaled only where they add up to more than that, so a part that
    no fund pays stays visible as a gap. A fund on which the programme does not count (`planned`) pays nothing here. A work
    that no declared fund covers is paid by its owner. A fund of the defaults pays only works that have no declared fund
    (`has_purse`).

    Parameters
    ----------
    works
        With the columns work, owner and kind.
    funds
        The declared funds, each with its rules.
    among
        All funds of the city, where `funds` are those of them that still pay.

    Returns
    -------
    Table with work, fund and share (0-1), sorted by work and fund.
    """
    listed = works[["work", "owner", "kind"]].astype("str")
    own_purse = has_purse(listed, funds if among is None else among)
    parts = []
    for fund in funds:
        if fund.planned:
            shares = shares_paid(listed, fund)
            shares = shares.where(~own_purse, 0.0) if fund.stands_in else shares
            made = pd.DataFrame({"work": listed["work"], "fund": fund.fund, "share": shares, "order": order_of(fund)})
            parts.append(made[shares > 0])
    paid = _in_turn(pd.concat([_no_payments().assign(order=pd.Series([], dtype="int64")), *parts], ignore_index=True))
    alone = listed[~listed["work"].isin(paid["work"])]
    own = pd.DataFrame({"work": alone["work"], "fund": OWN + alone["owner"], "share": 1.0})
    return pd.concat([paid, own], ignore_index=True).sort_values(["work", "fund"], ignore_index=True)


def _in_turn(paid: pd.DataFrame) -> pd.DataFrame:
    """Return the shares cut to what funds with an earlier place left."""
    wanted = paid.groupby(["work", "order"], as_index=False)["share"].sum().sort_values(["work", "order"])
    before = (wanted.groupby("work")["share"].cumsum() - wanted["share"]).clip(upper=1.0)
    wanted["cut"] = ((1.0 - before) / wanted["share"]).clip(upper=1.0)
    cut = paid.merge(wanted[["work", "order", "cut"]], on=["work", "order"])
    made = cut.assign(share=cut["share"] * cut["cut"])
    return made.loc[made["share"] > _NOTHING, ["work", "fund", "share"]]


def has_purse(works: pd.DataFrame, funds: Sequence[Fund]) -> pd.Series:
    """Tell for each work whether the city declared a purse for it, or any for its owner.

    A grant, or a purse on which the programme does not count, is no such purse.
    """
    found = pd.Series(data=False, index=works.index)
    for fund in funds:
        if fund.stands_in or not fund.planned or ((sort := sort_of(fund)) and sort.gift):
            continue
        found |= (works["owner"] == fund.owner) if fund.owner else covers(works, fund)
    return found


def covers(works: pd.DataFrame, purse: Fund) -> pd.Series:
    """Tell for each work whether the rules of a fund let it pay, by kind and owner."""
    return shares_paid(works, purse) > 0


def shares_paid(works: pd.DataFrame, purse: Fund) -> pd.Series:
    """Return the largest share of each work that a fund may pay; 0 where it may not."""
    kinds = kinds_paid(purse)
    if kinds is None:
        shares = pd.Series(float(purse.share), index=works.index)
    else:
        shares = works["kind"].astype("object").map(kinds).astype("float64").fillna(0.0)
    return shares.where(works["owner"] == purse.owner, 0.0) if purse.owner else shares


def yearly_budgets(
    payments: pd.DataFrame, works: pd.DataFrame, funds: Sequence[Fund], years: Horizon, *, vat: float = 0.0
) -> pd.DataFrame:
    """Return the yearly budget of each fund drawn upon, and whether the city gave it.

    A budget that was given as one amount holds for every year. Given per year, a year that is not named gets nothing in a
    purse whose sort is given once (credit, reserve, grant), else the mean of the named years, as an assumption. With `even`
    it is assumed: the same amount each year, so much that every work can be paid within its window, times `even_factor`. Formula: even_factor x max over t of (need of the works whose
    window closes in year t or before) / (t - first + 1); at t = last that is the need spread evenly. It is at least the
    dearest amount that is drawn: an assumption does not keep a single work waiting for years. Own money of an owner is such an assumed purse.
    After the last year in which a fund pays, its budget is 0.

    Parameters
    ----------
    payments
        As `who_pays` returns them.
    works
        With the columns work, cost_eur (unknown costs count for nothing here), earliest_year and latest_year.
    funds
        The declared funds.
    years
        The horizon.
    vat
        VAT (share): a purse that pays it as a cost has its budget divided by 1 + VAT, for all that it pays is without.

    Returns
    -------
    Table with fund, name, year, budget_eur (int64), carries_over, basis (given or assumed) and rule.

    Raises
    ------
    SettingError
        Where a budget names a year that is none, or is below zero.
    """
    declared = {fund.fund: fund for fund in funds}
    needs = _needs(payments, works, years)
    parts = [
        _budget(declared.get(name) or _own_fund(name), needs[needs["fund"] == name], years, vat)
        for name in sorted(payments["fund"].unique())
    ]
    columns = {"fund": "str", "name": "str", "year": "int64", "budget_eur": "int64", "carries_over": "bool"}
    columns |= {"basis": "str", "rule": "str"}
    start = pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in columns.items()})
    return pd.concat([start, *parts], ignore_index=True).astype(columns)


def given_budget(fund: Fund, years: Horizon, *, vat: float = 0.0) -> np.ndarray | None:
    """Return the given budget of a fund per year (eur); None where none was given.

    A year that is not named gets nothing or the mean of the named years, and VAT that is a cost is taken off, as in
    `yearly_budgets`.

    Raises
    ------
    SettingError
        Where a budget names a year that is none, or is below zero.
    """
    given = _given(fund, years, vat)
    return None if given is None else np.rint(given.eur)


class _Given(NamedTuple):
    """What the city gave a purse per year of the horizon (eur), and which years it named."""

    eur: np.ndarray
    named: np.ndarray


def _needs(payments: pd.DataFrame, works: pd.DataFrame, years: Horizon) -> pd.DataFrame:
    """Return what each work that can be done in the horizon asks of each fund (eur), with the end of its window."""
    inside = works[(works["earliest_year"] <= years.last) & (works["latest_year"] >= years.first)]
    inside = inside[inside["cost_eur"].notna()][["work", "cost_eur", "latest_year"]]
    needs = payments.merge(inside.astype({"work": "str"}), on="work")
    return needs.assign(amount=needs["cost_eur"].astype(float) * needs["share"])


def _budget(fund: Fund, needs: pd.DataFrame, years: Horizon, vat: float) -> pd.DataFrame:
    """Return the rows of one fund."""
    given = _given(fund, years, vat)
    if given is None:
        budget = np.full(len(years), even_yearly(needs["amount"], needs["latest_year"], years) * fund.even_factor)
        if len(needs):
            budget = np.maximum(budget, needs["amount"].max())
        given = _Given(np.ceil(budget), np.zeros(len(years), dtype=bool))
    budget = given.eur
    if fund.last_year is not None:
        budget = np.where(years.years <= fund.last_year, budget, 0.0)
    return pd.DataFrame(
        {
            "fund": fund.fund,
            "name": fund.name or fund.fund,
            "year": years.years,
            "budget_eur": np.rint(budget).astype(np.int64),
            "carries_over": carries_over(fund),
            "basis": np.where(given.named, "given", "assumed"),
            "rule": fund.rule,
        }
    )


def _given(fund: Fund, years: Horizon, vat: float) -> _Given | None:
    """Return the budget (eur, without VAT) that the city gave for each year of the horizon; None where it gave no amount at all."""
    if isinstance(fund.budget_eur, str) or fund.budget_eur == {}:
        return None
    if isinstance(fund.budget_eur, int):
        amounts = dict.fromkeys((str(year) for year in years.years), fund.budget_eur)
    else:
        amounts = dict(fund.budget_eur)
    faults = [
        Fault(
            FILE_NAME, f"{year} = {amount}", "a year and an amount of 0 or more", column=f"funds.{fund.fund}.budget_eur"
        )
        for year, amount in amounts.items()
        if not year.isdigit() or amount < 0
    ]
    if faults:
        raise SettingError(faults)
    sort = sort_of(fund)
    elsewhere = 0.0 if sort and sort.once else float(np.mean(list(amounts.values())))
    named = np.array([str(year) in amounts for year in years.years], dtype=bool)
    budget = np.array([amounts.get(str(year), elsewhere) for year in years.years], dtype=float)
    if fund.vat == "cost":
        budget = np.floor(budget / (1.0 + vat) + _CENT)
    return _Given(budget, named | bool(sort and sort.once) | (not named.any()))


def _own_fund(name: str) -> Fund:
    """Return the purse of an owner's own money."""
    owner = name.removeprefix(OWN)
    return Fund(
        fund=name, name=f"Eigen middelen {owner}", owner=owner, rule="Eigen geld van de partij; bedrag aangenomen."
    )


def _no_payments() -> pd.DataFrame:
    """Return a table of payments without rows."""
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in _PAYMENT_COLUMNS.items()})


_NOTHING = 1e-12
_PAYMENT_COLUMNS = {"work": "str", "fund": "str", "share": "float64"}
