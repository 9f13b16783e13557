"""How many streets may be open at once: a share of each area, and the limits that the city sets. (nl: open straten)."""

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, Limit, ProgrammePart

LEAST = 2
"""So many sections of an area may always be open at once (assumed): in a hamlet a share would forbid everything."""


def limits_of(sections: pd.DataFrame, areas: pd.DataFrame, *, part: ProgrammePart) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the limits (limit, most, basis) and the sections that each counts (limit, section), in order.

    Each area has a limit that is assumed: `open_share` of its sections, rounded up, and at least two. A limit of the
    city with the name of an area takes its place, and counts the sections of that area where it names none.

    Raises
    ------
    SettingError
        For each limit that counts nothing or sections that do not exist.
    """
    faults: list[Fault] = []
    called = _called(areas)
    inside = sections[sections["area"].notna()]
    members = pd.DataFrame(
        {"limit": inside["area"].map(called).astype("str").fillna(inside["area"]), "section": inside["section"]}
    )
    count = members.groupby("limit").size()
    most = np.maximum(LEAST, np.ceil(count * part.open_share - 1e-9)).astype("int64")
    limits = pd.DataFrame({"limit": count.index, "most": most.to_numpy(), "basis": "assumed"})
    for at, limit in enumerate(part.limits):
        own = _members(limit, sections, members, key=f"programme.limits.{at}", faults=faults)
        limits = limits[limits["limit"] != limit.limit]
        given = pd.DataFrame({"limit": [limit.limit], "most": [limit.open_sections], "basis": ["given"]})
        limits = pd.concat([limits, given], ignore_index=True)
        members = pd.concat([members[members["limit"] != limit.limit], own], ignore_index=True)
    if faults:
        raise SettingError(faults)
    limits = limits.astype({"limit": "str", "most": "int64", "basis": "str"}).sort_values("limit", ignore_index=True)
    members = members.astype("str").sort_values(["limit", "section"], ignore_index=True)
    return limits, members


def _members(
    limit: Limit, sections: pd.DataFrame, members: pd.DataFrame, *, key: str, faults: list[Fault]
) -> pd.DataFrame:
    """Return the sections that a limit of the city counts; what is wrong is added to the faults."""
    lost = sorted(set(limit.sections) - set(sections["section"]))
    faults += [Fault(FILE_NAME, name, "a section that exists", column=f"{key}.sections", fatal=True) for name in lost]
    if limit.sections:
        return pd.DataFrame({"limit": limit.limit, "section": sorted(set(limit.sections))})
    same = members[members["limit"] == limit.limit]
    if same.empty:
        wanted = "sections, or the name of an area"
        faults.append(Fault(FILE_NAME, f"limit {limit.limit} without sections", wanted, column=key, fatal=True))
    return same


def _called(areas: pd.DataFrame) -> dict[str, str]:
    """Return the name of each area; areas that share a name keep their own mark behind it."""
    double = areas["name"].duplicated(keep=False)
    names = areas["name"].where(~double, areas["name"] + " (" + areas["area"] + ")")
    return dict(zip(areas["area"], names, strict=True))
