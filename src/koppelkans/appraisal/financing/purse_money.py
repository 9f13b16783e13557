"""Every purse with its money, and what the mix makes of it. (nl: geld in de potjes)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from koppelkans.appraisal.financing.mix import PurseOffer
from koppelkans.appraisal.financing.product import PURSES
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import Fund, Settings
from koppelkans.ground.tables import empty
from koppelkans.rules.purse_sorts import carries_over, forbidden_kinds, order_of, sort_of
from koppelkans.rules.purses import OWN, given_budget, has_purse

NO_RULE = {"nl": "Geen regel gegeven.", "en": "No rule was given."}


def purses_of(settings: Settings, works: pd.DataFrame, charged: pd.DataFrame) -> list[PurseOffer]:
    """Return the purses that pay: those that the programme charged, and those beside it.

    A purse on which the programme counts pays what it was charged, also the own money of a party that declared no purse. A
    purse on which it does not count pays by its rules; without an amount it holds nothing.

    Parameters
    ----------
    settings
        Funds and parties.
    works
        `work`, `owner` and `kind` of the works to be paid.
    charged
        `work`, `fund` and `amount_eur`: what the programme charges.
    """
    years, vat = settings.years, settings.appraisal.business.ssk.vat.value
    sums = charged.groupby(["fund", "work"])["amount_eur"].sum()
    paid = {str(fund): part.droplevel("fund").to_dict() for fund, part in sums.groupby(level="fund")}
    without = frozenset(works.loc[~has_purse(works, settings.funds), "work"])
    made = [
        PurseOffer(
            fund,
            _money(fund, years, vat),
            without if fund.stands_in else None,
            paid.get(fund.fund, {}) if fund.planned else None,
        )
        for fund in settings.funds
        if not fund.stands_in or fund.fund in paid
    ]
    names = {party.party: party.name for party in settings.parties}
    for name in sorted(paid.keys() - {fund.fund for fund in settings.funds}):
        owner = name.removeprefix(OWN)
        own = Fund(fund=name, name=names.get(owner) or owner, owner=owner, sort="eigen")
        made.append(PurseOffer(own, None, frozenset(paid[name]), paid[name]))
    return made


def _money(fund: Fund, years: Horizon, vat: float) -> np.ndarray | None:
    """Return the budget of a purse per year; None where it has no limit."""
    budget = given_budget(fund, years, vat=vat)
    if budget is None:
        return None if fund.planned else np.zeros(len(years))
    late = years.years > fund.last_year if fund.last_year is not None else np.zeros(len(years), dtype=bool)
    return np.where(late, 0.0, budget)


def holder_of(purses: Sequence[PurseOffer]) -> dict[str, str]:
    """Return the party that holds each purse, for purses with an owner."""
    return {purse.fund.fund: purse.fund.owner for purse in purses if purse.fund.owner}


def purse_table(
    purses: Sequence[PurseOffer], paid: pd.DataFrame, works: pd.DataFrame, *, years: Horizon
) -> pd.DataFrame:
    """Return every purse with its rule and its money; own money only where it is used.

    Parameters
    ----------
    purses
        The purses.
    paid
        `work`, `fund` and `amount_eur`.
    works
        `work` and `year`.
    years
        The years of the budgets.
    """
    spent = paid.merge(works[["work", "year"]], on="work").groupby(["fund", "year"])["amount_eur"].sum()
    rows = []
    for purse in purses:
        fund, sort = purse.fund, sort_of(purse.fund)
        yearly = np.array([int(spent.get((fund.fund, year), 0)) for year in years.years.tolist()])
        if fund.fund.startswith(OWN) and not yearly.sum() and not purse.charged:
            continue
        unlimited = purse.budget is None
        bare = given_budget(fund, years) is None and not unlimited
        rows.append(
            {
                "fund": fund.fund, "name": fund.name or fund.fund, "holder": fund.owner or None, "sort": fund.sort or None,
                "order": order_of(fund), "last_year": fund.last_year, "others_share": fund.others_share,
                "budget_eur": None if unlimited or bare else int(np.rint(purse.budget.sum())),  # type: ignore[union-attr]
                "charged_eur": sum((purse.charged or {}).values()), "used_eur": int(yearly.sum()), "lapsed_eur": None if unlimited or bare else lapsed(purse, yearly, years),
                "basis": "assumed" if unlimited else "unknown" if bare else "given",
                "forbidden": ", ".join(forbidden_kinds(fund)) or None,
                "rule_nl": _rule(fund, "nl"), "rule_en": _rule(fund, "en"),
                "source": fund.source or (sort.source if sort else "koppelkans.toml"),
                "status": fund.status if fund.source or not sort else sort.status,
            }
        )  # fmt: skip
    if not rows:
        return empty(PURSES)
    return pd.DataFrame(rows).astype({"budget_eur": "Int64", "lapsed_eur": "Int64", "last_year": "Int64"})


def lapsed(purse: PurseOffer, spent: np.ndarray, years: Horizon) -> int:
    """Return the money of a purse that lapses: yearly without carry-over, else at its deadline."""
    if purse.budget is None:
        return 0
    left = np.rint(purse.budget - spent).astype("int64")
    if not carries_over(purse.fund):
        return int(left.sum())
    ended = purse.fund.last_year is not None and purse.fund.last_year <= years.last
    return int(left.sum()) if ended else 0


def _rule(fund: Fund, lang: str) -> str:
    """Return the rule of a purse in words: what the city wrote (in its own language), then that of its sort."""
    sort = sort_of(fund)
    parts = [fund.rule, getattr(sort, f"rule_{lang}") if sort else ""]
    return " ".join(part for part in parts if part) or NO_RULE[lang]
