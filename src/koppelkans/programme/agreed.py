"""What was agreed about works: ties, promises with their price, and what pairs save together. (nl: afspraken)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, ProgrammePart

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
    faults = _faults(part, set(works["work"]))
    if faults:
        raise SettingError(faults)
    ties = _table([(tie.work, tie.other, tie.least, tie.most, tie.reason) for tie in part.ties], TIES)
    joints = _table([(one.work, one.other, one.saving_eur, one.reason) for one in part.joints], JOINTS)
    rows = [(one.work, one.year, one.move_eur, "given", one.made_to) for one in part.promises]
    promises = _table(rows, PROMISES)
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
    """Return the agreements of which every work is put to the solver, and the ties of which only one is."""
    tied = agreements.ties["work"].isin(works) & agreements.ties["other"].isin(works)
    joined = agreements.joints["work"].isin(works) & agreements.joints["other"].isin(works)
    half = agreements.ties["work"].isin(works) & ~tied
    inside = Agreed(
        agreements.ties[tied].reset_index(drop=True),
        agreements.promises[agreements.promises["work"].isin(works)].reset_index(drop=True),
        agreements.joints[joined].reset_index(drop=True),
    )
    return inside, agreements.ties[half].reset_index(drop=True)


def _faults(part: ProgrammePart, known: set[str]) -> list[Fault]:
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


def _table(rows: Sequence[tuple[object, ...]], columns: dict[str, str]) -> pd.DataFrame:
    """Return agreements as a table."""
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)
