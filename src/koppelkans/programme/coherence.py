"""What is wrong between the columns and tables of a problem, each fault in its place. (nl: samenhang)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault

MOST_FAULTS = 20
"""So many faults of one column are told by row; the rest is counted."""
Tables = Mapping[str, pd.DataFrame]


def told(table: str, column: str, found: pd.Series, wrong: pd.Series, wanted: str) -> list[Fault]:
    """Return a fault for each wrong value, the first ones by row and the rest counted."""
    at = np.flatnonzero(wrong.to_numpy())
    faults = [
        Fault(table, str(found.iloc[row]), wanted, row=int(row) + 1, column=column, fatal=True)
        for row in at[:MOST_FAULTS]
    ]
    if len(at) > MOST_FAULTS:
        faults.append(Fault(table, f"{len(at) - MOST_FAULTS} more", wanted, column=column, fatal=True))
    return faults


def incoherent(made: Tables, first_year: int, years: int) -> list[Fault]:
    """Return what is wrong between columns and tables of which each by itself is right."""
    last = first_year + years - 1
    faults = _windows(made, first_year, last)
    for name, key in (("funds", "fund"), ("crews", "crew")):
        faults += _missing_years(made[name], name, key, first_year=first_year, last=last)
    mixed = made["funds"].groupby("fund")["carries_over"].nunique()
    faults += [
        Fault("funds", f"both for fund {label}", "one rule per fund", column="carries_over", fatal=True)
        for label in mixed[mixed > 1].index
    ]
    return faults + _ties(made["ties"]) + _joints(made["joints"]) + _unknown_kinds(made)


def _windows(made: Tables, first_year: int, last: int) -> list[Fault]:
    """Return windows that are upside down, years that lie outside the horizon, and more ambition than there is to miss."""
    works, fixed = made["works"], made["fixed"]
    faults = told(
        "works",
        "latest_year",
        works["latest_year"],
        works["latest_year"] < works["earliest_year"],
        "a year not before the earliest year",
    )
    outside = (works["latest_year"] < first_year) | (works["earliest_year"] > last)
    faults += told(
        "works",
        "earliest_year",
        works["earliest_year"],
        works["mandatory"] & outside,
        f"a window within {first_year}-{last} for a mandatory work",
    )
    faults += told(
        "works",
        "ambition_eur",
        works["ambition_eur"],
        works["ambition_eur"] > works["undone_eur"],
        "no more than undone_eur, of which it is a part",
    )
    outside = ~fixed["year"].between(first_year, last)
    return faults + told("fixed", "year", fixed["year"], outside, f"a year of {first_year}-{last}")


def _missing_years(table: pd.DataFrame, name: str, key: str, *, first_year: int, last: int) -> list[Fault]:
    """Return the funds or crews that lack a year."""
    inside = table[table["year"].between(first_year, last)]
    count = inside.groupby(key)["year"].nunique().reindex(table[key].unique(), fill_value=0)
    return [
        Fault(name, f"{found} years of {key} {label}", f"each year of {first_year}-{last}", column="year", fatal=True)
        for label, found in count[count <= last - first_year].items()
    ]


def _ties(ties: pd.DataFrame) -> list[Fault]:
    """Return works that are tied to themselves, and bounds that are upside down."""
    faults = told("ties", "other", ties["other"], ties["other"] == ties["work"], "another work")
    upside_down = (ties["most_years"] < ties["least_years"]).fillna(value=False)
    return faults + told("ties", "most_years", ties["most_years"], upside_down, "no fewer years than least_years")


def _joints(joints: pd.DataFrame) -> list[Fault]:
    """Return works that are joined with themselves, and pairs that are given both ways: their saving would count twice."""
    faults = told("joints", "other", joints["other"], joints["other"] == joints["work"], "another work")
    names = joints[["work", "other"]].to_numpy(dtype=object)
    pair = pd.DataFrame(np.sort(names.astype("str"), axis=1), index=joints.index)
    return faults + told(
        "joints", "other", joints["other"], pair.duplicated(), "each pair of works once, either way round"
    )


def _unknown_kinds(made: Tables) -> list[Fault]:
    """Return works of unknown kind that draw on a fund with rules: whether it may pay them cannot be known."""
    payments, works = made["payments"], made["works"]
    ruled = payments["fund"].isin(made["fund_rules"]["fund"]) & (payments["share"] > 0)
    unknown = works["kind"].isna() & works["work"].isin(payments.loc[ruled, "work"])
    return told("works", "kind", works["kind"], unknown, "a kind: it draws on a fund that pays only some kinds")
