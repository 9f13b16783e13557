"""What is wrong between the columns and tables of a problem, each fault in its place. (nl: samenhang)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import Phrase

MOST_FAULTS = 20
"""So many faults of one column are told by row; the rest is counted."""
MOST_YEARS = 4
"""So many missing years are named one by one."""
Tables = Mapping[str, pd.DataFrame]


def told(table: str, column: str, found: pd.Series, wrong: pd.Series, wanted: str) -> list[Fault]:
    """Return a fault for each wrong value, the first ones by row and the rest counted."""
    at = np.flatnonzero(wrong.to_numpy())
    faults = [
        Fault(table, str(found.iloc[row]), wanted, row=int(row) + 1, column=column, fatal=True)
        for row in at[:MOST_FAULTS]
    ]
    if len(at) > MOST_FAULTS:
        more = Phrase("{more} more", more=len(at) - MOST_FAULTS)
        faults.append(Fault(table, more, wanted, column=column, fatal=True))
    return faults


def incoherent(made: Tables, first_year: int, years: int) -> list[Fault]:
    """Return what is wrong between columns and tables of which each by itself is right."""
    span = Horizon(first_year, first_year + years - 1)
    faults = _windows(made, span)
    cost = made["payments"]["work"].map(made["works"].set_index("work")["cost_eur"]).astype("float64")
    paid = made["payments"][made["payments"]["share"] * cost > 0]
    faults += _missing_years(made, paid[["work", "fund"]], name="funds", key="fund", span=span)
    asked = made["efforts"][made["efforts"]["hours"] > 0]
    faults += _missing_years(made, asked[["work", "crew"]], name="crews", key="crew", span=span)
    mixed = made["funds"].groupby("fund")["carries_over"].nunique()
    wanted = Phrase("one rule per fund")
    faults += [
        Fault("funds", f"{label}: 0, 1", wanted, column="carries_over", fatal=True) for label in mixed[mixed > 1].index
    ]
    return faults + _ties(made["ties"]) + _joints(made["joints"]) + _unknown_kinds(made)


def _windows(made: Tables, span: Horizon) -> list[Fault]:
    """Return windows that are upside down, years that lie outside the horizon, and more ambition than there is to miss."""
    works, fixed = made["works"], made["fixed"]
    faults = told(
        "works",
        "latest_year",
        works["latest_year"],
        works["latest_year"] < works["earliest_year"],
        Phrase("a year not before the earliest year"),
    )
    outside = (works["latest_year"] < span.first) | (works["earliest_year"] > span.last)
    faults += told(
        "works",
        "earliest_year",
        works["earliest_year"],
        works["mandatory"] & outside,
        Phrase("a window within {first}-{last} for a mandatory work", first=span.first, last=span.last),
    )
    faults += told(
        "works",
        "ambition_eur",
        works["ambition_eur"],
        works["ambition_eur"] > works["undone_eur"],
        Phrase("no more than undone_eur, of which it is a part"),
    )
    outside = ~fixed["year"].between(span.first, span.last)
    wanted = Phrase("a year of {first}-{last}", first=span.first, last=span.last)
    return faults + told("fixed", "year", fixed["year"], outside, wanted)


def _missing_years(made: Tables, drawn: pd.DataFrame, *, name: str, key: str, span: Horizon) -> list[Fault]:
    """Return the funds or crews that lack a year in which some work could draw on them: how much they hold then is unknown.

    `drawn` holds a row per work that draws on a fund or crew (work and `key`).
    """
    given = made[name]
    windows = drawn.merge(made["works"][["work", "earliest_year", "latest_year"]], on="work")
    names, at = np.unique(windows[key].to_numpy(dtype=str), return_inverse=True)
    first = np.clip(windows["earliest_year"].to_numpy() - span.first, 0, len(span))
    after = np.clip(windows["latest_year"].to_numpy() - span.first + 1, 0, len(span))
    steps = np.zeros((len(names), len(span) + 1), dtype=np.int64)
    np.add.at(steps, (at, np.minimum(first, after)), 1)
    np.add.at(steps, (at, after), -1)
    needed = steps.cumsum(axis=1)[:, :-1] > 0
    inside = given[given["year"].between(span.first, span.last) & given[key].isin(names)]
    has = np.zeros(needed.shape, dtype=bool)
    has[np.searchsorted(names, inside[key].to_numpy(dtype=str)), inside["year"] - span.first] = True
    row, year = np.nonzero(needed & ~has)
    wanted = Phrase("a row for each year in which a work may draw on it")
    lacking = pd.Series(year + span.first).groupby(names[row])
    return [
        Fault(name, Phrase("no {years} for {name}", years=_years(some), name=label), wanted, column="year", fatal=True)
        for label, some in lacking
    ]


def _years(years: pd.Series) -> str:
    """Return years as people write them: the first and the last of many."""
    return ", ".join(str(year) for year in years) if len(years) <= MOST_YEARS else f"{years.min()} … {years.max()}"


def _ties(ties: pd.DataFrame) -> list[Fault]:
    """Return works that are tied to themselves, and bounds that are upside down."""
    faults = told("ties", "other", ties["other"], ties["other"] == ties["work"], Phrase("another work"))
    upside_down = (ties["most_years"] < ties["least_years"]).fillna(value=False)
    return faults + told(
        "ties", "most_years", ties["most_years"], upside_down, Phrase("no fewer years than least_years")
    )


def _joints(joints: pd.DataFrame) -> list[Fault]:
    """Return works that are joined with themselves, and pairs that are given both ways: their saving would count twice."""
    faults = told("joints", "other", joints["other"], joints["other"] == joints["work"], Phrase("another work"))
    names = joints[["work", "other"]].to_numpy(dtype=object)
    pair = pd.DataFrame(np.sort(names.astype("str"), axis=1), index=joints.index)
    return faults + told(
        "joints", "other", joints["other"], pair.duplicated(), Phrase("each pair of works once, either way round")
    )


def _unknown_kinds(made: Tables) -> list[Fault]:
    """Return works of unknown kind that draw on a fund with rules: whether it may pay them cannot be known."""
    payments, works = made["payments"], made["works"]
    ruled = payments["fund"].isin(made["fund_rules"]["fund"]) & (payments["share"] > 0)
    unknown = works["kind"].isna() & works["work"].isin(payments.loc[ruled, "work"])
    return told("works", "kind", works["kind"], unknown, Phrase("a kind: it draws on a fund that pays only some kinds"))
