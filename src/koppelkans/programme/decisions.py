"""What people decided about works: fixed to a year, or kept out of years. (nl: besluiten)."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import FILE_NAME, Decision

KEY = "programme.decisions"


@dataclass(frozen=True)
class Decided:
    """Works fixed to a year and years that works are kept out of (work, year, reason, set_by)."""

    fixed: pd.DataFrame
    excluded: pd.DataFrame


def decided(works: pd.DataFrame, decisions: Sequence[Decision], *, horizon: Horizon) -> Decided:
    """Return the decisions as tables; a work that is certain (vast) and has a window of one year is fixed to it.

    A decision goes before the certainty, and a fixed year before the window of the work.

    Raises
    ------
    SettingError
        For each decision about a work that does not exist, with the nearest name; about a work twice; or fixed to a year
        that is not planned or that it is kept out of.
    """
    faults = _faults(works, decisions, horizon)
    if faults:
        raise SettingError(faults)
    fixed = _table([(d.work, d.year, d.reason, d.set_by) for d in decisions if d.year is not None])
    excluded = _table([(d.work, year, d.reason, d.set_by) for d in decisions for year in sorted(set(d.not_years))])
    certain = works[(works["certainty"] == "vast") & (works["earliest_year"] == works["latest_year"])]
    certain = certain[certain["earliest_year"].between(horizon.first, horizon.last)]
    certain = certain[~certain["work"].isin([d.work for d in decisions])]
    firm = pd.DataFrame({"work": certain["work"], "year": certain["earliest_year"]})
    both = pd.concat([fixed, firm], ignore_index=True).astype(_COLUMNS)
    return Decided(
        both.sort_values("work", ignore_index=True), excluded.sort_values(["work", "year"], ignore_index=True)
    )


def _faults(works: pd.DataFrame, decisions: Sequence[Decision], horizon: Horizon) -> list[Fault]:
    """Return what cannot be used in the decisions."""
    known = set(works["work"])
    names = [decision.work for decision in decisions]
    faults = []
    for at, decision in enumerate(decisions):
        place = f"{KEY}.{at}"
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


def _table(rows: list[tuple[str, int, str, str]]) -> pd.DataFrame:
    """Return decisions as a table."""
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


_COLUMNS = {"work": "str", "year": "int64", "reason": "str", "set_by": "str"}
