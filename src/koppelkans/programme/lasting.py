"""Changes that last: what the city has decided since about budgets and late parties. (nl: blijvende wijzigingen)."""

from collections.abc import Sequence
from difflib import get_close_matches

import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, BudgetChange, Delay
from koppelkans.ground.words import Phrase
from koppelkans.programme.change import delayed


def late_works(works: pd.DataFrame, slips: Sequence[Delay]) -> pd.DataFrame:
    """Return works with the windows of late parties delayed.

    Raises
    ------
    SettingError
        Where a party has no works, with the nearest name.
    """
    known = sorted(set(works["owner"].dropna()))
    faults = [
        _fault(slip.party, _nearest("party", slip.party, known), f"slips.{at}.party")
        for at, slip in enumerate(slips)
        if slip.party not in known
    ]
    _refuse(faults)
    made = works
    for slip in slips:
        made = delayed(made, made["owner"].eq(slip.party).fillna(value=False).astype(bool), slip.years)
    return made


def changed_budgets(budgets: pd.DataFrame, changes: Sequence[BudgetChange]) -> pd.DataFrame:
    """Return budgets (fund, year, budget_eur, basis, ...) with euros added or taken off; never below zero, and then given.

    Raises
    ------
    SettingError
        Where no work draws on a fund, or it has no budget in that year.
    """
    made, faults = budgets, []
    known = sorted(set(budgets["fund"]))
    for at, change in enumerate(changes):
        hit = (made["fund"] == change.fund) & (made["year"] == change.year)
        if change.fund not in known:
            faults.append(_fault(change.fund, _nearest("fund", change.fund, known), f"budgets.{at}.fund"))
        elif not hit.any():
            wanted = Phrase("a year in which {fund} has a budget", fund=change.fund)
            faults.append(_fault(str(change.year), wanted, f"budgets.{at}.year"))
        else:
            left = (made["budget_eur"] + round(change.eur)).clip(lower=0)
            made = made.assign(
                budget_eur=made["budget_eur"].where(~hit, left).astype(budgets["budget_eur"].dtype),
                basis=made["basis"].where(~hit, "given"),
            )
    _refuse(faults)
    return made


def _nearest(sort: str, name: str, known: Sequence[str]) -> Phrase:
    """Say that a name must exist, with the nearest that does."""
    near = get_close_matches(name, known, n=1, cutoff=0.0)
    text = "a {sort} that exists; the nearest name is {near}" if near else "a {sort} that exists"
    return Phrase(text, sort=Phrase(sort), near="".join(near))


def _fault(found: str, wanted: Phrase, key: str) -> Fault:
    """Return a fault in the settings of the programme."""
    return Fault(FILE_NAME, found, wanted, column=f"programme.{key}", fatal=True)


def _refuse(faults: Sequence[Fault]) -> None:
    """Raise the faults, where there are any."""
    if faults:
        raise SettingError(faults)
