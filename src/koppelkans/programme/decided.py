"""Decisions and agreements about works, and changes that last, as tables. (nl: besluiten en afspraken)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import FILE_NAME, BudgetChange, Decision, Delay, ProgrammePart
from koppelkans.ground.words import Phrase
from koppelkans.programme.change import NOT_GIVEN, delayed
from koppelkans.programme.problem import declared

TIES = {"work": "str", "other": "str", "least_years": "Int64", "most_years": "Int64", "reason": "str"}
PROMISES = {"work": "str", "year": "int64", "move_eur": "Int64", "basis": "str", "made_to": "str"}
JOINTS = {"work": "str", "other": "str", "saving_eur": "int64", "reason": "str"}


@dataclass(frozen=True)
class Agreed:
    """Agreements as tables.

    Parameters
    ----------
    ties
        work, other, least_years, most_years (unknown: no bound), reason.
    promises
        work, year, move_eur (unknown where the cost of the work is), basis (given or assumed), made_to.
    joints
        work, other, saving_eur, reason.
    """

    ties: pd.DataFrame
    promises: pd.DataFrame
    joints: pd.DataFrame


def agreed(works: pd.DataFrame, part: ProgrammePart, *, move_share: float) -> Agreed:
    """Return what the city agreed, each pair and each promised work once, sorted.

    A promise without a price costs `move_share` of the cost of the work when it is moved, and says that this is assumed.

    Parameters
    ----------
    works
        With the columns work and cost_eur (may be unknown).
    part
        Ties, promises and joints of the settings.
    move_share
        Key figure: the price of moving a promise as a share of the cost of the work.

    Raises
    ------
    SettingError
        For each work that does not exist, with the nearest name, and each pair or promise that stands there twice.
    """
    faults = _agreement_faults(part, set(works["work"]))
    if faults:
        raise SettingError(faults)
    ties = _agreement_table([(tie.work, tie.other, tie.least, tie.most, tie.reason) for tie in part.ties], TIES)
    joints = _agreement_table([(one.work, one.other, one.saving_eur, one.reason) for one in part.joints], JOINTS)
    rows = [(one.work, one.year, one.move_eur, "given", one.made_to) for one in part.promises]
    promises = _agreement_table(rows, PROMISES)
    cost = promises["work"].map(works.set_index("work")["cost_eur"]).astype("Float64")
    assumed = promises["move_eur"].isna()
    promises["move_eur"] = promises["move_eur"].fillna((cost * move_share).round().astype("Int64"))
    promises["basis"] = promises["basis"].where(~assumed, "assumed")
    return Agreed(
        ties.sort_values(["work", "other"], ignore_index=True),
        promises.sort_values("work", ignore_index=True),
        joints.sort_values(["work", "other"], ignore_index=True),
    )


def within(agreements: Agreed, works: pd.Series) -> tuple[Agreed, pd.DataFrame]:
    """Return agreements between works inside, and the ties of which only one work is."""
    tied = agreements.ties["work"].isin(works) & agreements.ties["other"].isin(works)
    joined = agreements.joints["work"].isin(works) & agreements.joints["other"].isin(works)
    half = agreements.ties["work"].isin(works) & ~tied
    inside = Agreed(
        agreements.ties[tied].reset_index(drop=True),
        agreements.promises[agreements.promises["work"].isin(works)].reset_index(drop=True),
        agreements.joints[joined].reset_index(drop=True),
    )
    return inside, agreements.ties[half].reset_index(drop=True)


def _agreement_faults(part: ProgrammePart, known: set[str]) -> list[Fault]:
    """Return what cannot be used in the agreements, each with its key."""
    faults: list[Fault] = []
    for key, sides, entries in (
        ("ties", ("work", "other"), part.ties),
        ("promises", ("work",), part.promises),
        ("joints", ("work", "other"), part.joints),
    ):
        names = [tuple(str(getattr(entry, side)) for side in sides) for entry in entries]
        faults += _strangers(names, f"programme.{key}", sides, known)
        seen: set[object] = set()
        for at, name in enumerate(names):
            label = frozenset(name) if key == "joints" else name
            if label in seen:
                place, found = f"programme.{key}.{at}.work", " + ".join(name)
                faults.append(Fault(FILE_NAME, found, "each of them once", column=place, fatal=True))
            seen.add(label)
    return faults


def _strangers(names: Iterable[tuple[str, ...]], key: str, sides: Sequence[str], known: set[str]) -> list[Fault]:
    """Return a fault for each work that does not exist, with the nearest name."""
    faults = []
    for at, named in enumerate(names):
        for side, name in zip(sides, named, strict=True):
            if name not in known:
                near = get_close_matches(name, sorted(known), n=1, cutoff=0.0)
                wanted = "a work that exists" + (f"; the nearest name is {near[0]}" if near else "")
                faults.append(Fault(FILE_NAME, name, wanted, column=f"{key}.{at}.{side}", fatal=True))
    return faults


def _agreement_table(rows: Sequence[tuple[object, ...]], columns: dict[str, str]) -> pd.DataFrame:
    """Return agreements as a table."""
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


DECISIONS = "programme.decisions"


@dataclass(frozen=True)
class Decided:
    """Works fixed to a year and years that works are kept out of (work, year, reason, set_by)."""

    fixed: pd.DataFrame
    excluded: pd.DataFrame


def decided(works: pd.DataFrame, decisions: Sequence[Decision], *, horizon: Horizon) -> Decided:
    """Return the decisions on works as tables of fixed and excluded years.

    A work that is certain (vast) and has a window of one year is fixed to it. A decision goes before the certainty,
    and a fixed year before the window of the work.

    Raises
    ------
    SettingError
        For each decision about a work that does not exist, with the nearest name; about a work twice; or fixed to a year
        that is not planned or that it is kept out of.
    """
    faults = _decision_faults(works, decisions, horizon)
    if faults:
        raise SettingError(faults)
    fixed = _decision_table([(d.work, d.year, d.reason, d.set_by) for d in decisions if d.year is not None])
    excluded = _decision_table(
        [(d.work, year, d.reason, d.set_by) for d in decisions for year in sorted(set(d.not_years))]
    )
    certain = works[(works["certainty"] == "vast") & (works["earliest_year"] == works["latest_year"])]
    certain = certain[certain["earliest_year"].between(horizon.first, horizon.last)]
    certain = certain[~certain["work"].isin([d.work for d in decisions])]
    firm = pd.DataFrame({"work": certain["work"], "year": certain["earliest_year"]})
    both = pd.concat([fixed, firm], ignore_index=True).astype(DECISION_COLUMNS)
    return Decided(
        both.sort_values("work", ignore_index=True), excluded.sort_values(["work", "year"], ignore_index=True)
    )


def _decision_faults(works: pd.DataFrame, decisions: Sequence[Decision], horizon: Horizon) -> list[Fault]:
    """Return what cannot be used in the decisions."""
    known = set(works["work"])
    names = [decision.work for decision in decisions]
    faults = []
    for at, decision in enumerate(decisions):
        place = f"{DECISIONS}.{at}"
        if decision.work not in known:
            near = get_close_matches(decision.work, sorted(known), n=1, cutoff=0.0)
            wanted = f"a work that exists; the nearest name is {near[0]}" if near else "a work that exists"
            faults.append(Fault(FILE_NAME, decision.work, wanted, column=f"{place}.work", fatal=True))
        if names.index(decision.work) < at:
            faults.append(Fault(FILE_NAME, decision.work, "one decision per work", column=f"{place}.work", fatal=True))
        if decision.year is None:
            continue
        if not horizon.first <= decision.year <= horizon.last:
            wanted = f"a year of {horizon.first}-{horizon.last}"
            faults.append(Fault(FILE_NAME, str(decision.year), wanted, column=f"{place}.year", fatal=True))
        elif decision.year in decision.not_years:
            wanted = "a year that the work is not kept out of"
            faults.append(Fault(FILE_NAME, str(decision.year), wanted, column=f"{place}.year", fatal=True))
    return faults


def _decision_table(rows: list[tuple[str, int, str, str]]) -> pd.DataFrame:
    """Return decisions as a table."""
    return pd.DataFrame(rows, columns=list(DECISION_COLUMNS)).astype(DECISION_COLUMNS)


DECISION_COLUMNS = {"work": "str", "year": "int64", "reason": "str", "set_by": "str"}


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
    """Return budgets with the euros that were added or taken off, by fund and year.

    Never below zero; a changed budget counts as given.

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
        elif change.fund not in set(declared(budgets, "fund")):
            faults.append(_fault(change.fund, NOT_GIVEN, f"budgets.{at}.fund"))
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
